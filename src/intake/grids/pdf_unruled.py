"""Tables of a PDF page without lines: columns by the white between words, rows by the first column."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from intake.grids.pdf_lines import Line, Word, lines_of
from intake.grids.pdf_tables import PageCell, PageTable

#: white between columns is at least so wide, and only so few lines may cross it
_GUTTER = 7.0
_CROSSED = 0.12
_STEP = 1.0
_FEWEST_LINES = 4


def unruled_tables(words: Sequence[Word], page: int, width: float) -> tuple[list[PageTable], list[Word]]:
    """Tables told by their columns of text, and the words outside of them. One table a page at most."""
    lines = lines_of(words)
    inside = _region(lines)
    if inside is None:
        return [], list(words)
    first, last = inside
    body = lines[first : last + 1]
    gutters = _gutters(body)
    if len(gutters) < 2:
        return [], list(words)
    left, right = min(line.x0 for line in body) - 2, max(line.x1 for line in body) + 2
    columns = [left, *gutters, right]
    cells = _cells(body, columns)
    table = PageTable(cells, page, [word for line in body for word in line.words])
    rest = [word for line in (*lines[:first], *lines[last + 1 :]) for word in line.words]
    return [table], rest


def _segments(line: Line) -> list[tuple[float, float]]:
    """Stretches of the line between wide gaps."""
    height = line.bottom - line.top
    result: list[tuple[float, float]] = []
    for word in line.words:
        if result and word.x0 - result[-1][1] < max(_GUTTER, height * 0.8):
            result[-1] = (result[-1][0], max(result[-1][1], word.x1))
        else:
            result.append((word.x0, word.x1))
    return result


def _region(lines: Sequence[Line]) -> tuple[int, int] | None:
    """First and last line of the table: from the first line of three stretches to the last of two."""
    counts = [len(_segments(line)) for line in lines]
    wide = [place for place, count in enumerate(counts) if count >= 3]
    if len(wide) < _FEWEST_LINES:
        return None
    last = max(place for place, count in enumerate(counts) if count >= 2)
    while last + 1 < len(lines) and lines[last + 1].top - lines[last].bottom < (lines[last].bottom - lines[last].top):
        last += 1
    return wide[0], last


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Middles of white stretches that nearly all lines leave free."""
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
                result.append(left + (start + place) / 2 * _STEP)
            start = None
    return result


def _cells(lines: Sequence[Line], columns: Sequence[float]) -> list[PageCell]:
    """Cells of rows; a row begins where its first column has text, or after a wider gap."""
    rows: list[list[Line]] = []
    usual = _usual_gap(lines)
    for place, line in enumerate(lines):
        gap = line.top - lines[place - 1].bottom if place else 0.0
        begins = line.words[0].x0 < columns[1] or gap > usual + (line.bottom - line.top) * 0.5
        was_heading = bool(rows) and _is_heading(rows[-1], columns)
        if not rows or begins or (was_heading and not _is_heading([line], columns)):
            rows.append([line])
        else:
            rows[-1].append(line)
    cells: list[PageCell] = []
    for row in rows:
        top, bottom = min(line.top for line in row) - 0.5, max(line.bottom for line in row) + 0.5
        cells += _row_cells(row, columns, top, bottom)
    return _stacked(cells)


def _stacked(cells: list[PageCell]) -> list[PageCell]:
    """Cells whose rows touch, so that edges of neighbouring rows are one."""
    tops = sorted({cell.top for cell in cells})
    following = {top: tops[place + 1] for place, top in enumerate(tops[:-1])}
    for cell in cells:
        cell.bottom = following.get(cell.top, max(cell.bottom, cell.top + 6))
    return cells


def _usual_gap(lines: Sequence[Line]) -> float:
    gaps = sorted(max(0.0, lines[place].top - lines[place - 1].bottom) for place in range(1, len(lines)))
    return gaps[len(gaps) // 3] if gaps else 0.0


def _is_heading(row: Sequence[Line], columns: Sequence[float]) -> bool:
    """Whether a stretch of the lines crosses from column to column."""
    return any(_crosses(x0, x1, columns) for line in row for x0, x1 in _segments(line))


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
