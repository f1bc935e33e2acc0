"""Files of the federal system: the collection form of a school and «Ф1 Индивидуальные результаты»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from msoko.foundation.documents.result_files.printed import (
    Cell,
    PrintedRow,
    PrintedWork,
    date_text,
    item_header,
    score_cells,
    variant_cell,
)
from msoko.foundation.documents.result_files.sheets import Worksheet, new_workbook, sheet_name, write_row, write_rows

CROSS = ("X",)
_FORM_ROWS = 1498
_NO_MARK = "нет отметки"
_JOURNAL_HEADER = "Отметка за предыдущий триместр/ четверть/полугодие"


def write_collection_form(
    path: Path, work: PrintedWork, rows: Sequence[PrintedRow], *, crosses: Sequence[str] = CROSS
) -> None:
    """«Форма сбора результатов» of one school (2026): the file names neither the school nor the work inside."""
    with new_workbook(path) as book:
        _write_form_minutes(book.add_worksheet("Протокол"), work, rows, crosses)
        write_rows(book.add_worksheet("Служебный"), _service_rows(work))
        write_rows(book.add_worksheet("Порядковый номер класса"), ([number] for number in range(1, 51)))


def _write_form_minutes(
    sheet: Worksheet, work: PrintedWork, rows: Sequence[PrintedRow], crosses: Sequence[str]
) -> None:
    header: list[Cell] = ["Код участника", "Вариант", *map(item_header, work.items)]
    write_row(sheet, 0, [*header, "Порядковый номер класса", _JOURNAL_HEADER, "Итого баллов"])
    total_column = len(work.items) + 4
    last_letter = _letters(len(work.items) + 1)
    for number in range(_FORM_ROWS):
        row = rows[number] if number < len(rows) else None
        line = number + 1
        if row is not None:
            write_row(sheet, line, _form_cells(row, crosses, number))
        formula = f"=SUM(C{line + 1}:{last_letter}{line + 1})"
        sheet.write_formula(line, total_column, formula, None, (row.total or 0) if row else 0)
        if number < len(_VALIDATION_PAIRS):
            write_row(sheet, line, _VALIDATION_PAIRS[number], first_column=total_column + 4)


#: Allowed combinations of two criteria that stand to the right of the table and belong to no participant.
_VALIDATION_PAIRS: tuple[tuple[Cell, Cell], ...] = ((0, 0), ("X", 0), (1, 0), (1, 1), (2, 1), (2, 2), ("X", "X"))


def _form_cells(row: PrintedRow, crosses: Sequence[str], number: int) -> list[Cell]:
    if not row.present:
        return [int(row.participant), "отсутствовал"]
    journal: Cell = _NO_MARK if row.journal_mark is None else row.journal_mark
    return [int(row.participant), row.variant, *score_cells(row, crosses, number), row.class_number, journal]


def _service_rows(work: PrintedWork) -> Iterator[list[Cell]]:
    variants: list[Cell] = [1, 2, "отсутствовал"]
    marks: list[Cell] = [5, 4, 3, 2, _NO_MARK]
    scores: list[list[Cell]] = [[*range(item.max_score, -1, -1), "X"] for item in work.items]
    columns = [variants, *scores, marks]
    for number in range(max(map(len, columns))):
        yield [column[number] if number < len(column) else None for column in columns]


def _letters(column: int) -> str:
    """Letters of a column from 0: 0 → A, 26 → AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def write_individual_results(
    path: Path,
    work: PrintedWork,
    rows: Sequence[PrintedRow],
    *,
    crosses: Sequence[str] = CROSS,
    with_tail: bool = False,
) -> None:
    """«Ф1» of one school or of a municipality: those present, a group row before each organization.

    `with_tail` adds a row of totals below, as people do by hand.
    """
    present = [row for row in rows if row.present]
    with new_workbook(path) as book:
        sheet = book.add_worksheet(sheet_name(f"{work.subject_code} {work.grade_level} Индивидуальные результаты"))
        line = write_rows(sheet, _individual_heading(work))
        for _, group in groupby(present, key=lambda row: row.organization):
            line = write_rows(sheet, _individual_rows(list(group), crosses), line)
        if with_tail:
            totals = [row.total for row in present if row.total is not None]
            write_row(sheet, line, ["Итого", None, f"участников: {len(present)}"])
            write_row(sheet, line + 1, ["Средний балл", None, round(sum(totals) / max(1, len(totals)), 2)])


def report_heading(name: str, work: PrintedWork) -> list[list[Cell]]:
    """The block R1–R7 above every federal report."""
    return [
        [name],
        [],
        [work.title],
        ["Предмет:", work.subject],
        ["Максимальный первичный балл:", work.max_score],
        ["Дата:", date_text(work.held_on)],
    ]


def _individual_heading(work: PrintedWork) -> Iterator[list[Cell]]:
    yield from report_heading("Индивидуальные результаты", work)
    yield [None, None, "Уровень сложности задания", None, None, None, *(item.level for item in work.items)]
    yield [
        "ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант",
        *map(item_header, work.items), "Первичный балл", "Отметка", "Отметка по журналу",
    ]  # fmt: skip


def _individual_rows(rows: list[PrintedRow], crosses: Sequence[str]) -> Iterator[list[Cell]]:
    organization = rows[0].organization
    name = f"{organization.name}({organization.code})"
    yield [f"{name} | Кол-во участников: {len(rows)}"]
    for number, row in enumerate(rows):
        journal: Cell = _NO_MARK if row.journal_mark is None else row.journal_mark
        yield [
            organization.code, organization.municipality, name, int(row.participant), row.class_number,
            variant_cell(row), *score_cells(row, crosses, number), row.total, row.mark, journal,
        ]  # fmt: skip
