"""Months and quarters of plans of work: their days, names, addresses, neighbours."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.cycle.planning.spans import Period, month_with, period_of, periods_between, quarter_with

DAYS = st.dates(dt.date(2001, 1, 1), dt.date(2099, 12, 31))
TODAY = dt.date(2026, 10, 15)


@pytest.mark.parametrize(
    ("code", "title", "first", "last"),
    [
        ("2026-10", "октябрь 2026 года", dt.date(2026, 10, 1), dt.date(2026, 10, 31)),
        ("2027-02", "февраль 2027 года", dt.date(2027, 2, 1), dt.date(2027, 2, 28)),
        ("2026-Q4", "IV квартал 2026 года", dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
        ("2027-q2", "II квартал 2027 года", dt.date(2027, 4, 1), dt.date(2027, 6, 30)),
    ],
)
def test_codes_name_months_and_quarters(code: str, title: str, first: dt.date, last: dt.date) -> None:
    found = period_of(code, TODAY)
    assert (found.title, found.first, found.last) == (title, first, last)


@pytest.mark.parametrize("code", ["", "2026", "2026-13", "2026-00", "2026-Q5", "1999-01", "2026-10-01", "октябрь"])
def test_what_names_no_period_gives_the_usual_month(code: str) -> None:
    assert period_of(code, TODAY) == month_with(TODAY)


@given(DAYS, st.sampled_from([month_with, quarter_with]))
def test_a_period_holds_its_day_and_is_found_by_its_code(day: dt.date, made: object) -> None:
    period: Period = made(day)  # type: ignore[operator]
    assert period.holds(day)
    assert period_of(period.code, TODAY) == period
    assert period.after.first - period.last == dt.timedelta(days=1)
    assert period.after.before == period
    assert period.first <= period.last < period.after.first


@given(DAYS, st.integers(0, 800))
def test_months_between_two_days_cover_them_without_gaps(day: dt.date, length: int) -> None:
    last = day + dt.timedelta(days=length)
    found = list(periods_between(day, last))
    months = [one for one in found if not one.is_quarter]
    assert months[0].holds(day)
    assert months[-1].holds(last)
    assert all(after.first == one.after.first for one, after in itertools.pairwise(months))
    assert {quarter_with(one.first) for one in months} == {one for one in found if one.is_quarter}
