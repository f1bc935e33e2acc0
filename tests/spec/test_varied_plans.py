"""Twenty plans of many fashions in every kind of file: each file says what the plan says. Shapes met in Word and Excel.

All content is invented.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pytest

from intake.contracts import Severity
from intake.plans import PlanReading, read_pasted_plan, read_plan, term_reader
from intake.terms import PlanYear
from msoko.foundation.catalog.plans import plan_vocabulary
from tests.factories.plans import PlanText, as_docx, as_html, as_ods, as_pdf, as_text, as_xlsx
from tests.factories.varied_plans import Meant, varied_plan

TERMS = term_reader(PlanYear(2026))
HEADER = ("№ п/п", "Мероприятие", "Срок", "Ответственный", "Результат")


def _in_windows_1251(plan: PlanText) -> bytes:
    return as_text(_on_one_line(plan)).decode().encode("cp1251")


def _in_utf16(plan: PlanText) -> bytes:
    return as_text(_on_one_line(plan)).decode().encode("utf-16")


def _on_one_line(plan: PlanText) -> PlanText:
    """Text with tabs has no line breaks inside of cells."""
    rows = [
        row if isinstance(row, str) else [cell.replace(",\n", ", ").replace("\n", "; ") for cell in row]
        for row in plan.rows
    ]
    return PlanText(plan.header, rows, plan.before, plan.after)


FILES: dict[str, Callable[[PlanText], bytes]] = {
    "docx": as_docx,
    "xlsx": as_xlsx,
    "ods": as_ods,
    "html": as_html,
    "cp1251": _in_windows_1251,
    "utf16": _in_utf16,
}


def read(data: bytes | str) -> PlanReading:
    if isinstance(data, str):
        return read_pasted_plan(data, vocabulary=plan_vocabulary(), terms=TERMS)
    return read_plan("план", data, vocabulary=plan_vocabulary(), terms=TERMS)


def meaning(reading: PlanReading) -> list[Meant]:
    assert reading.problems == []
    return [
        Meant(
            one.section_path,
            one.number,
            one.title,
            one.terms_raw,
            tuple(unit.raw for unit in one.responsible),
            tuple(document.text for document in one.deliverables),
        )
        for one in reading.activities
    ]


@pytest.mark.parametrize("kind", list(FILES))
@pytest.mark.parametrize("seed", range(20))
def test_a_plan_of_any_fashion(seed: int, kind: str) -> None:
    plan, meant = varied_plan(seed)
    assert meaning(read(FILES[kind](plan))) == meant


@pytest.mark.parametrize("seed", range(0, 20, 3))
def test_a_plan_of_any_fashion_in_a_ruled_pdf(seed: int) -> None:
    """Where a line is full, a page does not tell a wrapped text from two lines: units are separated by commas here."""
    plan, meant = varied_plan(seed)
    assert meaning(read(as_pdf(_with_commas(plan), height=420))) == meant


def _with_commas(plan: PlanText) -> PlanText:
    rows = [
        row if isinstance(row, str) else [cell.replace(",\n", ", ").replace("\n", ", ") for cell in row]
        for row in plan.rows
    ]
    return PlanText(plan.header, rows, plan.before, plan.after)


def test_headings_of_word_are_sections() -> None:
    document = docx.Document()
    document.add_heading("План мероприятий на 2026-2027 учебный год", level=1)
    for part, title in (("Кадры", "Семинар"), ("Контроль", "Проверка сайтов")):
        document.add_heading(part, level=1)
        document.add_heading(f"{part}: второе полугодие", level=2)
        _table(document, [HEADER, ("1", title, "май", "ИМЦ", "Отчет")])
    reading = read(_saved(document))
    assert reading.title == "План мероприятий на 2026-2027 учебный год"
    assert [[title for _, title in one.section_path] for one in reading.activities] == [
        ["Кадры", "Кадры: второе полугодие"],
        ["Контроль", "Контроль: второе полугодие"],
    ]


def test_plain_paragraphs_alone_between_tables_are_sections() -> None:
    document = docx.Document()
    document.add_paragraph("План мероприятий на 2026-2027 учебный год")
    for part, title in (("Работа с кадрами", "Семинар"), ("Контроль и анализ", "Проверка сайтов")):
        document.add_paragraph(part)
        _table(document, [HEADER, ("1", title, "май", "ИМЦ", "Отчет")])
    reading = read(_saved(document))
    assert [one.section_path for one in reading.activities] == [
        (("", "Работа с кадрами"),),
        (("", "Контроль и анализ"),),
    ]
    assert reading.period == "на 2026-2027 учебный год"


def test_paper_around_the_tables_is_no_section() -> None:
    document = docx.Document()
    document.add_heading("Приложение № 1 к приказу", level=2)
    _table(document, [HEADER, ("1", "Семинар", "май", "ИМЦ", "Отчет")])
    document.add_paragraph("Продолжение таблицы")
    _table(document, [HEADER, ("2", "Отчет", "июнь", "ИМЦ", "Отчет")])
    assert [one.section_path for one in read(_saved(document)).activities] == [(), ()]


def test_a_small_table_inside_of_a_cell_is_its_text() -> None:
    document = docx.Document()
    table = _table(document, [HEADER, ("1", "Диагностика", "", "ИМЦ", "Справка")])
    inner = table.cell(1, 2).add_table(rows=2, cols=2)
    for row, texts in enumerate((("5 класс", "октябрь"), ("7 класс", "апрель"))):
        for column, text in enumerate(texts):
            inner.cell(row, column).text = text
    (activity,) = read(_saved(document)).activities
    assert activity.terms["intervals"] == [["2026-10-01", "2026-10-31"], ["2027-04-01", "2027-04-30"]]


def test_a_plan_inside_of_a_frame() -> None:
    document = docx.Document()
    frame = document.add_table(rows=1, cols=1)
    inner = frame.cell(0, 0).add_table(rows=0, cols=5)
    for texts in (HEADER, ("1", "Сбор", "май", "ИМЦ", "Отчет")):
        cells = inner.add_row().cells
        for column, text in enumerate(texts):
            cells[column].text = text
    assert [one.title for one in read(_saved(document)).activities] == ["Сбор"]


def test_a_month_of_excel_is_a_month_not_its_first_day() -> None:
    book, sheet = _sheet(
        HEADER, (1, "Отчет", dt.date(2027, 5, 1), "ИМЦ", ""), (2, "Сбор", dt.date(2027, 5, 1), "ИМЦ", "")
    )
    sheet["C2"].number_format = "mmm\\.yy"
    sheet["C3"].number_format = "dd\\.mm\\.yyyy"
    assert [one.terms["intervals"] for one in read(_saved(book)).activities] == [
        [["2027-05-01", "2027-05-31"]],
        [["2027-05-01", "2027-05-01"]],
    ]


def test_hidden_rows_and_formulas_without_values_are_told() -> None:
    book, sheet = _sheet(HEADER, (1, "Сбор", "май", "ИМЦ", ""), (2, "Отчет", "июнь", "ИМЦ", '=CONCATENATE("а","б")'))
    sheet.row_dimensions[2].hidden = True
    hidden = book.create_sheet("Черновик")
    hidden.append(HEADER)
    hidden.append((1, "Лишнее", "май", "ИМЦ", ""))
    hidden.sheet_state = "hidden"
    reading = read(_saved(book))
    assert [one.title for one in reading.activities] == ["Сбор", "Отчет"]
    assert [(one.code, one.severity) for one in reading.problems] == [
        ("document.hidden_rows", Severity.WARNING),
        ("document.formulas_without_values", Severity.WARNING),
    ]


def test_a_sheet_beside_the_plan_gives_it_no_section() -> None:
    book, _ = _sheet(HEADER, (1, "Сбор", "май", "ИМЦ", ""))
    book.active.title = "План"
    book.create_sheet("Справочник").append(("код", "значение"))
    assert [one.section_path for one in read(_saved(book)).activities] == [()]


def test_columns_of_months_in_roman_numerals() -> None:
    header = "№\tМероприятие\tIX\tX\tXI\tXII\tI\tII\tIII\tIV\tV\tОтветственный"
    reading = read(f"{header}\n1\tСбор\tх\t\t\t\t\t\t\t\tх\tзавуч\n2\tАнализ\t\tх\t\t\tх\t\t\t\t\tзавуч")
    assert [one.terms_raw for one in reading.activities] == ["сентябрь, май", "октябрь, январь"]


def test_columns_of_months_with_their_year() -> None:
    reading = read("№\tМероприятие\t09.2026\t10.2026\tОтветственный\n1\tСбор\tх\t\tзавуч\n2\tАнализ\t\tх\tзавуч")
    assert [one.terms["intervals"] for one in reading.activities] == [
        [["2026-09-01", "2026-09-30"]],
        [["2026-10-01", "2026-10-31"]],
    ]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("ИМЦ\nруководители ОО", ["ИМЦ", "руководители ОО"]),
        ("заместитель\nначальника управления", ["заместитель начальника управления"]),
        ("заместитель\nдиректора", ["заместитель директора"]),
        ("заместитель начальника\nдиректора школ", ["заместитель начальника", "директора школ"]),
        ("отдел общего\nобразования", ["отдел общего образования"]),
        ("муниципальный координатор методисты ИМЦ", ["муниципальный координатор", "методисты ИМЦ"]),
        ("классный руководитель", ["классный руководитель"]),
        ("старший методист отдела", ["старший методист отдела"]),
        ("заместитель начальника – начальник отдела", ["заместитель начальника – начальник отдела"]),
    ],
)
def test_units_on_lines_of_their_own(cell: str, units: list[str]) -> None:
    document = docx.Document()
    _table(document, [HEADER, ("1", "Сбор", "май", cell, "Отчет")])
    (activity,) = read(_saved(document)).activities
    assert [one.raw for one in activity.responsible] == units


def test_ditto_marks_repeat_the_row_above() -> None:
    document = docx.Document()
    rows = [HEADER, ("1", "Сбор", "май", "ИМЦ", "Отчет"), ("2", "Анализ", "-//-", "-//-", "то же")]
    _table(document, rows)
    second = read(_saved(document)).activities[1]
    assert second.terms["intervals"] == [["2027-05-01", "2027-05-31"]]
    assert [one.raw for one in second.responsible] == ["ИМЦ"]
    assert [one.text for one in second.deliverables] == ["Отчет"]


def test_totals_are_no_activities_and_works_of_one_cell_have_no_number() -> None:
    document = docx.Document()
    rows = [("Месяц", "Мероприятия", "Ответственные"), ("Сентябрь", "1. Диагностика\n2. График", "завуч"),
            ("Октябрь", "Отчет", "завуч"), ("Итого", "2 мероприятия", "")]  # fmt: skip
    _table(document, rows)
    assert [(one.number, one.title) for one in read(_saved(document)).activities] == [
        ("", "1. Диагностика 2. График"),
        ("", "Отчет"),
    ]


def test_commas_part_the_cells_of_a_file_that_says_so() -> None:
    data = '№,Мероприятие,Срок,Ответственный\n1,Сбор,май,ИМЦ\n2,"Анализ, вывод",июнь,ИМЦ'.encode()
    found = read_plan("план.csv", data, vocabulary=plan_vocabulary(), terms=TERMS).activities
    assert [(one.title, one.terms_raw) for one in found] == [("Сбор", "май"), ("Анализ, вывод", "июнь")]


def test_a_text_set_in_columns_without_numbers() -> None:
    rows = [("Мероприятие", "Срок", "Ответственные"), ("Сбор данных", "май", "ИМЦ"), ("Анализ", "июнь", "ИМЦ; ОО"),
            ("Отчет о работе", "июль", "отдел"), ("Справка", "август", "отдел; ИМЦ")]  # fmt: skip
    text = "\n".join(f"{title:<30}{term:<16}{units}" for title, term, units in rows)
    assert [(one.title, one.terms_raw, len(one.responsible)) for one in read(text).activities] == [
        ("Сбор данных", "май", 1),
        ("Анализ", "июнь", 2),
        ("Отчет о работе", "июль", 1),
        ("Справка", "август", 2),
    ]


def _table(document: Any, rows: list[tuple[str, ...]]) -> Any:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for texts in rows:
        cells = table.add_row().cells
        for column, text in enumerate(texts):
            cells[column].text = text
    return table


def _sheet(*rows: tuple[object, ...]) -> tuple[Any, Any]:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book, book.active


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
