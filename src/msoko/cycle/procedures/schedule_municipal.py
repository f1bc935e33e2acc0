"""The municipal table: works of all schools in scope, from their schedules and from above, in a constant number of
queries."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from msoko.cycle.procedures.models import Campaign, Schedule, ScheduledWork, ScheduleStatus
from msoko.cycle.procedures.schedule_queries import schedules_visible
from msoko.cycle.procedures.schedule_tables import MARKS, Month, day_text
from msoko.cycle.procedures.schedule_works import Entry, entry_of_campaign, entry_of_row, is_specified, work_of
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.catalog.load import load_policy
from msoko.foundation.orgs.enums import OrganizationKind
from msoko.foundation.orgs.models import Organization, SchoolYear

_NUMBER = re.compile(r"\s*№\s*\d+.*$")
#: more schools than this are counted in a cell, fewer are named
_NAMED = 3


@dataclass(frozen=True, slots=True)
class SchoolWork:
    """A work of a school; `state` is that of its schedule: «approved», «draft», or «none» when the school has no
    schedule and the work comes from above."""

    school: Organization
    entry: Entry
    state: str

    @property
    def kind(self) -> str:
        """The kind of work without its number: «Контрольная работа»."""
        return _NUMBER.sub("", self.entry.work.title).strip()


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day or window on which schools write a work of a grade in a subject."""

    first: dt.date
    last: dt.date
    level: str
    schools: tuple[str, ...]

    @property
    def text(self) -> str:
        """«11.09 (М)»."""
        mark = MARKS.get(self.level, "")  # type: ignore[call-overload]  # keys are text choices
        return f"{day_text(self.first, self.last)} ({mark})" if mark else day_text(self.first, self.last)

    @property
    def who(self) -> str:
        """Names of the schools, or how many there are."""
        return ", ".join(self.schools) if len(self.schools) <= _NAMED else f"{len(self.schools)}\u00a0ОО"


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A subject of a grade over all schools: days by month."""

    grade_level: int
    subject: str
    cells: list[list[DayCount]] = field(default_factory=list)
    works: int = 0


def municipal_works(scope: Scope, year: SchoolYear) -> list[SchoolWork]:
    """Works of the year of all open schools in scope, in the order of schools, classes, subjects and days."""
    schools = list(
        Organization.objects.filter(
            scope.filter(Permission.SEE_PLANS), closed_on__isnull=True, kind=OrganizationKind.SCHOOL
        )
    )
    chosen = _chosen(scope, year)
    rows: dict[int, list[ScheduledWork]] = defaultdict(list)
    places = {school.pk for school in schools}
    used = [one.pk for found in chosen.values() for one in found]
    for row in ScheduledWork.objects.filter(schedule__in=used).select_related("campaign__owner", "schedule"):
        rows[row.schedule.organization_id].append(row)
    above = _Above(year, {pk for school in schools for pk in school.line}, places, rows)
    return [one for school in schools for one in _of_school(school, chosen[school.pk], rows[school.pk], above)]


def _chosen(scope: Scope, year: SchoolYear) -> dict[int, list[Schedule]]:
    """For each organization and period the schedule in force, else the draft."""
    found: dict[tuple[int, str], Schedule] = {}
    visible = schedules_visible(scope).filter(school_year=year).exclude(status=ScheduleStatus.REPLACED)
    for one in visible:
        known = found.get((one.organization_id, one.period))
        if known is None or one.status == ScheduleStatus.APPROVED:
            found[one.organization_id, one.period] = one
    grouped: dict[int, list[Schedule]] = defaultdict(list)
    for (organization, _), one in found.items():
        grouped[organization].append(one)
    return grouped


class _Above:
    """Works from above: dated campaigns and the schedules in force of municipalities."""

    def __init__(
        self, year: SchoolYear, owners: set[int], schools: set[int], rows: dict[int, list[ScheduledWork]]
    ) -> None:
        campaigns = Campaign.objects.filter(
            owner__in=owners, school_year=year, starts_on__isnull=False, grade_level__isnull=False
        ).exclude(procedure__in=load_policy().not_in_lessons)
        found = campaigns.select_related("owner").prefetch_related("organizations").order_by("starts_on", "pk")
        self._campaigns = [(one, {place.pk for place in one.organizations.all()}) for one in found]
        self._rows = [row for owner, group in rows.items() if owner not in schools for row in group]

    def of(self, school: Organization) -> Iterator[Entry]:
        """Works that the school is to write."""
        line = set(school.line)
        for campaign, places in self._campaigns:
            if campaign.owner_id in line and (not places or school.pk in places):
                yield entry_of_campaign(campaign)
        for row in self._rows:
            in_force = row.schedule.status == ScheduleStatus.APPROVED
            if in_force and row.schedule.organization_id in line and row.campaign_id is None:
                yield Entry(work_of(row, is_fixed=True), row.level, None, None, "График муниципалитета")


def _of_school(
    school: Organization, schedules: Sequence[Schedule], rows: Sequence[ScheduledWork], above: _Above
) -> Iterator[SchoolWork]:
    """Own works; works from above where no schedule in force says what was approved."""
    status = {one.pk: one.status for one in schedules}
    found = [SchoolWork(school, entry_of_row(row), status[row.schedule_id]) for row in rows]
    spans = [
        load_policy().span(one.period, one.school_year.start_year)
        for one in schedules
        if one.status == ScheduleStatus.APPROVED
    ]
    state = "draft" if schedules else "none"
    for entry in above.of(school):
        is_settled = any(first <= entry.work.first <= last for first, last in spans)
        if not is_settled and not is_specified(rows, entry):
            found.append(SchoolWork(school, entry, state))
    yield from sorted(found, key=lambda one: _order(one.entry))


def _order(entry: Entry) -> tuple[object, ...]:
    work = entry.work
    return work.grade_level, work.letter, work.subject, work.first, work.key


def shown_works(
    works: Iterable[SchoolWork], *, school: str = "", grade: str = "", subject: str = "", month: str = "",
    level: str = "", kind: str = "", state: str = "",
) -> list[SchoolWork]:  # fmt: skip
    """Works that filters let through; an empty filter lets everything through."""

    def is_shown(one: SchoolWork) -> bool:
        work = one.entry.work
        return (
            school in ("", str(one.school.pk))
            and grade in ("", str(work.grade_level), f"{work.grade_level}{work.letter}")
            and subject in ("", work.subject)
            and (not month or month in {str(work.first.month), str(work.last.month)})
            and level in ("", one.entry.level)
            and kind in ("", one.kind)
            and state in ("", one.state)
        )

    return [one for one in works if is_shown(one)]


def by_grade(works: Iterable[SchoolWork], months: Sequence[Month]) -> list[GradeRow]:
    """Grade and subject by months: on which days how many schools write."""
    found: dict[tuple[int, str], dict[tuple[dt.date, dt.date, str], list[str]]] = defaultdict(dict)
    counts: dict[tuple[int, str], int] = defaultdict(int)
    for one in works:
        work = one.entry.work
        names = found[work.grade_level, work.subject].setdefault((work.first, work.last, one.entry.level), [])
        counts[work.grade_level, work.subject] += 1
        if one.school.short_name not in names:
            names.append(one.school.short_name)
    rows = []
    for (grade, subject), days in sorted(found.items()):
        cells: dict[Month, list[DayCount]] = defaultdict(list)
        for (first, last, level), names in sorted(days.items()):
            cells[first.year, first.month].append(DayCount(first, last, level, tuple(names)))
        rows.append(GradeRow(grade, subject, [cells[month] for month in months], counts[grade, subject]))
    return rows


def by_school(works: Iterable[SchoolWork]) -> dict[Organization, list[SchoolWork]]:
    """Works by school in the order of schools."""
    found: dict[Organization, list[SchoolWork]] = {}
    for one in works:
        found.setdefault(one.school, []).append(one)
    return found
