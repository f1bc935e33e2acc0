"""Classes of a school are entered as a table, by whoever may; what changed is journalled."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from msoko.foundation.access.api import Role
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.orgs.api import ClassGroup, Organization, OrganizationKind, SchoolYear
from tests.factories import orgs
from tests.integration.web.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> orgs.Place:
    orgs.school_year()
    return orgs.place()


def save(client: Client, school: Organization, *rows: tuple[str, str, str]) -> tuple[int, str]:
    names = ("grade", "letter", "pupils")
    data = {f"class-{n}-{name}": value for n, row in enumerate(rows) for name, value in zip(names, row, strict=True)}
    response = client.post(reverse("office:organizations:classes", args=[school.pk]), data, follow=True)
    return response.status_code, str(response.content.decode())


def stored(school: Organization) -> list[tuple[int, str, int | None]]:
    return list(ClassGroup.objects.filter(organization=school).values_list("grade_level", "letter", "enrolment"))


def test_a_table_adds_changes_and_removes_classes(place: orgs.Place) -> None:
    school, client = place.schools[0], client_of(orgs.account(Role.SPECIALIST, place.authority))
    assert save(client, school, ("5", "А", "25"), ("5б", "", "24,0"), ("11", "", ""), ("", "", ""))[0] == 200
    assert stored(school) == [(5, "А", 25), (5, "Б", 24), (11, "", None)]
    _, page = save(client, school, ("5", "a", "27"), ("", "", ""), ("11", "", ""))  # Latin «a» is the same letter
    assert stored(school) == [(5, "А", 27), (11, "", None)]
    assert "изменено: 5А, удалено: 5Б" in page
    event = AuditEvent.objects.filter(event="orgs.classes.changed").latest("pk")
    assert event.details == {"added": [], "changed": ["5А"], "removed": ["5Б"]}
    assert "Ничего не изменилось" in save(client, school, ("5", "А", "27"), ("11", "", ""))[1]
    assert AuditEvent.objects.filter(event="orgs.classes.changed").count() == 2


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("5", "А", "25"), ("5А", "", "")], "Класс 5А стоит в строках 1 и 2"),
        ([("12", "А", "25")], "параллель «12» не от 1 до 11"),
        ([("5", "А", "много")], "обучающихся «много»"),
        ([("5", "А", "201")], "не целое число от 0 до 200"),
        ([], "Таблица классов не получена"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(
    place: orgs.Place, rows: list[tuple[str, str, str]], words: str
) -> None:
    school, client = place.schools[0], client_of(orgs.account(Role.SPECIALIST, place.authority))
    save(client, school, ("7", "А", "20"))
    status, page = save(client, school, *rows)
    assert (status, words in page, stored(school)) == (400, True, [(7, "А", 20)])


def test_the_coordinator_keeps_the_classes_of_the_own_school_only(place: orgs.Place) -> None:
    client = client_of(orgs.account(Role.SCHOOL_COORDINATOR, place.schools[0]))
    assert save(client, place.schools[0], ("5", "А", "25"))[0] == 200
    assert save(client, place.schools[1], ("5", "А", "25"))[0] == 404
    head = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    assert save(head, place.schools[0], ("5", "Б", "25"))[0] == 403
    page = head.get(reverse("office:organizations:detail", args=[place.schools[0].pk])).content.decode()
    assert reverse("office:organizations:classes", args=[place.schools[0].pk]) not in page
    assert stored(place.schools[0]) == [(5, "А", 25)]


def test_a_kindergarten_has_no_classes(place: orgs.Place) -> None:
    garden = orgs.organization(OrganizationKind.PRESCHOOL, "Детский сад № 2", place.municipality)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    assert client.get(reverse("office:organizations:classes", args=[garden.pk])).status_code == 404


def test_classes_of_the_year_before_are_offered_a_grade_higher(place: orgs.Place) -> None:
    school, client = place.schools[0], client_of(orgs.account(Role.SPECIALIST, place.authority))
    now = SchoolYear.objects.get()
    last = orgs.school_year(now.start_year - 1)
    for grade in (4, 11):
        ClassGroup.objects.create(organization=school, school_year=last, grade_level=grade, letter="А", enrolment=20)
    response = client.get(reverse("office:organizations:classes", args=[school.pk]) + "?promote=1")
    assert [row for row in response.context["rows"] if any(row)] == [["5", "А", "20"]]
    assert ClassGroup.objects.filter(school_year=now).count() == 0
