"""Filters of plans: one value, read from the address, that the table, the calendar, the charts and the files share."""

from __future__ import annotations

import datetime as dt

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
from msoko.web.office.planning.timeline import months_of


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


def jump_options(query: QueryDict, first: dt.date, last: dt.date) -> dict[str, object]:
    """What the field that leads to a month needs: months, and what of the address stays."""
    kept = [(name, value) for name, value in query.items() if name not in {"shown", "page"} and value]
    return {"jump_months": months_of(first, last), "jump_kept": kept}


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
