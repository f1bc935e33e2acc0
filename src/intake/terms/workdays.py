"""The production calendar of Russia (`definitions/plans/workdays.toml`): holidays, moved days off, working weekends."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Final

_SATURDAY: Final = 5
_DAY: Final = dt.timedelta(days=1)
MOVED: Final = "Выходной день (перенос)"


@dataclass(frozen=True, slots=True)
class ProductionYear:
    """Days off besides Saturdays and Sundays with their names, and weekend days on which people work. `source` names
    the decree; a year without one (`is_known` false) follows the rule of article 112 alone."""

    year: int
    days_off: dict[dt.date, str]
    working_days: frozenset[dt.date]
    source: str
    is_verified: bool
    is_known: bool


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("definitions").joinpath("plans", "workdays.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def production_year(year: int) -> ProductionYear:
    """The calendar of a year."""
    table = _table()
    holidays = {dt.date(year, one["month"], one["day"]): one["title"] for one in table["holidays"]}
    decree = next((one for one in table["year"] if one["year"] == year), None)
    moved = decree["days_off"] if decree else _by_rule(year, table)
    return ProductionYear(
        year, dict.fromkeys(moved, MOVED) | holidays, frozenset(decree["working_days"] if decree else ()),
        decree["source"] if decree else table["source"], bool(decree and decree["is_verified"]), decree is not None,
    )  # fmt: skip


def _by_rule(year: int, table: dict[str, Any]) -> list[dt.date]:
    """A day off that falls on a holiday goes to the next working day."""
    holidays = {dt.date(year, one["month"], one["day"]): one["is_moved"] for one in table["holidays"]}
    moved: list[dt.date] = []
    for day, is_moved in sorted(holidays.items()):
        if not is_moved or day.weekday() < _SATURDAY:
            continue
        while day.weekday() >= _SATURDAY or day in holidays or day in moved:
            day += _DAY
        moved.append(day)
    return moved


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday without days off, and weekends on which people work."""
    found = production_year(day.year)
    return day in found.working_days or (day.weekday() < _SATURDAY and day not in found.days_off)


def working_day_after(day: dt.date, count: int) -> dt.date:
    """The `count`-th working day after the day (before it for a negative count)."""
    step = _DAY if count > 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day
