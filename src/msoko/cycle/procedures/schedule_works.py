"""What stands in a schedule: its own works, the fixed ones from above, and what they are checked against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Q

from intake.fields.subjects import subject_names
from intake.terms import SchoolCalendar, usual_calendar
from msoko.cycle.planning.api import calendars_for, working_days_off
from msoko.cycle.procedures.models import (
    Campaign,
    CurriculumHours,
    Schedule,
    ScheduledWork,
    SchedulePeriod,
    ScheduleStatus,
    WorkLevel,
)
from msoko.cycle.procedures.schedule_rules import Clash, Surroundings, Work, clashes_of, is_vpr
from msoko.cycle.procedures.titles import procedure_short
from msoko.foundation.catalog.load import LoadPolicy, Span, load_policy
from msoko.foundation.catalog.procedures import Holder, procedure
from msoko.foundation.orgs.enums import OrganizationKind
from msoko.foundation.orgs.models import ClassGroup, Organization, SchoolYear

_LEVELS = {
    Holder.INTERNATIONAL: WorkLevel.FEDERAL, Holder.FEDERAL: WorkLevel.FEDERAL, Holder.REGIONAL: WorkLevel.REGIONAL,
    Holder.MUNICIPAL: WorkLevel.MUNICIPAL, Holder.SCHOOL: WorkLevel.SCHOOL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A work as shown: the value that rules take, its level, and the row when the schedule owns it.

    `origin` says where a fixed work comes from; own works have none.
    """

    work: Work
    level: str
    row: ScheduledWork | None = None
    campaign: Campaign | None = None
    origin: str = ""

    @property
    def level_title(self) -> str:
        return load_policy().levels.get(self.level, self.level)


@dataclass(frozen=True, slots=True)
class Checked:
    """A schedule with everything known of it: entries in order, clashes, what was not checked and why."""

    schedule: Schedule
    entries: list[Entry]
    clashes: list[Clash]
    unchecked: list[str]
    around: Surroundings


def checked(schedule: Schedule) -> Checked:
    """Works and clashes of a schedule, in as many queries whatever the number of works."""
    entries = entries_of(schedule)
    policy = load_policy()
    around = surroundings(schedule.organization, schedule.school_year, schedule.period)
    neighbours = _of_other_periods(schedule)
    found = clashes_of([entry.work for entry in (*entries, *neighbours)], around, policy)
    own = {entry.work.key for entry in entries}
    clashes = [clash for clash in found if own & set(clash.works) and _concerns(clash, own)]
    return Checked(schedule, entries, clashes, _unchecked(schedule, entries, around), around)


def _concerns(clash: Clash, own: set[str]) -> bool:
    """Works of another half are no fault of this one by themselves, only together with its works."""
    return len(clash.works) > 1 or clash.works[0] in own


def entries_of(schedule: Schedule) -> list[Entry]:
    """Own works and fixed ones. An approved schedule is what was approved: nothing is added to it."""
    own = list(schedule.works.select_related("campaign__owner"))
    rows = [entry_of_row(row) for row in own]
    if schedule.status == ScheduleStatus.DRAFT:
        rows += fixed_entries(schedule, own)
    return sorted(rows, key=_order)


def _order(entry: Entry) -> tuple[object, ...]:
    work = entry.work
    return work.grade_level, work.letter, work.subject, work.first, work.key


def entry_of_row(row: ScheduledWork) -> Entry:
    """A work that the schedule holds itself."""
    is_fixed = row.campaign is not None
    origin = f"Процедура: {procedure_short(row.campaign.procedure)}" if row.campaign else ""
    return Entry(work_of(row, is_fixed=is_fixed), row.level, row, row.campaign, origin)


def work_of(row: ScheduledWork, *, is_fixed: bool = False) -> Work:
    """A stored work as the rules take it."""
    return Work(
        f"work-{row.pk}", row.grade_level, row.letter, row.subject, row.starts_on, row.ends_on, row.title, row.lesson,
        row.minutes, is_fixed,
    )  # fmt: skip


def fixed_entries(schedule: Schedule, own: Iterable[ScheduledWork] | None = None) -> list[Entry]:
    """Works from above inside the period: dated campaigns, and the municipality's schedule in force. A window in which
    the school has named its own day (`own` works) is that day and no work besides."""
    first, last = load_policy().span(schedule.period, schedule.school_year.start_year)
    found = [entry_of_campaign(one) for one in campaigns_for(schedule.organization, schedule.school_year)]
    found += _of_municipal_schedule(schedule)
    rows = list(schedule.works.all() if own is None else own)
    found = [entry for entry in found if not is_specified(rows, entry)]
    return [entry for entry in found if entry.work.last >= first and entry.work.first <= last]


def is_specified(rows: Iterable[ScheduledWork], entry: Entry) -> bool:
    """Whether a school has named its own day inside the window of a work from above."""
    return any(_specifies(row, entry) for row in rows if row.campaign_id is None and row.level != WorkLevel.SCHOOL)


def _specifies(row: ScheduledWork, entry: Entry) -> bool:
    """Whether a work of the school names its own day inside the window of a work from above: it is that work then."""
    work = entry.work
    is_same = (row.grade_level, row.subject, row.level) == (work.grade_level, work.subject, entry.level)
    is_inside = work.first <= row.starts_on and row.ends_on <= work.last
    return is_same and is_inside and not work.has_day and work.letter in ("", row.letter)


def campaigns_for(organization: Organization, school_year: SchoolYear) -> list[Campaign]:
    """Dated campaigns of a grade in which the organization takes part: named, or all of the municipality."""
    rows = Campaign.objects.filter(
        owner__in=organization.line, school_year=school_year, starts_on__isnull=False, grade_level__isnull=False
    ).exclude(procedure__in=load_policy().not_in_lessons)
    if organization.kind != OrganizationKind.MUNICIPALITY:
        rows = rows.filter(Q(organizations=organization) | Q(organizations__isnull=True))
    return list(rows.select_related("owner").order_by("starts_on", "pk").distinct())


def entry_of_campaign(campaign: Campaign) -> Entry:
    """A dated campaign as a work of a whole grade."""
    definition = procedure(campaign.procedure)
    first = campaign.starts_on or dt.date.min
    title = ", ".join(part for part in (procedure_short(campaign.procedure), campaign.label) if part)
    work = Work(
        f"campaign-{campaign.pk}", campaign.grade_level or 0, "", campaign.subject, first,
        campaign.ends_on or first, title, is_fixed=True,
    )  # fmt: skip
    level = _LEVELS[definition.holder] if definition else WorkLevel.MUNICIPAL
    return Entry(work, level, None, campaign, f"Процедура: {campaign.owner.short_name}")


def _of_municipal_schedule(schedule: Schedule) -> list[Entry]:
    """Works that the municipality added to its own schedule in force, over its campaigns."""
    rows = ScheduledWork.objects.filter(
        schedule__organization__in=schedule.organization.line[:-1], schedule__school_year=schedule.school_year,
        schedule__status=ScheduleStatus.APPROVED, campaign__isnull=True,
    ).select_related("schedule__organization")  # fmt: skip
    return [
        Entry(work_of(row, is_fixed=True), row.level, None, None, f"График: {row.schedule.organization.short_name}")
        for row in rows
    ]


def _of_other_periods(schedule: Schedule) -> list[Entry]:
    """Works of the organization's schedules in force for other parts of the same year."""
    rows = ScheduledWork.objects.filter(
        schedule__organization=schedule.organization, schedule__school_year=schedule.school_year,
        schedule__status=ScheduleStatus.APPROVED,
    ).exclude(schedule__period__in=_overlapping(schedule.period))  # fmt: skip
    return [Entry(work_of(row), row.level, row) for row in rows]


def _overlapping(period: str) -> Sequence[str]:
    return SchedulePeriod.values if period == SchedulePeriod.YEAR else (period, SchedulePeriod.YEAR)


def surroundings(organization: Organization, school_year: SchoolYear, period: str) -> Surroundings:
    """Calendar, classes, subjects and hours of an organization in a school year."""
    year = school_year.start_year
    calendar: SchoolCalendar = calendars_for(organization, [year]).get(year) or usual_calendar(year)
    hours = CurriculumHours.objects.filter(organization=organization, school_year=school_year)
    known = {(row.grade_level, row.letter, row.subject): row.hours for row in hours}
    classes = ClassGroup.objects.filter(organization=organization, school_year=school_year)
    return Surroundings(
        period=load_policy().span(period, year),
        vpr_window=load_policy().vpr_window(year),
        breaks=tuple(span for name, span in calendar.breaks.items() if name != "first_grade"),
        first_grade_break=calendar.breaks.get("first_grade"),
        holidays=_holidays(year),
        classes=frozenset(classes.values_list("grade_level", "letter")),
        subjects=frozenset(subject_names()) | {subject for _, _, subject in known},
        hours=known,
    )


@cache
def _holidays(start_year: int) -> frozenset[dt.date]:
    return frozenset(working_days_off(dt.date(start_year, 1, 1), dt.date(start_year + 1, 12, 31)))


def _unchecked(schedule: Schedule, entries: Iterable[Entry], around: Surroundings) -> list[str]:
    """What the checks could not judge, in words for people."""
    works = [entry.work for entry in entries]
    if not works:
        return []
    year, lines = schedule.school_year.start_year, []
    without = {
        (work.grade_level, work.subject)
        for work in works
        if around.hours_of(work.grade_level, work.letter, work.subject) is None
        and not any(grade == work.grade_level and name == work.subject for grade, _, name in around.hours)
    }
    if not around.hours:
        lines.append("Часы учебного плана не загружены: доля учебного времени не проверена.")
    elif without:
        lines.append(f"Нет часов учебного плана по предметам классов: {len(without)}. Их доля времени не проверена.")
    if not calendars_for(schedule.organization, [year]):
        lines.append("Школьный календарь не внесён: каникулы взяты обычные, их даты могут отличаться.")
    if around.vpr_window is None and any(is_vpr(work) for work in works):
        lines.append(f"Сроки ВПР на {year}/{year + 1} учебный год федеральным приказом в системе не внесены: "
                     "попадание ВПР в эти сроки не проверено.")  # fmt: skip
    if not around.classes:
        lines.append("Классы организации не внесены: проверить, есть ли такой класс, нельзя.")
    windows = sum(not work.has_day for work in works)
    if windows:
        lines.append(f"Работ, у которых указан только период: {windows}. По дням они не проверены.")
    return lines


def limits() -> LoadPolicy:
    """The policy in force, for pages."""
    return load_policy()


def period_span(schedule: Schedule) -> Span:
    """First and last day of the schedule."""
    return load_policy().span(schedule.period, schedule.school_year.start_year)
