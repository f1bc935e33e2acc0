"""The engine of all layouts with one row a participant: columns with known roles → participants' columns.

Works by columns with look-up tables of spellings, never cell by cell: a workbook of 60 × 26 takes under a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat

import numpy as np

from intake.contracts import (
    MISSING,
    NO_VALUE,
    NOT_ATTEMPTED,
    Bool,
    Int8,
    Int16,
    Int32,
    ItemClaim,
    OrganizationClaim,
    ParticipantColumns,
    Severity,
)
from intake.fields import cells
from intake.fields.classes import class_letters
from intake.fields.organizations import organization_claim
from intake.fields.text import clean
from intake.layouts.base import Cell
from intake.layouts.remarks import Remarks
from intake.layouts.rows_left_out import is_person_name, row_filter

_SEXES = frozenset(("м", "ж", "М", "Ж", "муж", "жен"))


@dataclass(slots=True)
class TableColumns:
    """Where everything stands: role → column index, items in order, the column that betrays shifted rows."""

    roles: dict[str, int]
    items: list[tuple[int, ItemClaim]]
    #: a column of text right after the items: a score in it means that the row is shifted to the right
    after_items: int | None = None
    dropped: list[str] = field(default_factory=list)

    @property
    def claims(self) -> list[ItemClaim]:
        return [claim for _, claim in self.items]


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """What differs between layouts."""

    needs_code: bool = False
    is_ordinal_class: bool = False
    grade_level: int | None = None
    #: organization of all rows when the table itself names none
    organization: OrganizationClaim = field(default_factory=OrganizationClaim)


class _Rows:
    """Data rows by columns. `numbers` are row indices of the sheet from 0."""

    def __init__(self, rows: Sequence[Sequence[Cell]], numbers: Sequence[int], width: int) -> None:
        self.numbers = numbers
        self._width = width
        widths = {len(row) for row in rows}
        if len(widths) > 1 or (widths and next(iter(widths)) < width):
            rows = [[*row, *repeat("", width - len(row))] for row in rows]
        self._columns: list[tuple[Cell, ...]] = list(zip(*rows, strict=False)) if rows else [()] * width

    def __len__(self) -> int:
        return len(self.numbers)

    def column(self, index: int | None) -> tuple[Cell, ...]:
        if index is None or index >= len(self._columns):
            return ("",) * len(self.numbers)
        return self._columns[index]


def read_participants(
    rows: Sequence[Sequence[Cell]],
    first: int,
    columns: TableColumns,
    rules: ReadingRules,
    remarks: Remarks,
    *,
    numbers: Sequence[int] | None = None,
) -> ParticipantColumns:
    """Participants of `rows[first:]`, or of `numbers` when they are chosen already.

    Rows of totals, groups and blanks are skipped, shifted rows are left out with a problem. Duplicates stay: which of
    them counts is not for a reader to say.
    """
    if numbers is None:
        items = [index for index, _ in columns.items]
        numbers = row_filter(rows, first, columns.roles, items, needs_code=rules.needs_code)
    numbers = _without_shifted(rows, list(numbers), columns, remarks)
    width = 1 + max([*columns.roles.values(), *(index for index, _ in columns.items)], default=0)
    table = _Rows([rows[number] for number in numbers], numbers, width)
    reader = _Reader(table, columns, rules, remarks)
    return reader.read()


def _without_shifted(
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


class _Reader:
    def __init__(self, table: _Rows, columns: TableColumns, rules: ReadingRules, remarks: Remarks) -> None:
        self.table, self.columns, self.rules, self.remarks = table, columns, rules, remarks

    def read(self) -> ParticipantColumns:
        items = self._items()
        variant, present = self._variant_and_presence()
        file_total = self._numbers("total", cells.total_value, "total.not_a_number", "Итоговый балл")
        mark = self._numbers("mark", cells.mark_value, "mark.not_a_mark", "Отметка")
        test_score = self._numbers("test_score", cells.test_score_value, "test_score.not_a_number", "Тестовый балл")
        passed = self._numbers("passed", cells.passed_value, "passed.not_understood", "Результат")
        level = [clean(cell) for cell in self._cells("level")]
        result = _ResultsSeen(items, file_total, mark, test_score, passed, level)
        present = self._settle_presence(present, result)
        self._check(items, file_total, present)
        organizations, organization = self._organizations()
        return ParticipantColumns(
            organizations=organizations,
            organization=organization,
            participant=self._participants(),
            class_group=class_letters(
                self._cells("class_group"), self.rules.grade_level, is_ordinal=self.rules.is_ordinal_class
            ),
            variant=variant,
            sex=self._sex(),
            present=present,
            items=items,
            file_total=file_total,
            mark=mark,
            journal_mark=self._numbers(
                "journal_mark", cells.mark_value, "journal_mark.not_a_mark", "Отметка в журнале"
            ),
            test_score=test_score,
            passed=passed,
            level=level,
            row=np.array(self.table.numbers, dtype=np.int32) + 1 if len(self.table) else np.zeros(0, dtype=np.int32),
        )

    def _cells(self, role: str) -> tuple[Cell, ...]:
        return self.table.column(self.columns.roles.get(role))

    def _participants(self) -> list[str]:
        codes = [
            cell if isinstance(cell, str) and cell.isalnum() else clean(cell) for cell in self._cells("participant")
        ]
        if not any(map(is_person_name, codes)):
            return codes
        self.remarks.add(
            Severity.WARNING,
            "participant.is_a_name",
            "В столбце кода участника записаны имена: они отброшены при чтении.",
            column=self.columns.roles.get("participant"),
            hint="Замените имена кодами участников.",
        )
        return ["" if is_person_name(code) else code for code in codes]

    def _items(self) -> Int8:
        places = [index for index, _ in self.columns.items]
        count, width = len(self.table), len(places)
        values = map(cells.ITEM_VALUES.__getitem__, chain.from_iterable(map(self.table.column, places)))
        items = np.fromiter(values, dtype=np.int8, count=count * width).reshape(width, count).T
        junk = items == cells.JUNK
        if junk.any():
            items = items.copy()
            for row, item in np.argwhere(junk):
                self._report_junk(int(row), places[int(item)])
            items[junk] = MISSING
        return np.ascontiguousarray(items)

    def _report_junk(self, row: int, column: int) -> None:
        text = clean(self.table.column(column)[row])
        if cells.is_absence(text):
            return
        shown = f" «{text}»" if len(text) <= 4 else ""
        self.remarks.add(
            Severity.ERROR,
            "item.not_a_score",
            f"Значение{shown} не является баллом: ячейка не учтена.",
            row=self.table.numbers[row],
            column=column,
            hint="Допустимы целые баллы, X (не приступал) и «не пройд.» (тема не пройдена).",
        )

    def _numbers(self, role: str, parse: Callable[[Cell], int | None], code: str, what: str) -> Int16:
        column = self._cells(role)
        if role not in self.columns.roles:
            return np.full(len(column), NO_VALUE, dtype=np.int16)
        known = {cell: parse(cell) for cell in set(column)}
        for row, cell in enumerate(column) if None in known.values() else ():
            if known[cell] is None:
                self.remarks.add(
                    Severity.WARNING,
                    code,
                    f"{what}: значение не распознано и не учтено.",
                    row=self.table.numbers[row],
                    column=self.columns.roles[role],
                )
        values = (NO_VALUE if (value := known[cell]) is None else value for cell in column)
        return np.fromiter(values, dtype=np.int16, count=len(column))

    def _variant_and_presence(self) -> tuple[Int16, Bool]:
        codes = self._numbers("variant", cells.variant_value, "variant.not_a_number", "Вариант")
        present = codes != cells.ABSENT
        variant = np.where(codes > 0, codes, 0).astype(np.int16)
        if "variant_2" in self.columns.roles:  # a work of two parts: whoever wrote one of them was present
            second = self._numbers("variant_2", cells.variant_value, "variant.not_a_number", "Вариант")
            present |= second > 0
            variant = np.where(variant > 0, variant, np.maximum(second, 0)).astype(np.int16)
        column = self._cells("presence")
        if "presence" in self.columns.roles:
            known = {cell: cells.presence_value(cell) for cell in set(column)}
            present &= np.fromiter((known[cell] is not False for cell in column), dtype=np.bool_, count=len(column))
        for role in ("total", "mark", "test_score", "level"):
            if role in self.columns.roles:
                present &= ~self._said_absent(self._cells(role))
        return variant, present

    @staticmethod
    def _said_absent(column: tuple[Cell, ...]) -> Bool:
        absent = {cell for cell in set(column) if cells.is_absence(cell)}
        return np.fromiter((cell in absent for cell in column), dtype=np.bool_, count=len(column))

    def _settle_presence(self, present: Bool, seen: _ResultsSeen) -> Bool:
        """Nobody is present without any result; «н» or «отсутствовал» all along the items is an absence."""
        self._report_scores_of_absent(present, seen)
        present = present & ~self._crossed_out(seen)
        empty = present & seen.nothing
        if not empty.any():
            return present
        for row in np.flatnonzero(empty & ~self._items_said_absent(seen.items)):
            self.remarks.add(
                Severity.WARNING,
                "participant.no_result",
                "У участника нет ни одного результата: он учтён как отсутствовавший.",
                row=self.table.numbers[int(row)],
                hint="Если участник писал работу, внесите его баллы.",
            )
        return present & ~empty

    def _report_scores_of_absent(self, present: Bool, seen: _ResultsSeen) -> None:
        for row in np.flatnonzero(~present & (seen.items > 0).any(axis=1)):
            self.remarks.add(
                Severity.WARNING,
                "participant.absent_with_scores",
                "Участник отмечен как отсутствовавший, но у него есть баллы: он учтён как отсутствовавший.",
                row=self.table.numbers[int(row)],
                hint="Исправьте вариант (присутствие) или удалите баллы.",
            )

    def _crossed_out(self, seen: _ResultsSeen) -> Bool:
        """Rows with «н» in every item cell: a journal's sign of absence, not of items that were not begun."""
        crossed = (
            (seen.items == NOT_ATTEMPTED).all(axis=1)
            if seen.items.shape[1] > 1
            else np.zeros(len(self.table), np.bool_)
        )
        places = [index for index, _ in self.columns.items]
        for row in np.flatnonzero(crossed):
            cells_of_row = {clean(self.table.column(index)[int(row)]).casefold() for index in places}
            crossed[row] = cells_of_row == {"н"}
        return crossed

    def _items_said_absent(self, items: Int8) -> Bool:
        found = np.zeros(len(self.table), dtype=np.bool_)
        for index, _ in self.columns.items:
            column = self.table.column(index)
            if any(isinstance(cell, str) and cells.is_absence(cell) for cell in set(column)):
                found |= self._said_absent(column)
        return found

    def _check(self, items: Int8, file_total: Int16, present: Bool) -> None:
        if not items.shape[1]:
            return
        self._report_blanks(items, present)
        sums = np.where(items > 0, items, 0).sum(axis=1, dtype=np.int32)
        has_items = (items != MISSING).any(axis=1)
        differs = present & has_items & (file_total != NO_VALUE) & (file_total != sums)
        for row in np.flatnonzero(differs):
            self.remarks.add(
                Severity.WARNING,
                "total.differs",
                f"Итог в файле ({file_total[row]}) не равен сумме баллов за задания ({sums[row]}): учтена сумма.",
                row=self.table.numbers[int(row)],
                column=self.columns.roles.get("total"),
            )

    def _report_blanks(self, items: Int8, present: Bool) -> None:
        missing = (items == MISSING) & present[:, None] & (items != MISSING).any(axis=1)[:, None]
        if not missing.any():
            return
        places = [index for index, _ in self.columns.items]
        blanks = [
            (int(row), int(item)) for row, item in np.argwhere(missing) if self.table.column(places[item])[row] == ""
        ]
        if blanks:
            row, item = blanks[0]
            self.remarks.add(
                Severity.WARNING,
                "item.blank",
                f"Пустых ячеек с баллами у писавших работу: {len(blanks)}. Это учтено как отсутствие задания, не 0.",
                row=self.table.numbers[row],
                column=places[item],
                hint="Если участник не приступал к заданию, поставьте X, если не справился — 0.",
            )

    def _sex(self) -> Int8:
        column = self._cells("sex")
        known = {cell: cells.sex_value(cell) for cell in set(column)}
        return np.fromiter((known[cell] for cell in column), dtype=np.int8, count=len(column))

    def _organizations(self) -> tuple[list[OrganizationClaim], Int32]:
        roles = self.columns.roles
        named = [role for role in ("organization_code", "organization_name", "municipality") if role in roles]
        count = len(self.table)
        if not named:
            return ([self.rules.organization] if count else []), np.zeros(count, dtype=np.int32)
        places: dict[OrganizationClaim, int] = {}
        known: dict[tuple[Cell, ...], int] = {}
        found = np.empty(count, dtype=np.int32)
        keys = zip(
            self._cells("organization_code"), self._cells("organization_name"), self._cells("municipality"), strict=True
        )
        for row, key in enumerate(keys):
            place = known.get(key)
            if place is None:
                claim = organization_claim(*key)
                place = known[key] = places.setdefault(claim, len(places))
            found[row] = place
        return list(places), found


class _ResultsSeen:
    """Which rows have any result at all."""

    def __init__(
        self, items: Int8, file_total: Int16, mark: Int16, test_score: Int16, passed: Int16, level: list[str]
    ) -> None:
        self.items = items
        any_item = ((items != MISSING) & (items != NOT_ATTEMPTED)).any(axis=1)
        attempted = (items == NOT_ATTEMPTED).any(axis=1)
        values = (mark != NO_VALUE) | (test_score != NO_VALUE) | (passed != NO_VALUE)
        levels = np.fromiter(map(bool, level), dtype=np.bool_, count=len(level))
        total = file_total > 0 if items.shape[1] else file_total != NO_VALUE
        self.nothing: Bool = ~(any_item | attempted | values | levels | total)
