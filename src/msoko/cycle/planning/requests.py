"""Journal of requests: each entry is a term of its activity with tasks of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from msoko.cycle.planning.assigning import deal_out_activities
from msoko.cycle.planning.enums import PlanStatus, YearKind
from msoko.cycle.planning.models import Activity, ActivityRequest, Occurrence, Plan
from msoko.foundation.access.api import Permission, Scope, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization

#: statuses of terms (`intake.terms`) of what is done when somebody asks or when it is needed
ON_REQUEST = ("on_request", "as_needed")
#: origin of an occurrence that comes from the journal
ORIGIN = "request"


@dataclass(frozen=True, slots=True)
class RequestEntry:
    """What is written down of a request. `asked_by` names whoever asked that is no organization of the registry."""

    asked_on: dt.date
    subject: str
    organization: Organization | None = None
    asked_by: str = ""
    due_on: dt.date | None = None


@transaction.atomic
def record_request(act: Act, *, activity: Activity, entry: RequestEntry) -> ActivityRequest:
    """Write a request down; its addressees get the task.

    Raises:
        RefusedError: the plan is not in force, the activity is not done on request, or the entry is not whole.
    """
    plan = activity.plan
    require(act, Permission.EDIT_PLANS, plan.owner)
    _check(plan, activity, entry, timezone.localdate(act.at))
    Plan.objects.select_for_update().get(pk=plan.pk)
    number = (activity.requests.aggregate(last=Max("number"))["last"] or 0) + 1
    label = f"Запрос № {number} от {entry.asked_on:%d.%m.%Y}: {_asker(entry)}"
    occurrence = Occurrence.objects.create(
        activity=activity, year=year_of(plan, entry.asked_on), position=activity.occurrences.count() + 1,
        part=entry.subject.strip()[:300], starts_on=entry.asked_on, ends_on=entry.due_on,
        planned_starts_on=entry.asked_on, planned_ends_on=entry.due_on, origin_kind=ORIGIN, origin_label=label[:300],
    )  # fmt: skip
    made = ActivityRequest.objects.create(
        activity=activity, occurrence=occurrence, number=number, asked_on=entry.asked_on,
        organization=entry.organization, asked_by=entry.asked_by.strip()[:300], subject=entry.subject.strip()[:1000],
        created_at=act.at, created_by=act.actor.actor_label,
    )  # fmt: skip
    Occurrence.objects.filter(pk=occurrence.pk).update(origin_id=str(made.pk))
    deal_out_activities(act, plan, [activity])
    record(
        act, "planning.request.recorded", kind="occurrence", object_id=occurrence.pk, label=activity.title[:300],
        organization=plan.owner, details={"number": number},
    )  # fmt: skip
    return made


@transaction.atomic
def write_result(act: Act, *, request: ActivityRequest, result: str) -> None:
    """What came of the request, in words; whether it is done is said by its tasks."""
    plan = request.activity.plan
    require(act, Permission.EXECUTE_TASKS, plan.owner)
    if plan.status == PlanStatus.CLOSED:
        raise RefusedError("План закрыт: результаты запросов больше не меняются.")
    if not result.strip():
        raise RefusedError("Напишите, чем закончился запрос.")
    request.result = result.strip()[:1000]
    request.save(update_fields=["result"])
    record(
        act, "planning.request.finished", kind="occurrence", object_id=request.occurrence_id,
        label=request.activity.title[:300], organization=plan.owner,
    )  # fmt: skip


def on_request_activities(scope: Scope, permission: Permission) -> QuerySet[Activity]:
    """Activities of plans in force that are done on request, where the person has the permission."""
    said = Q(pk__in=[])
    for status in ON_REQUEST:
        said |= Q(terms__icontains=status)
    rows = Activity.objects.filter(
        said, scope.filter(permission, "plan__owner__"), plan__status=PlanStatus.APPROVED, dropped_at__isnull=True,
        source__isnull=True,
    )  # fmt: skip
    return rows.select_related("plan").order_by("plan_id", "position")


def is_on_request(activity: Activity) -> bool:
    """Whether the phrase says that the activity is done when asked for or needed."""
    return any(status in ON_REQUEST for status in statuses_of(activity))


def statuses_of(activity: Activity) -> list[str]:
    """Statuses of the term of an activity by years of the plan."""
    terms = activity.terms if isinstance(activity.terms, list) else [activity.terms]
    return [str(one.get("status", "")) for one in terms if isinstance(one, dict)]


def year_of(plan: Plan, day: dt.date) -> int:
    """The year of the plan that holds the day; the nearest one for a day outside."""
    start = day.year if plan.year_kind == YearKind.CALENDAR or day.month >= 9 else day.year - 1
    return min(max(start, plan.start_year), plan.start_year + plan.years - 1)


def _check(plan: Plan, activity: Activity, entry: RequestEntry, today: dt.date) -> None:
    if plan.status != PlanStatus.APPROVED:
        raise RefusedError("Запросы записываются к мероприятиям утверждённого плана.", "Утвердите план.")
    if activity.dropped_at is not None:
        raise RefusedError("Мероприятие исключено из плана.", "Выберите другое мероприятие.")
    if not is_on_request(activity):
        raise RefusedError(
            "У этого мероприятия свои сроки.", "Журнал ведётся для мероприятий «по запросу» и «по необходимости»."
        )
    if not entry.subject.strip():
        raise RefusedError("Не указано, о чём запрос.", "Кратко напишите тему: её увидят исполнители.")
    if entry.organization is None and not entry.asked_by.strip():
        raise RefusedError("Не указано, от кого запрос.", "Выберите организацию или впишите, кто обратился.")
    if entry.asked_on > today:
        raise RefusedError("Дата запроса в будущем.", "Запишите запрос в день поступления или позже.")
    if entry.due_on is not None and entry.due_on < entry.asked_on:
        raise RefusedError("Срок ответа раньше даты запроса.", "Проверьте обе даты.")


def _asker(entry: RequestEntry) -> str:
    return entry.organization.short_name if entry.organization else entry.asked_by.strip()
