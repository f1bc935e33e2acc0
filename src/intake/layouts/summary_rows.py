"""Rows of federal summary reports by kind of report."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from intake.contracts import ItemClaim, SummaryKind, SummaryRow
from intake.fields.cells import number, whole
from intake.fields.items import parse_item_header
from intake.fields.text import clean, column_letters, header_key
from intake.layouts.base import Cell
from intake.layouts.summary_groups import read_group

_OF_MARK = re.compile(r"(?:ср|средн\w+).*(?:балл\w*|отмет\w*) ([2-5])")
_DIRECTIONS = {"понизили": "lower", "подтвердили": "same", "повысили": "higher"}
_LABELLED_OUTCOME = re.compile(r"^(?P<label>\d{1,2}(?:\.\d{1,2})*(?:\s*[КK]\d{1,2})?)\s*[.)]\s*(?P<text>.+)$")
_PEOPLE = re.compile(r"([\d\s]+)\s*уч")


@dataclass(slots=True)
class SummaryTable:
    """Rows, items and wordings of a report; `faults`: (row, column, message), places from 0."""

    rows: list[SummaryRow] = field(default_factory=list)
    items: list[ItemClaim] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[int, int, str]] = field(default_factory=list)


def read_table(kind: SummaryKind, rows: Sequence[Sequence[Cell]], header_row: int) -> SummaryTable:
    """Read the table under the header row (from 0) of a report of this kind."""
    if kind is SummaryKind.OUTCOMES:
        return _read_outcomes(rows, header_row)
    table = SummaryTable()
    columns = _value_columns(kind, rows[header_row])
    if kind in (SummaryKind.ITEMS, SummaryKind.ITEMS_BY_MARK):
        table.items = [_item(rows[header_row][column], column) for column in columns]
    counts = _count_columns(rows[header_row])
    group: SummaryRow | None = None
    for index in range(header_row + 1, len(rows)):
        group = _read_row(table, columns, counts, (index, rows[index]), group)
    return table


def number_at(row: Sequence[Cell], column: int) -> float | None:
    """Number in a column of the row, with or without a percent sign; None when blank, absent or not a number."""
    cell = row[column] if column < len(row) else ""
    value = number(cell.strip().removesuffix("%")) if isinstance(cell, str) else number(cell)
    return value if value is not None and math.isfinite(value) else None


def _count_columns(header: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, cell in enumerate(header):
        key = header_key(cell)
        if key in ("кол во оо", "количество оо"):
            found.setdefault("organization_count", column)
        elif re.fullmatch(r"(?:кол во|количество) участников(?: ?всего)?", key):
            found.setdefault("participants", column)
    return found


def _value_columns(kind: SummaryKind, header: Sequence[Cell]) -> dict[int, str]:
    """Column → key of its values."""
    if kind is SummaryKind.JOURNAL:
        return {column: key for column, cell in enumerate(header) if (key := _direction(cell))}
    if kind in (SummaryKind.MARKS, SummaryKind.SCORES):
        return {column: str(score) for column, cell in enumerate(header) if (score := whole(cell)) is not None}
    items = {column: parse_item_header(cell) for column, cell in enumerate(header) if column and clean(cell)}
    return {column: item.label for column, item in items.items() if item is not None}


def _direction(cell: Cell) -> str:
    words = header_key(cell)
    name = next((name for word, name in _DIRECTIONS.items() if words.startswith(word)), "")
    return name if not name or words.endswith("кол во участников") else f"{name}_percent"


def _item(header: Cell, column: int) -> ItemClaim:
    letters = column_letters(column)
    return parse_item_header(header, letters) or ItemClaim(clean(header), column=letters)


def _read_row(
    table: SummaryTable,
    columns: dict[int, str],
    counts: dict[str, int],
    place: tuple[int, Sequence[Cell]],
    group: SummaryRow | None,
) -> SummaryRow | None:
    """Read one row into the table; the group that following rows of mark groups belong to is returned."""
    index, row = place
    title = clean(row[0]) if row else ""
    values = _values(table, columns, index, row)
    words = header_key(title)
    if words.startswith("макс") and values:
        table.items = [_with_maximum(item, values) for item in table.items]
        return group
    of_mark = _OF_MARK.fullmatch(words)
    if of_mark and group is not None:
        table.rows.append(replace(group, values=values, row=index + 1, subgroup=of_mark[1]))
        return group
    numbers = {name: number_at(row, column) for name, column in counts.items()}
    if not title or not (values or any(value is not None for value in numbers.values())):
        return group
    read = read_group(title)
    current = SummaryRow(
        level=read.level,
        name=read.name,
        code=read.code,
        organization_count=_count(numbers.get("organization_count")),
        participants=_count(numbers.get("participants")),
        values=values,
        row=index + 1,
    )
    if values:
        table.rows.append(current)
    return replace(current, values={})


def _values(table: SummaryTable, columns: dict[int, str], index: int, row: Sequence[Cell]) -> dict[str, float]:
    values: dict[str, float] = {}
    for column, key in columns.items():
        value = number_at(row, column)
        if value is not None:
            values[key] = value
        elif column < len(row) and clean(row[column]) not in ("", "-", "–", "—"):
            table.faults.append((index, column, f"Вместо числа стоит «{clean(row[column])[:30]}»."))
    return values


def _with_maximum(item: ItemClaim, values: dict[str, float]) -> ItemClaim:
    value = values.get(item.label)
    return item if value is None else replace(item, max_score=int(value))


def _count(value: float | None) -> int | None:
    return None if value is None else int(value)


def _read_outcomes(rows: Sequence[Sequence[Cell]], header_row: int) -> SummaryTable:
    """Planned results stand in rows, groups in columns; the row under the header gives «N уч.»."""
    table, header = SummaryTable(), rows[header_row]
    maximum = next((c for c, cell in enumerate(header) if header_key(cell).startswith("макс")), None)
    groups = [c for c, cell in enumerate(header) if c and c != maximum and clean(cell)]
    values: dict[int, dict[str, float]] = {column: {} for column in groups}
    people: dict[int, int | None] = dict.fromkeys(groups)
    for index in range(header_row + 1, len(rows)):
        row = rows[index]
        title = clean(row[0]) if row else ""
        if not title:
            people.update({c: count for c in groups if c < len(row) and (count := _people(row[c])) is not None})
            continue
        _read_outcome(table, (index, row), maximum, values)
    for column in groups:
        group = read_group(header[column])
        table.rows.append(
            SummaryRow(group.level, group.name, group.code, None, people[column], values[column], header_row + 1)
        )
    return table


def _read_outcome(
    table: SummaryTable, place: tuple[int, Sequence[Cell]], maximum: int | None, values: dict[int, dict[str, float]]
) -> None:
    index, row = place
    match = _LABELLED_OUTCOME.match(clean(row[0]))
    label, text = (
        (match["label"].replace(" ", ""), match["text"]) if match else (str(len(table.items) + 1), clean(row[0]))
    )
    numbers = _values(table, {column: str(column) for column in values}, index, row)
    if not numbers:
        return
    points = None if maximum is None else number_at(row, maximum)
    table.items.append(ItemClaim(label.replace("K", "К"), _count(points)))
    table.outcomes[table.items[-1].label] = text
    for column, value in numbers.items():
        values[int(column)][table.items[-1].label] = value


def _people(cell: Cell) -> int | None:
    match = _PEOPLE.search(clean(cell))
    return int("".join(match[1].split())) if match and match[1].strip() else whole(cell)
