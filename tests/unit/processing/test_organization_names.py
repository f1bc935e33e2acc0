"""Names of organizations: what is equal, what is not."""

from __future__ import annotations

import pytest

from msoko.foundation.processing.organization_names import code_digits, normalise_municipality, normalise_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('МБОУ "СОШ № 5" г. Заречный', "СОШ №5"),
        ("МБОУ «Средняя общеобразовательная школа № 5»", "СОШ N 5"),
        ("Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 05»", "сош 5"),
        ("МАОУ СОШ №5 имени Героя Советского Союза И. И. Иванова", "СОШ № 5"),
        ("CОШ № 5", "СОШ № 5"),  # the first has a Latin C
        ("МБОУ «СОШ №1 г.Примерск»(edu990001)", "МБОУ СОШ № 1"),
        ("МБДОУ № 5", "Детский сад № 5 «Ромашка»"),
        ("МБОУ Гимназия №3", "Гимназия № 3"),
        ("ГБОУ Школа № 1234", "школа 1234"),
        ("МКОУ ООШ с. Ивановка", "Основная общеобразовательная школа с. Ивановка"),
        ("МОУ СОШ-3", "СОШ № 3"),
        ("МБОУ\xa0«СОШ\xa0№\xa07»", "СОШ №7"),
        ("МАОУ «Лицей № 2 города Заречный»", "лицей №2"),
        ("Школа-интернат № 2", "МКОУ «Школа — интернат №2»"),
    ],
)
def test_equal_names(one: str, other: str):
    assert normalise_name(one) == normalise_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("СОШ № 5", "СОШ № 15"),
        ("СОШ № 5", "СОШ № 51"),
        ("гимназия № 5", "СОШ № 5"),
        ("гимназия № 5", "прогимназия № 5"),
        ("МБОУ СОШ с. Ивановка", "МБОУ СОШ с. Петровка"),
        ("Ивановская СОШ", "Петровская СОШ"),
        ("МБДОУ № 5", "МБОУ СОШ № 5"),
        ("Филиал МБОУ СОШ № 5 в с. Луговое", "МБОУ СОШ № 5"),
        ("ООШ № 2", "СОШ № 2"),
        ("вечерняя школа № 1", "школа № 1"),
        ("Школа-интернат № 2", "Школа № 2"),
        ("МБУ ДО ДЮСШ № 1", "СОШ № 1"),
    ],
)
def test_different_names(one: str, other: str):
    assert normalise_name(one) != normalise_name(other)


@pytest.mark.parametrize(
    ("code", "digits"),
    [("sch220206", "220206"), ("edu220206", "220206"), ("KSH220001", "220001"), ("9306.0", "9306"), ("12345", "12345")],
)
def test_digits_of_codes(code: str, digits: str):
    assert code_digits(code) == digits


@pytest.mark.parametrize(
    "name",
    ["Заречный муниципальный район", "Заречный МО", "reg99_m010 | Заречный муниципальный район", "г. Заречный",
     "Заречный муниципальный район(reg20_m012)", "городской округ Заречный"],
)  # fmt: skip
def test_municipalities(name: str):
    assert normalise_municipality(name) == "заречный"
