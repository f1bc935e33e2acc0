"""Load of responsible units: how many terms each of them has in every month of a plan."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet

from msoko.cycle.planning.enums import UnitKind, UnitRole
from msoko.cycle.planning.models import Activity, ActivityRequest, ActivityUnit, Occurrence
from msoko.foundation.catalog.workdays import load_rules

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """A unit: terms by month in the order of `Load.months`, how many of all as the lead, long windows apart; `requests`
    that the journal has for its activities in the period, with a term or without."""

    name: str
    counts: tuple[int, ...]
    as_lead: int
    long: int
    undated: int
    requests: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Clash:
    """More terms of one unit on one day than it can meet; `activities` by key."""

    name: str
    on: dt.date
    activities: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """Units of a plan, the busiest first. An activity of two units counts for both, so `terms` and `requests` (by the
    month in which they came) are no sums of rows."""

    months: tuple[dt.date, ...]
    units: tuple[UnitLoad, ...]
    clashes: tuple[Clash, ...]
    terms: tuple[int, ...]
    requests: tuple[int, ...] = ()

    @property
    def most(self) -> int:
        return max((count for unit in self.units for count in unit.counts), default=0)


@dataclass(slots=True)
class _Sum:
    name: str
    months: Counter[Month] = field(default_factory=Counter)
    days: dict[dt.date, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    as_lead: int = 0
    long: int = 0
    undated: int = 0
    requests: int = 0


def load_of(activities: QuerySet[Activity], first: dt.date, last: dt.date) -> Load:
    """Load of the units of activities from one day to another. Cancelled terms and controllers are no load.

    Three queries for plain values: no objects are made of the plan.
    """
    keys = activities.order_by().values("pk")
    dated, asked = _dated(keys, first, last), _asked(keys, first, last)
    sums: dict[tuple[str, object], _Sum] = {}
    for activity, units in _units(keys).items():
        for key, unit in units.items():
            found = sums.setdefault(key, _Sum(unit.raw))
            _add(found, activity, unit, dated.get(activity, ()))
            found.requests += len(asked.get(activity, ()))
    terms = Counter(_month(one.ends_on) for found in dated.values() for one in found if not one.is_long)
    came = Counter(_month(day) for days in asked.values() for day in days)
    months = _months(first, last)
    numbers = [(month.year, month.month) for month in months]
    units_ = [
        UnitLoad(one.name, tuple(one.months[key] for key in numbers), one.as_lead, one.long, one.undated, one.requests)
        for one in sums.values()
    ]
    return Load(
        tuple(months),
        tuple(sorted(units_, key=lambda unit: (-unit.total, unit.name.casefold()))),
        tuple(_clashes(sums.values())),
        tuple(terms[key] for key in numbers),
        tuple(came[key] for key in numbers),
    )


class _Term(NamedTuple):
    ends_on: dt.date
    is_long: bool


class _Unit(NamedTuple):
    raw: str
    is_lead: bool


def _dated(activities: QuerySet[Activity, Any], first: dt.date, last: dt.date) -> dict[int, list[_Term]]:
    """Terms that end between two days, by activity."""
    rows = Occurrence.objects.filter(
        activity__in=activities, in_horizon=True, cancelled_at__isnull=True, ends_on__range=(first, last)
    )
    found: dict[int, list[_Term]] = defaultdict(list)
    for activity, starts_on, ends_on in rows.order_by().values_list("activity", "starts_on", "ends_on"):
        assert ends_on is not None
        found[activity].append(_Term(ends_on, is_long(starts_on, ends_on)))
    return found


def _asked(activities: QuerySet[Activity, Any], first: dt.date, last: dt.date) -> dict[int, list[dt.date]]:
    """Days of requests of the journal, by activity; a request that was taken off is none."""
    rows = ActivityRequest.objects.filter(
        activity__in=activities, asked_on__range=(first, last), occurrence__cancelled_at__isnull=True
    )
    found: dict[int, list[dt.date]] = defaultdict(list)
    for activity, day in rows.order_by().values_list("activity", "asked_on"):
        found[activity].append(day)
    return found


def _units(activities: QuerySet[Activity, Any]) -> dict[int, dict[tuple[str, object], _Unit]]:
    """Units of activities in order, by the key that makes two spellings of one department the same; nobody twice in
    an activity."""
    rows = ActivityUnit.objects.filter(activity__in=activities).exclude(role=UnitRole.CONTROLLER)
    values = rows.order_by("activity__position", "position").values_list(
        "activity", "raw", "kind", "role", "department", "organization", "body", "appointment"
    )
    found: dict[int, dict[tuple[str, object], _Unit]] = defaultdict(dict)
    for activity, raw, kind, role, *known in values:
        one = next((pk for pk in known if pk), None)
        is_known = one is not None and kind != UnitKind.GROUP
        key: tuple[str, object] = (kind, one) if is_known else ("words", raw.casefold())
        found[activity].setdefault(key, _Unit(raw, role == UnitRole.LEAD))
    return found


def is_long(starts_on: dt.date | None, ends_on: dt.date | None) -> bool:
    """A window over a year or half of it: it belongs to no month."""
    return starts_on is not None and ends_on is not None and ends_on - starts_on > load_rules().long


def _add(found: _Sum, activity: int, unit: _Unit, dated: Sequence[_Term]) -> None:
    found.undated += not dated
    for one in dated:
        if one.is_long:
            found.long += 1
            continue
        found.months[_month(one.ends_on)] += 1
        found.as_lead += unit.is_lead
        found.days[one.ends_on][activity] = None


def _clashes(sums: Iterable[_Sum]) -> list[Clash]:
    most = load_rules().most_on_a_day
    found = [
        Clash(one.name, day, tuple(activities))
        for one in sums
        for day, activities in one.days.items()
        if len(activities) > most
    ]
    return sorted(found, key=lambda clash: (clash.on, clash.name.casefold()))


def _month(day: dt.date) -> Month:
    return day.year, day.month


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    numbers = (first.year * 12 + first.month - 1 + step for step in range(count))
    return [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]
