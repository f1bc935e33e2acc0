"""Activities «по графику»: they wait for an outside schedule and get their dates when it comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from msoko.cycle.planning.assigning import deal_out_activities
from msoko.cycle.planning.enums import PlanStatus
from msoko.cycle.planning.models import Activity, Occurrence
from msoko.cycle.planning.requests import statuses_of, year_of
from msoko.foundation.access.api import Permission, Scope, require
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.execution import execution_policy
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError

EXTERNAL = "external_schedule"
#: origin of an occurrence whose dates were taken from an outside schedule
ORIGIN = "schedule"


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """One line of the outside schedule: window with both ends included, and where it is from. `origin_id` names the
    thing that gave the dates (a campaign), so that the same line is not entered twice."""

    starts_on: dt.date | None
    ends_on: dt.date
    part: str = ""
    origin_kind: str = ORIGIN
    origin_id: str = ""
    label: str = ""
    is_tentative: bool = False


@transaction.atomic
def bind_schedule(act: Act, *, activity: Activity, entries: Sequence[ScheduleEntry]) -> list[Occurrence]:
    """Terms of an activity from lines of a schedule; a line whose origin is known already moves its term instead.

    Raises:
        RefusedError: nothing to bind, dates out of order, or terms whose tasks are done already would move.
    """
    plan = activity.plan
    require(act, Permission.EDIT_PLANS, plan.owner)
    if EXTERNAL not in statuses_of(activity):
        raise RefusedError("У этого мероприятия свои сроки.", "Привязываются мероприятия «по графику».")
    if not entries:
        raise RefusedError("Не указано ни одной даты графика.", "Впишите даты или выберите процедуры.")
    made = [_entered(activity, number, entry) for number, entry in enumerate(entries, start=1)]
    record(
        act, "planning.schedule.bound", kind="activity", object_id=activity.pk, label=activity.title[:300],
        organization=plan.owner, details={"terms": len(made)},
    )  # fmt: skip
    deal_out_activities(act, plan, [activity])
    return made


def _entered(activity: Activity, number: int, entry: ScheduleEntry) -> Occurrence:
    if entry.starts_on is not None and entry.ends_on < entry.starts_on:
        raise RefusedError(f"Строка {number}: окончание раньше начала.", "Проверьте даты графика.")
    plan = activity.plan
    year = year_of(plan, entry.ends_on)
    known = _known(activity, year, entry)
    if known is not None:
        return _moved(known, number, entry)
    dates = {"starts_on": entry.starts_on, "ends_on": entry.ends_on}
    return Occurrence.objects.create(
        activity=activity, year=year, position=activity.occurrences.count() + 1, part=entry.part.strip()[:300],
        origin_kind=entry.origin_kind, origin_id=entry.origin_id[:40], origin_label=entry.label.strip()[:300],
        is_tentative=entry.is_tentative, **dates, **{f"planned_{name}": day for name, day in dates.items()},
    )  # fmt: skip


def _known(activity: Activity, year: int, entry: ScheduleEntry) -> Occurrence | None:
    rows = activity.occurrences.filter(year=year, origin_kind=entry.origin_kind)
    if entry.origin_id:
        return rows.filter(origin_id=entry.origin_id).first()
    return rows.filter(starts_on=entry.starts_on, ends_on=entry.ends_on, part=entry.part.strip()[:300]).first()


def _moved(known: Occurrence, number: int, entry: ScheduleEntry) -> Occurrence:
    if (known.starts_on, known.ends_on) == (entry.starts_on, entry.ends_on):
        return known
    if known.assignments.filter(done_on__isnull=False).exists():
        raise RefusedError(
            f"Строка {number}: по прежней дате ({known.ends_on:%d.%m.%Y}) уже есть отметки об исполнении.",
            "Перенесите срок на странице задачи с указанием основания.",
        )
    known.starts_on, known.ends_on, known.is_tentative = entry.starts_on, entry.ends_on, entry.is_tentative
    known.origin_label = entry.label.strip()[:300] or known.origin_label
    known.save(update_fields=["starts_on", "ends_on", "is_tentative", "origin_label"])
    return known


def waiting_for_schedule(scope: Scope, years: Iterable[int]) -> QuerySet[Activity]:
    """Activities of plans in force that the person keeps and that have no dates of the schedule in the years."""
    bound = Occurrence.objects.filter(activity=OuterRef("pk"), year__in=list(years), cancelled_at__isnull=True)
    return by_schedule_activities(scope).filter(~Exists(bound))


def by_schedule_activities(scope: Scope) -> QuerySet[Activity]:
    """Activities «по графику» of plans in force that the person keeps."""
    return (
        Activity.objects.filter(
            scope.filter(Permission.EDIT_PLANS, "plan__owner__"),
            plan__status=PlanStatus.APPROVED,
            dropped_at__isnull=True,
            source__isnull=True,
            terms__icontains=EXTERNAL,
        )
        .select_related("plan__owner", "section")
        .prefetch_related("occurrences")
        .order_by("plan_id", "position")
    )


def is_month_of_schedules(today: dt.date) -> bool:
    """Whether the outside schedules usually come out now."""
    return today.month in execution_policy().schedule_months
