"""The production calendar: days off and working days by article 112 and the decrees, against an independent list."""

from __future__ import annotations

import datetime as dt

import holidays
import pytest

from intake.terms import is_working_day, production_year, working_day_after


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_years_with_a_decree_agree_with_an_independent_list(year: int) -> None:
    known = holidays.country_holidays("RU", years=year)
    found = production_year(year)
    assert (set(found.days_off), set(found.working_days)) == (set(known), set(known.weekend_workdays))
    assert (found.is_known, found.is_verified) == (True, False)
    assert found.source.startswith("Постановление Правительства")


def test_a_year_without_a_decree_follows_the_rule_of_the_code() -> None:
    found = production_year(2032)  # 8 March is a Monday, 1 and 9 May are Saturday and Sunday
    assert not found.is_known
    moved = sorted(day for day, name in found.days_off.items() if "перенос" in name)
    assert moved == [dt.date(2032, 5, 3), dt.date(2032, 5, 10), dt.date(2032, 6, 14)]


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (dt.date(2026, 11, 3), 1, dt.date(2026, 11, 5)),
        (dt.date(2025, 10, 31), 1, dt.date(2025, 11, 1)),  # the working Saturday
        (dt.date(2025, 10, 31), 2, dt.date(2025, 11, 5)),
        (dt.date(2026, 12, 28), 10, dt.date(2027, 1, 20)),
        (dt.date(2026, 5, 12), -1, dt.date(2026, 5, 8)),
        (dt.date(2027, 2, 19), 1, dt.date(2027, 2, 20)),
    ],
)
def test_working_days_are_counted_by_the_calendar(day: dt.date, count: int, expected: dt.date) -> None:
    assert working_day_after(day, count) == expected
    assert is_working_day(expected)
