"""Load of units: how many terms of a plan fall due to whom in which month."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from msoko.cycle.planning.models import Activity


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """Terms of one unit by month, as lead and as co-executor together. `total` is over the months shown."""

    unit: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Load:
    months: tuple[dt.date, ...]
    units: tuple[UnitLoad, ...]
    all_units: UnitLoad

    @property
    def heaviest(self) -> int:
        """The greatest load of a unit in a month."""
        return max((count for unit in self.units for count in unit.counts), default=0)


def load_of(activities: Iterable[Activity]) -> Load:
    """Load of all units by the month of the term; terms outside of the plan and cancelled ones are left out.

    Activities must come with units and occurrences (`queries.activities_of`).
    """
    counted: Counter[tuple[str, dt.date]] = Counter()
    whole: Counter[dt.date] = Counter()
    for activity in activities:
        ends = [
            one.ends_on.replace(day=1)
            for one in activity.occurrences.all()
            if one.ends_on and one.in_horizon and one.cancelled_at is None
        ]
        whole.update(ends)
        for unit in {unit.raw for unit in activity.units.all()}:
            counted.update((unit, month) for month in ends)
    months = tuple(sorted(whole))
    names = sorted({unit for unit, _ in counted})
    units = tuple(UnitLoad(name, tuple(counted[name, month] for month in months)) for name in names)
    ordered = tuple(sorted(units, key=lambda one: (-one.total, one.unit)))
    return Load(months, ordered, UnitLoad("Все мероприятия", tuple(whole[month] for month in months)))
