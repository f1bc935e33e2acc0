"""The engine of all layouts with one row a participant: columns with known roles → participants' columns.

Works by columns with look-up tables of spellings, never cell by cell: a workbook of 60 × 26 takes under a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np

from intake.contracts import (
    MISSING,
    NO_VALUE,
    Bool,
    Int8,
    Int16,
    Int32,
    OrganizationClaim,
    ParticipantColumns,
    Severity,
)
from intake.fields import cells
from intake.fields.classes import class_letters
from intake.fields.organizations import organization_claim
from intake.fields.text import clean
from intake.layouts.base import Cell
from intake.layouts.presence import ResultsSeen, said_absent, settled_presence
from intake.layouts.remarks import Remarks
from intake.layouts.row_table import ReadingRules, RowTable, TableColumns
from intake.layouts.rows_left_out import is_person_name, row_filter
from intake.layouts.score_checks import check_scores
from intake.layouts.shifted_rows import without_shifted


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
    numbers = without_shifted(rows, list(numbers), columns, remarks)
    width = 1 + max([*columns.roles.values(), *(index for index, _ in columns.items)], default=0)
    table = RowTable([rows[number] for number in numbers], numbers, width)
    reader = _Reader(table, columns, rules, remarks)
    return reader.read()


class _Reader:
    def __init__(self, table: RowTable, columns: TableColumns, rules: ReadingRules, remarks: Remarks) -> None:
        self.table, self.columns, self.rules, self.remarks = table, columns, rules, remarks

    def read(self) -> ParticipantColumns:
        items = self._items()
        variant, present = self._variant_and_presence()
        file_total = self._numbers("total", cells.total_value, "total.not_a_number", "Итоговый балл")
        mark = self._numbers("mark", cells.mark_value, "mark.not_a_mark", "Отметка")
        test_score = self._numbers("test_score", cells.test_score_value, "test_score.not_a_number", "Тестовый балл")
        passed = self._numbers("passed", cells.passed_value, "passed.not_understood", "Результат")
        level = [clean(cell) for cell in self._cells("level")]
        result = ResultsSeen(items, file_total, mark, test_score, passed, level)
        present = settled_presence(self.table, self.columns, present, result, self.remarks)
        check_scores(self.table, self.columns, items, file_total, present, self.remarks)
        organizations, organization = self._organizations()
        return ParticipantColumns(
            organizations=organizations,
            organization=organization,
            participant=self._participants(),
            class_group=self._classes(),
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
        return [code if any(map(str.isdecimal, code)) else "" for code in codes]

    def _classes(self) -> list[str]:
        if "class_group" not in self.columns.roles:
            return [self.rules.class_group] * len(self.table)
        is_ordinal = self.rules.is_ordinal_class
        return class_letters(self._cells("class_group"), self.rules.grade_level, is_ordinal=is_ordinal)

    def _items(self) -> Int8:
        places = [index for index, _ in self.columns.items]
        count, width = len(self.table), len(places)
        values = map(cells.ITEM_VALUES.__getitem__, chain.from_iterable(map(self.table.column, places)))
        items = np.fromiter(values, dtype=np.int8, count=count * width).reshape(width, count).T
        if any("+" in self.table.column(place) for place in places):  # «+» is done, «-» is not done
            items = self._with_minus_as_zero(items, places)
        junk = items == cells.JUNK
        if junk.any():
            items = items.copy()
            for row, item in np.argwhere(junk):
                self._report_junk(int(row), places[int(item)])
            items[junk] = MISSING
        return np.ascontiguousarray(items)

    def _has_one_value(self, row: int) -> bool:
        """The same sign in every item: «б» (болел) as in a journal."""
        return len({clean(self.table.column(index)[row]) for index, _ in self.columns.items} - {""}) == 1

    def _with_minus_as_zero(self, items: Int8, places: Sequence[int]) -> Int8:
        minus = [[cell in ("-", "–", "—") for cell in self.table.column(place)] for place in places]
        return np.where(np.array(minus, dtype=np.bool_).T, np.int8(0), items)

    def _report_junk(self, row: int, column: int) -> None:
        text = clean(self.table.column(column)[row])
        if cells.is_absence(text) or (text.casefold() == "б" and self._has_one_value(row)):
            return
        shown = f" «{text}»" if len(text) <= 4 and not (text.isalpha() and len(text) > 2) else ""
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
        for role in ("total", "mark", "test_score", "passed", "level"):
            if role in self.columns.roles:
                present &= ~said_absent(self._cells(role))
        return variant, present

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
