"""Corrections of the production calendar and limits of load (`definitions/plans/workdays.toml`, `load.toml`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from msoko.foundation.catalog.files import tables


@dataclass(frozen=True, slots=True)
class WorkdayCorrections:
    """Days off and working days that decrees name; a working day is a Saturday or Sunday on which people work."""

    days_off: frozenset[dt.date]
    working_days: frozenset[dt.date]


@dataclass(frozen=True, slots=True)
class LoadRules:
    """`long`: a window longer than this is no work of one month; `most_on_a_day`: more terms of a unit are a clash."""

    long: dt.timedelta
    most_on_a_day: int


@cache
def workday_corrections() -> WorkdayCorrections:
    """All years of the file together."""
    years = tables("plans")["workdays"]["year"]
    return WorkdayCorrections(
        frozenset(day for one in years for day in one["days_off"]),
        frozenset(day for one in years for day in one["working_days"]),
    )


@cache
def load_rules() -> LoadRules:
    table = tables("plans")["load"]
    return LoadRules(dt.timedelta(days=int(table["long_days"])), int(table["most_on_a_day"]))
