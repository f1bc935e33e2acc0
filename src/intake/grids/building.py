"""Cells as formats give them → rows of equal width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.fields.text import clean_text
from intake.grids.contracts import Grid, GridRow

#: more columns than any plan has: what is farther to the right is not a table of a plan
MAX_WIDTH = 120
_BREAKS = re.compile(r"[\r\n\v\f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell at its upper left place: text, columns and rows taken."""

    text: str
    width: int = 1
    height: int = 1


def cell_text(text: str) -> str:
    """Text of a cell with single spaces; lines of the cell stay lines."""
    lines = (clean_text(line) for line in _BREAKS.split(text))
    return "\n".join(line for line in lines if line)


def laid_out(rows: Iterable[Sequence[RawCell]], *, pages: Sequence[int] = (), first: int = 1) -> list[GridRow]:
    """Rows with cells on their columns: spans to the right and down are laid out as browsers and Word do it."""
    result: list[GridRow] = []
    busy: dict[int, int] = {}  # column → rows that a cell above still covers
    for index, raw in enumerate(rows):
        cells: list[str] = []
        spans: list[int] = []
        above: set[int] = set()
        queue = list(raw)
        while queue or busy.get(len(cells), 0) > 0:
            column = len(cells)
            if column >= MAX_WIDTH:
                break
            if busy.get(column, 0) > 0:
                above.add(column)
                cells.append("")
                spans.append(1)
                continue
            cell = queue.pop(0)
            width = max(1, min(cell.width, MAX_WIDTH - column))
            cells += [cell_text(cell.text), *[""] * (width - 1)]
            spans += [width, *[0] * (width - 1)]
            if cell.height > 1:
                busy.update({column + offset: cell.height for offset in range(width)})
        busy = {column: left - 1 for column, left in busy.items() if left > 1}
        page = pages[index] if index < len(pages) else None
        result.append(GridRow(tuple(cells), first + index, tuple(spans), frozenset(above), page))
    return result


def grid_of(rows: Sequence[GridRow], number: int, *, sheet: str = "", knows_spans: bool = False) -> Grid:
    """Table with rows padded to the same width; empty columns at the right are cut off."""
    width = max((max(row.filled, default=-1) + 1 for row in rows), default=0)
    spanned = max((column + row.span(column) for row in rows for column in row.filled), default=0)
    width = max(width, min(spanned, max((len(row.cells) for row in rows), default=0)))
    padded = tuple(_padded(row, width) for row in rows)
    return Grid(padded, number, width, sheet, knows_spans)


def _padded(row: GridRow, width: int) -> GridRow:
    missing = width - len(row.cells)
    if not missing:
        return row
    cells = row.cells[:width] if missing < 0 else row.cells + ("",) * missing
    spans = row.spans[:width] if missing < 0 or not row.spans else row.spans + (1,) * missing
    above = frozenset(column for column in row.above if column < width)
    return GridRow(cells, row.number, spans, above, row.page, row.is_after_break)


def with_break(row: GridRow) -> GridRow:
    """The same row, known to stand first after a break of pages."""
    return GridRow(row.cells, row.number, row.spans, row.above, row.page, True)
