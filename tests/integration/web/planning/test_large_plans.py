"""Pages of a plan cost the same whether it has a hundred activities or five hundred: queries, and what is drawn."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from msoko.cycle.planning.api import (
    Dependency,
    DependencyState,
    Plan,
    accept_plan_import,
    approve_plan,
    decide_dependencies,
    decide_unit,
    open_plan_import,
    preview_of,
    propose_dependencies,
)
from msoko.foundation.access.api import Role
from tests.factories import orgs, plans, tasks
from tests.factories.large_plans import large_plan
from tests.integration.web.pages import client_of

pytestmark = pytest.mark.django_db(transaction=True)

FEW, MANY = 100, 500
#: most that any page of a plan is, in bytes
LARGEST = 150 * 1024
PAGES = (
    ("plan", ""), ("plan", "?q=мониторинг"), ("plan", "?state=overdue"), ("plan", "?only=asked"),
    ("calendar", "?shown=2026-11"), ("calendar", "?shown=2026-11&long=1"), ("calendar", "?view=year&shown=2026-11"),
    ("gantt", ""), ("gantt", "?zoom=month&shown=2026-11"), ("load", ""),
    ("network", ""), ("sections", ""), ("roll_over", ""),
)  # fmt: skip


@pytest.fixture
def area() -> orgs.Place:
    return orgs.place(3)


def _plan(area: orgs.Place, activities: int) -> Plan:
    data = plans.as_xlsx(large_plan(activities, schools=3))
    session = open_plan_import(
        orgs.system_act(), owner=area.municipality, file_name="план.xlsx", data=data, start_year=2026, years=3
    )
    session.refresh_from_db()
    for raw in preview_of(session).unknown_units:
        session = decide_unit(
            orgs.system_act(), session=session, version=session.version, raw=raw, addressee={"kind": "external"},
            is_remembered=True,
        )  # fmt: skip
    plan = accept_plan_import(orgs.system_act(), session=session, version=session.version)
    propose_dependencies(orgs.system_act(), plan=plan)
    proposed = Dependency.objects.filter(predecessor__plan=plan).order_by("pk").values_list("pk", flat=True)
    decide_dependencies(
        orgs.system_act(), plan=plan, keys=proposed[: len(proposed) // 2], state=DependencyState.CONFIRMED
    )
    return approve_plan(orgs.system_act(), plan=plan, approved_on=tasks.days(-1), basis="Приказ № 1")


def test_pages_of_a_plan_take_as_many_queries_with_five_hundred_activities(area: orgs.Place) -> None:
    client = client_of(orgs.account(Role.SPECIALIST, area.authority))
    few, many = _plan(area, FEW), _plan(area, MANY)
    assert (few.activities.count(), many.activities.count()) == (FEW, MANY)
    client.get("/")
    costs = {page: (_cost(client, few, *page), _cost(client, many, *page)) for page in PAGES}
    assert {page: small[0] for page, (small, _) in costs.items()} == {page: big[0] for page, (_, big) in costs.items()}
    too_large = {page: big[1] for page, (_, big) in costs.items() if big[1] > LARGEST}
    assert too_large == {}


def _cost(client: Client, plan: Plan, name: str, query: str) -> tuple[int, int]:
    """Queries and bytes of a page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        response = client.get(reverse(f"office:planning:{name}", args=[plan.pk]) + query)
    assert response.status_code == 200
    return len(caught), len(response.content)
