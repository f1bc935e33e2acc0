"""Rows whose scores moved into neighbouring columns."""

from __future__ import annotations

from collections.abc import Sequence

from intake.contracts import MISSING, Severity
from intake.fields import cells
from intake.layouts.base import Cell
from intake.layouts.remarks import Remarks
from intake.layouts.row_table import TableColumns

_SEXES = frozenset(("м", "ж", "М", "Ж", "муж", "жен"))


def without_shifted(
    rows: Sequence[Sequence[Cell]], numbers: list[int], columns: TableColumns, remarks: Remarks
) -> list[int]:
    """Rows whose scores moved into neighbouring columns are not used: every value in them is suspect."""
    shifted = _shifted_by_tail(rows, numbers, columns.after_items) | _shifted_by_sex(rows, numbers, columns)
    for number in sorted(shifted):
        remarks.add(
            Severity.ERROR,
            "row.shifted",
            "Строка сдвинута: значения стоят не в своих столбцах, строка не учтена.",
            row=number,
            hint="Верните значения этой строки в свои столбцы и загрузите файл снова.",
        )
    return [number for number in numbers if number not in shifted] if shifted else numbers


def _shifted_by_tail(rows: Sequence[Sequence[Cell]], numbers: list[int], column: int | None) -> set[int]:
    if column is None:
        return set()
    scores = cells.ITEM_VALUES
    return {
        number
        for number in numbers
        if column < len(rows[number])
        and (cell := rows[number][column]) != ""
        and scores[cell] not in (cells.JUNK, MISSING)
    }


def _shifted_by_sex(rows: Sequence[Sequence[Cell]], numbers: list[int], columns: TableColumns) -> set[int]:
    """«м» or «ж» where a score belongs."""
    places = [index for index, _ in columns.items]
    if not places:
        return set()
    first, end = min(places), max(places) + 1
    suspects = [number for number in numbers if not _SEXES.isdisjoint(rows[number][first:end])]
    return {
        number
        for number in suspects
        if any(index < len(rows[number]) and rows[number][index] in _SEXES for index in places)
    }
