"""Shapes of plan tables that authorities, schools and kindergartens publish. All content is invented."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
import openpyxl
import pytest

from intake.contracts import Severity
from intake.plans import PlanReading, read_pasted_plan, read_plan, term_reader
from intake.terms import PlanYear
from msoko.foundation.catalog.plans import plan_vocabulary
from tests.factories.plans import PlanText, as_html, as_text


def read(data: bytes | str, **known: Any) -> PlanReading:
    terms, name = term_reader(PlanYear(2026)), "план"
    if isinstance(data, str):
        reading = read_pasted_plan(data, vocabulary=plan_vocabulary(), terms=terms, known=known or None)
    else:
        reading = read_plan(name, data, vocabulary=plan_vocabulary(), terms=terms, known=known or None)
    assert reading.problems == []
    return reading


def table(*lines: str) -> str:
    return "\n".join(line.replace(" | ", "\t") for line in lines)


def terms_of(reading: PlanReading) -> list[tuple[str, str, str]]:
    return [(one.title, one.terms_raw, one.terms_source) for one in reading.activities]


def test_columns_of_quarters() -> None:
    html = """<table>
    <tr><th rowspan=2>Направление</th><th rowspan=2>Содержание работы</th><th colspan=4>Сроки</th>
        <th rowspan=2>Ответственные</th></tr>
    <tr><th>I квартал</th><th>II квартал</th><th>III квартал</th><th>IV квартал</th></tr>
    <tr><td rowspan=2>Результаты</td><td>Диагностика</td><td>х</td><td></td><td>-</td><td>Х</td><td>завуч</td></tr>
    <tr><td>Опрос</td><td></td><td>+</td><td></td><td></td><td>психолог</td></tr>
    <tr><td>Условия</td><td>Осмотр</td><td colspan=4>х</td><td>завхоз</td></tr></table>"""
    reading = read(html.encode())
    assert terms_of(reading) == [
        ("Диагностика", "I квартал, IV квартал", "columns"),
        ("Опрос", "II квартал", "columns"),
        ("Осмотр", "I квартал, II квартал, III квартал, IV квартал", "columns"),
    ]
    assert [one.group for one in reading.activities] == ["Результаты", "Результаты", "Условия"]
    assert reading.activities[0].terms["intervals"] == [["2027-01-01", "2027-03-31"], ["2026-10-01", "2026-12-31"]]


def test_columns_of_months_with_days() -> None:
    header = "№ | Мероприятие | сентябрь | октябрь | Ответственный"
    reading = read(table(header, "1 | Проверка журналов | 15 | 20 | завуч", "2 | Проверка сайта |  | х | завуч"))
    assert terms_of(reading) == [
        ("Проверка журналов", "15 сентября, 20 октября", "columns"),
        ("Проверка сайта", "октябрь", "columns"),
    ]


def test_two_columns_of_dates() -> None:
    reading = read(
        table(
            "№ | Контрольная точка | Срок начала реализации | Срок окончания реализации | Ответственный исполнитель",
            "1 | Положение утверждено | - | 15.09.2026 | отдел",
            "2 | Пары сформированы | 01.10.2026 | 20.10.2026 | отдел",
            "3 | Итоги подведены | 10.01.2027 | 20.12.2026 | отдел",
        )
    )
    assert [one.terms["intervals"] for one in reading.activities] == [
        [[None, "2026-09-15"]],
        [["2026-10-01", "2026-10-20"]],
        [],
    ]
    assert [remark.code for remark in reading.activities[2].remarks] == ["term_invalid"]


def test_terms_as_headings() -> None:
    reading = read(
        table(
            "№ п/п | Мероприятия | Ответственные",
            "Ежемесячно |  | ",
            "1. | Сбор отчётов | методист",
            "Сентябрь |  | ",
            "2. | Совещание директоров | начальник управления",
        )
    )
    assert terms_of(reading) == [
        ("Сбор отчётов", "Ежемесячно", "heading"),
        ("Совещание директоров", "Сентябрь", "heading"),
    ]
    assert [one.term for one in reading.sections] == ["Ежемесячно", "Сентябрь"]


def test_months_first() -> None:
    reading = read(
        table(
            "Месяц | Содержание контроля | Вид контроля | Ответственный | Где слушается",
            "Сентябрь | Готовность групп | Предупредительный | Заведующий | Педсовет",
            " | Адаптация детей | Оперативный | Старший воспитатель | Педчас",
            "Октябрь | Организация питания | Оперативный | Медсестра | Совещание при заведующем",
        )
    )
    assert terms_of(reading) == [
        ("Готовность групп", "Сентябрь", "cell"),
        ("Адаптация детей", "Сентябрь", "merged"),
        ("Организация питания", "Октябрь", "cell"),
    ]
    assert dict(reading.activities[1].extra) == {"Вид контроля": "Оперативный"}
    assert {one.deliverables[0].kind for one in reading.activities} == {"protocol"}


def test_number_and_activity_in_one_column() -> None:
    header = "Мероприятия | Дата проведения | Ответственный"
    reading = read(table(header, "1. Приказ | до 10 сентября | методист", "2. Школьный этап | октябрь | школы"))
    assert [(one.number, one.title) for one in reading.activities] == [("1.", "Приказ"), ("2.", "Школьный этап")]


def test_amendments_footnotes_and_repealed_rows_are_not_activities() -> None:
    reading = read(
        table(
            "№ | Мероприятие | Срок | Ответственный | Отметка о выполнении",
            "1 | Проверка сайта | май | методист | ",
            "(в ред. приказа от 03.03.2026 № 55) |  |  |  | ",
            "2 | Утратил силу |  |  | ",
            "3 | Отчёт | июнь | методист | исполнено",
            "<*> Срок может уточняться. |  |  |  | ",
        )
    )
    assert [one.number for one in reading.activities] == ["1", "3"]
    assert [remark.code for remark in reading.remarks] == ["amendment", "row_repealed", "footnote"]
    assert reading.activities[1].extra == (("Отметка о выполнении", "исполнено"),)


def test_a_cell_broken_by_a_line_break() -> None:
    text = table(
        "№ | Мероприятие | Ответственный | Срок", "1 | Сведения о доходах | Руководители школ,", "кадровик | май"
    )
    assert [one.raw for one in read(text).activities[0].responsible] == ["Руководители школ", "кадровик"]


def test_drawn_tables() -> None:
    text = """План-график на 2027 год
┌────┬────────────────────┬───────────────────────┐
│ N  │    Мероприятия     │    Сроки выполнения   │
│п/п │                    ├───────────┬───────────┤
│    │                    │I квартал  │II квартал │
├────┼────────────────────┼───────────┼───────────┤
│ 1  │         2          │    3      │    4      │
├────┴────────────────────┴───────────┴───────────┤
│         1. Нормативная база                     │
├────┬────────────────────┬───────────┬───────────┤
│1.1 │Разработка норма-   │     х     │     -     │
│    │тивных документов   │           │           │
│1.2 │Обучение экспертов  │     х     │     х     │
└────┴────────────────────┴───────────┴───────────┘
"""
    reading = read(text)
    assert [(one.number, one.title, one.terms_raw) for one in reading.activities] == [
        ("1.1", "Разработка нормативных документов", "I квартал"),
        ("1.2", "Обучение экспертов", "I квартал, II квартал"),
    ]
    assert reading.sections[0].path == (("1.", "Нормативная база"),)


def test_one_cell_a_line() -> None:
    lines = ["План подготовки", "№ п/п", "Мероприятие", "Срок", "Ответственный", "1. Анализ", "1.1.", "Анализ итогов",
             "август", "методист", "1.2.", "Приказ о координаторе", "до 15 сентября", "отдел"]  # fmt: skip
    reading = read("\n".join(lines))
    assert [(one.number, one.title, one.terms_raw) for one in reading.activities] == [
        ("1.1.", "Анализ итогов", "август"),
        ("1.2.", "Приказ о координаторе", "до 15 сентября"),
    ]
    assert reading.sections[0].title == "Анализ"


def test_rows_over_their_parts() -> None:
    rows = ("1 | Подготовка |  | отдел", "1.1 | Приказ | май | отдел", "1.2 | Отчёт | июнь | отдел")
    reading = read(table("№ | Мероприятие | Срок | Ответственный", *rows))
    assert [[remark.code for remark in one.remarks] for one in reading.activities] == [["summary_row"], [], []]


def test_cells_of_other_widths_than_the_header() -> None:
    html = """<table><tr><td>№</td><td colspan=3>Содержание деятельности</td><td colspan=2>Дата</td>
    <td colspan=2>Ответственный</td></tr>
    <tr><td>1</td><td colspan=2>Рассмотрение программ</td><td colspan=2>до 30 августа</td>
    <td colspan=3>учителя</td></tr></table>"""
    (activity,) = read(html.encode()).activities
    assert (activity.title, activity.terms_raw, activity.responsible_raw) == (
        "Рассмотрение программ",
        "до 30 августа",
        "учителя",
    )


def test_abbreviations_are_asked_never_guessed() -> None:
    plan = table("№ | Мероприятие | Срок | Ответственный", "1 | Приказ | май | ЦДОД, МО", "2 | Отчёт | июнь | ИМЦ, УО")
    reading = read(plan)
    assert [(one.abbreviation, one.reason) for one in reading.questions] == [
        ("ЦДОД", "unknown"),
        ("МО", "ambiguous"),
        ("УО", "ambiguous"),
    ]
    assert reading.activities[0].responsible[0].resolved is None
    assert reading.activities[1].responsible[0].resolved == "информационно-методический центр"


def test_the_municipality_comes_before_the_general_dictionary() -> None:
    plan = table("№ | Мероприятие | Срок | Ответственный", "1 | Приказ | май | УО", "2 | Отчёт | июнь | отделы УО")
    reading = read(plan, municipality={"УО": "управление образования Озёрного района"})
    assert reading.questions == []
    first, second = (one.responsible[0] for one in reading.activities)
    assert (first.resolved, first.source) == ("управление образования Озёрного района", "municipality")
    assert second.resolved == "отделы УО (управление образования Озёрного района)"


def test_the_document_comes_first_and_the_collision_is_told() -> None:
    plan = "ООО – отдел общего образования\n" + table(
        "№ | Мероприятие | Срок | Ответственный", "1 | Приказ | май | ООО"
    )
    reading = read("Перечень сокращений:\n" + plan, municipality={"ООО": "основное общее образование"})
    assert reading.activities[0].responsible[0].resolved == "отдел общего образования"
    (question,) = reading.questions
    assert (question.reason, question.candidates) == (
        "collision",
        ("отдел общего образования", "основное общее образование"),
    )
    assert next(one for one in reading.remarks if one.code == "abbreviation_collision").severity is Severity.INFO


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("ИМЦ, ОО", ["ИМЦ", "ОО"]),
        ("ОО, реализующие адаптированные программы, ИМЦ", ["ОО, реализующие адаптированные программы", "ИМЦ"]),
        ("отделы управления в части касающейся; школы", ["отделы управления в части касающейся", "школы"]),
        ("классные руководители 9, 11 классов", ["классные руководители 9, 11 классов"]),
        ("школа «Росток, 2», лицей", ["школа «Росток, 2»", "лицей"]),
        ("комиссия (председатель, секретарь), отдел", ["комиссия (председатель, секретарь)", "отдел"]),
        ("полиция (по согласованию), школы", ["полиция (по согласованию)", "школы"]),
        ("полиция, по согласованию", ["полиция, по согласованию"]),
    ],
)
def test_units_of_a_cell(cell: str, units: list[str]) -> None:
    (activity,) = read(table("№ | Мероприятие | Срок | Ответственный", f"1 | Приказ | май | {cell}")).activities
    assert [one.raw for one in activity.responsible] == units


@pytest.mark.parametrize(
    ("cell", "documents"),
    [
        ("Приказ", [("Приказ", "order")]),
        ("Справка, приказ", [("Справка", "analytics"), ("приказ", "order")]),
        ("Приказы Отчеты по проектам", [("Приказы", "order"), ("Отчеты по проектам", "report")]),
        ("Информация для включения в Доклад главы", [("Информация для включения в Доклад главы", "info_letter")]),
        ("Положение о смотре, конкурсе", [("Положение о смотре, конкурсе", "statute")]),
        ("Анализ выполнения плана", [("Анализ выполнения плана", "appraisal")]),
        (
            "Методические рекомендации; реестр",
            [("Методические рекомендации", "recommendations"), ("реестр", "register")],
        ),
    ],
)
def test_documents_of_a_cell(cell: str, documents: list[tuple[str, str]]) -> None:
    (activity,) = read(table("№ | Мероприятие | Срок | Результат", f"1 | Дело | май | {cell}")).activities
    assert [(one.text, one.kind) for one in activity.deliverables] == documents


def test_numbering_of_sections_in_all_fashions() -> None:
    def activity(number: str) -> tuple[str, ...]:
        return (number, f"Дело {number}", "май", "отдел", "Приказ")

    rows = ["I. Первый", activity("1."), "1. Внутренний", activity("1.1"), "2. Второй внутренний", activity("2.1"),
            "II. Второй", activity("3."), "БЕЗ НОМЕРА", activity("4.")]  # fmt: skip
    reading = read(as_html(PlanText(rows=rows)))
    assert [(one.number, one.level) for one in reading.sections] == [
        ("I.", 1), ("1.", 2), ("2.", 2), ("II.", 1), ("", 2),
    ]  # fmt: skip
    assert read(as_text(PlanText(rows=rows))).sections[3].path == (("II.", "Второй"),)


def test_headings_that_are_years_date_their_months() -> None:
    rows = ("2026 год |  |  | ", "1 | Проект | ноябрь | отдел", "2027 год |  |  | ",
            "2 | Запуск | май, сентябрь | отдел",
            "3 | Помощь | по мере необходимости | отдел")  # fmt: skip
    reading = read(table("№ | Мероприятие | Срок | Ответственный", *rows))
    assert [one.terms["intervals"] for one in reading.activities] == [
        [["2026-11-01", "2026-11-30"]],
        [["2027-05-01", "2027-05-31"], ["2027-09-01", "2027-09-30"]],
        [],
    ]
    assert [one.terms_raw for one in reading.activities] == ["ноябрь", "май, сентябрь", "по мере необходимости"]


def test_a_title_of_another_year_is_told() -> None:
    text = "План работы на 2020-2021 учебный год\n" + table(
        "№ | Мероприятие | Срок | Ответственный", "1 | Дело | май | отдел"
    )
    reading = read_pasted_plan(
        text, vocabulary=plan_vocabulary(), terms=term_reader(PlanYear(2026)), year=PlanYear(2026)
    )
    assert [remark.code for remark in reading.remarks] == ["plan_period"]
    same = read_pasted_plan(text, vocabulary=plan_vocabulary(), terms=term_reader(PlanYear(2020)), year=PlanYear(2020))
    assert same.remarks == []


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


HEAD: list[object] = ["№", "Мероприятие", "Срок", "Ответственный"]


def test_cells_of_excel_are_numbers_and_dates() -> None:
    rows: list[list[object]] = [["План школы"], [], HEAD]
    rows += [[f"1.{place}" if place > 8 else 1 + place / 10, f"Дело {place}", dt.datetime(2026, 9, place), "завуч"]
             for place in range(1, 10)]  # fmt: skip
    rows += [[1.1, "Дело 10", 46300, "завуч"], ["Директор", None, None, "подпись"]]
    reading = read(workbook({"План": rows}))
    assert [one.number for one in reading.activities] == [f"1.{place}" for place in range(1, 11)]
    assert reading.activities[0].terms_raw == "01.09.2026"
    assert reading.activities[9].terms["intervals"] == [["2026-10-05", "2026-10-05"]]
    assert [remark.code for remark in reading.remarks] == ["footnote"]


def test_sheets_named_by_months() -> None:
    rows: list[list[object]] = [["№", "Мероприятие", "Ответственный"], [1, "Совет", "завуч"], [2, "Обход", "завуч"]]
    reading = read(workbook({"Сентябрь": rows, "Октябрь": rows}))
    assert [(one.section_path[0][1], one.terms_raw) for one in reading.activities] == [
        ("Сентябрь", "Сентябрь"), ("Сентябрь", "Сентябрь"), ("Октябрь", "Октябрь"), ("Октябрь", "Октябрь"),
    ]  # fmt: skip
    assert all(one.remarks == () for one in reading.activities)


def test_a_table_split_in_two_with_a_torn_row() -> None:
    document = docx.Document()
    document.add_paragraph("План")
    for rows in ([HEAD, ["1.1", "Подготовка отчёта о состоянии", "май", "ИМЦ"]],
                 [["", "системы образования", "", ""], ["1.2", "Совещание", "июнь", "отдел"]]):  # fmt: skip
        table_ = document.add_table(len(rows), 4)
        for line, row in zip(table_.rows, rows, strict=True):
            for cell, text in zip(line.cells, row, strict=True):
                cell.text = str(text)
        document.add_page_break()
    buffer = io.BytesIO()
    document.save(buffer)
    reading = read(buffer.getvalue())
    assert [(one.number, one.title) for one in reading.activities] == [
        ("1.1", "Подготовка отчёта о состоянии системы образования"),
        ("1.2", "Совещание"),
    ]


def test_automatic_numbers_of_word_are_numbers() -> None:
    document = docx.Document()
    table_ = document.add_table(3, 4)
    for line, row in zip(
        table_.rows, (HEAD, ["", "Обход", "май", "завуч"], ["", "Совет", "июнь", "завуч"]), strict=True
    ):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = str(text)
    for line in table_.rows[1:]:
        line.cells[0].paragraphs[0].style = document.styles["List Number"]
    buffer = io.BytesIO()
    document.save(buffer)
    assert [one.number for one in read(buffer.getvalue()).activities] == ["1.", "2."]


def test_sections_whose_cells_are_not_merged() -> None:
    rows = ("1 | Правовая основа |  | ", "1.1 | Приказ | май | отдел", "2 | Работа с родителями |  | ",
            "1 | Собрание | июнь | отдел")  # fmt: skip
    reading = read(table("№ | Мероприятие | Срок | Ответственный", *rows))
    assert [(one.number, one.title) for one in reading.sections] == [
        ("1", "Правовая основа"),
        ("2", "Работа с родителями"),
    ]
    assert [one.title for one in reading.activities] == ["Приказ", "Собрание"]


def test_columns_of_money_are_no_terms() -> None:
    html = """<table><tr><td rowspan=2>№</td><td rowspan=2>Мероприятие</td><td rowspan=2>Срок</td>
    <td rowspan=2>Исполнитель</td><td colspan=2>Объём финансирования, тыс. руб.</td></tr>
    <tr><td>2026</td><td>2027</td></tr>
    <tr><td>1</td><td>Оснащение</td><td>май</td><td>отдел</td><td>28,8</td><td>30</td></tr></table>"""
    (activity,) = read(html.encode()).activities
    assert activity.terms_raw == "май"
    assert [text for _, text in activity.extra] == ["28,8", "30"]
    years = table("№ | Мероприятие | 2026 | 2027 | Исполнитель", "1 | Оснащение | 28,8 | х | отдел")
    assert read(years).activities[0].terms_raw == "2027"


def test_directions_of_many_rows_are_groups() -> None:
    reading = read(
        table(
            "Направления ВСОКО | Объект оценки | Методы | Сроки | Ответственный | Где отражается",
            "Условия | Кадровое обеспечение | Анализ | май | директор | Отчёт о самообследовании",
            " | Библиотечный фонд | Анализ | июнь | библиотекарь | Справка",
            " | Материальная база | Осмотр | апрель | завхоз | Справка",
            "Результаты | Предметные результаты | Контрольные | декабрь | завуч | Справка",
        )
    )
    assert [(one.group, one.title) for one in reading.activities] == [
        ("Условия", "Кадровое обеспечение"),
        ("Условия", "Библиотечный фонд"),
        ("Условия", "Материальная база"),
        ("Результаты", "Предметные результаты"),
    ]
    assert reading.activities[0].deliverables[0].kind == "report"


def test_columns_set_apart_by_spaces() -> None:
    text = """План работы
№  Мероприятие                        Срок        Ответственный
1. Организация
1  Совещание с директорами            май         ИМЦ
   и заместителями
2  Мониторинг сайтов                  июнь        отдел
3  Итоговый отчёт                     июль        отдел
"""
    reading = read(text)
    assert [(one.number, one.title, one.terms_raw, one.responsible_raw) for one in reading.activities] == [
        ("1", "Совещание с директорами и заместителями", "май", "ИМЦ"),
        ("2", "Мониторинг сайтов", "июнь", "отдел"),
        ("3", "Итоговый отчёт", "июль", "отдел"),
    ]
    assert [one.title for one in reading.sections] == ["Организация"]
