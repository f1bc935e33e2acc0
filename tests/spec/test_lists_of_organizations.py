from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from intake.contexts import read_contexts
from intake.layouts.base import Book, Cell, Sheet
from intake.layouts.bias_signs import read_bias_signs
from intake.layouts.organization_values import Fault, kind_of, place_of, valid_inn, valid_ogrn
from intake.layouts.organizations import organization_list_headers, read_organizations
from intake.tables import read_book


def test_a_list_in_any_order_of_columns() -> None:
    rows: list[list[Cell]] = [
        ["Список организаций на 01.09.2026"],
        ["№", "E-mail", "Краткое наименование", "Полное наименование ОО", "Код (логин)", "ИНН", "ОГРН", "Телефон",
         "Населённый пункт", "Тип населённого пункта", "ФИО школьного координатора", "Должность"],
        [1, "A@b.ru", "МБОУ СОШ № 1", "Школа полностью", "edu990001", 7707083893.0, "1027700132195", "8-999",
         "г. Заречный", "", "Иванова А. А.", "заместитель директора"],
        [2, "нет", "МБДОУ д/с № 3", "", "edu990001", "7707083894", "12", "", "Сосновка", "хутор", "", ""],
        ["", "", "", "", "", "", "", "", "", "", "Петрова", ""],
        ["", "", "Итого", 2, "", "", "", "", "", "", "", ""],
    ]  # fmt: skip
    found = read_organizations(Book("o.xlsx", (Sheet("Лист1", rows),)))
    first, second = found.rows
    assert (first.full_name, first.short_name, first.kind) == ("Школа полностью", "МБОУ СОШ № 1", "school")
    assert (first.inn, first.ogrn, first.email) == ("7707083893", "1027700132195", "a@b.ru")
    assert (first.place, first.place_kind) == ("Заречный", "city")
    assert (first.coordinator, first.coordinator_post) == ("Иванова А. А.", "заместитель директора")
    assert (second.full_name, second.kind, second.place_kind, second.row) == (
        "МБДОУ д/с № 3", "kindergarten", "village", 4
    )  # fmt: skip
    assert [(p.code, p.row, p.column) for p in found.problems] == [
        ("organizations.inn", 4, "F"),
        ("organizations.ogrn", 4, "G"),
        ("organizations.email", 4, "B"),
        ("organizations.code_repeated", 4, "E"),
        ("organizations.name_missing", 5, None),
    ]
    assert "8-999" not in repr(found)


def test_the_blank_list_is_read_by_its_own_headers() -> None:
    rows = [organization_list_headers(), ["Лицей № 2", *[""] * 12]]
    found = read_organizations(Book("o.xlsx", (Sheet("Лист1", rows),)))
    assert [(row.full_name, row.kind) for row in found.rows] == [("Лицей № 2", "lyceum")]
    assert found.problems == []


def test_a_file_without_such_a_table_says_what_is_needed() -> None:
    found = read_organizations(Book("o.xlsx", (Sheet("Лист1", [["Код участника", "1"], ["1", "2"]]),)))
    assert [problem.code for problem in found.problems] == ["organizations.header_missing"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("МБОУ ООШ с. Ивановка", "school"),
        ("МОУ «СШ № 1»", "school"),
        ("Муниципальное бюджетное общеобразовательное учреждение", "school"),
        ("МКОУ «Гимназия № 2»", "gymnasium"),
        ("МБДОУ «Ромашка»", "kindergarten"),
        ("МБУ ДО «ДЮСШ»", "supplementary"),
        ("МБУ ДО ЦДТ", "supplementary"),
        ("ГБПОУ Аграрный техникум", "vocational"),
        ("Школа-интернат № 3", "boarding"),
        ("Управление образования", "authority"),
        ("Ромашка", ""),
    ],
)
def test_kind_by_name(name: str, kind: str) -> None:
    assert kind_of("", name) == kind


@pytest.mark.parametrize(
    ("place", "kind", "expected"),
    [
        ("г. Заречный", "", ("Заречный", "city")),
        ("пгт Лесной", "", ("Лесной", "settlement")),
        ("Горный", "посёлок городского типа", ("Горный", "settlement")),
        ("с.Ивановка", "", ("Ивановка", "village")),
        ("Сосновка", "", ("Сосновка", "")),
    ],
)
def test_places(place: str, kind: str, expected: tuple[str, str]) -> None:
    assert place_of(place, kind) == expected


def test_control_digits() -> None:
    assert valid_inn("500100732259") == "500100732259"
    assert isinstance(valid_inn("500100732258"), Fault)
    assert valid_inn("123") == Fault("ИНН «123»: нужно 10 цифр.")
    assert valid_ogrn("1027700132195") == "1027700132195"
    assert isinstance(valid_ogrn("1027700132196"), Fault)
    assert valid_inn("") == ""


def test_context_data_of_2021(samples: Path) -> None:
    path = samples / "results" / "real" / "2021__Сбор контекстных данных об ОО.anon.xlsx"
    found = read_contexts(read_book(path.name, path.read_bytes())[0])
    assert (len(found.rows), sum(row.pupils or 0 for row in found.rows)) == (733, 307792)
    assert {row.year for row in found.rows} == {2021}
    first = found.rows[1]
    assert (first.login, first.pupils, first.teachers, first.computers) == ("sch990206", 109, 12, 20)
    assert (first.pupils_by_grade[1], first.pupils_by_grade[11], first.classes[9]) == (15, 4, 1)
    assert (first.place_kind, first.place_size, first.is_boarding) == ("village", "Менее 1 тыс. человек", False)
    assert Counter(row.place_kind for row in found.rows) == {"village": 472, "city": 192 + 39, "settlement": 30}
    assert found.dropped_columns == [
        "ФИО директора (полностью)", "Телефон ОО (с указанием кода города)", "e-mail ОО"
    ]  # fmt: skip


def test_a_published_list_of_signs_comes_as_it_is() -> None:
    rows: list[list[Cell]] = [
        ["Год", "Логин", "Муниципалитет", "ОО", "4 РУ", "4 МА", "5 РУ", "5 МА", "Количество маркеров"],
        ["2023", "edu053001", "Район", "Школа 1", "", "", 1.0, "", 1],
        ["2023", "edu053017", "Район", "Школа 2", "1", 0, "", 1, 3],
        ["", "", "", "Итого", 1, 0, 1, 1, 3],
    ]
    found = read_bias_signs(Book("s.xlsx", (Sheet("Признаки ", rows),)))
    assert [(row.year, row.login, row.works) for row in found.rows] == [
        (2023, "edu053001", ((5, "Русский язык"),)),
        (2023, "edu053017", ((4, "Русский язык"), (5, "Математика"))),
    ]
    assert [(p.code, p.row, p.column) for p in found.problems] == [("signs.count", 3, "I")]
