"""Forms of schedules that schools publish, each with the works that it holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tests.factories.schedule_files import Printed

START = 2026
#: class, subject, first day, last day, level, kind
Told = tuple[str, str, dt.date, dt.date, str, str]
MA, RU, OM, FI, HI, LI = (
    "Математика", "Русский язык", "Окружающий мир", "Физика", "Химия", "Литература",
)  # fmt: skip
KR = "Контрольная работа"


def day(month: int, number: int) -> dt.date:
    return dt.date(START if month > 8 else START + 1, month, number)


def told(
    known: str, subject: str, month: int, number: int, last: int = 0, level: str = "school", title: str = ""
) -> Told:
    return known, subject, day(month, number), day(month, last or number), level, title


@dataclass(frozen=True)
class Form:
    """A form under a short name. `is_aligned`: it can be read from a text that knows no merged cells."""

    name: str
    table: Printed
    works: tuple[Told, ...]
    layout: str
    is_aligned: bool = True


def _days() -> Form:
    """The unified form of a city: classes in rows, days of months in columns, «КР РУС» in cells."""
    months = ["Период", "", "", "СЕНТЯБРЬ", "", "", "", "", "ОКТЯБРЬ", "", "", ""]
    rows = [
        months,
        ["Класс", "Форма освоения", "Кол-во ОП", "11", "14", "15", "16", "17", "1", "2", "5", "6"],
        ["2а", "базовая", "2", "КР РУС", "", "КР МАТ", "", "", "", "", "", ""],
        ["2б", "базовая", "3", "", "КР РУС", "", "КР МАТ", "", "", "КР ОКР", "", ""],
        ["4а", "базовая", "2", "", "", "", "", "ВПР МА", "", "", "", "ДИКТ РЯ"],
    ]
    works = (
        told("2А", RU, 9, 11, title=KR), told("2А", MA, 9, 15, title=KR), told("2Б", RU, 9, 14, title=KR),
        told("2Б", MA, 9, 16, title=KR), told("2Б", OM, 10, 2, title=KR),
        told("4А", MA, 9, 17, level="federal", title="ВПР"), told("4А", RU, 10, 6, title="Диктант"),
    )  # fmt: skip
    return Form("days", Printed(rows, ("График оценочных процедур",), {(0, 0): 3, (0, 3): 5, (0, 8): 4}), works, "days")


def _month_of_days() -> Form:
    """A month on a sheet: only numbers of days over the columns, the month stands in the title."""
    rows = [
        ["Класс", *(str(number) for number in range(1, 15))],
        ["", *(["вт", "ср", "чт", "пт", "сб", "вс", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "пн"])],
        ["5А", "", "", "МА", "", "", "", "РЯ, ОМ", "", "", "", "", "", "", ""],
        ["5Б", "", "", "", "МА", "", "", "", "", "", "ИС (М)", "", "", "", ""],
    ]
    works = (
        told("5А", MA, 9, 3), told("5А", RU, 9, 7), told("5А", OM, 9, 7), told("5Б", MA, 9, 4),
        told("5Б", "История", 9, 10, level="municipal"),
    )  # fmt: skip
    title = "График оценочных процедур на сентябрь 2026 года"
    return Form("month of days", Printed(rows, (title,), sheet="Сентябрь"), works, "days")


def _weeks() -> Form:
    rows = [
        ["Класс", "Сентябрь", "", "", "Октябрь", ""],
        ["", "7-11", "14-18", "21-25", "5-9", "12-16"],
        ["5 классы", "МА", "", "РЯ", "", "ЛИ"],
        ["6А", "", "РЯ", "", "МА", ""],
    ]
    works = (
        told("5", MA, 9, 7, 11), told("5", RU, 9, 21, 25), told("5", LI, 10, 12, 16), told("6А", RU, 9, 14, 18),
        told("6А", MA, 10, 5, 9),
    )  # fmt: skip
    return Form("weeks", Printed(rows, wide={(0, 1): 3, (0, 4): 2}, tall={(0, 0): 2}), works, "weeks")


def _month_numbers() -> Form:
    rows = [
        ["Предмет", "Сентябрь", "Октябрь", "Ноябрь"],
        ["5А класс", "", "", ""],
        ["Математика", "11", "13 и 27", ""],
        ["Русский язык", "14-15", "", "10; 24 (Р)"],
        ["5Б класс", "", "", ""],
        ["Математика", "12", "с 5 по 9", "ВПР 17"],
    ]
    works = (
        told("5А", MA, 9, 11), told("5А", MA, 10, 13), told("5А", MA, 10, 27), told("5А", RU, 9, 14, 15),
        told("5А", RU, 11, 10), told("5А", RU, 11, 24, level="regional"), told("5Б", MA, 9, 12),
        told("5Б", MA, 10, 5, 9), told("5Б", MA, 11, 17, level="federal", title="ВПР"),
    )  # fmt: skip
    return Form("month numbers", Printed(rows, wide={(1, 0): 4, (4, 0): 4}), works, "months")


def _subjects() -> Form:
    rows = [
        ["Класс", "Математика", "Русский язык", "Физика"],
        ["7А", "11.09, 13.10", "14.09", "21.09; 20.10"],
        ["7Б", "12.09", "15.09\n27.10", "–"],
    ]
    works = (
        told("7А", MA, 9, 11), told("7А", MA, 10, 13), told("7А", RU, 9, 14), told("7А", FI, 9, 21),
        told("7А", FI, 10, 20), told("7Б", MA, 9, 12), told("7Б", RU, 9, 15), told("7Б", RU, 10, 27),
    )  # fmt: skip
    return Form("subjects", Printed(rows), works, "subjects", is_aligned=False)


def _classes() -> Form:
    rows = [
        ["№", "Предмет", "5А", "5Б", "6 «А»"],
        ["1", "Математика", "11.09, 12.10", "14.09", ""],
        ["2", "Русский язык", "", "01.10", "15.09.2026 г."],
        ["", "Всего", "2", "2", "1"],
    ]
    works = (
        told("5А", MA, 9, 11), told("5А", MA, 10, 12), told("5Б", MA, 9, 14), told("5Б", RU, 10, 1),
        told("6А", RU, 9, 15),
    )  # fmt: skip
    return Form("classes", Printed(rows), works, "classes")


def _days_in_rows() -> Form:
    """A row a day: classes over columns, subjects in cells."""
    rows = [
        ["Дата", "5А", "5Б", "6А"],
        ["Сентябрь", "", "", ""],
        ["11.09", "МА", "", "РЯ"],
        ["14.09", "", "МА", ""],
        ["15.09", "РЯ", "РЯ", ""],
    ]
    works = (
        told("5А", MA, 9, 11), told("6А", RU, 9, 11), told("5Б", MA, 9, 14), told("5А", RU, 9, 15),
        told("5Б", RU, 9, 15),
    )  # fmt: skip
    return Form("days in rows", Printed(rows, wide={(1, 0): 4}), works, "classes")


def _levels() -> Form:
    """Dates under the level: a row a subject of a class."""
    rows = [
        ["Класс", "Предмет", "Федеральные", "Региональные", "Муниципальные", "По инициативе ОО", "Всего"],
        ["4А", "Математика", "13.04–17.04.2027", "", "", "11.09, 12.12", "3"],
        ["", "Русский язык", "20.04.2027", "", "14.10", "", "2"],
        ["9А", "Химия", "", "26.11", "", "21.01", "2"],
    ]
    works = (
        told("4А", MA, 4, 13, 17, level="federal"), told("4А", MA, 9, 11), told("4А", MA, 12, 12),
        told("4А", RU, 4, 20, level="federal"), told("4А", RU, 10, 14, level="municipal"),
        told("9А", HI, 11, 26, level="regional"), told("9А", HI, 1, 21),
    )  # fmt: skip
    return Form("levels", Printed(rows, tall={(1, 0): 2}), works, "levels")


def _months_with_levels() -> Form:
    """The model form: levels under every month, classes in rows over the whole table."""
    kinds = ["Федеральные оценочные процедуры", "Региональные оценочные процедуры", "Муниципальные оценочные процедуры",
             "Оценочные процедуры по инициативе ОО", "Всего"]  # fmt: skip
    rows = [
        ["Период проведения оценочной процедуры", "Сентябрь", "", "", "", "", "Октябрь", "", "", "", ""],
        ["", *kinds, *kinds],
        ["2 классы", *[""] * 10],
        ["Русский язык", "", "", "", "12.09", "1", "", "", "", "15.10\n17.10", "2"],
        ["Математика", "", "", "", "16.09.", "1", "", "14.10", "", "", "1"],
        ["3 классы", *[""] * 10],
        ["Окружающий мир", "", "", "", "", "", "", "", "21.10", "", "1"],
        ["Иностранный язык (английский)", "21.09", "", "", "", "1", "", "", "", "", ""],
    ]
    works = (
        told("2", RU, 9, 12), told("2", RU, 10, 15), told("2", RU, 10, 17), told("2", MA, 9, 16),
        told("2", MA, 10, 14, level="regional"), told("3", OM, 10, 21, level="municipal"),
        told("3", "Английский язык", 9, 21, level="federal"),
    )  # fmt: skip
    table = Printed(rows, ("ЕДИНЫЙ ГРАФИК оценочных процедур", "в I полугодии 2026-2027 учебного года"),
                    {(0, 1): 5, (0, 6): 5, (2, 0): 11, (5, 0): 11}, {(0, 0): 2})  # fmt: skip
    return Form("months with levels", table, works, "months")


def _list() -> Form:
    rows = [
        ["№", "Дата проведения", "Учебный предмет", "Класс", "Вид работы", "Уровень", "Урок", "Длительность"],
        ["1", "11.09.2026", "матем.", "5А, 5Б", "КР", "школьный", "2", "45 мин"],
        ["2", "12.04–16.04.2027", "Русский язык", "4-е классы", "ВПР", "", "", ""],
        ["3", "с 15 по 20 октября", "Физика", "7–8 классы", "ДР", "муниципальный", "", ""],
        ["4", "8/28/2026", "Химия", "9А", "", "", "", ""],
    ]
    works = (
        told("5А", MA, 9, 11, title=KR), told("5Б", MA, 9, 11, title=KR),
        told("4", RU, 4, 12, 16, level="federal", title="ВПР"),
        told("7", FI, 10, 15, 20, level="municipal", title="Диагностическая работа"),
        told("8", FI, 10, 15, 20, level="municipal", title="Диагностическая работа"),
        ("9А", HI, dt.date(2026, 8, 28), dt.date(2026, 8, 28), "school", ""),
    )  # fmt: skip
    return Form("list", Printed(rows), works, "list")


def _list_by_classes() -> Form:
    """A list without a column of classes: they stand in rows over the whole width."""
    rows = [
        ["Предмет", "Вид работы", "Сроки"],
        ["5А класс", "", ""],
        ["Математика", "КР", "12, 19 и 26 сентября"],
        ["Русский язык", "Диктант", "15.10"],
        ["6-е классы", "", ""],
        ["Математика", "ПР", "30 сентября – 2 октября"],
    ]
    works = (
        told("5А", MA, 9, 12, title=KR), told("5А", MA, 9, 19, title=KR), told("5А", MA, 9, 26, title=KR),
        told("5А", RU, 10, 15, title="Диктант"),
        ("6", MA, day(9, 30), day(10, 2), "school", "Проверочная работа"),
    )  # fmt: skip
    return Form("list by classes", Printed(rows, wide={(1, 0): 3, (4, 0): 3}), works, "list")


def _grade_with_classes_in_cells() -> Form:
    rows = [
        ["Предмет", "Сентябрь", "Октябрь"],
        ["5 классы", "", ""],
        ["Математика", "5А – 11.09\n5Б – 14.09", "13.10 (5А, 5Б)"],
        ["Русский язык", "15.09 (2 урок)", ""],
    ]
    works = (
        told("5А", MA, 9, 11), told("5Б", MA, 9, 14), told("5А", MA, 10, 13), told("5Б", MA, 10, 13),
        told("5", RU, 9, 15),
    )  # fmt: skip
    return Form("classes in cells", Printed(rows, wide={(1, 0): 3}), works, "months", is_aligned=False)


def _quarters() -> Form:
    rows = [
        ["Класс", "Предмет", "1 четверть", "2 четверть", "3 четверть", "4 четверть"],
        ["8А", "Математика", "11.09", "17.11", "", "ВПР 13.04"],
        ["", "Химия", "", "19.11, 10.12", "21.01", ""],
    ]
    works = (
        told("8А", MA, 9, 11), told("8А", MA, 11, 17), told("8А", MA, 4, 13, level="federal", title="ВПР"),
        told("8А", HI, 11, 19), told("8А", HI, 12, 10), told("8А", HI, 1, 21),
    )  # fmt: skip
    return Form("quarters", Printed(rows, tall={(1, 0): 2}), works, "periods")


def _dates_over_columns() -> Form:
    rows = [
        ["Класс", "11.09", "14.09", "18.09", "21.09"],
        ["5А", "МА", "", "РЯ", ""],
        ["5Б", "", "МА", "", "КР РЯ"],
    ]
    works = (
        told("5А", MA, 9, 11), told("5А", RU, 9, 18), told("5Б", MA, 9, 14), told("5Б", RU, 9, 21, title=KR),
    )  # fmt: skip
    return Form("dates over columns", Printed(rows), works, "dates")


def _class_rows_subjects_in_cells() -> Form:
    rows = [
        ["Класс", "Сентябрь", "Октябрь"],
        ["5А", "11.09 математика", "РЯ 13.10, МА 20.10"],
        ["5Б", "мат. 14.09", "13 октября русский язык"],
    ]
    works = (
        told("5А", MA, 9, 11), told("5А", RU, 10, 13), told("5А", MA, 10, 20), told("5Б", MA, 9, 14),
        told("5Б", RU, 10, 13),
    )  # fmt: skip
    return Form("subjects in cells", Printed(rows), works, "months")


def _ticks() -> Form:
    """Subjects of one class in rows, days in columns, a tick in the cell; the class is named above the table."""
    rows = [
        ["Предмет", "Сентябрь", "", "", "", ""],
        ["", "7", "8", "9", "10", "11"],
        ["Математика", "", "+", "", "", ""],
        ["Русский язык", "КР", "", "", "", "х"],
    ]
    works = (told("6Б", MA, 9, 8), told("6Б", RU, 9, 7, title=KR), told("6Б", RU, 9, 11))
    table = Printed(rows, ("График оценочных процедур", "6 «Б» класс"), {(0, 1): 5}, {(0, 0): 2})
    return Form("ticks", table, works, "days")


def forms() -> list[Form]:
    """All of them."""
    return [
        _days(), _month_of_days(), _weeks(), _month_numbers(), _subjects(), _classes(), _days_in_rows(), _levels(),
        _months_with_levels(), _list(), _list_by_classes(), _grade_with_classes_in_cells(), _quarters(),
        _dates_over_columns(), _class_rows_subjects_in_cells(), _ticks(),
    ]  # fmt: skip
