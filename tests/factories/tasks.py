"""Plans in force with terms and tasks, by plain functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from msoko.cycle.planning.api import (
    Activity,
    ActivityUnit,
    Assignment,
    Deliverable,
    Dependency,
    Occurrence,
    Plan,
    PlanStatus,
    UnitKind,
    UnitRole,
    deal_out,
)
from msoko.cycle.planning.enums import DependencyState
from msoko.foundation.orgs.api import Organization, start_year_of
from tests.factories import orgs


def days(count: int) -> dt.date:
    """The day so many days from today."""
    return timezone.localdate() + dt.timedelta(days=count)


def plan(owner: Organization, **values: Any) -> Plan:
    known: dict[str, Any] = {
        "title": "Циклограмма оценки качества", "status": PlanStatus.APPROVED, "approved_on": days(-30),
        "start_year": start_year_of(timezone.localdate()), "created_at": timezone.now(), "created_by": "Тест",
    }  # fmt: skip
    return Plan.objects.create(owner=owner, **known | values)


def activity(where: Plan, title: str = "Провести диагностику", **values: Any) -> Activity:
    position = where.activities.count() + 1
    return Activity.objects.create(
        **{"plan": where, "position": position, "number": f"{position}.", "title": title} | values
    )


def unit(of: Activity, **values: Any) -> ActivityUnit:
    """A responsible unit; the first is the lead, a school by default named by `organization`."""
    position = of.units.count()
    role = UnitRole.LEAD if position == 0 else UnitRole.CO
    known: dict[str, Any] = {"raw": "ОО", "role": role, "kind": UnitKind.ORGANIZATION, "position": position}
    return ActivityUnit.objects.create(activity=of, **known | values)


def group(of: Activity, kind: str = "school", **values: Any) -> ActivityUnit:
    return unit(of, raw="ОО", kind=UnitKind.GROUP, group=kind, **values)


def deliverable(of: Activity, text: str = "Приказ о проведении", kind: str = "order") -> Deliverable:
    return Deliverable.objects.create(activity=of, position=of.deliverables.count(), text=text, kind=kind)


def term(of: Activity, ends_on: dt.date | None = None, **values: Any) -> Occurrence:
    known: dict[str, Any] = {"year": of.plan.start_year, "position": of.occurrences.count() + 1, "ends_on": ends_on}
    return Occurrence.objects.create(activity=of, **known | values)


def needs(successor: Activity, predecessor: Activity, state: str = DependencyState.CONFIRMED) -> Dependency:
    return Dependency.objects.create(predecessor=predecessor, successor=successor, state=state)


def dealt(where: Plan) -> list[Assignment]:
    """All tasks of the plan after dealing out."""
    deal_out(orgs.system_act(), where)
    return list(Assignment.objects.filter(occurrence__activity__plan=where).order_by("pk"))


def task(
    owner: Organization, executor: Organization, ends_on: dt.date | None = None, *, title: str = "Провести диагностику",
    results: Sequence[str] = (), **values: Any,
) -> Assignment:  # fmt: skip
    """A task of one organization in a plan of `owner`."""
    made = activity(plan(owner), title)
    unit(made, organization=executor, raw=executor.short_name)
    for text in results:
        deliverable(made, text)
    term(made, ends_on, **values)
    return dealt(made.plan)[0]
