"""Terms that come again, as rules of RFC 5545: days of the year, what is left out, what was moved.

Months have different lengths, and a rule repeats one length. So the windows of one activity are sorted by length and by
the day of the month on which they begin («the first», «the last»): each sort is exactly a yearly rule by months. A rule
is never wider than the plan: what it would add is named as left out. Pure: nothing is read or stored here.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msoko.cycle.planning.calendar_entries import CalendarEntry

#: as many terms make a rule worth its lines
LEAST = 3
#: «the last day of the month» in a rule
LAST_DAY = -1
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """Every year in these months on this day (`LAST_DAY`: the last one), from the first term to the last."""

    months: tuple[int, ...]
    day: int
    first: dt.date
    until: dt.date

    @property
    def text(self) -> str:
        months = ",".join(map(str, self.months))
        return f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={self.day};UNTIL={self.until:%Y%m%d}"

    def days(self) -> list[dt.date]:
        """All days of the rule; a month without such a day has none."""
        years = range(self.first.year, self.until.year + 1)
        found = (_day(year, month, self.day) for year in years for month in self.months)
        return [one for one in found if one is not None and self.first <= one <= self.until]


@dataclass(frozen=True, slots=True)
class Series:
    """Terms that follow one rule: `length` days each from the days of the rule. `members` by the day of the rule."""

    rule: Rule
    length: int
    members: tuple[tuple[dt.date, CalendarEntry], ...]

    @property
    def left_out(self) -> list[dt.date]:
        """Days of the rule on which the plan has no term."""
        present = {day for day, _ in self.members}
        return [day for day in self.rule.days() if day not in present]


def in_series(entries: Iterable[CalendarEntry]) -> tuple[list[Series], list[CalendarEntry]]:
    """Terms that follow rules, and the rest in their order."""
    groups: dict[tuple[object, ...], dict[dt.date, CalendarEntry]] = defaultdict(dict)
    alone: list[CalendarEntry] = []
    for entry in entries:
        begins, ends = _window(entry)
        group = groups[entry.series, entry.is_tentative, (ends - begins).days, _place(begins, ends)]
        if not entry.series or begins in group:
            alone.append(entry)
        else:
            group[begins] = entry
    found = []
    for (_, _, length, place), members in groups.items():
        if len(members) < LEAST:
            alone += members.values()
        else:
            found.append(_series(int(str(length)), int(str(place)), sorted(members.items())))
    return found, sorted(alone, key=lambda one: (one.ends_on, one.occurrence, one.key))


def _window(entry: CalendarEntry) -> tuple[dt.date, dt.date]:
    starts_on, ends_on = entry.planned
    return (ends_on if starts_on is None else starts_on), ends_on


def _place(begins: dt.date, ends: dt.date) -> int:
    """The day of the month; a single last day of a month is «the last» whatever its number."""
    is_last = (begins + _DAY).month != begins.month
    return LAST_DAY if is_last and begins == ends else begins.day


def _series(length: int, place: int, members: Sequence[tuple[dt.date, CalendarEntry]]) -> Series:
    months = tuple(sorted({day.month for day, _ in members}))
    return Series(Rule(months, place, members[0][0], members[-1][0]), length, tuple(members))


def _day(year: int, month: int, day: int) -> dt.date | None:
    last = calendar.monthrange(year, month)[1]
    if day == LAST_DAY:
        return dt.date(year, month, last)
    return dt.date(year, month, day) if day <= last else None
