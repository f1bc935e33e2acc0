"""Working days and days off by the production calendar."""

from __future__ import annotations

import datetime as dt
from functools import cache

from intake.terms import production_year
from msoko.cycle.planning.network import WorkingCalendar


@cache
def working_calendar(first_year: int, last_year: int) -> WorkingCalendar:
    """The production calendar of some years, for the network schedule."""
    years = [production_year(year) for year in range(first_year, last_year + 1)]
    return WorkingCalendar(
        [day for one in years for day in one.days_off], [day for one in years for day in one.working_days]
    )


def working_days_off(first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """Days off of the production calendar between two days, with their names."""
    years = (production_year(year) for year in range(first.year, last.year + 1))
    return {day: name for one in years for day, name in sorted(one.days_off.items()) if first <= day <= last}
