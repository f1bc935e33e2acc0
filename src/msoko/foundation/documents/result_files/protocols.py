"""Score sheets of state examinations. Names in them are invented; a reader must drop them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from intake.fields.masks import write_long_mask, write_short_mask
from msoko.foundation.documents.result_files.printed import Cell, PrintedRow, PrintedWork
from msoko.foundation.documents.result_files.sheets import write_table

SHORT, LONG = "Задания с кратким ответом", "Задания с развёрнутым ответом"
_SPARSE_WIDTH = 24


@dataclass(frozen=True, slots=True)
class ExamSheet:
    """One examination of a protocol; `minimum` is the lowest passing test score, where there is one."""

    work: PrintedWork
    rows: Sequence[PrintedRow]
    minimum: int | None = None

    @property
    def title(self) -> str:
        """«04 - Химия 2026.06.01»."""
        return f"{self.work.exam_code} - {self.work.subject} {self.work.held_on:%Y.%m.%d}"


def masks_of(work: PrintedWork, row: PrintedRow) -> tuple[str, str]:
    """Result masks of short and detailed answers: `++-2`, `1(2)0(3)`."""
    maxima = [item.max_score for item in work.items]
    split = work.short_count
    return write_short_mask(row.scores[:split], maxima[:split]), write_long_mask(row.scores[split:], maxima[split:])


def _mean(values: Sequence[int | None]) -> Cell:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 2) if known else None


def _at(places: dict[int, Cell], width: int = _SPARSE_WIDTH) -> list[Cell]:
    """A row with cells at the given columns and nothing between them."""
    return [places.get(column) for column in range(width)]


def write_oge_protocol(path: Path, region: str, exams: Sequence[ExamSheet]) -> None:
    """«Sparse» protocol of ОГЭ: several examinations one under another, empty columns between the filled ones."""
    write_table(path, "Page 1", _oge_rows(region, exams))


def _oge_rows(region: str, exams: Sequence[ExamSheet]) -> Iterator[list[Cell]]:
    yield ["Протокол проверки результатов"]
    yield [region]
    for exam in exams:
        yield [exam.title]
        yield []
        yield _at({0: "№", 1: "Код ОО", 2: "Класс", 4: "Код ППЭ", 6: "Аудитория", 8: "Код МСУ", 10: "Фамилия",
                   12: "Имя", 13: "Отчество", 14: SHORT, 17: LONG, 18: "Первичный балл", 20: "Оценка"})  # fmt: skip
        for number, row in enumerate(exam.rows, start=1):
            short, long = masks_of(exam.work, row)
            yield _at({0: number, 1: int(row.organization.exam_code), 2: _class(exam.work, row), 4: 1003,
                       6: 100 + number // 15, 8: _municipality(row), 10: row.surname, 12: row.first_name,
                       13: row.patronymic, 14: short, 17: long or None, 18: row.total, 20: row.mark})  # fmt: skip
        totals, marks = [row.total for row in exam.rows], [row.mark for row in exam.rows]
        yield _at({0: "Средние", 18: _mean(totals), 20: _mean(marks)})


def write_oge_appeals(path: Path, region: str, exams: Sequence[ExamSheet], declined: frozenset[str]) -> None:
    """Appeals of ОГЭ: numbers as text, examination in a cell, no answers; `declined` are surnames."""
    write_table(path, "Page 1", _appeal_rows(region, exams, declined))


def _appeal_rows(region: str, exams: Sequence[ExamSheet], declined: frozenset[str]) -> Iterator[list[Cell]]:
    yield [f"Протокол проверки результатов  государственной итоговой аттестации {exams[0].work.year} г."]
    yield [region]
    yield []
    yield ["№", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Фамилия", "Имя", "Отчество", "Экзамен",
           "Состояние апелляции", "Текущие", None]  # fmt: skip
    yield _at({10: "Первичный балл", 11: "Оценка"}, width=12)
    number = 0
    for exam in exams:
        for row in exam.rows:
            number += 1
            state = "Апелляция отклонена" if row.surname in declined else "Апелляция удовлетворена"
            yield [number, row.organization.exam_code, _class(exam.work, row), "1003", "0101", row.surname,
                   row.first_name, row.patronymic, f"{exam.work.subject}({exam.work.held_on:%Y.%m.%d})", state,
                   str(row.total), str(row.mark)]  # fmt: skip


def write_ege_protocol(path: Path, region: str, exams: Sequence[ExamSheet]) -> None:
    """«Sparse» protocol of ЕГЭ: every second column is empty, tail rows after each examination."""
    write_table(path, "Page 1", _ege_rows(region, exams))


def _ege_rows(region: str, exams: Sequence[ExamSheet]) -> Iterator[list[Cell]]:
    yield ["Протокол проверки результатов ЕГЭ"]
    yield [region]
    yield from ([], [], [])
    for exam in exams:
        yield [exam.title]
        yield []
        yield _at({0: "№", 2: "Код МСУ", 4: "Код ОО", 6: "Класс", 8: "Код ППЭ", 10: "Аудитория", 12: "Фамилия",
                   13: "Имя", 14: "Отчество", 16: SHORT, 18: LONG, 20: "Первичный балл",
                   22: "Тестовый балл"})  # fmt: skip
        for number, row in enumerate(exam.rows, start=1):
            short, long = masks_of(exam.work, row)
            yield _at({0: number, 2: _municipality(row), 4: int(row.organization.exam_code),
                       6: str(exam.work.grade_level), 8: 1301, 10: 100 + number // 15, 12: row.surname,
                       13: row.first_name, 14: row.patronymic, 16: short, 18: long, 20: row.total,
                       22: row.test_score})  # fmt: skip
        yield _at({0: "Средние", 20: _mean([r.total for r in exam.rows]), 22: _mean([r.test_score for r in exam.rows])})
        yield _at({0: "Минимальная граница", 22: exam.minimum})
        yield _at({0: "Всего участников", 20: len(exam.rows)})


def write_ege_compact(path: Path, exam: ExamSheet) -> None:
    """Compact protocol of ЕГЭ with participant codes and variants."""
    write_table(path, "Протокол ЕГЭ", _compact_rows(exam))


def _compact_rows(exam: ExamSheet) -> Iterator[list[Cell]]:
    yield [exam.title]
    yield ["№", "Код ППЭ", "Код ОО", "Класс", "Код ООП", "Профиль", "Фамилия", "Имя", "Отчество", "Вариант",
           "Код участника", "№ бланка", "Ответы в краткой форме", "Ответы в развернутой форме", "Первичный балл",
           "Итоговый балл"]  # fmt: skip
    for number, row in enumerate(exam.rows, start=1):
        short, long = masks_of(exam.work, row)
        yield [number, 1301, int(row.organization.exam_code), str(exam.work.grade_level), 101, 102, row.surname,
               row.first_name, row.patronymic, row.variant, row.participant, row.participant, short, long, row.total,
               row.test_score]  # fmt: skip


def write_ege_csv(path: Path, exam: ExamSheet) -> None:
    """CSV of the regional centre: `;`, cp1251, documents in it; basic mathematics ends with «Оценка»."""
    has_marks = exam.minimum is None
    rows = _basic_csv_rows(exam) if has_marks else _csv_rows(exam)
    lines = [";".join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1251"))


def _basic_csv_rows(exam: ExamSheet) -> Iterator[list[Cell]]:
    yield [exam.title, *[None] * 12]
    yield ["№", "Код ОО", "Класс", "Код ППЭ", "Аудитория", "Фамилия", "Имя", "Отчество", "Серия", "Номер", SHORT,
           "Первичный балл", "Оценка"]  # fmt: skip
    for number, row in enumerate(exam.rows, start=1):
        yield [number, row.organization.exam_code, f"{exam.work.grade_level}{row.class_group}", 1081, "0005",
               row.surname, row.first_name, row.patronymic, "0000", row.document_number, masks_of(exam.work, row)[0],
               row.total, row.mark]  # fmt: skip
    totals, marks = [row.total for row in exam.rows], [row.mark for row in exam.rows]
    yield ["Средние", *[None] * 10, _mean(totals), _mean(marks)]
    yield ["Всего участников", *[None] * 10, len(exam.rows), None]


def _csv_rows(exam: ExamSheet) -> Iterator[list[Cell]]:
    width = 28
    yield _at({0: exam.title}, width)
    yield _at({0: "№", 2: "Код МСУ", 4: "Код ОО", 6: "Класс", 8: "Код ППЭ", 10: "Аудитория", 12: "Фамилия", 13: "Имя",
               14: "Отчество", 16: "Серия", 18: "Номер", 20: SHORT, 22: LONG, 24: "Первичный балл", 26: "Балл"},
              width)  # fmt: skip
    for number, row in enumerate(exam.rows, start=1):
        short, long = masks_of(exam.work, row)
        yield _at({0: number, 2: _municipality(row), 4: row.organization.exam_code, 6: exam.work.grade_level, 8: 1018,
                   10: 9, 12: row.surname, 13: row.first_name, 14: row.patronymic, 16: "0000",
                   18: row.document_number, 20: short, 22: long, 24: row.total, 26: row.test_score}, width)  # fmt: skip
    yield _at({0: "Средние", 24: _mean([r.total for r in exam.rows]), 26: _mean([r.test_score for r in exam.rows])},
              width)  # fmt: skip
    yield _at({0: "Минимальная граница", 23: exam.minimum}, width)
    yield _at({0: "Всего участников", 23: len(exam.rows)}, width)


def _class(work: PrintedWork, row: PrintedRow) -> str:
    return f"{work.grade_level}{row.class_group}"


def _municipality(row: PrintedRow) -> Cell:
    code = row.organization.municipality_code
    return int(code) if code.isdigit() else code or None
