"""Tables of a PDF page without lines: columns by the white between words, rows by the first column."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from intake.grids.pdf_lines import ROOM, Line, lines_of
from intake.grids.pdf_tables import PageCell, PageTable

#: white between columns is at least so wide, and only so few lines may cross it
_GUTTER = 7.0
_CROSSED = 0.12
#: words of one text stand no farther apart
_SPACE = 4.5
_STEP = 1.0
_FEWEST_LINES = 4
_NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5})[.)]?$")


@dataclass(frozen=True, slots=True)
class PageLines:
    """Lines of one page that lie outside of ruled tables."""

    page: int
    lines: list[Line]


def unruled_tables(pages: Sequence[PageLines]) -> tuple[list[PageTable], list[Line]]:
    """Tables told by their columns of text, at most one a page with the same columns everywhere, and other lines."""
    regions = {one.page: _region(one.lines) for one in pages}
    body = [line for one in pages for line in _inside(one.lines, regions[one.page])]
    gutters = _gutters(body)
    if len(gutters) < 2 or sum(len(_segments(line)) > 2 for line in body) < _FEWEST_LINES:
        return [], [line for one in pages for line in one.lines]
    columns = [min(line.x0 for line in body) - 2, *gutters, max(line.x1 for line in body) + 2]
    tables: list[PageTable] = []
    rest: list[Line] = []
    for one in pages:
        region = regions[one.page] or (_first_in_columns(one.lines, columns) if tables else None)
        if region is None:
            rest += one.lines
            continue
        first, last = region
        while first > 0 and (
            _is_tail(one.lines[first - 1], one.lines[first], gutters)
            or (tables and _is_section(one.lines[first - 1], one.lines[first]))
        ):
            first -= 1
        rows = one.lines[first : last + 1]
        tables.append(PageTable(_cells(rows, columns), one.page, [word for line in rows for word in line.words]))
        rest += [*one.lines[:first], *one.lines[last + 1 :]]
    return tables, rest


def _inside(lines: Sequence[Line], region: tuple[int, int] | None) -> Sequence[Line]:
    return lines[region[0] : region[1] + 1] if region is not None else ()


def _first_in_columns(lines: Sequence[Line], columns: Sequence[float]) -> tuple[int, int] | None:
    """Lines at the top of a page that go on with the table of the page before: few, but in its columns."""
    last = -1
    for place, line in enumerate(lines):
        if len(_segments(line)) < 2 and not (line.x0 > columns[1] and not _is_heading([line], columns)):
            break
        if len(_segments(line)) > 1 and _is_heading([line], columns):
            break
        last = place
    return (0, last) if last >= 0 and any(len(_segments(line)) > 1 for line in lines[: last + 1]) else None


def _segments(line: Line, least: float = _GUTTER) -> list[tuple[float, float]]:
    """Stretches of the line between gaps of `least` points."""
    result: list[tuple[float, float]] = []
    for word in line.words:
        if result and word.x0 - result[-1][1] < least:
            result[-1] = (result[-1][0], max(result[-1][1], word.x1))
        else:
            result.append((word.x0, word.x1))
    return result


def _region(lines: Sequence[Line]) -> tuple[int, int] | None:
    """First and last line of the table: from the first line of three stretches to the last of two."""
    counts = [len(_segments(line)) for line in lines]
    wide = [place for place, count in enumerate(counts) if count >= 3]
    if not wide:
        return None
    last = max(place for place, count in enumerate(counts) if count >= 2)
    while last + 1 < len(lines) and lines[last + 1].top - lines[last].bottom < (lines[last].bottom - lines[last].top):
        last += 1
    return wide[0], last


def _is_tail(line: Line, following: Line, gutters: Sequence[float]) -> bool:
    """Whether the line above the first whole row goes on with a row of the page before: in columns, not the first."""
    is_near = following.top - line.bottom < (line.bottom - line.top) * 2.5
    stretches = _segments(line)
    is_apart = all(not (x0 + 3 < edge < x1 - 3) for x0, x1 in stretches for edge in gutters)
    return is_near and is_apart and line.x0 > gutters[0]


def _is_section(line: Line, following: Line) -> bool:
    """Whether the line above the first whole row of a further page is a numbered heading of the table."""
    is_near = following.top - line.bottom < (line.bottom - line.top) * 2.5
    return is_near and len(line.words) > 1 and bool(_NUMBER.match(line.words[0].text))


def _gutters(lines: Sequence[Line]) -> list[float]:
    """White stretches that nearly all lines leave free; headings over all columns are not asked."""
    lines = [line for line in lines if len(_segments(line)) > 1]
    if len(lines) < _FEWEST_LINES:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    size = max(1, int((right - left) / _STEP))
    crossed = [0] * (size + 1)
    for line in lines:
        for x0, x1 in _segments(line):
            for place in range(max(0, int((x0 - left) / _STEP)), min(size, int((x1 - left) / _STEP) + 1)):
                crossed[place] += 1
    limit = max(1, int(len(lines) * _CROSSED))
    result: list[float] = []
    start: int | None = None
    for place in range(size + 1):
        is_white = crossed[place] <= limit
        if is_white and start is None:
            start = place
        elif not is_white and start is not None:
            if (place - start) * _STEP >= _GUTTER and start > 0:
                result.append(left + _freest(crossed, start, place) * _STEP)
            start = None
    return result


def _freest(crossed: Sequence[int], start: int, end: int) -> float:
    """The place of the stretch that fewest lines cross, the rightmost: cells begin at their left edge."""
    fewest = min(crossed[start:end])
    return max(place for place in range(start, end) if crossed[place] == fewest) - 0.5


def _cells(lines: Sequence[Line], columns: Sequence[float]) -> list[PageCell]:
    """Cells of rows; a row begins where its first column has text, or after a wider gap."""
    rows: list[list[Line]] = []
    usual, is_even = _usual_gap(lines, columns), _is_even(lines)
    is_numeric = sum(bool(_NUMBER.match(line.words[0].text)) for line in lines) * 3 > len(lines)
    for place, line in enumerate(lines):
        gap = line.top - lines[place - 1].bottom if place else 0.0
        is_numbered = line.words[0].x0 < columns[1] and bool(_NUMBER.match(line.words[0].text))
        begins = is_numbered or gap > usual + (line.bottom - line.top) * 0.3
        was_heading = bool(rows) and _is_heading(rows[-1], columns)
        is_heading = _is_heading([line], columns)
        begins = begins or (is_even and _begins_anew(line, columns, is_numeric=is_numeric))
        if not rows or begins or was_heading != is_heading:
            rows.append([line])
        else:
            rows[-1].append(line)
    cells: list[PageCell] = []
    for row in rows:
        top, bottom = min(line.top for line in row) - 0.5, max(line.bottom for line in row) + 0.5
        cells += _row_cells(row, columns, top, bottom)
    return _stacked(_with_room(cells, columns))


def _stacked(cells: list[PageCell]) -> list[PageCell]:
    """Cells whose rows touch, so that edges of neighbouring rows are one."""
    tops = sorted({cell.top for cell in cells})
    following = {top: tops[place + 1] for place, top in enumerate(tops[:-1])}
    for cell in cells:
        cell.bottom = following.get(cell.top, max(cell.bottom, cell.top + 6))
    return cells


def _usual_gap(lines: Sequence[Line], columns: Sequence[float]) -> float:
    """Gap between lines of one row; the smallest one when most rows have a single line and their gaps prevail."""
    gaps = sorted(max(0.0, after.top - line.bottom) for line, after in itertools.pairwise(lines))
    if not gaps:
        return 0.0
    usual, height = gaps[len(gaps) // 3], lines[0].bottom - lines[0].top
    whole = sum(_filled(line, columns) >= len(columns) - 2 for line in lines)
    begun = sum(gap > usual + height * 0.3 for gap in gaps)
    return usual if begun * 2 >= whole else gaps[0]


def _filled(line: Line, columns: Sequence[float]) -> int:
    """Columns in which the line has words."""
    middles = [(word.x0 + word.x1) / 2 for word in line.words]
    return sum(any(left <= x < right for x in middles) for left, right in itertools.pairwise(columns))


def _is_heading(row: Sequence[Line], columns: Sequence[float]) -> bool:
    """Whether words of the lines run on from column to column with no more than a space between."""
    return any(_crosses(x0, x1, columns) for line in row for x0, x1 in _segments(line, _SPACE))


def _crosses(x0: float, x1: float, columns: Sequence[float]) -> bool:
    return any(x0 + 3 < edge < x1 - 3 for edge in columns[1:-1])


def _row_cells(row: Sequence[Line], columns: Sequence[float], top: float, bottom: float) -> list[PageCell]:
    if _is_heading(row, columns):
        return [PageCell(columns[0], columns[-1], top, bottom, list(row))]
    result = []
    for left, right in itertools.pairwise(columns):
        words = [word for line in row for word in line.words if left <= (word.x0 + word.x1) / 2 < right]
        result.append(PageCell(left, right, top, bottom, lines_of(words)))
    return result


def _with_room(cells: list[PageCell], columns: Sequence[float]) -> list[PageCell]:
    """Cells with the width that the longest line of their column shows: the white beside it is no part of the text."""
    for left, right in itertools.pairwise(columns):
        own = [cell for cell in cells if cell.x0 == left and cell.x1 == right]
        longest = max((line.x1 - line.x0 for cell in own for line in cell.lines), default=0.0)
        for cell in own:
            cell.room = min(right - left, longest + ROOM)
    return cells


def _is_even(lines: Sequence[Line]) -> bool:
    """Whether lines of one row stand no nearer than rows do, so that gaps tell nothing."""
    gaps = [after.top - line.bottom for line, after in itertools.pairwise(lines)]
    return bool(gaps) and max(gaps) - min(gaps) <= (lines[0].bottom - lines[0].top) * 0.3


def _begins_anew(line: Line, columns: Sequence[float], *, is_numeric: bool) -> bool:
    """Whether a line of an even text is a row: its first column begins with a capital, or nearly all are filled.

    `is_numeric`: the first column is one of numbers, so that a word alone in it is a heading.
    """
    spans = list(itertools.pairwise(columns))
    words = [[word for word in line.words if left <= (word.x0 + word.x1) / 2 < right] for left, right in spans]
    count = sum(map(bool, words))
    begins = bool(words[0]) and not words[0][0].text[:1].islower()
    return (begins and (count > 1 or is_numeric)) or count >= max(3, len(spans) - 1)
