"""Sixteen forms of schedules in six kinds of files: every work with its class, subject, day, level and kind."""

from __future__ import annotations

import pytest

from intake.schedules import ScheduleReading, read_pasted_schedule, read_schedule
from tests.factories.schedule_files import FORMATS, Printed, as_pdf, as_xlsx
from tests.factories.schedule_forms import START, Form, Told, day, forms
from tests.unit.intake.test_hostile_documents import locked_pdf, scanned_pdf

CASES = [
    (form, kind) for form in forms() for kind in FORMATS if kind != "txt" or form.is_aligned
]  # fmt: skip


def told(reading: ScheduleReading) -> list[Told | None]:
    return sorted(
        (f"{one.grade_level}{one.letter}", one.subject, one.starts_on, one.ends_on, one.level, one.title)
        for one in reading.works
        if one.starts_on is not None and one.ends_on is not None
    )


@pytest.mark.parametrize(("form", "kind"), CASES, ids=[f"{form.name}-{kind}" for form, kind in CASES])
def test_a_form_reads_alike_from_any_file(form: Form, kind: str) -> None:
    found = read_schedule(f"график.{kind}", FORMATS[kind](form.table), start_year=START)
    assert told(found) == sorted(form.works)
    assert [one.questions for one in found.works if one.questions] == []
    assert (found.layout, [problem.code for problem in found.problems]) == (form.layout, [])


def read(*rows: str, words: dict[str, str] | None = None) -> ScheduleReading:
    return read_pasted_schedule("\n".join(rows), start_year=START, words=words)


def works(reading: ScheduleReading) -> list[tuple[object, ...]]:
    return [(f"{one.grade_level}{one.letter}", one.subject, one.starts_on, one.ends_on) for one in reading.works]


def test_a_workbook_has_a_sheet_a_class_and_a_sheet_a_month() -> None:
    rows = [["Предмет", "Вид работы", "Дата"], ["Математика", "КР", "11.09"]]
    of_classes = as_xlsx(Printed(rows, sheet="5А"), Printed(rows, ("6 «Б» класс",), sheet="Лист2"))
    assert works(read_schedule("график.xlsx", of_classes, start_year=START)) == [
        ("5А", "Математика", day(9, 11), day(9, 11)), ("6Б", "Математика", day(9, 11), day(9, 11)),
    ]  # fmt: skip
    grid = [["Класс", "1", "2", "3", "4", "5"], ["5А", "", "", "МА", "", ""]]
    of_months = as_xlsx(Printed(grid, sheet="Октябрь"), Printed(grid, sheet="Ноябрь"))
    assert [one.starts_on for one in read_schedule("график.xlsx", of_months, start_year=START).works] == [
        day(10, 3), day(11, 3),
    ]  # fmt: skip


def test_months_follow_each_other_down_one_sheet() -> None:
    rows = [
        ["Сентябрь", "7", "8", "9", "10", "11"], ["5А", "МА", "", "", "", ""], ["5Б", "", "МА", "", "", ""],
        ["Октябрь", "5", "6", "7", "8", "9"], ["5А", "", "", "РЯ", "", ""],
    ]  # fmt: skip
    for kind in ("xlsx", "html", "docx", "txt"):
        found = read_schedule(f"график.{kind}", FORMATS[kind](Printed(rows)), start_year=START)
        assert works(found) == [
            ("5А", "Математика", day(9, 7), day(9, 7)), ("5Б", "Математика", day(9, 8), day(9, 8)),
            ("5А", "Русский язык", day(10, 7), day(10, 7)),
        ]  # fmt: skip


def test_a_long_table_goes_on_over_pages_of_a_pdf() -> None:
    rows = [["Класс", "Предмет", "Дата"], *([f"{5 + n % 5}А", "Математика", f"{1 + n % 28:02}.10"] for n in range(140))]
    found = read_schedule("график.pdf", as_pdf(Printed(rows)), start_year=START)
    assert works(found) == [
        (f"{5 + n % 5}А", "Математика", day(10, 1 + n % 28), day(10, 1 + n % 28)) for n in range(140)
    ]


def test_a_short_form_that_nobody_knows_is_asked_once_and_then_remembered() -> None:
    rows = ("Класс\tСентябрь\t\t\t\t", "\t7\t8\t9\t10", "5А\tГЕО\t\tМА\t", "5Б\t\tКР ГЕО\t\t")
    found = read(*rows)
    assert [(one.subject, one.word) for one in found.works] == [("ГЕО", "ГЕО"), ("Математика", ""), ("ГЕО", "ГЕО")]
    assert found.works[0].questions == ("Предмет «ГЕО» не найден в справочнике: проверьте название.",)
    again = read(*rows, words={"Гео.": "География"})
    assert [(one.subject, one.word, one.questions) for one in again.works] == [
        ("География", "", ()), ("Математика", "", ()), ("География", "", ()),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "cell", "question"),
    [
        ("Предмет\tСентябрь\tОктябрь", "1-я неделя", "День не понят: впишите дату."),
        ("Предмет\tСентябрь\tОктябрь", "2 декада", "День не понят: впишите дату."),
        ("Предмет\tСентябрь\tОктябрь", "КР № 2", "День не понят: впишите дату."),
        ("Предмет\tСентябрь\tОктябрь", "до 20.09", "День не понят: впишите дату."),
        ("Предмет\tСентябрь\tОктябрь", "не позднее 20 сентября", "День не понят: впишите дату."),
        ("Предмет\tСентябрь\tОктябрь", "31", "Даты 31.09 не существует."),
        ("Предмет\tФевраль\tМарт", "31", "Даты 31.02 не существует."),
        ("Предмет\tСентябрь\tОктябрь", "15–12", "Окончание 12.09.2026 раньше начала 15.09.2026."),
    ],
)
def test_a_cell_without_a_sure_day_is_asked(head: str, cell: str, question: str) -> None:
    found = read(head, "5А класс\t\t", f"Математика\t{cell}\t")
    assert [one.questions for one in found.works] == [(question,)]


def test_a_week_that_has_only_a_number_and_a_day_that_is_not_in_the_month_are_asked() -> None:
    weeks = read("Класс\tСентябрь\t\t", "\t1 неделя\t2 неделя\t3 неделя", "5А\t\tМА\t")
    assert [(one.starts_on, one.ends_on, one.questions) for one in weeks.works] == [
        (day(9, 7), day(9, 11), ("Неделя названа номером: проверьте её дни.",)),
    ]
    days = read("Класс\tФевраль\t\t\t", "\t28\t29\t30\t31", "5А\t\tМА\t\tРЯ")
    assert [one.questions for one in days.works] == [
        ("Даты 29.02 не существует.",), ("Даты 31.02 не существует.",),
    ]  # fmt: skip


def test_days_without_a_month_are_never_guessed() -> None:
    found = read("Класс\t7\t8\t9\t10\t11", "5А\tМА\t\t\t\t")
    assert [(one.starts_on, one.questions) for one in found.works] == [
        (None, ("Месяц столбца не назван: впишите дату.",)),
    ]


def test_a_file_of_another_year_is_told() -> None:
    found = read("График на 2025-2026 учебный год", "Класс\tПредмет\tДата", "5А\tМатематика\t11.09")
    assert [problem.message for problem in found.problems] == [
        "В файле назван 2025/2026 учебный год, а график составляется на 2026/2027."
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Class\tSubject\tDate\n5A\tMaths\t11.09\n5B\tPhysics and more\t12.09\n", "schedule.other_language"),
        ("Уважаемые родители! График будет опубликован позже.".encode(), "schedule.no_table"),
        ("Фамилия\tТелефон\nИванова\t12345\n".encode(), "schedule.none"),
    ],
)
def test_what_is_no_schedule_is_refused_with_a_remedy(data: bytes, code: str) -> None:
    found = read_schedule("график.txt", data, start_year=START)
    assert (found.works, [problem.code for problem in found.problems]) == ([], [code])
    assert found.problems[0].hint


def test_a_scan_and_a_password_are_refused() -> None:
    scan = read_schedule("скан.pdf", scanned_pdf(), start_year=START)
    closed = read_schedule("закрыт.pdf", locked_pdf(), start_year=START)
    assert (scan.works, closed.works) == ([], [])
    assert "скан" in scan.problems[0].message.casefold() or "текст" in scan.problems[0].message.casefold()
    assert "парол" in closed.problems[0].message.casefold()
