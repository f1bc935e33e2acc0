"""Headers, cells, classes, subjects, names of files and organizations in their real spellings."""

from __future__ import annotations

import datetime as dt

import pytest

from intake.contracts import MISSING, NO_VALUE, NOT_ATTEMPTED, ItemClaim, OrganizationClaim, Procedure
from intake.fields import cells
from intake.fields.classes import class_letter, class_letters, grade_in_class, grade_of_column
from intake.fields.items import distinct_labels, parse_item_header
from intake.fields.names import facts_of_name
from intake.fields.organizations import organization_claim, organization_in_titles, organization_of_path
from intake.fields.subjects import subject_named
from intake.fields.text import clean, column_letters, header_key


@pytest.mark.parametrize(
    ("text", "label", "max_score"),
    [
        ("1 (2б)", "1", 2),
        ("5(1) (1б)", "5(1)", 1),
        ("9.1 (1б)", "9.1", 1),
        ("4К1 (3б)", "4К1", 3),
        ("17K2 (1б)", "17К2", 1),
        ("11.3 k1 (2б)", "11.3К1", 2),
        ("1\n3б", "1", 3),
        ("9.1\n2б", "9.1", 2),
        ("балл за 1", "1", None),
        ("a-40-grade", "40", None),
        ("1.1.К1", "1.1К1", None),
        ('"1,2"', "1.2", None),
        ("Задание 5", "5", None),
        ("Задание №7, 2 балла", "7", 2),
        ("№ 5 (макс. 2)", "5", 2),
        ("Балл за задание 3", "3", None),
        ("3 задание", "3", None),
        ("1 (2)", "1", 2),
        ("5(1)", "5(1)", None),
        ("6.1.", "6.1", None),
        ("\xa07 (1 б.) ", "7", 1),
        ("К3", "К3", None),
        ("C1", "С1", None),
        ("i5", "5", None),
        (3.0, "3", None),
        (5.1, "5.1", None),
        (dt.date(2026, 1, 5), "5.1", None),
    ],
)
def test_item_headers(text: object, label: str, max_score: int | None) -> None:
    assert parse_item_header(text, "C") == ItemClaim(label, max_score, column="C")


@pytest.mark.parametrize(
    "text",
    ["", "Класс", "Вариант", "Итого баллов", "Код", "10 класс", "2 четверть", "2022", "5 %", "Балл", "Отметка", "3/4"],
)
def test_other_headers_are_no_items(text: str) -> None:
    assert parse_item_header(text) is None


def test_a_label_that_the_spreadsheet_cut_to_5_1_after_5_9_is_5_10() -> None:
    labels = ["5.8", "5.9", "5.1"]
    assert [item.label for item in distinct_labels([ItemClaim("5.1"), *map(ItemClaim, labels)])] == [
        "5.1", "5.8", "5.9", "5.10",
    ]  # fmt: skip
    assert [item.label for item in distinct_labels([ItemClaim("1"), ItemClaim("1")])] == ["1", "1 (2)"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *[(cell, NOT_ATTEMPTED) for cell in ("X", "x", "Х", "х", " х", "X ", "Х\xa0", "-", "–", "н", "N")],
        *[(cell, MISSING) for cell in ("", "не пройд.", "Не пройдено", " не пройд. ", "NA", "#Н/Д")],
        *[(cell, 3) for cell in ("3", 3, 3.0, "3.0", "3,0", " 3\xa0", "3+", "'3", "3 б.", "3 балла", "3б")],
        *[(cell, None) for cell in ("?", "H", "Ч", "*", "ж", "1.5", 1.5, -1, "-1", 200, "Var1", dt.date(2026, 1, 2))],
    ],
)
def test_item_cells(cell: object, value: int | None) -> None:
    assert cells.item_value(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("\xa04", 4), ("4\xa0", 4), (5.0, 5), ("отлично", 5), ("2 (неуд.)", 2), ("«3»", 3), ("'4", 4),
        ("", NO_VALUE), ("нет отметки", NO_VALUE), ("н/а", NO_VALUE), ("зач", NO_VALUE),
        (1, None), ("6", None), ("да", None),
    ],
)  # fmt: skip
def test_marks(cell: object, value: int | None) -> None:
    assert cells.mark_value(cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (1.0, 1), ("2", 2), ("Вариант 3", 3), ("", 0), ("отсутствовал", cells.ABSENT), ("Отсутствовала", cells.ABSENT),
        ("отс.", cells.ABSENT), ("н/б", cells.ABSENT), ("неявка", cells.ABSENT), ("Var1", None), ("40000", None),
    ],
)  # fmt: skip
def test_variants(cell: object, value: int | None) -> None:
    assert cells.variant_value(cell) == value


def test_sex_presence_pass_and_totals() -> None:
    assert [cells.sex_value(cell) for cell in ("\xa0Ж", "м", "жен.", "мужской", "", "?")] == [1, 2, 1, 2, 0, 0]
    assert [cells.presence_value(cell) for cell in ("да", "НЕТ", "+", "н/б", "", "писала")] == [
        True, False, True, False, None, True,
    ]  # fmt: skip
    assert [cells.passed_value(cell) for cell in ("зачёт", "не зачтено", "", "сдал", "не сдал", "??")] == [
        1, 0, NO_VALUE, 1, 0, None,
    ]  # fmt: skip
    assert [cells.total_value(cell) for cell in ("12", 12.0, "", "отсутствовал", "12,5")] == [
        12, 12, NO_VALUE, NO_VALUE, None,
    ]  # fmt: skip
    assert [cells.test_score_value(cell) for cell in (100, "0", 101, "")] == [100, 0, None, NO_VALUE]


@pytest.mark.parametrize(
    ("value", "letter"),
    [
        ("5 А", "А"), ("5а", "А"), ("05А", "А"), ('"А"', "А"), ("А", "А"), ("а(2)", "А2"), ("5-Б", "Б"), ("5 «В»", "В"),
        ("11 А", "А"), ("5A", "А"), ("нет", ""), ("НЕТ", ""), ("Нет", ""), (5.0, ""), ("5", ""), ("5 класс", ""),
        ("", ""), (3.0, "3"), ("12", "12"),
    ],
)  # fmt: skip
def test_classes(value: object, letter: str) -> None:
    assert class_letter(value, 5) == letter


def test_a_column_of_numbers_holds_ordinals_unless_all_are_the_grade() -> None:
    assert class_letters([1.0, 4.0, 3.0], 4) == ["1", "4", "3"]
    assert class_letters([4.0, 4.0], 4) == ["", ""]
    assert class_letters(["4", "А"], 4) == ["", "А"]
    assert class_letters([4.0, 4.0], 4, is_ordinal=True) == ["4", "4"]


def test_grade_in_class() -> None:
    assert [grade_in_class(value) for value in ("5А", "11 б", "А", "5")] == [5, 11, None, None]
    assert grade_of_column(["5А", "5Б", "", "А"]) == 5
    assert grade_of_column(["5А", "6Б"]) is None


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Русский язык", "Русский язык"), ("математике", "Математика"), ("РУ", "Русский язык"), ("МА 4", "Математика"),
        ("ВПР 2026 Русский язык 4 класс", "Русский язык"), ("окружающему миру", "Окружающий мир"),
        ("Математика. Базовый уровень", "Математика базовая"), ("ГГ", "География"), ("КЕГЭ", "Информатика"),
        ("Физика (углублённый уровень)", "Физика (углублённый уровень)"), ("Pусcкий язык", "Русский язык"),
        ("Столовая", None), ("", None),
    ],
)  # fmt: skip
def test_subjects(text: str, subject: str | None) -> None:
    assert subject_named(text) == subject


@pytest.mark.parametrize(
    ("name", "subject", "grade_level", "year"),
    [
        ("Форма сбора результатов Английский язык 8 класс ВПР 2026.xlsx", "Английский язык", 8, 2026),
        ("Проведение работы по математике, 4 класс. ВПР 2021.xlsx", "Математика", 4, 2021),
        ("Проведение работы по физике, 8 класс (по образцу 7 класса). ВПР 2021.xlsx", "Физика", 7, 2021),
        ("2022/11/География.xlsx", "География", 11, 2022),
        ("vpr\\2020\\5\\История.xlsx", "История", 5, 2020),
        ("2022__11_География.anon.xlsx", "География", 11, 2022),
        ("2020_raw_export__4_Математика.anon.xlsx", "Математика", 4, 2020),
        ("МА4.xlsx", "Математика", 4, None),
        ("5а_математика_2 вариант.xlsx", "Математика", 5, None),
        ("Химия 9 класс 2024-2025.xlsx", "Химия", 9, 2025),
        ("Физика СОШ №5.xlsx", "Физика", None, None),
        ("Физика СОШ 5, 9 класс.xlsx", "Физика", 9, None),
        ("2849657.xlsx", None, None, None),
    ],
)
def test_facts_of_file_names(name: str, subject: str | None, grade_level: int | None, year: int | None) -> None:
    facts = facts_of_name(name)
    assert (facts.subject, facts.grade_level, facts.year) == (subject, grade_level, year)


def test_procedure_of_file_names() -> None:
    names = ("ВПР 2026.xlsx", "ОГЭ математика.xls", "стартовая диагностика 1 класс.xlsx", "результаты.xlsx")
    assert [facts_of_name(name).procedure for name in names] == [
        Procedure.VPR, Procedure.OGE, Procedure.BASELINE, None,
    ]  # fmt: skip


def test_organizations() -> None:
    school = OrganizationClaim("edu990196", 'МБОУ "СОШ № 196"', "Условный район 20")
    assert organization_claim("EDU990196", 'edu990196 | МБОУ "СОШ № 196"', "reg99_m020 | Условный район 20") == school
    assert organization_claim("", "МБОУ «СОШ №1»(edu990001) | Кол-во участников: 89") == OrganizationClaim(
        "edu990001", "МБОУ «СОШ №1»", ""
    )
    assert organization_claim(111001.0, "").code == "111001"
    assert organization_of_path("ВПР/МБОУ СОШ № 5/МА4 edu220206.xlsx") == OrganizationClaim(
        "edu220206", "МБОУ СОШ № 5", ""
    )
    assert organization_of_path("Математика 5 класс.xlsx") == OrganizationClaim()
    titles = ["Результаты диагностики", "Школа: МБОУ «Гимназия № 2»"]
    assert organization_in_titles(titles) == OrganizationClaim("", "МБОУ «Гимназия № 2»", "")


def test_text() -> None:
    values = (None, 1.0, 1.5, True, "a\xa0 b\n_x000D_", "﻿х", dt.date(2026, 2, 1))
    assert [clean(value) for value in values] == ["", "1", "1.5", "да", "a b", "х", "01.02.2026"]
    assert header_key(" Отмéтка".replace("é", "е") + "  за\nпредыдущий триместр/ четверть") == (
        "отметка за предыдущий триместр четверть"
    )
    assert header_key("OO") == header_key("ОО")
    assert header_key("Кoд yчастника") == "код участника"
    assert header_key("sum") == "sum"
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_control_characters_of_broken_files_do_not_reach_names() -> None:
    assert clean("СОШ\x00№ 1\x07") == "СОШ № 1"
