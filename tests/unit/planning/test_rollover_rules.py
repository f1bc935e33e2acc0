"""What becomes of an activity next year: fates, the last time, years that a phrase names."""

from __future__ import annotations

import datetime as dt

import pytest

from intake.terms import PlanYear
from msoko.cycle.planning.rollover_rules import Fate, Years, counted_phrase, outlook_of, shift_years, shifted_phrase

NEXT = Years([PlanYear(2027)], {})


@pytest.mark.parametrize(
    ("phrase", "fate"),
    [
        ("сентябрь, ежегодно", Fate.CARRIED),
        ("до 20 апреля", Fate.CARRIED),
        ("по запросу", Fate.CARRIED),
        ("постоянно", Fate.CARRIED),
        ("по графику Рособрнадзора", Fate.AWAITS),
        ("март 2021 г.", Fate.ENDED),
        ("2020-2022 гг.", Fate.ENDED),
        ("15 мая ежегодно до 2027 года", Fate.ENDED),
        ("май 2029 года", Fate.RESTS),
        ("раз в три года, ноябрь, последний раз – ноябрь 2025 г.", Fate.RESTS),
        ("раз в три года, ноябрь", Fate.ASKED),
        ("сентябрь - декабрь 2026, ежегодно", Fate.ASKED),
        ("31 февраля", Fate.ASKED),
        ("", Fate.ASKED),
    ],
)
def test_fates(phrase: str, fate: Fate) -> None:
    assert outlook_of(phrase, NEXT).fate == fate


def test_dates_are_derived_anew_by_the_same_words() -> None:
    slots = outlook_of("сентябрь, ежегодно", NEXT).slots
    assert [(slot.starts_on, slot.ends_on) for slot in slots] == [(dt.date(2027, 9, 1), dt.date(2027, 9, 30))]


def test_once_in_three_years_is_counted_from_the_last_time_done() -> None:
    found = outlook_of("раз в три года, ноябрь", NEXT, dt.date(2024, 11, 30))
    assert found.fate == Fate.CARRIED
    assert found.phrase == "раз в три года, ноябрь, последний раз – ноябрь 2024 г."
    assert [slot.ends_on for slot in found.slots] == [dt.date(2027, 11, 30)]


def test_a_later_time_replaces_the_one_in_the_phrase_and_an_earlier_one_does_not() -> None:
    phrase = "раз в три года, ноябрь, последний раз – ноябрь 2024 г."
    assert counted_phrase(phrase, NEXT, dt.date(2027, 11, 30)).endswith("ноябрь, последний раз – ноябрь 2027 г.")
    assert counted_phrase(phrase, NEXT, dt.date(2021, 11, 30)) == phrase


def test_the_last_time_is_of_no_use_to_yearly_work() -> None:
    assert counted_phrase("ноябрь, ежегодно", NEXT, dt.date(2026, 11, 30)) == "ноябрь, ежегодно"


@pytest.mark.parametrize(
    ("phrase", "moved"),
    [
        ("март 2021 г.", "март 2028 г."),
        ("до 15.01.27", "до 15.01.28"),
        ("до 15 августа 2027 года", "до 15 августа 2028 года"),
        ("сентябрь, ежегодно", ""),
        ("31 февраля 2026 г.", ""),
    ],
)
def test_a_shift_is_proposed_where_it_gives_dates(phrase: str, moved: str) -> None:
    assert shifted_phrase(phrase, NEXT) == moved


def test_years_of_titles_move_with_their_second_half() -> None:
    text = "План-график на 2026/27 учебный год (приказ № 2026-од от 25.08.26)"
    assert shift_years(text, 1) == "План-график на 2027/28 учебный год (приказ № 2027-од от 25.08.27)"
