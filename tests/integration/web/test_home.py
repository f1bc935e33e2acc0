"""«Мои задачи»: what waits for a person, and nothing of others."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from msoko.foundation.access.api import Role
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.jobs.api import Job, JobState
from msoko.foundation.orgs.api import OrganizationContext
from tests.factories import orgs
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db


def _titles(user: orgs.User) -> list[str]:
    return [task.title for task in client_of(user).get(reverse("office:home")).context["tasks"]]


def _job(user: orgs.User, *, state: JobState, days_ago: int = 0) -> Job:
    at = timezone.now() - dt.timedelta(days=days_ago)
    return Job.objects.create(
        kind="tests", title="Чтение файлов", state=state, created_at=at, finished_at=at, error="Файл не прочитан.",
        created_by=user.actor_label, created_by_id=user.actor_id,
    )  # fmt: skip


def test_an_empty_registry_asks_for_its_list() -> None:
    place = orgs.place(0)
    assert _titles(orgs.account(Role.SPECIALIST, place.authority)) == ["Загрузить список организаций"]


def test_what_the_registry_lacks_is_counted_and_found() -> None:
    place = orgs.place(3)
    year = orgs.school_year()
    place.schools[0].exam_code = "990101"
    place.schools[0].save()
    OrganizationContext.objects.create(organization=place.schools[1], school_year=year, enrolment=10)
    user = orgs.account(Role.SPECIALIST, place.authority)
    client = client_of(user)
    tasks = client.get(reverse("office:home")).context["tasks"]
    assert [task.title for task in tasks] == [
        "Графики оценочных процедур не утверждены", "Указать коды ОО в протоколах ГИА", "Ввести контекстные данные",
    ]  # fmt: skip
    assert "2 школы" in tasks[1].basis.replace("\u00a0", " ")
    shown = client.get(tasks[2].url).context["page"]
    assert [row.short_name for row in shown] == ["МБОУ СОШ № 1", "МБОУ СОШ № 3"]


def test_those_who_only_look_have_no_tasks_of_the_registry() -> None:
    place = orgs.place()
    assert _titles(orgs.account(Role.OBSERVER, place.municipality)) == []


def test_a_failed_job_waits_for_the_one_who_asked_for_it() -> None:
    place = orgs.place()
    user, other = (orgs.account(Role.ADVISER, place.authority) for _ in range(2))
    _job(user, state=JobState.FAILED)
    _job(user, state=JobState.FAILED, days_ago=9)
    _job(user, state=JobState.DONE)
    assert _titles(user) == ["Чтение файлов"]
    assert _titles(other) == []


def test_jobs_are_seen_and_cancelled_by_their_owner_only() -> None:
    place = orgs.place()
    user, other = (orgs.account(Role.SPECIALIST, place.authority) for _ in range(2))
    job = _job(user, state=JobState.QUEUED)
    cancel = reverse("office:jobs:cancel", args=[job.pk])
    foreign = client_of(other)
    assert foreign.get(reverse("office:jobs:detail", args=[job.pk])).status_code == 404
    assert foreign.get(reverse("office:jobs:progress", args=[job.pk])).status_code == 404
    assert foreign.post(cancel).status_code == 404
    client_of(user).post(cancel)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_a_finished_job_reloads_the_page_that_waits() -> None:
    user = orgs.account(Role.SPECIALIST, orgs.place().authority)
    client = client_of(user)
    done, running = _job(user, state=JobState.DONE), _job(user, state=JobState.RUNNING)
    progress = [reverse("office:jobs:progress", args=[job.pk]) for job in (done, running)]
    assert client.get(progress[0], {"reload": "1"}).headers.get("HX-Refresh") == "true"
    assert client.get(progress[0]).headers.get("HX-Refresh") is None
    still = client.get(progress[1], {"reload": "1"})
    assert still.headers.get("HX-Refresh") is None
    assert "every 1s" in text_of(still)


def test_pages_are_not_kept_by_a_shared_browser() -> None:
    response = client_of(orgs.account(Role.SPECIALIST, orgs.place().authority)).get(reverse("office:home"))
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_the_begun_school_year_is_opened_by_those_who_keep_the_registry() -> None:
    place = orgs.place()
    orgs.school_year(2020)
    today = timezone.localdate()
    begun = today.year if today.month >= 9 else today.year - 1
    url = reverse("office:school_year")
    assert client_of(orgs.account(Role.ADVISER, place.authority)).post(url, {"open": begun}).status_code == 403
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    assert f"Открыть {begun}/" in text_of(client.get(reverse("office:home")))
    assert client.post(url, {"open": begun + 5}).status_code == 400
    client.post(url, {"open": begun})
    page = client.get(reverse("office:organizations:list"))
    assert page.context["year"].start_year == begun
    assert "Открыть" not in text_of(page)
    assert AuditEvent.objects.filter(event="orgs.school_year.opened").count() == 1
