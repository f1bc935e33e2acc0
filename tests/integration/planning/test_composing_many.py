"""The analysis of many tasks is composed by a job; its page tells how far it is."""

from __future__ import annotations

import pytest
from django.urls import reverse

from msoko.cycle.planning import composing
from msoko.cycle.planning.api import PlanAnalysis
from msoko.foundation.access.api import Role
from msoko.foundation.jobs.api import Job, JobState, run_all
from tests.factories import orgs, tasks
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db


def test_a_large_analysis_is_composed_by_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "AT_ONCE", 1)
    place = orgs.place(2)
    plan = tasks.plan(place.municipality)
    found = tasks.activity(plan)
    tasks.group(found)
    tasks.term(found, tasks.days(-5))
    tasks.dealt(plan)
    specialist = client_of(orgs.account(Role.SPECIALIST, place.authority))
    address = reverse("office:planning:analysis", args=[plan.pk])
    specialist.post(reverse("office:planning:analysis_compose", args=[plan.pk]), {"year": plan.start_year})
    assert not PlanAnalysis.objects.exists()
    assert "страницу можно закрыть, работа продолжится" in text_of(specialist.get(address))
    assert run_all() == 1
    assert Job.objects.get().state == JobState.DONE
    assert PlanAnalysis.objects.get().plan == plan
    assert "Составить заново" in text_of(specialist.get(address))


def test_a_stopped_composing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "AT_ONCE", -1)
    place = orgs.place(1)
    plan = tasks.plan(place.municipality)
    specialist = client_of(orgs.account(Role.SPECIALIST, place.authority))
    specialist.post(reverse("office:planning:analysis_compose", args=[plan.pk]), {"year": plan.start_year})
    Job.objects.update(state=JobState.CANCELLED)
    page = text_of(specialist.get(reverse("office:planning:analysis", args=[plan.pk])))
    assert "Анализ не составлен заново" in page
