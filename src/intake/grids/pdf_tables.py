"""Ruled tables of a PDF page → cells with boxes → rows on common columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from intake.grids.building import RawCell, cell_text, laid_out
from intake.grids.contracts import GridRow
from intake.grids.pdf_lines import Line, Word, lines_of

if TYPE_CHECKING:
    from pdfplumber.page import Page

    from intake.grids.pdf_pages import QuickPage

#: edges nearer than this are one edge
_SNAP = 4.0
Joiner = Callable[[Sequence[Line], float, float], str]


@dataclass(slots=True)
class PageCell:
    """A cell with its box and the lines of text in it."""

    x0: float
    x1: float
    top: float
    bottom: float
    lines: list[Line] = field(default_factory=list)
    #: width that text has, when the box is wider than that; 0 when the box tells it
    room: float = 0.0
    #: width of a full line of the column, 0 when it is not known
    full: float = 0.0


@dataclass(slots=True)
class PageTable:
    """A table, or its part on one page."""

    cells: list[PageCell]
    page: int
    words: list[Word]

    @property
    def left(self) -> float:
        return min(cell.x0 for cell in self.cells)

    @property
    def right(self) -> float:
        return max(cell.x1 for cell in self.cells)

    @property
    def top(self) -> float:
        return min(cell.top for cell in self.cells)


def ruled_tables(page: Page | QuickPage, words: Sequence[Word]) -> list[PageTable]:
    """Tables with lines around cells, from the top down; frames of one cell are not tables."""
    result = []
    settings: dict[str, Any] = {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 5}
    if ends := _open_ends(page):
        settings["explicit_horizontal_lines"] = ends
    for table in page.find_tables(settings):
        cells = [PageCell(x0, x1, top, bottom) for x0, top, x1, bottom in table.cells]
        if len({round(cell.x0) for cell in cells}) < 2:
            continue
        owned = _fill(cells, words)
        if owned:
            result.append(PageTable(cells, page.page_number, owned))
    return sorted(result, key=lambda one: one.top)


def _open_ends(page: Page | QuickPage) -> list[dict[str, Any]]:
    """Lines that close a row broken over pages: its borders run down to the edge and no line is drawn under them."""
    upright = sorted(
        (edge for edge in page.edges if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > _SNAP),
        key=lambda edge: edge["top"],
    )
    # lines drawn as thin boxes have ends of their own, no longer than they are thick
    level = [edge["top"] for edge in page.edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > _SNAP]
    groups: list[list[dict[str, Any]]] = []
    reach = float("-inf")
    for edge in upright:
        if edge["top"] > reach + _SNAP:
            groups.append([])
        groups[-1].append(edge)
        reach = max(reach, edge["bottom"])
    return [
        _line(left, right, y)
        for group in groups
        for left, right in [(min(edge["x0"] for edge in group), max(edge["x1"] for edge in group))]
        for y in (min(edge["top"] for edge in group), max(edge["bottom"] for edge in group))
        if right - left > _SNAP and not any(abs(y - one) <= _SNAP for one in level)
    ]


def _line(left: float, right: float, y: float) -> dict[str, Any]:
    return {"x0": left, "x1": right, "top": y, "bottom": y, "width": right - left, "height": 0.0,
            "orientation": "h", "object_type": "line", "doctop": y}  # fmt: skip


def _fill(cells: list[PageCell], words: Sequence[Word]) -> list[Word]:
    """Put words into the cells that hold their middles; the words that were put."""
    owned: list[Word] = []
    held: dict[int, list[Word]] = {}
    ordered = sorted(range(len(cells)), key=lambda place: (cells[place].top, cells[place].x0))
    left, right = min(cell.x0 for cell in cells), max(cell.x1 for cell in cells)
    top, bottom = min(cell.top for cell in cells), max(cell.bottom for cell in cells)
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        if not (left <= x <= right and top <= y <= bottom):
            continue
        place = next((one for one in ordered if _holds(cells[one], x, y)), None)
        if place is not None:
            held.setdefault(place, []).append(word)
            owned.append(word)
    for place, inside in held.items():
        cells[place].lines = lines_of(inside)
    return owned


def _holds(cell: PageCell, x: float, y: float) -> bool:
    return cell.x0 <= x <= cell.x1 and cell.top <= y <= cell.bottom


def edges(values: Iterable[float]) -> list[float]:
    """Values with near ones taken as one."""
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > _SNAP:
            result.append(value)
    return result


def columns_of(tables: Sequence[PageTable]) -> list[float]:
    """Edges of columns that all parts of a table share."""
    return edges(x for table in tables for cell in table.cells for x in (cell.x0, cell.x1))


def measure(tables: Sequence[PageTable]) -> None:
    """Tell every cell how wide a full line of its column is: the box without margins, which are alike on both sides."""
    margins: dict[tuple[int, int], float] = {}
    cells = [cell for table in tables for cell in table.cells if cell.lines]
    for cell in cells:
        own = min(line.x0 for line in cell.lines) - cell.x0
        margins[_column(cell)] = max(0.0, min(margins.get(_column(cell), own), own))
    for cell in cells:
        cell.full = cell.x1 - cell.x0 - 2 * margins[_column(cell)]


def _column(cell: PageCell) -> tuple[int, int]:
    return round(cell.x0 / _SNAP), round(cell.x1 / _SNAP)


def grid_rows(table: PageTable, columns: Sequence[float], first: int, join: Joiner) -> list[GridRow]:
    """Rows of the part with cells laid on the columns; heights become covered places."""
    levels = edges(y for cell in table.cells for y in (cell.top, cell.bottom))
    rows: list[list[tuple[int, RawCell]]] = [[] for _ in levels[:-1]]
    for cell in sorted(table.cells, key=lambda one: (one.top, one.x0)):
        left, right = _place(columns, cell.x0), _place(columns, cell.x1)
        up, down = _place(levels, cell.top), _place(levels, cell.bottom)
        if left >= right or up >= down or up >= len(rows):
            continue
        text = cell_text(join(cell.lines, cell.room or cell.x1 - cell.x0, cell.full)) if cell.lines else ""
        rows[up].append((left, RawCell(text, right - left, down - up)))
    laid = laid_out(_gapless(rows, len(columns) - 1), first=first)
    return [GridRow(row.cells, row.number, row.spans, row.above, table.page) for row in laid]


def _place(values: Sequence[float], value: float) -> int:
    """Index of the edge that the value belongs to."""
    place = bisect_right(values, value + 0.01) - 1
    if (
        place + 1 < len(values)
        and values[place + 1] - value < value - values[max(place, 0)]
        and values[place + 1] - value <= _SNAP
    ):
        return place + 1
    return max(place, 0)


def _gapless(rows: list[list[tuple[int, RawCell]]], width: int) -> list[list[RawCell]]:
    """Rows where missing cells are blanks, so that every cell stands on its column."""
    busy = [0] * width
    result: list[list[RawCell]] = []
    for row in rows:
        cells: list[RawCell] = []
        starts = dict(row)
        column = 0
        while column < width:
            if busy[column]:
                column += 1
                continue
            cell = starts.get(column, RawCell(""))
            wide = min(cell.width, width - column)
            cells.append(RawCell(cell.text, wide, cell.height))
            for one in range(column, column + wide):
                busy[one] = max(busy[one], cell.height)
            column += wide
        busy = [max(0, left - 1) for left in busy]
        result.append(cells)
    return result
