"""Specifications typed from official descriptions, and the product's own template."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.contracts import Specification
from intake.layouts.base import Book, Cell, Sheet
from intake.layouts.specification import SpecificationLayout, scale_template_headers, specification_template_headers
from intake.tables import read_book


def specification_in(book: Book) -> Specification:
    found = SpecificationLayout().read(book)
    assert found is not None
    (one,) = found
    assert isinstance(one, Specification)
    return one


def sample(samples: Path, name: str) -> Specification:
    path = samples / "results" / "specifications" / name
    return specification_in(read_book(name, path.read_bytes())[0])


def test_mathematics_of_grade_4(samples: Path) -> None:
    spec = sample(samples, "4_Математика.xlsx")
    assert (spec.campaign.subject, spec.campaign.grade_level) == ("Математика", 4)
    assert [(item.label, item.max_score) for item in spec.items] == [
        ("1", 1), ("2", 1), ("3", 2), ("4", 1), ("5.1", 1), ("5.2", 1), ("6.1", 1), ("6.2", 1), ("7", 1), ("8", 2),
        ("9.1", 1), ("9.2", 1), ("10", 2), ("11", 2), ("12", 2),
    ]  # fmt: skip
    assert [item.label for item in spec.items if item.level == "П"] == ["10", "12"]
    assert [item.position for item in spec.items] == list(range(1, 16))
    assert spec.items[2].content_elements == ("1", "2", "4")
    assert spec.items[0].skills[0] == "Умение выполнять арифметические действия с числами и числовыми выражениями"
    assert spec.problems == []


def test_russian_of_grade_5_has_criteria_and_no_garbage(samples: Path) -> None:
    spec = sample(samples, "5_Русский язык.xlsx")
    assert [(item.label, item.max_score) for item in spec.items] == [
        ("1К1", 4), ("1К2", 3), ("1К3", 2), ("2К1", 3), ("2К2", 3), ("2К3", 3), ("2К4", 3), ("3", 2), ("4.1", 3),
        ("4.2", 2), ("5.1", 2), ("5.2", 2), ("6.1", 2), ("6.2", 1), ("7.1", 2), ("7.2", 1), ("8", 2), ("9", 2),
        ("10", 1), ("11", 1), ("12", 1),
    ]  # fmt: skip
    assert spec.items[0].content_elements == (
        "9.14", "9.15", "9.16", "9.17", "9.25", "9.26", "9.27", "9.28", "9.29", "9.30", "11"
    )  # fmt: skip
    assert spec.items[0].skills[0].startswith("Совершенствование видов речевой деятельности (чтения, письма)")
    assert not any("\x02" in skill for item in spec.items for skill in item.skills)


def template(*rows: list[Cell], scale: list[list[Cell]] | None = None) -> Book:
    sheets = [Sheet("Спецификация", [["Математика, 6 класс, 2026 год"], specification_template_headers(), *rows])]
    if scale is not None:
        sheets.append(Sheet("Шкала", [scale_template_headers(), *scale]))
    return Book("spec.xlsx", tuple(sheets))


def test_the_own_template_with_a_scale() -> None:
    spec = specification_in(
        template(
            ["1", 1.0, "Б", "1.1; 1.2", "Вычислять", "Числа"],
            ["2.1", "2", "повышенный", 2.3, "Решать задачи", "Числа"],
            ["9К2", 3, "В", "", "", ""],
            scale=[[2, 0, 2, "Приказ № 1"], [3, 3, 3, ""], [4, 4, 4, ""], [5, 5, 6, ""]],
        )
    )
    assert [(i.label, i.max_score, i.level, i.content_elements, i.skills, i.section) for i in spec.items] == [
        ("1", 1, "Б", ("1.1", "1.2"), ("Вычислять",), "Числа"),
        ("2.1", 2, "П", ("2.3",), ("Решать задачи",), "Числа"),
        ("9К2", 3, "В", (), (), ""),
    ]
    assert (spec.cut_scores, spec.cut_scores_source) == ((3, 4, 5), "Приказ № 1")
    assert (spec.campaign.subject, spec.campaign.grade_level, spec.campaign.year) == ("Математика", 6, 2026)
    assert spec.problems == []


def test_defects_are_named_with_their_place() -> None:
    spec = specification_in(
        template(
            ["1", "", "Б", "", "", ""],
            ["первое", 1, "Б", "", "", ""],
            ["2", 2, "Я", "", "", ""],
            ["2", 3, "Б", "1", "", ""],
            ["3", 1.5, "Б", "", "", ""],
            scale=[[3, 5, 9, ""], [4, 11, 12, ""], [5, 13, 14, ""]],
        )
    )
    assert [(item.label, item.max_score, item.level) for item in spec.items] == [("2", 2, "Б")]
    assert [(p.code, p.row, p.column) for p in spec.problems] == [
        ("specification.row", 4, "A"),
        ("specification.row", 5, "C"),
        ("specification.row", 6, "B"),
        ("specification.row", 7, "B"),
        ("specification.row", 3, None),
        ("specification.row", 7, None),
        ("specification.scale", 2, None),
    ]
    assert spec.cut_scores == (5, 11, 13)


@pytest.mark.parametrize("scale", [[[3, 5], [4, 4], [5, 9]], [[3, 5], [5, 9]]])
def test_a_scale_that_does_not_grow_or_is_not_whole_is_not_used(scale: list[list[Cell]]) -> None:
    spec = specification_in(template(["1", 9, "", "", "", ""], scale=scale))
    assert spec.cut_scores == ()
    assert [problem.code for problem in spec.problems] == ["specification.scale"]


def test_two_tables_side_by_side_and_names_of_elements() -> None:
    header = ["№ КИМ", "№", "Код КЭС", "Код КТ", "Максимальный балл за выполнение задания"]
    book = Book(
        "x.xlsx",
        (
            Sheet("ALL", [[*header, "", *header], ["1", 1, "1.1", "2.1", "1", "", "3", 3, "1.2", "", 2],
                          ["", "", "1.3", "", "", "", "", "", "", "2.2", ""], ["2", 2, "1.1", "", 1]]),
            Sheet("KS", [["Код", "Проверяемые элементы содержания"], ["1.1", "Числа."], [1.2, "Дро_x0002_би"]]),
            Sheet("KT", [["Код", "Проверяемые требования к уровню подготовки"], ["2.1", "Уметь считать"]]),
        ),
    )  # fmt: skip
    spec = specification_in(book)
    assert [(i.label, i.max_score, i.content_elements, i.skills) for i in spec.items] == [
        ("1", 1, ("1.1", "1.3"), ("Уметь считать",)),
        ("2", 1, ("1.1",), ()),
        ("3", 2, ("1.2",), ("КТ 2.2",)),
    ]
    assert spec.element_names == {"1.1": "Числа", "1.2": "Дроби"}


def test_other_tables_are_no_specifications() -> None:
    book = Book("x.xlsx", (Sheet("1", [["№ задания", "Балл"], ["1", "2"]]), Sheet("2", [["Код участника", "1 (2б)"]])))
    assert SpecificationLayout().read(book) is None


def with_sheet(name: str, rows: list[list[Cell]]) -> Book:
    items: list[list[Cell]] = [["1", 2, "Б", "1.1", "", ""], ["9К1", 2, "П", "1.2", "", ""]]
    book = template(*items)
    return Book(book.file, (*book.sheets, Sheet(name, rows)))


def test_levels_of_a_work_without_marks_are_read_from_their_sheet() -> None:
    levels = [["Уровень", "От", "До"], ["Низкий", 0, 1], ["Базовый", 2, 3], ["Высокий", 4, 4]]
    spec = specification_in(with_sheet("Уровни", levels))
    assert (spec.level_names, spec.level_lowest) == (("Низкий", "Базовый", "Высокий"), (2, 4))
    assert (spec.cut_scores, spec.problems) == ((), [])


def test_levels_whose_bounds_do_not_grow_are_refused_with_their_place() -> None:
    spec = specification_in(with_sheet("Уровни", [["Уровень", "От", "До"], ["Низкий", 0, 1], ["Базовый", 0, 3]]))
    assert spec.level_names == ()
    assert [(p.sheet, p.message) for p in spec.problems] == [("Уровни", "Нижние баллы уровней не возрастают.")]


def test_conditions_of_marks_are_read_from_their_sheet() -> None:
    rows = [["Отметка не ниже", "Задания", "Сумма баллов не меньше"], [4, "1; 9К1", 3], [5, "99", 1]]
    spec = specification_in(with_sheet("Условия", rows))
    assert [(c.from_mark, c.labels, c.min_points) for c in spec.conditions] == [(4, ("1", "9К1"), 3)]
    assert [(p.sheet, p.row) for p in spec.problems] == [("Условия", 3)]


ITEMS: list[list[Cell]] = [["№ задания", "Макс. балл", "Уровень"], [1, 4, "Б"], [2, 5, "П"]]


@pytest.mark.parametrize(
    "scale",
    [
        [["Отметка", "Первичный балл"], [2, "0–3"], [3, "4-5"], [4, "6 — 7"], [5, "8–9"]],
        [["Отметка", "Диапазон баллов"], ["«2»", "от 0 до 3"], ["«3»", "4–5"], ["«4»", "6–7"], ["«5»", "от 8"]],
        [
            ["Отметка по пятибалльной шкале", "«2»", "«3»", "«4»", "«5»"],
            ["Первичные баллы", "0–3", "4–5", "6–7", "8–9"],
        ],
        [["Отметка", 2, 3, 4, 5], ["Суммарный балл", "0-3", "4-5", "6-7", "8-9"]],
        [["Перевод баллов в отметки"], [], ["Баллы", "0–3", "4–5", "6–7", "8 и более"], ["Оценка", 2, 3, 4, 5]],
    ],
)
@pytest.mark.parametrize("is_on_own_sheet", [True, False])
def test_scales_are_written_as_ranges_in_a_column_or_a_row(scale: list[list[Cell]], is_on_own_sheet: bool) -> None:
    own = (Sheet("Задания", ITEMS), Sheet("Шкала", scale))
    sheets = own if is_on_own_sheet else (Sheet("Лист1", [*ITEMS, [], *scale]),)
    spec = specification_in(Book("Биология 7 класс.xlsx", sheets))
    assert [(item.label, item.max_score) for item in spec.items] == [("1", 4), ("2", 5)]
    assert (spec.cut_scores, spec.problems) == ((4, 6, 8), [])


def test_numbers_and_maxima_alone_are_a_specification() -> None:
    spec = specification_in(Book("Работа.xlsx", (Sheet("Лист1", [["№", "Максимальный балл"], [1, 2], ["2.1", 3]]),)))
    assert [(item.label, item.max_score) for item in spec.items] == [("1", 2), ("2.1", 3)]
