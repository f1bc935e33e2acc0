"""Columns where a value is written once for a group of rows (merged cells): «7А» beside the first pupil of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from intake.contracts import Severity
from intake.fields.text import clean
from intake.layouts.base import Cell, Sheet
from intake.layouts.remarks import Remarks
from intake.layouts.row_table import TableColumns

_ORGANIZATION = ("organization_code", "organization_name")
_GROUPS = (("municipality",), _ORGANIZATION, ("subject",), ("grade_level",), ("class_group",))


def with_values_written_once(sheet: Sheet, columns: TableColumns, numbers: Sequence[int], remarks: Remarks) -> Sheet:
    """The sheet with blanks filled from above in such columns, which is said. `numbers`: rows of participants.

    A column (code and name of an organization together) is one of them when its first row is filled and no two
    neighbouring rows hold the same value: where the value stands in every row, a blank is an omission and stays one.
    """
    groups = [[columns.roles[role] for role in roles if role in columns.roles] for roles in _GROUPS]
    chosen = [places for places in groups if places and _is_written_once(sheet.rows, places, numbers)]
    if not chosen:
        return sheet
    rows: list[Sequence[Cell]] = list(sheet.rows)
    organization = [columns.roles[role] for role in _ORGANIZATION if role in columns.roles]
    for places in chosen:
        outer = organization if places == [columns.roles.get("class_group")] else []
        filled = _fill(rows, sheet.rows, places, numbers, outer)
        _say(remarks, places[0], len(numbers) - filled, filled, numbers[0])
    return replace(sheet, rows=rows, memo={})


def _is_written_once(rows: Sequence[Sequence[Cell]], places: Sequence[int], numbers: Sequence[int]) -> bool:
    if len(numbers) < 2 or not _text(rows[numbers[0]], places):
        return False
    values = [_text(rows[number], places) for number in numbers]
    return "" in values and all(not above or above != below for above, below in pairwise(values))


def _fill(
    rows: list[Sequence[Cell]],
    printed: Sequence[Sequence[Cell]],
    places: Sequence[int],
    numbers: Sequence[int],
    outer: Sequence[int],
) -> int:
    """Fill the blanks of columns; a new organization (`outer`) begins with no class. How many rows were filled."""
    current: dict[int, Cell] = {}
    count = 0
    for number in numbers:
        row = [*rows[number], *[""] * (max(places) + 1 - len(rows[number]))]
        if _text(row, places):
            current = {place: row[place] for place in places}
            continue
        if _text(printed[number], outer):
            current = {}
        if current:
            for place, cell in current.items():
                row[place] = cell
            rows[number] = row
            count += 1
    return count


def _say(remarks: Remarks, place: int, written: int, filled: int, row: int) -> None:
    is_sure = filled >= written
    remarks.add(
        Severity.INFO if is_sure else Severity.WARNING,
        "column.written_once",
        f"Значение столбца записано один раз на группу строк: пустых ячеек, отнесённых к значению выше, — {filled}.",
        row=row,
        column=place,
        hint="" if is_sure else "Если ячейки пусты по ошибке, заполните их.",
    )


def _text(row: Sequence[Cell], places: Sequence[int]) -> str:
    return "|".join(text for place in places if place < len(row) and (text := clean(row[place])))
