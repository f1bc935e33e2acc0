"""Data rows of one examination table → participants; tail rows → control values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.contracts import OrganizationClaim
from intake.fields.cells import number, sex_value, variant_value
from intake.fields.text import clean, header_key
from intake.layouts.assembly import ParticipantRow
from intake.layouts.base import Cell
from intake.layouts.gia_keys import code_text, document_key, name_key
from intake.layouts.gia_results import Results, read_results
from intake.layouts.gia_tables import ExamTable

#: First words of tail rows, folded → name of the control value.
_TAILS = (
    (re.compile(r"средни[ей].*"), "Средние"),
    (re.compile(r"минимальн\w+ (?:граница|балл).*"), "Минимальная граница"),
    (re.compile(r"(?:всего|количество|кол во) участников.*"), "Всего участников"),
    (re.compile(r"(?:итого|всего)\b.*"), "Итого"),
)
_MEAN_OF = {"total": "первичный балл", "test_score": "тестовый балл", "mark": "отметка"}
_RESULT_ROLES = ("total", "test_score", "mark", "passed")
MASK_ROLES = ("answers", "short", "long", "oral")
_NAME_ROLES = ("surname", "first_name", "patronymic")


@dataclass(slots=True)
class RowFault:
    """Something wrong in a row: `row` from 1, role of the column ("" = the whole row)."""

    code: str
    message: str
    row: int
    role: str = ""
    is_error: bool = False


@dataclass(slots=True)
class ExamRows:
    """Participants of one examination with their mask cells, exam cells and class texts, row by row."""

    participants: list[ParticipantRow] = field(default_factory=list)
    masks: list[tuple[Cell, ...]] = field(default_factory=list)
    exams: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    declared: dict[str, float] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)


class RowReader:
    """Reads the rows of one table; remembers namesakes so that two pupils never share a key."""

    def __init__(self, table: ExamTable) -> None:
        self._table = table
        self._columns = table.columns
        self._seen: Counter[str] = Counter()
        self._answers: dict[str, tuple[Cell, ...]] = {}
        self.rows = ExamRows()

    def read(self) -> ExamRows:
        for index in range(self._table.first, self._table.last):
            row = self._table.sheet.rows[index]
            if not any(cell not in ("", None) for cell in row):
                continue
            if not self._read_tail(row):
                self._read_participant(index + 1, row)
        return self.rows

    def _read_tail(self, row: Sequence[Cell]) -> bool:
        first = next((header_key(cell) for cell in row if cell not in ("", None)), "")
        name = next((name for pattern, name in _TAILS if pattern.fullmatch(first)), None)
        if name is None:
            return False
        found = [value for cell in row if (value := number(cell)) is not None]
        if name == "Минимальная граница":
            self._read_minimum(name, row, found)
            return True
        if name != "Средние":
            if found:
                self.rows.declared[name] = found[0]
            return True
        roles = sorted((r for r in _MEAN_OF if r in self._columns), key=lambda role: self._columns[role])
        for role, value in zip(roles, found, strict=False):
            self.rows.declared[f"{name}: {_MEAN_OF[role]}"] = value
        return True

    def _read_minimum(self, name: str, row: Sequence[Cell], found: Sequence[float]) -> None:
        """The minimum on the scale of the result: a number under the primary score is not one of test scores."""
        minimum, least = (number(self._cell(row, role)) for role in ("test_score", "total"))
        if minimum is None and least is not None and "test_score" in self._columns:
            self.rows.declared[f"{name}: первичный балл"] = least
        elif minimum is not None or found:
            self.rows.declared[name] = minimum if minimum is not None else found[0]

    def _read_participant(self, number_of_row: int, row: Sequence[Cell]) -> None:
        code = code_text(self._cell(row, "organization_code"))
        name = clean(self._cell(row, "organization_name"))
        if name.isdigit():  # «Школа | 111001»: a column of codes under the name of a name
            code, name = code or name, ""
        masks = tuple(self._cell(row, role) for role in MASK_ROLES if role in self._columns)
        has_answers = any(clean(mask) for mask in masks)
        cells = {role: self._cell(row, role) for role in _RESULT_ROLES if role in self._columns}
        if not (code or name) and not has_answers and not any(clean(cell) for cell in cells.values()):
            self._pass_by(number_of_row, row)
            return
        results = read_results(cells, has_answers=has_answers)
        self._note(number_of_row, results, has_organization=bool(code or name))
        organization = OrganizationClaim(code=code, name=name, municipality=code_text(self._cell(row, "municipality")))
        self.rows.participants.append(
            ParticipantRow(
                row=number_of_row,
                organization=organization,
                participant=self._key(row, number_of_row, code or name, (*masks, *cells.values())),
                variant=_variant(self._cell(row, "variant")),
                sex=sex_value(self._cell(row, "sex")),
                present=results.present,
                file_total=results.total,
                test_score=results.test_score,
                mark=results.mark,
                passed=results.passed,
            )
        )
        self.rows.masks.append(masks if results.present else ("",) * len(masks))
        self.rows.exams.append(clean(self._cell(row, "exam")))
        self.rows.classes.append(code_text(self._cell(row, "class")))
        self.rows.states.append(header_key(self._cell(row, "appeal_state")))

    def _cell(self, row: Sequence[Cell], role: str) -> Cell:
        column = self._columns.get(role, -1)
        return row[column] if 0 <= column < len(row) else ""

    def _pass_by(self, number_of_row: int, row: Sequence[Cell]) -> None:
        if sum(1 for cell in row if clean(cell)) > 3:
            message = "в строке нет ни кода организации, ни результата: строка не использована"
            self.rows.faults.append(RowFault("row_not_used", message, number_of_row, is_error=True))

    def _note(self, row: int, results: Results, *, has_organization: bool) -> None:
        notes = [RowFault("result_unreadable", message, row, role) for role, message in results.faults]
        if results.is_void:
            notes.append(RowFault("result_void", "результат аннулирован или экзамен не завершён: не учитывается", row))
        if not has_organization:
            notes.append(RowFault("organization_missing", "не указан код организации", row, "organization_code"))
        self.rows.faults.extend(notes)

    def _key(self, row: Sequence[Cell], number_of_row: int, organization: str, answers: tuple[Cell, ...]) -> str:
        printed = code_text(self._cell(row, "participant"))
        if printed:
            return printed
        document = [self._cell(row, role) for role in ("document_series", "document_number", "document")]
        key = document_key(*document)
        if key:
            return key
        names = [self._cell(row, role) for role in _NAME_ROLES]
        key = name_key(organization, names)
        return self._told_apart(key, row, number_of_row, organization, answers) if key else ""

    def _told_apart(
        self, key: str, row: Sequence[Cell], number_of_row: int, organization: str, answers: tuple[Cell, ...]
    ) -> str:
        """Two equal names of one school with different results are two pupils; with equal results, one row twice."""
        exam = clean(self._cell(row, "exam"))
        place = f"{exam}|{key}"
        self._seen[place] += 1
        if self._seen[place] == 1 or self._answers[place] == answers:
            self._answers.setdefault(place, answers)
            return key
        message = "в организации несколько участников с одинаковыми ФИО: учтены как разные участники"
        self.rows.faults.append(RowFault("namesakes", message, number_of_row, "surname"))
        return name_key(organization, [self._cell(row, role) for role in _NAME_ROLES], self._seen[place])


def _variant(cell: Cell) -> int:
    return max(variant_value(cell) or 0, 0)
