"""Scales written as ranges of points: «Отметка | Первичный балл» with «4–5» in cells, marks down a column or along a
row, on a sheet of their own or under the items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.fields.cells import mark_value
from intake.fields.text import clean, header_key
from intake.layouts.base import Cell, Sheet

#: mark → lowest and highest raw score, row index
Bounds = dict[int, tuple[int, int | None, int]]

_MARKS = re.compile(r"(?:отметк|оценк)[аи](?: .*)?")
_POINTS = re.compile(r"(?:\w+ )?балл\w*(?: .*)?|диапазон(?: .*)?|интервал(?: .*)?|границ\w+(?: .*)?|сумма баллов")
_RANGE = re.compile(
    r"(?:от |с )?(\d{1,3}) ?(?:(?:[-‐‑–—−…]|\.\.\.?|до|по) ?(\d{1,3})|и (?:более|выше)|\+)?(?: ?б\w*\.?)?"
)
_WIDEST = 12


@dataclass(frozen=True, slots=True)
class RangeTable:
    """Where the table begins (row index from 0) and what it says."""

    first: int
    bounds: Bounds


def find_ranges(sheet: Sheet, first: int = 0) -> RangeTable | None:
    """The first table of marks and ranges of points from row `first` on."""
    for index in range(first, len(sheet.rows)):
        bounds = _down(sheet.rows, index) or _along(sheet.rows, index)
        if len(bounds) >= 3:
            return RangeTable(index, bounds)
    return None


def _down(rows: Sequence[Sequence[Cell]], index: int) -> Bounds:
    marks, points = _place(rows[index], _MARKS), _place(rows[index], _POINTS)
    if marks is None or points is None or len(rows[index]) > _WIDEST:
        return {}
    pairs = ((row, place) for place, row in enumerate(rows[index + 1 : index + 6], index + 1))
    return _bounds((_cell(row, marks), _cell(row, points), place) for row, place in pairs)


def _along(rows: Sequence[Sequence[Cell]], index: int) -> Bounds:
    """Two rows under each other, in any order: marks and ranges."""
    if index + 1 >= len(rows):
        return {}
    for marks, points in ((index, index + 1), (index + 1, index)):
        if _place(rows[marks], _MARKS) is not None and _place(rows[points], _POINTS) is not None:
            width = min(len(rows[marks]), len(rows[points]))
            return _bounds((rows[marks][place], rows[points][place], points) for place in range(width))
    return {}


def _bounds(cells: Iterable[tuple[Cell, Cell, int]]) -> Bounds:
    found: Bounds = {}
    for mark_cell, points, index in cells:
        mark, said = mark_value(mark_cell), _RANGE.fullmatch(clean(points).casefold())
        if mark is not None and 2 <= mark <= 5 and said is not None:
            found.setdefault(mark, (int(said[1]), int(said[2]) if said[2] else None, index))
    return found


def _place(row: Sequence[Cell], pattern: re.Pattern[str]) -> int | None:
    keys = ((place, header_key(cell)) for place, cell in enumerate(row) if isinstance(cell, str))
    return next((place for place, key in keys if key and pattern.fullmatch(key)), None)


def _cell(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else ""
