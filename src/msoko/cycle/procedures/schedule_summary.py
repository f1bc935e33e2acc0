"""The municipality's view: who has a schedule, and on which days how many schools write works of a grade."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msoko.cycle.procedures.models import Schedule, ScheduledWork, ScheduleStatus
from msoko.cycle.procedures.schedule_queries import schedules_visible
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.orgs.enums import OrganizationKind
from msoko.foundation.orgs.models import Organization, SchoolYear


@dataclass(frozen=True, slots=True)
class SchoolState:
    """An organization with its schedules of the year, newest versions first."""

    organization: Organization
    schedules: list[Schedule]

    @property
    def in_force(self) -> list[Schedule]:
        return [one for one in self.schedules if one.status == ScheduleStatus.APPROVED]

    @property
    def state(self) -> str:
        """«approved», «draft» or «none»."""
        if self.in_force:
            return "approved"
        return "draft" if self.schedules else "none"


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week with the number of schools that write a work of the grade in it, by grade."""

    monday: dt.date
    counts: list[int]
    works: int

    @property
    def sunday(self) -> dt.date:
        return self.monday + dt.timedelta(days=6)


def school_states(scope: Scope, year: SchoolYear) -> list[SchoolState]:
    """Open schools and municipalities in scope with their schedules of the year: two queries."""
    places = Organization.objects.filter(
        scope.filter(Permission.SEE_PLANS), closed_on__isnull=True,
        kind__in=[OrganizationKind.MUNICIPALITY, OrganizationKind.SCHOOL],
    )  # fmt: skip
    found: dict[int, list[Schedule]] = defaultdict(list)
    for one in schedules_visible(scope).filter(school_year=year).exclude(status=ScheduleStatus.REPLACED):
        found[one.organization_id].append(one)
    return [SchoolState(place, found[place.pk]) for place in places]


def weeks_of(scope: Scope, year: SchoolYear, *, subject: str = "", level: str = "") -> tuple[list[int], list[WeekRow]]:
    """Grades, and for each week with works how many schools write in each grade; drafts count too."""
    rows = ScheduledWork.objects.filter(
        scope.filter(Permission.SEE_PLANS, "schedule__organization__"), schedule__school_year=year,
        schedule__organization__kind=OrganizationKind.SCHOOL,
    ).exclude(schedule__status=ScheduleStatus.REPLACED)  # fmt: skip
    if subject:
        rows = rows.filter(subject=subject)
    if level:
        rows = rows.filter(level=level)
    return _counted(rows.values_list("schedule__organization", "grade_level", "starts_on"))


def _counted(rows: Iterable[tuple[int, int, dt.date]]) -> tuple[list[int], list[WeekRow]]:
    schools: dict[tuple[dt.date, int], set[int]] = defaultdict(set)
    works: dict[dt.date, int] = defaultdict(int)
    for organization, grade, day in rows:
        monday = day - dt.timedelta(days=day.weekday())
        schools[monday, grade].add(organization)
        works[monday] += 1
    grades: Sequence[int] = sorted({grade for _, grade in schools})
    return list(grades), [
        WeekRow(monday, [len(schools.get((monday, grade), ())) for grade in grades], works[monday])
        for monday in sorted(works)
    ]
