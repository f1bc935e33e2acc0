"""Filters of plans: one value, read from the address, that the table, the calendar, the charts and the files share."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from msoko.cycle.planning.api import (
    Activity,
    AssignmentState,
    Plan,
    PlanFilter,
    filtered_activities,
    values_of_plan,
)
from msoko.foundation.access.api import Scope
from msoko.foundation.catalog.cycle import direction_titles, part_titles, result_titles


def plan_filter(query: QueryDict) -> PlanFilter:
    """The filters of an address."""
    return PlanFilter(
        words=tuple(query.get("q", "")[:200].casefold().split()),
        direction=query.get("direction", ""),
        cycle_part=query.get("cycle_part", ""),
        unit=query.get("unit", ""),
        organization=query.get("organization", ""),
        person=query.get("person", ""),
        month=query.get("month", ""),
        result=query.get("result", ""),
        state=query.get("state", ""),
        only=query.get("only", ""),
    )


def chosen(scope: Scope, plan: Plan, query: QueryDict) -> QuerySet[Activity]:
    """Activities of a plan that the filters of the address let through, in order."""
    return filtered_activities(scope, plan, plan_filter(query), timezone.localdate())


def filter_options(plan: Plan) -> dict[str, object]:
    """Choices of the filters: only what occurs in the plan."""
    found = values_of_plan(plan)
    return {
        "directions": [(code, title) for code, title in direction_titles().items() if code in found.directions],
        "parts": [(code, title) for code, title in part_titles().items() if code in found.parts],
        "units": found.units,
        "organizations": found.organizations,
        "persons": found.persons,
        "results": [(code, title) for code, title in result_titles().items() if code in found.results],
        "states": AssignmentState.choices if plan.approved_on else (),
    }
