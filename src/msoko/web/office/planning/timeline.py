"""Occurrences of a plan laid out in time: days of a month, months of a year, bars of a Gantt chart."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from msoko.cycle.planning.api import (
    Activity,
    AssignmentState,
    Occurrence,
    TermKey,
    drawn_terms,
    states_of_terms,
    term_keys,
)
from msoko.foundation.access.api import Scope
from msoko.web.office.planning.tasks.looks import LOOKS
from qualimetry.narrative.russian import month_name

_DAY = dt.timedelta(days=1)
#: as many terms that end and that begin have room in the cell of a day
DUE, BEGUN = 4, 3
States = Mapping[int, AssignmentState]


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
    def is_deadline(self) -> bool:
        return self.occurrence.starts_on is None


@dataclass(frozen=True, slots=True)
class Day:
    """What is drawn of a day, and how many terms end and begin in it."""

    date: dt.date
    is_inside: bool
    is_today: bool
    day_off: str
    due: tuple[Item, ...]
    begun: tuple[Item, ...]
    due_count: int
    begun_count: int

    @property
    def has_more(self) -> bool:
        return self.due_count > len(self.due) or self.begun_count > len(self.begun)


@dataclass(frozen=True, slots=True)
class Window:
    """Terms of some days that the filters let through. `keys`: those shown, by their ends; `long_count`: windows that
    would fill every day, shown on request."""

    scope: Scope
    keys: tuple[TermKey, ...]
    long_count: int
    has_long: bool
    states: States | None

    def items(self, keys: Iterable[TermKey]) -> list[Item]:
        """Whole rows of some of the terms in the same order: two queries, however many there are."""
        wanted = list(keys)
        rows = drawn_terms(one.pk for one in wanted)
        states = self.states
        if states is None:
            states = states_of_terms(self.scope, rows, timezone.localdate())
        found = (rows[one.pk] for one in wanted if one.pk in rows)
        return [Item(one.activity, one, states.get(one.pk)) for one in found]


def window_of(
    scope: Scope, rows: QuerySet[Occurrence], query: QueryDict, first: dt.date, last: dt.date
) -> Window:  # fmt: skip
    """The window of an address from one day to another; states of all its terms are read only to filter by them."""
    keys, states = term_keys(rows, first, last), None
    if query.get("state"):
        states = states_of_terms(scope, [one.pk for one in keys], timezone.localdate())
        keys = [one for one in keys if states.get(one.pk) == query["state"]]
    has_long = query.get("long") == "1"
    shown = keys if has_long else [one for one in keys if not one.is_long]
    return Window(scope, tuple(shown), sum(one.is_long for one in keys), has_long, states)


class Month:
    """The weeks of a month from Monday on, every day with what is due and what begins: as many of each as a cell has
    room for, the rest is counted."""

    def __init__(self, month: dt.date, window: Window) -> None:
        self._month, self._window = month, window
        self._days = calendar.Calendar().monthdatescalendar(month.year, month.month)
        self._due: dict[dt.date, list[TermKey]] = defaultdict(list)
        self._begun: dict[dt.date, list[TermKey]] = defaultdict(list)
        for one in window.keys:
            self._due[one.last].append(one)
            if one.first != one.last:
                self._begun[one.first].append(one)

    def _drawn(self) -> list[TermKey]:
        days = [day for week in self._days for day in week]
        return [*(one for day in days for one in self._due[day][:DUE]),
                *(one for day in days for one in self._begun[day][:BEGUN])]  # fmt: skip

    def weeks(self, days_off: dict[dt.date, str], today: dt.date) -> list[list[Day]]:
        """The month drawn."""
        items = {one.occurrence.pk: one for one in self._window.items(self._drawn())}
        return [[self._day(day, items, days_off, today) for day in week] for week in self._days]

    def _day(self, day: dt.date, items: Mapping[int, Item], days_off: dict[dt.date, str], today: dt.date) -> Day:
        due, begun = self._due[day], self._begun[day]
        return Day(
            day, day.month == self._month.month, day == today, days_off.get(day, ""),
            tuple(items[one.pk] for one in due[:DUE] if one.pk in items),
            tuple(items[one.pk] for one in begun[:BEGUN] if one.pk in items),
            len(due), len(begun),
        )  # fmt: skip


def grid_of(month: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day that a page of the month shows: whole weeks."""
    days = calendar.Calendar().monthdatescalendar(month.year, month.month)
    return days[0][0], days[-1][-1]


def touching(keys: Iterable[TermKey], first: dt.date, last: dt.date) -> list[TermKey]:
    """Terms whose window touches the days from `first` to `last`."""
    return [one for one in keys if one.first <= last and one.last >= first]


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


def months_of(first: dt.date, last: dt.date) -> list[tuple[str, str]]:
    """Months from one day to another as choices of a field: «2026-09» and «сентябрь 2026»."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    found = [next_month(first, number) for number in range(count)]
    return [(f"{one:%Y-%m}", month_title(one)) for one in found]


def last_day(month: dt.date) -> dt.date:
    return next_month(month) - _DAY


def short_month_title(month: dt.date) -> str:
    """«сен 26»."""
    return f"{month_name(month.month)[:3]} {month.year % 100:02d}"


def month_title(month: dt.date) -> str:
    """«сентябрь 2026»."""
    return f"{month_name(month.month)} {month.year}"
