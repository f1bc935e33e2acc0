"""Occurrences of a plan laid out in time: days of a month, months of a year, bars of a Gantt chart."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msoko.cycle.planning.api import Activity, AssignmentState, Occurrence, is_long
from msoko.web.office.planning.tasks.looks import LOOKS
from qualimetry.narrative.russian import month_name

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Item:
    """An occurrence with its activity and its state (None before approval)."""

    activity: Activity
    occurrence: Occurrence
    state: AssignmentState | None

    @property
    def first(self) -> dt.date:
        return self.occurrence.starts_on or self.last

    @property
    def last(self) -> dt.date:
        return self.occurrence.ends_on or self.occurrence.starts_on or dt.date.max

    @property
    def tone(self) -> str:
        return LOOKS[self.state][0].value if self.state else ""

    @property
    def sign(self) -> str:
        return LOOKS[self.state][1] if self.state else ""

    @property
    def is_long(self) -> bool:
        """A window that would fill every day: it is shown on request."""
        return is_long(self.occurrence)

    @property
    def is_deadline(self) -> bool:
        return self.occurrence.starts_on is None


@dataclass(frozen=True, slots=True)
class Day:
    date: dt.date
    is_inside: bool
    is_today: bool
    day_off: str
    due: tuple[Item, ...]
    begun: tuple[Item, ...]


def items_of(activities: Iterable[Activity], states: dict[int, AssignmentState]) -> list[Item]:
    """Dated occurrences of activities in order of their ends."""
    found = [
        Item(activity, one, states.get(one.pk))
        for activity in activities
        for one in activity.occurrences.all()
        if one.in_horizon and (one.starts_on or one.ends_on)
    ]
    return sorted(found, key=lambda item: (item.last, item.first, item.activity.position))


def weeks_of(month: dt.date, items: Sequence[Item], days_off: dict[dt.date, str], today: dt.date) -> list[list[Day]]:
    """Weeks of a month from Monday on, every day with what is due and what begins."""
    due: dict[dt.date, list[Item]] = {}
    begun: dict[dt.date, list[Item]] = {}
    for item in items:
        due.setdefault(item.last, []).append(item)
        if item.first != item.last:
            begun.setdefault(item.first, []).append(item)
    return [
        [
            Day(
                day, day.month == month.month, day == today, days_off.get(day, ""),
                tuple(due.get(day, ())), tuple(begun.get(day, ())),
            )
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]  # fmt: skip


def touching(items: Iterable[Item], first: dt.date, last: dt.date) -> list[Item]:
    """Items whose window touches the days from `first` to `last`."""
    return [item for item in items if item.first <= last and item.last >= first]


def month_of(text: str, usual: dt.date) -> dt.date:
    """The first day of the month «2026-09»; of the usual day when the text is no month."""
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return usual.replace(day=1)


def next_month(month: dt.date, count: int = 1) -> dt.date:
    """The first day of the month `count` months on (or back)."""
    number = month.year * 12 + month.month - 1 + count
    return dt.date(number // 12, number % 12 + 1, 1)


def last_day(month: dt.date) -> dt.date:
    return next_month(month) - _DAY


def short_month_title(month: dt.date) -> str:
    """«сен 26»."""
    return f"{month_name(month.month)[:3]} {month.year % 100:02d}"


def month_title(month: dt.date) -> str:
    """«сентябрь 2026»."""
    return f"{month_name(month.month)} {month.year}"
