"""Terms of an activity over the years of a plan → slots."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.terms import PlanYear, parse_term
from msoko.cycle.planning.slots import Slot, slots_of, terms_of

YEARS = [PlanYear(2026), PlanYear(2027), PlanYear(2028)]
PHRASES = (
    "сентябрь", "октябрь, апрель", "до 20 апреля", "ежеквартально", "ежемесячно до 5 числа", "по запросу", "постоянно",
    "до 01.09.2027", "март 2021 г.", "2026–2028 годы", "еженедельно", "раз в три года", "по графику", "31 февраля",
    "с 1 сентября", "август-сентябрь", "",
)  # fmt: skip


def _slots(phrase: str, years: list[PlanYear]) -> list[Slot]:
    return slots_of(terms_of(phrase, years, {}), years)


def test_a_month_gives_one_slot_a_year() -> None:
    assert [(one.year, one.starts_on) for one in _slots("сентябрь", YEARS)] == [
        (2026, dt.date(2026, 9, 1)), (2027, dt.date(2027, 9, 1)), (2028, dt.date(2028, 9, 1)),
    ]  # fmt: skip


def test_a_date_with_its_year_stands_once_in_the_year_that_holds_it() -> None:
    assert [(one.year, one.ends_on, one.in_horizon) for one in _slots("до 01.09.2027", YEARS)] == [
        (2027, dt.date(2027, 9, 1), True)
    ]


def test_a_past_period_is_an_archive_item() -> None:
    assert [(one.year, one.in_horizon) for one in _slots("март 2021 г.", YEARS)] == [(2026, False)]


@pytest.mark.parametrize(
    "phrase", ["по запросу", "по мере необходимости", "по графику", "31 февраля", "", "уточняется"]
)
def test_what_has_no_date_gets_none(phrase: str) -> None:
    assert _slots(phrase, YEARS) == []


def test_weekly_work_is_one_slot_of_its_bounds() -> None:
    assert [(one.starts_on, one.ends_on) for one in _slots("еженедельно в сентябре", YEARS[:1])] == [
        (dt.date(2026, 9, 1), dt.date(2026, 9, 30))
    ]


@given(st.sampled_from(PHRASES), st.integers(2020, 2035), st.integers(1, 4))
def test_slots_never_leave_what_the_term_says(phrase: str, start: int, count: int) -> None:
    years = [PlanYear(start + number) for number in range(count)]
    allowed = {pair for year in years for pair in parse_term(phrase, year).intervals}
    slots = _slots(phrase, years)
    assert len({one.key for one in slots}) == len(slots)
    for one in slots:
        assert one.starts_on is None or one.ends_on is None or one.starts_on <= one.ends_on
        if allowed:
            assert (one.starts_on, one.ends_on) in allowed or (one.starts_on, None) in allowed


@given(st.sampled_from(PHRASES), st.integers(2020, 2035))
def test_a_plan_of_two_years_is_two_plans_of_one(phrase: str, start: int) -> None:
    first, second = PlanYear(start), PlanYear(start + 1)
    apart = {one.key for year in (first, second) for one in _slots(phrase, [year]) if one.in_horizon}
    together = {one.key for one in _slots(phrase, [first, second]) if one.in_horizon}
    assert together == apart
