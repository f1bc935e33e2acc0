"""Reading schedules, within what the person may see."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from msoko.cycle.procedures.models import CurriculumHours, Schedule, ScheduleStatus
from msoko.foundation.access.api import Permission, Scope


def schedules_visible(scope: Scope) -> QuerySet[Schedule]:
    """Schedules of the organizations in scope, and those in force of everything above them."""
    rows = Schedule.objects.select_related("organization", "school_year", "edition_of")
    if scope.is_everything:
        return rows
    above = scope.above(Permission.SEE_PLANS, "organization__")
    return rows.filter(
        scope.filter(Permission.SEE_PLANS, "organization__") | (above & Q(status=ScheduleStatus.APPROVED))
    )


def with_work_counts(schedules: QuerySet[Schedule]) -> QuerySet[Schedule]:
    """Schedules annotated with `work_count`."""
    return schedules.annotate(work_count=Count("works"))


def hours_visible(scope: Scope) -> QuerySet[CurriculumHours]:
    """Hours of the organizations in scope."""
    rows = CurriculumHours.objects.select_related("organization", "school_year")
    return rows.filter(scope.filter(Permission.SEE_PLANS, "organization__"))
