"""The demo's plans are lived through: the year that is over has its outcome, this year is under way."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from msoko.cli.demo.execution import live_through
from msoko.cycle.planning.api import (
    ActivityRequest,
    Assignment,
    AssignmentState,
    Plan,
    Postponement,
    deal_out,
    facts_of,
    state_of,
)
from tests.factories import orgs, tasks

pytestmark = pytest.mark.django_db
S = AssignmentState


def _plan(place: orgs.Place, year: int) -> Plan:
    where = tasks.plan(place.municipality, start_year=year)
    for number in range(40):
        month, start = 9 + number % 12, year
        day = dt.date(start + (month > 12), (month - 1) % 12 + 1, 1 + number % 27)
        made = tasks.activity(where, f"Мероприятие {number}")
        tasks.deliverable(made)
        tasks.group(made)
        tasks.term(made, day)
    asked = tasks.activity(where, "Консультации", terms=[{"status": "on_request"}])
    tasks.unit(asked, organization=place.advisory_service)
    deal_out(orgs.system_act(), where)
    return where


def _states(where: Plan, day: dt.date) -> dict[AssignmentState, int]:
    rows = Assignment.objects.filter(occurrence__activity__plan=where).select_related("occurrence")
    found: dict[AssignmentState, int] = {}
    for row in rows:
        state = state_of(facts_of(row), day)
        found[state] = found.get(state, 0) + 1
    return found


def test_a_year_that_is_over_is_done_but_for_a_few() -> None:
    place = orgs.place(4)
    where = _plan(place, 2024)
    live_through(where, until=dt.date(2025, 8, 31), answerer="Полевая И. С.")
    states = _states(where, dt.date(2025, 8, 31))
    total = sum(states.values())
    assert states[S.CONFIRMED] > 0.6 * total
    assert 0 < states[S.CONFIRMED_LATE] < 0.25 * total
    assert 0 < states.get(S.OVERDUE, 0) < 0.1 * total
    assert Postponement.objects.exists()
    assert ActivityRequest.objects.exclude(result="").exists()
    assert Assignment.objects.filter(done_on__gt=dt.date(2025, 8, 31)).count() == 0


def test_this_year_is_lived_up_to_its_day_only() -> None:
    place = orgs.place(4)
    today = timezone.localdate()
    where = _plan(place, today.year if today.month >= 9 else today.year - 1)
    live_through(where, until=today, answerer="Полевая И. С.")
    assert not Assignment.objects.filter(done_on__gt=today).exists()
    assert {S.WAITING, S.CONFIRMED} & set(_states(where, today))


def test_the_same_plan_lives_the_same_life() -> None:
    place = orgs.place(2)
    outcomes = []
    for _ in range(2):
        where = _plan(place, 2024)
        live_through(where, until=dt.date(2025, 8, 31), answerer="Полевая И. С.")
        rows = Assignment.objects.filter(occurrence__activity__plan=where).order_by("pk")
        outcomes.append(list(rows.values_list("organization", "done_on", "delay_reason", "remark")))
    assert outcomes[0] == outcomes[1]
