"""Schedules are made, filled, approved and withdrawn by acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from msoko.cycle.procedures.models import (
    Schedule,
    ScheduledWork,
    SchedulePeriod,
    ScheduleStatus,
    WorkLevel,
    WorkSource,
)
from msoko.cycle.procedures.schedule_works import checked, fixed_entries
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.enums import OrganizationKind
from msoko.foundation.orgs.models import Organization, SchoolYear

_KINDS = {OrganizationKind.MUNICIPALITY, OrganizationKind.SCHOOL}
_HIGHEST_GRADE, _MOST_LESSONS, _LONGEST_MINUTES = 11, 14, 300


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """A work as a person gives it; without `ends_on` it is on the day `starts_on`."""

    grade_level: int
    subject: str
    starts_on: dt.date
    letter: str = ""
    ends_on: dt.date | None = None
    title: str = ""
    level: str = WorkLevel.SCHOOL
    lesson: int | None = None
    minutes: int | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What may stand in a schedule once."""
        last = self.ends_on or self.starts_on
        return self.grade_level, self.letter, self.subject, self.starts_on, last, self.title


@transaction.atomic
def create_schedule(
    act: Act, *, organization: Organization, school_year: SchoolYear, period: str = SchedulePeriod.YEAR
) -> Schedule:
    """An empty draft. A schedule in force stays so until the draft is approved.

    Raises:
        RefusedError: the organization writes no works, or has a draft of this period already.
    """
    require(act, Permission.EDIT_PLANS, organization)
    if organization.kind not in _KINDS:
        raise RefusedError("График оценочных процедур составляют муниципалитет и школы.", "Выберите школу.")
    SchedulePeriod(period)
    of_period = Schedule.objects.filter(organization=organization, school_year=school_year, period=period)
    if of_period.filter(status=ScheduleStatus.DRAFT).exists():
        raise RefusedError("Проект графика на этот период уже есть.", "Откройте его в списке графиков.")
    latest = of_period.aggregate(latest=Max("version"))["latest"] or 0
    schedule = Schedule.objects.create(
        organization=organization, school_year=school_year, period=period, version=latest + 1,
        created_at=act.at, created_by=act.actor.actor_label,
    )  # fmt: skip
    _record(act, "procedures.schedule.created", schedule)
    return schedule


@transaction.atomic
def add_works(
    act: Act, *, schedule: Schedule, entries: Sequence[WorkEntry], source: str = WorkSource.TYPED
) -> list[ScheduledWork]:
    """Add works to a draft; those that stand there already are left out.

    Raises:
        RefusedError: the schedule is not a draft, or a work cannot be one; nothing is stored then.
    """
    schedule = locked_draft(act, schedule)
    for entry in entries:
        check_entry(entry)
    known = {row_key(row) for row in schedule.works.all()}
    fresh = {entry.key: entry for entry in entries if entry.key not in known}
    rows = [row_of(schedule, entry, source) for entry in fresh.values()]
    ScheduledWork.objects.bulk_create(rows, batch_size=500)
    _record(act, "procedures.schedule.works_added", schedule, works=len(rows), left_out=len(entries) - len(rows))
    return rows


@transaction.atomic
def change_work(act: Act, *, work: ScheduledWork, entry: WorkEntry) -> ScheduledWork:
    """Change a work of a draft."""
    schedule = locked_draft(act, work.schedule)
    check_entry(entry)
    others = schedule.works.exclude(pk=work.pk)
    if entry.key in {row_key(row) for row in others.filter(grade_level=entry.grade_level)}:
        raise RefusedError("Такая работа в графике уже есть.", "Измените день, класс или вид работы.")
    fresh = row_of(schedule, entry, work.source)
    fresh.pk, fresh.campaign_id = work.pk, work.campaign_id
    fresh.save(force_update=True)
    _record(act, "procedures.schedule.work_changed", schedule, work=work.pk)
    return fresh


@transaction.atomic
def remove_works(act: Act, *, schedule: Schedule, works: Iterable[int]) -> int:
    """Remove works from a draft by their numbers; how many were removed."""
    schedule = locked_draft(act, schedule)
    count, _ = schedule.works.filter(pk__in=list(works)).delete()
    _record(act, "procedures.schedule.works_removed", schedule, works=count)
    return count


@transaction.atomic
def approve_schedule(act: Act, *, schedule: Schedule, approved_on: dt.date, basis: str, reason: str = "") -> Schedule:
    """Bring a draft into force with the works from above as they stand now; the one in force before is replaced.

    Raises:
        RefusedError: no works, no basis, or clashes remain and no reason is given.
    """
    require(act, Permission.APPROVE_PLANS, schedule.organization)
    schedule = _locked(schedule)
    if schedule.status != ScheduleStatus.DRAFT:
        raise RefusedError("Утвердить можно только проект графика.", "Обновите страницу.")
    if not basis.strip():
        raise RefusedError("Основание не указано.", "Впишите распоряжение или приказ: его номер и дату.")
    state = checked(schedule)
    if not state.entries:
        raise RefusedError("В графике нет работ.", "Добавьте работы или загрузите график из файла.")
    if state.clashes and not reason.strip():
        raise RefusedError(
            f"Остались нарушения: {len(state.clashes)}.",
            "Устраните их или письменно укажите, почему график утверждается с ними.",
        )
    _keep_fixed(schedule)
    Schedule.objects.filter(
        organization=schedule.organization, school_year=schedule.school_year, period=schedule.period,
        status=ScheduleStatus.APPROVED,
    ).update(status=ScheduleStatus.REPLACED)  # fmt: skip
    schedule.status, schedule.basis, schedule.approved_on = ScheduleStatus.APPROVED, basis.strip()[:500], approved_on
    schedule.approved_at, schedule.approved_by = act.at, act.actor.actor_label
    schedule.clash_count = len(state.clashes)
    schedule.reason = reason.strip()[:1000] if state.clashes else ""
    schedule.save()
    _record(act, "procedures.schedule.approved", schedule, clashes=len(state.clashes), reason=schedule.reason)
    return schedule


@transaction.atomic
def withdraw_schedule(act: Act, *, schedule: Schedule, reason: str) -> Schedule:
    """A schedule that was approved by mistake becomes a draft again on the same day; works from above follow their
    source again. Later a schedule in force changes only by an edition.

    Raises:
        RefusedError: the day is over, no reason is given, or a draft of the period exists.
    """
    require(act, Permission.APPROVE_PLANS, schedule.organization)
    schedule = _locked(schedule)
    if schedule.status != ScheduleStatus.APPROVED:
        raise RefusedError("График не утверждён.", "Обновите страницу.")
    if schedule.approved_at is None or timezone.localdate(schedule.approved_at) != timezone.localdate(act.at):
        raise RefusedError(
            "Отменить утверждение можно только в день, когда оно внесено.",
            "Чтобы изменить действующий график, подготовьте новую редакцию и утвердите её распоряжением или приказом.",
        )
    if not reason.strip():
        raise RefusedError("Причина не указана.", "Впишите, почему утверждение отменяется.")
    drafts = Schedule.objects.filter(
        organization=schedule.organization, school_year=schedule.school_year, period=schedule.period,
        status=ScheduleStatus.DRAFT,
    )  # fmt: skip
    if drafts.exists():
        raise RefusedError("На этот период уже готовится новый проект графика.", "Утвердите или удалите его.")
    schedule.works.filter(source=WorkSource.CAMPAIGN).delete()
    schedule.status, schedule.approved_on, schedule.approved_at = ScheduleStatus.DRAFT, None, None
    schedule.approved_by, schedule.clash_count, schedule.reason = "", 0, ""
    schedule.save()
    _record(act, "procedures.schedule.withdrawn", schedule, reason=reason.strip())
    return schedule


@transaction.atomic
def delete_schedule(act: Act, *, schedule: Schedule) -> None:
    """Delete a draft with its works."""
    schedule = locked_draft(act, schedule)
    _record(act, "procedures.schedule.deleted", schedule, works=schedule.works.count())
    schedule.delete()


def locked_draft(act: Act, schedule: Schedule) -> Schedule:
    """The draft, locked, for whoever may edit it.

    Raises:
        RefusedError: it is in force or was replaced.
    """
    require(act, Permission.EDIT_PLANS, schedule.organization)
    schedule = _locked(schedule)
    if schedule.status != ScheduleStatus.DRAFT:
        raise RefusedError("Утверждённый график не меняется.", "Подготовьте новую редакцию графика.")
    return schedule


def check_entry(entry: WorkEntry) -> None:
    """Refuse what cannot be a work.

    Raises:
        RefusedError: with the work and the field.
    """
    name = f"{entry.subject or 'Работа'}, {entry.grade_level} класс"
    if not 1 <= entry.grade_level <= _HIGHEST_GRADE:
        raise RefusedError(f"{name}: класс не от 1 до {_HIGHEST_GRADE}.", "Исправьте класс.")
    if not entry.subject.strip():
        raise RefusedError(f"{entry.grade_level} класс: предмет не указан.", "Впишите предмет.")
    if entry.ends_on and entry.ends_on < entry.starts_on:
        raise RefusedError(f"{name}: окончание раньше начала.", "Поменяйте даты местами.")
    if entry.lesson is not None and not 1 <= entry.lesson <= _MOST_LESSONS:
        raise RefusedError(f"{name}: урок не от 1 до {_MOST_LESSONS}.", "Исправьте номер урока.")
    if entry.minutes is not None and not 1 <= entry.minutes <= _LONGEST_MINUTES:
        raise RefusedError(f"{name}: длительность не от 1 до {_LONGEST_MINUTES} минут.", "Исправьте длительность.")


def row_of(schedule: Schedule, entry: WorkEntry, source: str) -> ScheduledWork:
    """An unsaved row."""
    return ScheduledWork(
        schedule=schedule, grade_level=entry.grade_level, letter=entry.letter[:10], subject=entry.subject.strip()[:100],
        title=entry.title.strip()[:200], level=WorkLevel(entry.level), starts_on=entry.starts_on,
        ends_on=entry.ends_on or entry.starts_on, lesson=entry.lesson, minutes=entry.minutes, source=source,
    )  # fmt: skip


def row_key(row: ScheduledWork) -> tuple[object, ...]:
    """`WorkEntry.key` of a stored work."""
    return row.grade_level, row.letter, row.subject, row.starts_on, row.ends_on, row.title


def _keep_fixed(schedule: Schedule) -> None:
    known = {row_key(row) for row in schedule.works.all()}
    rows = []
    for entry in fixed_entries(schedule):
        work = entry.work
        row = ScheduledWork(
            schedule=schedule, grade_level=work.grade_level, letter=work.letter, subject=work.subject,
            title=work.title[:200], level=entry.level, starts_on=work.first, ends_on=work.last, lesson=work.lesson,
            minutes=work.minutes, source=WorkSource.CAMPAIGN, campaign=entry.campaign,
        )  # fmt: skip
        if row_key(row) not in known:
            known.add(row_key(row))
            rows.append(row)
    ScheduledWork.objects.bulk_create(rows)


def _locked(schedule: Schedule) -> Schedule:
    rows = Schedule.objects.select_for_update(of=("self",)).select_related("organization", "school_year")
    return rows.get(pk=schedule.pk)


def schedule_label(schedule: Schedule) -> str:
    """«График оценочных процедур, 2026/27, учебный год, версия 2»."""
    period = SchedulePeriod(schedule.period).label.lower()
    return f"График оценочных процедур, {schedule.school_year.label}, {period}, версия {schedule.version}"


def _record(act: Act, event: str, schedule: Schedule, **details: object) -> None:
    record(
        act, event, kind="schedule", object_id=schedule.pk, label=schedule_label(schedule),
        organization=schedule.organization, details=details or None,
    )  # fmt: skip
