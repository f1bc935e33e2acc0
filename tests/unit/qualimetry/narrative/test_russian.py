"""Numbers and numerals as official Russian prints them."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest

from qualimetry.narrative import russian
from qualimetry.narrative.nouns import CASES, nouns


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("x", "places", "text"),
    [
        (1234.5, 1, "1 234,5"),
        (0, 1, "0,0"),
        (-0.04, 1, "0,0"),
        (-0.05, 1, "−0,1"),
        (22.5, 0, "23"),
        (23.5, 0, "24"),
        (2.675, 2, "2,68"),
        (-1234567, 0, "−1 234 567"),
        (999.96, 1, "1 000,0"),
        (None, 1, "—"),
        (math.nan, 1, "—"),
        (math.inf, 1, "—"),
    ],
)
def test_decimal(x: float | None, places: int, text: str) -> None:
    assert plain(russian.decimal(x, places)) == text


def test_percent_has_one_decimal_from_a_hundred_participants() -> None:
    shares = [russian.percent(0.225, n) for n in (None, 100, 99)]
    assert [plain(share) for share in shares] == ["22,5 %", "22,5 %", "23 %"]
    assert plain(russian.percent(0.225, 40, places=2)) == "22,50 %"
    assert russian.percent(None) == "—"


def test_interval_and_difference_of_shares() -> None:
    assert plain(russian.percent_interval(0.481, 0.602, 500)) == "48,1–60,2 %"
    assert plain(russian.percent_interval(0.481, 0.602, 40)) == "48–60 %"
    assert russian.percent_interval(0.4, None) == "—"
    assert plain(russian.percentage_points(-0.052, 50)) == "−5 п. п."
    assert plain(russian.percentage_points(0.0324)) == "+3,2 п. п."
    assert [russian.signed(x) for x in (3.25, -3.25, 0.01, None)] == ["+3,3", "−3,3", "0,0", "—"]


@pytest.mark.parametrize(
    ("n", "noun", "case", "text"),
    [
        (21, "участник", "gent", "21 участника"),
        (22, "участник", "gent", "22 участников"),
        (5, "участник", "nomn", "5 участников"),
        (1, "школа", "loct", "1 школе"),
        (2, "школа", "loct", "2 школах"),
        (2, "школа", "nomn", "2 школы"),
        (2, "школа", "accs", "2 школы"),
        (2, "участник", "accs", "2 участников"),
        (22, "участник", "accs", "22 участника"),
        (31, "участник", "accs", "31 участника"),
        (11, "школа", "nomn", "11 школ"),
        (112, "задание", "nomn", "112 заданий"),
        (1001, "работа", "nomn", "1 001 работа"),
        (2000, "работа", "ablt", "2 000 работ"),
        (0, "участник", "nomn", "0 участников"),
        (3, "обучающийся", "nomn", "3 обучающихся"),
        (21, "обучающийся", "nomn", "21 обучающийся"),
        (2, "процентный пункт", "nomn", "2 процентных пункта"),
        (3, "образовательная организация", "nomn", "3 образовательные организации"),
        (5, "год", "nomn", "5 лет"),
        (7, "человек", "nomn", "7 человек"),
        (2.5, "балл", "nomn", "2,5 балла"),
        (3.0, "балл", "gent", "3,0 балла"),
        (np.int64(21), "балл", "ablt", "21 баллом"),
    ],
)
def test_counted(n: float, noun: str, case: str, text: str) -> None:
    assert plain(russian.counted(n, noun, case)) == text


def test_number_and_noun_never_part() -> None:
    assert russian.counted(1234, "школа") == "1\u00a0234\u00a0школы"


def test_unknown_noun_is_an_error() -> None:
    with pytest.raises(KeyError):
        russian.counted(5, "жираф")


def test_every_noun_has_every_form() -> None:
    for noun in nouns().values():
        assert len(noun.singular) == len(noun.plural) == len(CASES)
        assert all([*noun.singular, *noun.plural, noun.paucal])


def test_dates() -> None:
    day = dt.date(2026, 9, 1)
    assert russian.date_digits(day) == "01.09.2026"
    assert plain(russian.date_words(day)) == "1 сентября 2026 года"
    assert plain(russian.period_words(dt.date(2026, 4, 12), dt.date(2026, 4, 25))) == "с 12 по 25 апреля 2026 года"
    assert plain(russian.period_words(dt.date(2026, 4, 30), dt.date(2026, 5, 4))) == "с 30 апреля по 4 мая 2026 года"
    assert plain(russian.period_words(day, day)) == "1 сентября 2026 года"
    assert (
        plain(russian.period_words(dt.date(2025, 12, 30), dt.date(2026, 1, 9)))
        == "с 30 декабря 2025 года по 9 января 2026 года"
    )


def test_grades() -> None:
    assert plain(russian.in_grade(5)) == "в 5 классе"
    assert plain(russian.in_grade(2, is_plural=True)) == "во 2 классах"


def test_enumeration() -> None:
    assert [russian.enumerate_words(words) for words in ([], ["а"], ["а", "б"], ["а", "б", "в"])] == [
        "", "а", "а и б", "а, б и в",
    ]  # fmt: skip
    assert russian.enumerate_words(["сложение, вычитание", "деление"]) == "сложение, вычитание; деление"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Лицей", "«Лицей»"),
        ("«Лицей»", "«Лицей»"),
        ('МБОУ "СОШ № 5"', "«МБОУ „СОШ № 5“»"),
        ("«Луч» и «Свет»", "«„Луч“ и „Свет“»"),
    ],
)
def test_quote(text: str, quoted: str) -> None:
    assert russian.quote(text) == quoted


def test_straight_quotes_become_typographic() -> None:
    assert russian.typographic_quotes('МБОУ "СОШ № 5", МАОУ "Лицей"') == "МБОУ «СОШ № 5», МАОУ «Лицей»"
    assert russian.typographic_quotes('МБОУ "Гимназия "Исток""') == "МБОУ «Гимназия „Исток“»"


def test_sentence() -> None:
    assert russian.sentence("  доля   выросла ") == "Доля выросла."
    assert russian.sentence("что делать?") == "Что делать?"
    assert russian.sentence("5 школ сказали: «да.»") == "5 школ сказали: «да.»"
    assert russian.sentence("") == ""
