"""Schedules as schools publish them: lists, subjects by months (with levels under them), subjects by classes."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from intake.schedules import ReadWork, ScheduleReading, read_hours, read_pasted_schedule, read_schedule

YEAR = 2026


def day(month: int, number: int) -> dt.date:
    return dt.date(YEAR if month > 8 else YEAR + 1, month, number)


def read(*rows: str) -> ScheduleReading:
    return read_pasted_schedule("\n".join(rows), start_year=YEAR)


def told(work: ReadWork) -> tuple[object, ...]:
    return f"{work.grade_level}{work.letter}", work.subject, work.starts_on, work.ends_on, work.level


def test_a_list_has_a_row_a_work_with_columns_in_any_order() -> None:
    found = read(
        "№\tДата проведения\tУчебный предмет\tКласс\tВид работы\tУровень\tУрок\tПродолжительность",
        "1\t11.09.2026\tматем.\t5А, 5Б\tВходная работа\tшкольный\t2\t45 мин",
        "2\t12.04–16.04.2027\tРусский язык\t4-е классы\tВПР\t\t\t",
        "3\tс 15 по 20 октября\tФизика\t7\tКР\tмуниципальный\t\t",
    )
    assert found.layout == "list"
    assert [told(work) for work in found.works] == [
        ("5А", "Математика", day(9, 11), day(9, 11), "school"),
        ("5Б", "Математика", day(9, 11), day(9, 11), "school"),
        ("4", "Русский язык", day(4, 12), day(4, 16), "federal"),
        ("7", "Физика", day(10, 15), day(10, 20), "municipal"),
    ]
    first = found.works[0]
    assert (first.title, first.lesson, first.minutes, first.questions) == ("Входная работа", 2, 45, ())


@pytest.mark.parametrize(
    ("row", "question"),
    [
        ("5А\tМатематика\t31.02", "Даты 31.02 не существует."),
        ("5А\tМатематика\t20.10–15.10", "Окончание 15.10.2026 раньше начала 20.10.2026."),
        ("5А\tМатематика\tоктябрь", "День не понят: впишите дату."),
        ("5А\tМатематика\t", "День не понят: впишите дату."),
        ("старшие\tМатематика\t11.09", "Класс не понят: впишите, например, 5А."),
        ("5А\tХимеяя\t11.09", "Предмет «Химеяя» не найден в справочнике: проверьте название."),
    ],
)
def test_what_is_not_understood_is_asked_never_guessed(row: str, question: str) -> None:
    found = read("Класс\tПредмет\tДата", row)
    assert [work.questions for work in found.works] == [(question,)]


def test_months_stand_over_columns_and_classes_over_rows() -> None:
    found = read(
        "Предмет\tСентябрь\tОктябрь\tВсего",
        "5-е классы\t\t\t",
        "Математика\t11.09\t15\t2",
        "Русский язык\t14–15\t20.10 (Р)\t2",
        "6А класс\t\t\t",
        "Физика\t\t12.10; 26.10 (М)\t2",
    )
    assert found.layout == "months"
    assert [told(work) for work in found.works] == [
        ("5", "Математика", day(9, 11), day(9, 11), "school"),
        ("5", "Математика", day(10, 15), day(10, 15), "school"),
        ("5", "Русский язык", day(9, 14), day(9, 15), "school"),
        ("5", "Русский язык", day(10, 20), day(10, 20), "regional"),
        ("6А", "Физика", day(10, 12), day(10, 12), "school"),
        ("6А", "Физика", day(10, 26), day(10, 26), "municipal"),
    ]


def test_levels_stand_under_months() -> None:
    found = read(
        "Период\tСентябрь\t\t\tОктябрь\t\t",
        "\tФедеральные\tПо инициативе ОО\tВсего\tФедеральные\tПо инициативе ОО\tВсего",
        "2 классы\t\t\t\t\t\t",
        "Математика\t\t12.09\t1\t\t16.10\t1",
        "Русский язык\t21.09\t\t1\t\t\t",
    )
    assert [told(work) for work in found.works] == [
        ("2", "Математика", day(9, 12), day(9, 12), "school"),
        ("2", "Математика", day(10, 16), day(10, 16), "school"),
        ("2", "Русский язык", day(9, 21), day(9, 21), "federal"),
    ]


def test_classes_stand_over_columns() -> None:
    found = read("Предмет\t5А\t5Б", "Математика\t11.09, 12.10\t14.09", "Физика\t\t01.10")
    assert [told(work)[:3] for work in found.works] == [
        ("5А", "Математика", day(9, 11)), ("5А", "Математика", day(10, 12)), ("5Б", "Математика", day(9, 14)),
        ("5Б", "Физика", day(10, 1)),
    ]  # fmt: skip


def test_classes_stand_in_rows_and_subjects_in_cells() -> None:
    found = read("Класс\tСентябрь\tОктябрь", "5А\t11.09 математика\t", "5Б\tмат. 14.09\t13.10 русский язык")
    assert [told(work)[:3] for work in found.works] == [
        ("5А", "Математика", day(9, 11)), ("5Б", "Математика", day(9, 14)), ("5Б", "Русский язык", day(10, 13)),
    ]  # fmt: skip


def test_a_workbook_with_real_dates_and_merged_classes_is_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Класс", "Предмет", "Дата"])
    sheet.append(["5А", "Математика", dt.datetime(2026, 9, 11)])
    sheet.append([None, "Физика", dt.datetime(2026, 9, 14)])
    sheet.merge_cells("A2:A3")
    stream = io.BytesIO()
    book.save(stream)
    found = read_schedule("график.xlsx", stream.getvalue(), start_year=YEAR)
    assert [told(work)[:3] for work in found.works] == [
        ("5А", "Математика", day(9, 11)), ("5А", "Физика", day(9, 14)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 broken", b"\x00" * 500, b"%PDF-1.4 nothing", "просто текст".encode()]
)
def test_hostile_files_give_a_problem_with_a_remedy(data: bytes) -> None:
    for found in (read_schedule("график.xlsx", data, start_year=YEAR), read_hours("план.xlsx", data)):
        assert found.problems
        assert found.problems[0].hint


def test_hours_stand_under_classes_or_in_a_column() -> None:
    wide = read_hours("план.txt", "Предмет\t5А\t6\nматематика\t170 ч\t204\nФизика\t\t68\n".encode())
    long = read_hours("план.txt", "Класс\tПредмет\tЧасов в год\n5А\tматематика\t170\n6\tФизика\t0\n".encode())
    rows = [(one.grade_level, one.letter, one.subject, one.hours) for one in (*wide.rows, *long.rows)]
    assert rows == [
        (5, "А", "Математика", 170), (6, "", "Математика", 204), (6, "", "Физика", 68), (5, "А", "Математика", 170),
    ]  # fmt: skip
