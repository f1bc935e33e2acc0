"""Load of responsible units: how many terms each of them has in every month of a plan."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from msoko.cycle.planning.enums import UnitKind, UnitRole
from msoko.cycle.planning.models import Activity, ActivityUnit, Occurrence
from msoko.foundation.catalog.workdays import load_rules

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """A unit: terms by month in the order of `Load.months`, how many of all as the lead, long windows apart."""

    name: str
    counts: tuple[int, ...]
    as_lead: int
    long: int
    undated: int

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Clash:
    """More terms of one unit on one day than it can meet."""

    name: str
    on: dt.date
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """Units of a plan, the busiest first. An activity of two units counts for both, so `terms` is no sum of rows."""

    months: tuple[dt.date, ...]
    units: tuple[UnitLoad, ...]
    clashes: tuple[Clash, ...]
    terms: tuple[int, ...]

    @property
    def most(self) -> int:
        return max((count for unit in self.units for count in unit.counts), default=0)


@dataclass(slots=True)
class _Sum:
    name: str
    months: Counter[Month] = field(default_factory=Counter)
    days: dict[dt.date, list[Activity]] = field(default_factory=lambda: defaultdict(list))
    as_lead: int = 0
    long: int = 0
    undated: int = 0


def load_of(activities: Iterable[Activity], first: dt.date, last: dt.date) -> Load:
    """Load of the units of activities from one day to another. Cancelled terms and controllers are no load.

    The activities come from `activities_of`: nothing more is read from the database.
    """
    sums: dict[tuple[str, object], _Sum] = {}
    terms: Counter[Month] = Counter()
    for activity in activities:
        dated = [one for one in activity.occurrences.all() if _counts(one, first, last)]
        terms.update(_month(one) for one in dated if not is_long(one))
        for key, unit in _units(activity):
            _add(sums.setdefault(key, _Sum(unit.raw)), activity, unit, dated)
    months = _months(first, last)
    keys = [(month.year, month.month) for month in months]
    units = [
        UnitLoad(one.name, tuple(one.months[key] for key in keys), one.as_lead, one.long, one.undated)
        for one in sums.values()
    ]
    return Load(
        tuple(months),
        tuple(sorted(units, key=lambda unit: (-unit.total, unit.name.casefold()))),
        tuple(_clashes(sums.values())),
        tuple(terms[key] for key in keys),
    )


def is_long(occurrence: Occurrence) -> bool:
    """A window over a year or half of it: it belongs to no month."""
    start, end = occurrence.starts_on, occurrence.ends_on
    return start is not None and end is not None and end - start > load_rules().long


def _counts(one: Occurrence, first: dt.date, last: dt.date) -> bool:
    is_alive = one.in_horizon and one.cancelled_at is None
    return is_alive and one.ends_on is not None and first <= one.ends_on <= last


def _units(activity: Activity) -> Iterator[tuple[tuple[str, object], ActivityUnit]]:
    """Units with the key that makes two spellings of one department the same; nobody twice in an activity."""
    seen: set[tuple[str, object]] = set()
    for unit in activity.units.all():
        known = unit.department_id or unit.organization_id or unit.body_id or unit.appointment_id
        is_known = known is not None and unit.kind != UnitKind.GROUP
        key: tuple[str, object] = (unit.kind, known) if is_known else ("words", unit.raw.casefold())
        if unit.role != UnitRole.CONTROLLER and key not in seen:
            seen.add(key)
            yield key, unit


def _add(found: _Sum, activity: Activity, unit: ActivityUnit, dated: Sequence[Occurrence]) -> None:
    found.undated += not dated
    for one in dated:
        if is_long(one):
            found.long += 1
            continue
        found.months[_month(one)] += 1
        found.as_lead += unit.role == UnitRole.LEAD
        if one.ends_on is not None and activity not in found.days[one.ends_on]:
            found.days[one.ends_on].append(activity)


def _clashes(sums: Iterable[_Sum]) -> list[Clash]:
    most = load_rules().most_on_a_day
    found = [
        Clash(one.name, day, tuple(activities))
        for one in sums
        for day, activities in one.days.items()
        if len(activities) > most
    ]
    return sorted(found, key=lambda clash: (clash.on, clash.name.casefold()))


def _month(one: Occurrence) -> Month:
    assert one.ends_on is not None
    return one.ends_on.year, one.ends_on.month


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    numbers = (first.year * 12 + first.month - 1 + step for step in range(count))
    return [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]
