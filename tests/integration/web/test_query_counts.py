"""Pages take the same number of queries with 3 organizations as with 30."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from msoko.foundation.access.api import Role
from msoko.foundation.orgs.api import OrganizationContext
from msoko.foundation.roster.api import AppointmentKind, BodyKind, PersonEntry, add_person, create_body, set_members
from tests.factories import orgs
from tests.factories.orgs import Place
from tests.integration.web.pages import client_of, queries

pytestmark = pytest.mark.django_db

LIMIT = 14
PAGES = (
    "office:home",
    "office:organizations:list",
    "office:organizations:export",
    "office:people:list",
    "office:people:bodies",
    "office:people:export",
    "office:journal:list",
    "office:access:list",
    "office:access:roles",
    "office:jobs:list",
)


def _grow(place: Place, first: int, last: int) -> None:
    act = orgs.system_act()
    year = orgs.school_year()
    for number in range(first, last + 1):
        school = orgs.school(place.municipality, 100 + number)
        OrganizationContext.objects.create(organization=school, school_year=year, enrolment=number)
        orgs.account(Role.SCHOOL_HEAD, school)
        entry = PersonEntry(last_name=f"Иванова{number}")
        member = add_person(act, entry=entry, organization=school, kind=AppointmentKind.COORDINATOR)
        body = create_body(act, organization=school, kind=BodyKind.COUNCIL, name=f"Совет {number}")
        set_members(act, body=body, members=[member])


def _client(place: Place) -> Client:
    user = orgs.account(Role.ADMINISTRATOR, place.authority)
    return client_of(user)


@pytest.mark.parametrize("page", PAGES)
def test_lists_take_as_many_queries_with_thirty_organizations_as_with_three(page: str) -> None:
    place = orgs.place(0)
    client = _client(place)
    url = reverse(page)
    _grow(place, 1, 3)
    few = queries(lambda: client.get(url))
    _grow(place, 4, 30)
    many = queries(lambda: client.get(url))
    assert many == few
    assert many <= LIMIT


def test_the_passport_takes_as_many_queries_with_more_people() -> None:
    place = orgs.place(1)
    client = _client(place)
    url = reverse("office:organizations:detail", args=[place.schools[0].pk])
    act = orgs.system_act()
    counts = []
    for size in (2, 12):
        for number in range(size):
            entry = PersonEntry(last_name=f"Иванова{number}")
            add_person(act, entry=entry, organization=place.schools[0], kind=AppointmentKind.EXPERT)
        counts.append(queries(lambda: client.get(url)))
    assert counts[0] == counts[1]
