"""Rows of sums, means and percents under a list of pupils that nothing names: «|| 6 | 4 | 3 |», «|| 75 % | 50 % |»."""

from __future__ import annotations

from collections.abc import Sequence

from intake.contracts import Severity
from intake.fields.cells import ITEM_VALUES, number
from intake.fields.text import clean
from intake.layouts.base import Cell
from intake.layouts.remarks import Remarks
from intake.layouts.row_table import TableColumns

_OUTCOMES = frozenset({"total", "mark", "journal_mark", "test_score", "passed", "level"})
#: with fewer items or pupils a row of scores may equal the sums by chance
_FEWEST_ITEMS, _FEWEST_PUPILS = 3, 3
_MOST_ROWS = 6


def without_sums(
    rows: Sequence[Sequence[Cell]], numbers: Sequence[int], columns: TableColumns, remarks: Remarks
) -> list[int]:
    """`numbers` without the last rows that are nobody's and hold sums, means or percents of the items; that is said."""
    items = [index for index, _ in columns.items]
    own = [place for role, place in columns.roles.items() if role not in _OUTCOMES]
    nobodys = _trailing(rows, numbers, own)
    pupils = numbers[: len(numbers) - nobodys]
    if not nobodys or len(items) < _FEWEST_ITEMS or len(pupils) < _FEWEST_PUPILS:
        return list(numbers)
    sums = [sum(max(_score(rows[place], index), 0) for place in pupils) for index in items]
    tail = numbers[len(pupils) :]
    kept = [place for place in tail if not _is_statistics(rows[place], items, sums)]
    for place in sorted(set(tail) - set(kept)):
        remarks.add(
            Severity.INFO,
            "row.statistics",
            "Строка под списком содержит суммы или проценты по заданиям: она не учтена как участник.",
            row=place,
        )
    return [*pupils, *kept]


def _trailing(rows: Sequence[Sequence[Cell]], numbers: Sequence[int], own: Sequence[int]) -> int:
    """How many of the last rows have nothing in the columns that tell who it is, as others have."""
    count = 0
    for place in reversed(numbers):
        if (
            not own
            or count == _MOST_ROWS
            or any(index < len(rows[place]) and clean(rows[place][index]) for index in own)
        ):
            break
        count += 1
    return count


def _is_statistics(row: Sequence[Cell], items: Sequence[int], sums: Sequence[int]) -> bool:
    cells = [row[index] if index < len(row) else "" for index in items]
    filled = [clean(cell) for cell in cells if clean(cell)]
    broken = sum(text.endswith("%") or not _is_whole(text) for text in filled)
    return 2 * broken > len(filled) or (any(sums) and [_score(row, index) for index in items] == list(sums))


def _is_whole(text: str) -> bool:
    value = number(text)
    return value is None or value.is_integer()


def _score(row: Sequence[Cell], index: int) -> int:
    value = number(row[index]) if index < len(row) else None
    if value is not None:
        return int(value)
    return ITEM_VALUES[row[index]] if index < len(row) else -1
