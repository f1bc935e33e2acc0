"""Reading plans, within what the person may see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet

from msoko.cycle.planning.enums import PlanStatus
from msoko.cycle.planning.models import Activity, ActivityUnit, Occurrence, Plan, PlanImport
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.audit.api import AuditEvent


def plans_visible(scope: Scope) -> QuerySet[Plan]:
    """Plans of the organizations in scope, and approved ones of everything above them: a school reads the
    municipality's plan."""
    plans = Plan.objects.select_related("owner", "previous", "parent_activity")
    if scope.is_everything:
        return plans
    above = scope.above(Permission.SEE_PLANS, "owner__")
    return plans.filter(scope.filter(Permission.SEE_PLANS, "owner__") | (above & ~Q(status=PlanStatus.DRAFT)))


def with_counts(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Plans annotated with `activity_count` and `question_count` (activities with remarks of reading)."""
    current = Q(activities__dropped_at__isnull=True)
    return plans.annotate(
        activity_count=Count("activities", filter=current),
        question_count=Count("activities", filter=current & ~Q(activities__warnings=[])),
    )


def activities_of(plan: Plan) -> QuerySet[Activity]:
    """Activities of a plan in order with units, results and occurrences: four queries whatever their number."""
    return activities_in([plan])


def activities_in(plans: Iterable[Plan]) -> QuerySet[Activity]:
    """`activities_of` for several plans, plan by plan."""
    units = ActivityUnit.objects.select_related("organization", "department", "body", "appointment__person")
    return (
        Activity.objects.filter(plan__in=list(plans))
        .select_related("section__parent__parent__parent")
        .prefetch_related(
            Prefetch("units", units),
            "deliverables",
            Prefetch("occurrences", Occurrence.objects.select_related("source")),
        )
        .order_by("plan_id", "position")
    )


def activity_history(activity: Activity) -> list[AuditEvent]:
    """Acts on a row of a plan, newest first."""
    rows = AuditEvent.objects.filter(object_kind="activity", object_id=str(activity.pk))
    return list(rows.order_by("-id")[:50])


def imports_visible(scope: Scope) -> QuerySet[PlanImport]:
    """Imports of those who may edit the plans of their owner."""
    rows = PlanImport.objects.select_related("owner__parent", "plan", "job")
    return rows.filter(scope.filter(Permission.EDIT_PLANS, "owner__"))
