"""The municipal table: works of schools and from above, filters, files in the published form that come back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from msoko.cycle.procedures.api import Schedule, ScheduleImport, approve_schedule, create_campaign
from msoko.foundation.access.api import Role
from msoko.foundation.jobs.api import run_all
from tests.factories import orgs, schedules
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 11)


def url(name: str, *args: object) -> str:
    return reverse(f"office:procedures:{name}", args=args)


@pytest.fixture
def place() -> orgs.Place:
    """Three schools: a schedule in force, a draft, none; a work of the municipality for all of them."""
    place = orgs.place(3)
    first, second = (schedules.schedule(school) for school in place.schools[:2])
    schedules.work(first, title="Контрольная работа № 1")
    schedules.work(first, letter="Б", subject="Физика", starts_on=dt.date(2026, 10, 12), title="Тест")
    create_campaign(
        orgs.system_act(), owner=place.municipality, procedure="VPR", subject="Математика", grade_level=5, year=2027,
        starts_on=dt.date(2027, 4, 20), ends_on=dt.date(2027, 5, 14),
    )  # fmt: skip
    approve_schedule(orgs.system_act(), schedule=first, approved_on=DAY, basis="Приказ № 1")
    schedules.work(second, starts_on=DAY, title="Контрольная работа № 2")
    return place


def specialist(place: orgs.Place) -> Client:
    return client_of(orgs.account(Role.SPECIALIST, place.municipality))


def rows(client: Client, **query: str) -> list[tuple[str, ...]]:
    page = client.get(url("schedule_table"), {"year": "2026", "view": "list"} | query).context["page"]
    return [
        (one.school.short_name, one.entry.work.class_title, one.entry.work.subject, one.state) for one in page
    ]  # fmt: skip


def test_works_of_all_schools_stand_with_the_state_of_their_schedules(place: orgs.Place) -> None:
    names = [school.short_name for school in place.schools]
    assert rows(specialist(place)) == [
        (names[0], "5-е классы", "Математика", "approved"), (names[0], "5А", "Математика", "approved"),
        (names[0], "5Б", "Физика", "approved"), (names[1], "5-е классы", "Математика", "draft"),
        (names[1], "5А", "Математика", "draft"), (names[2], "5-е классы", "Математика", "none"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"subject": "Физика"}, 1), ({"grade": "5А"}, 2), ({"grade": "5"}, 6), ({"month": "9"}, 2), ({"month": "5"}, 3),
        ({"level": "federal"}, 3), ({"kind": "Контрольная работа"}, 2), ({"state": "none"}, 1), ({"school": "0"}, 0),
    ],
)  # fmt: skip
def test_filters_keep_what_they_name(place: orgs.Place, query: dict[str, str], count: int) -> None:
    assert len(rows(specialist(place), **query)) == count


def test_grades_by_months_count_schools(place: orgs.Place) -> None:
    page = text_of(specialist(place).get(url("schedule_table"), {"year": 2026}))
    assert "20.04–14.05 (Ф)" in page
    assert "11.09" in page
    assert ", ".join(school.short_name for school in place.schools) in page


@pytest.mark.parametrize(("form", "kind"), [("schools", "xlsx"), ("schools", "docx"), ("list", "xlsx")])
def test_the_exported_table_comes_back_into_the_schedule_of_a_school(place: orgs.Place, form: str, kind: str) -> None:
    data = specialist(place).get(url("schedule_table_download", form, kind), {"year": 2026}).content
    school = place.schools[0]
    Schedule.objects.filter(organization=school).delete()
    found = schedules.schedule(school)
    client = client_of(orgs.account(Role.SCHOOL_COORDINATOR, school))
    client.post(url("schedule_import", found.pk), {"file": SimpleUploadedFile(f"график.{kind}", data)})
    run_all()
    session = ScheduleImport.objects.get()
    assert [one["message"] for one in session.problems] == ["В файле работы организаций: 3."]
    client.post(url("schedule_import_accept", session.pk))
    assert list(found.works.values_list("grade_level", "letter", "subject", "starts_on", "level")) == [
        (5, "А", "Математика", DAY, "school"), (5, "Б", "Физика", dt.date(2026, 10, 12), "school"),
    ]  # fmt: skip


def test_another_school_sees_only_its_own_works(place: orgs.Place) -> None:
    client = client_of(orgs.account(Role.SCHOOL_COORDINATOR, place.schools[1]))
    assert {row[0] for row in rows(client)} == {place.schools[1].short_name}


def test_the_table_takes_as_many_queries_for_many_works(place: orgs.Place) -> None:
    client = specialist(place)
    few = queries(lambda: client.get(url("schedule_table"), {"year": 2026}))
    for school in place.schools[1:]:
        found = Schedule.objects.filter(organization=school).first() or schedules.schedule(school)
        for number in range(5):
            schedules.work(found, starts_on=DAY + dt.timedelta(days=20 * number), subject=f"Предмет {number}")
    assert queries(lambda: client.get(url("schedule_table"), {"year": 2026})) == few
