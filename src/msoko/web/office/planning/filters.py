"""Filters of plans: one value, read from the address, that the table, the calendar, the charts and the files share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from msoko.cycle.planning.api import Activity, AssignmentState, Plan, UnitKind, states_of_plan
from msoko.foundation.catalog.cycle import direction_titles, part_titles, result_titles
from msoko.web.office.planning.rows import activity_row
from msoko.web.ui.middleware import WorkplaceRequest

States = Mapping[int, AssignmentState]


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """Empty fields let everything through."""

    words: tuple[str, ...] = ()
    direction: str = ""
    cycle_part: str = ""
    unit: str = ""
    organization: str = ""
    person: str = ""
    month: str = ""
    result: str = ""
    state: str = ""
    only: str = ""

    def fits(self, activity: Activity, states: States) -> bool:
        """Whether an activity of `activities_of` passes."""
        return (
            self._fits_words(activity)
            and self.direction in {"", activity.direction}
            and self.cycle_part in {"", activity.cycle_part}
            and self._fits_units(activity)
            and (not self.result or any(one.kind == self.result for one in activity.deliverables.all()))
            and self._fits_terms(activity, states)
            and self._fits_reading(activity)
        )

    def _fits_words(self, activity: Activity) -> bool:
        if not self.words:
            return True
        text = f"{activity.number} {activity.title} {activity.responsible_raw} {activity.deliverable_raw}".casefold()
        return all(word in text for word in self.words)

    def _fits_units(self, activity: Activity) -> bool:
        if not (self.unit or self.organization or self.person):
            return True
        units = activity.units.all()
        return (
            (not self.unit or any(one.raw == self.unit for one in units))
            and (not self.organization or any(str(one.organization_id) == self.organization for one in units))
            and (not self.person or any(one.raw == self.person and one.kind == UnitKind.PERSON for one in units))
        )

    def _fits_terms(self, activity: Activity, states: States) -> bool:
        if not (self.month or self.state):
            return True
        return any(
            (not self.month or touches_month(one.starts_on, one.ends_on, self.month))
            and (not self.state or states.get(one.pk) == self.state)
            for one in activity.occurrences.all()
        )

    def _fits_reading(self, activity: Activity) -> bool:
        if not self.only:
            return True
        row = activity_row(activity)
        if self.only == "proposed":
            return row.is_proposed
        return not ((self.only == "asked" and not row.is_asked) or (self.only == "undated" and row.dates))


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


def chosen(activities: Iterable[Activity], query: QueryDict, states: States | None = None) -> list[Activity]:
    """Activities that the filters of the address let through."""
    wanted = plan_filter(query)
    return [one for one in activities if wanted.fits(one, states or {})]


def states_for(request: WorkplaceRequest, plan: Plan, today: dt.date) -> States:
    """States for a filter by state; nothing is read when the address has none."""
    return states_of_plan(request.scope, plan, today) if request.GET.get("state") else {}


def filter_options(plan: Plan, activities: list[Activity]) -> dict[str, object]:
    """Choices of the filters: only what occurs in the plan."""
    units = [unit for one in activities for unit in one.units.all()]
    kinds = {deliverable.kind for one in activities for deliverable in one.deliverables.all()}
    directions, parts = {one.direction for one in activities}, {one.cycle_part for one in activities}
    organizations = {str(unit.organization_id): unit.organization.short_name for unit in units if unit.organization}
    return {
        "directions": [(code, title) for code, title in direction_titles().items() if code in directions],
        "parts": [(code, title) for code, title in part_titles().items() if code in parts],
        "units": sorted({unit.raw for unit in units}),
        "organizations": sorted(organizations.items(), key=lambda pair: pair[1]),
        "persons": sorted({unit.raw for unit in units if unit.kind == UnitKind.PERSON}),
        "results": [(code, title) for code, title in result_titles().items() if code in kinds],
        "states": AssignmentState.choices if plan.approved_on else (),
    }


def touches_month(starts_on: dt.date | None, ends_on: dt.date | None, month: str) -> bool:
    """Whether a window touches a month «2026-09»; a deadline counts in its month alone."""
    first, last = starts_on or ends_on, ends_on or starts_on
    return bool(first and last and f"{first:%Y-%m}" <= month <= f"{last:%Y-%m}")
