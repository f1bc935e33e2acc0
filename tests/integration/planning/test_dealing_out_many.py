"""Many tasks are dealt out by a job; what was stopped is finished."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from msoko.cycle.planning import dealing
from msoko.cycle.planning.api import Assignment, Plan, PlanStatus, approve_plan
from msoko.foundation.access.api import Role
from msoko.foundation.jobs.api import Job, JobState, run_all
from msoko.foundation.kernel.errors import RefusedError
from tests.factories import orgs, tasks
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def area() -> orgs.Place:
    return orgs.place(4)


@pytest.fixture
def plan(area: orgs.Place, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """A draft with eight tasks, where more than five are many."""
    monkeypatch.setattr(dealing, "AT_ONCE", 5)
    made = tasks.plan(area.municipality, status=PlanStatus.DRAFT, approved_on=None)
    found = tasks.activity(made)
    tasks.group(found)
    for day in (5, 50):
        tasks.term(found, tasks.days(day))
    return made


@pytest.fixture
def head(area: orgs.Place) -> Client:
    return client_of(orgs.account(Role.AUTHORITY_HEAD, area.authority))


def _approve(plan: Plan) -> Plan:
    return approve_plan(orgs.system_act(), plan=plan, approved_on=dt.date(2026, 8, 28), basis="Приказ № 1")


def test_approval_answers_before_many_tasks_are_dealt_out(plan: Plan) -> None:
    _approve(plan)
    assert Assignment.objects.count() == 0
    assert run_all() == 1
    assert Assignment.objects.count() == 8
    job = Job.objects.get()
    assert (job.state, job.result, job.progress_total) == (JobState.DONE, {"added": 8, "removed": 0}, 1)
    assert run_all() == 0


def test_a_closed_organization_is_refused_before_anything_is_asked_for(plan: Plan, area: orgs.Place) -> None:
    closed = area.schools[0]
    closed.closed_on = tasks.days(-3)
    closed.save()
    tasks.unit(plan.activities.get(), organization=closed)
    with pytest.raises(RefusedError, match="закрыт"):
        _approve(plan)
    plan.refresh_from_db()
    assert plan.status == PlanStatus.DRAFT
    assert not Job.objects.exists()


def test_what_was_stopped_is_said_and_finished_by_those_who_approve(plan: Plan, head: Client) -> None:
    _approve(plan)
    Job.objects.update(state=JobState.CANCELLED)
    address = reverse("office:planning:plan", args=[plan.pk])
    assert "Задачи розданы не всем исполнителям" in text_of(head.get(address))
    assert head.post(reverse("office:planning:deal", args=[plan.pk])).status_code == 302
    assert "Задачи раздаются исполнителям" in text_of(head.get(address))
    run_all()
    assert Assignment.objects.count() == 8
    assert "не всем" not in text_of(head.get(address))


def test_others_may_not_deal_out(plan: Plan, area: orgs.Place) -> None:
    _approve(plan)
    other = client_of(orgs.account(Role.SCHOOL_COORDINATOR, area.schools[0]))
    assert other.post(reverse("office:planning:deal", args=[plan.pk])).status_code in {302, 403, 404}
    assert Job.objects.count() == 1
