"""Which role opens which page; what is foreign is «not found»."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from msoko.foundation.access.api import Permission, Role
from tests.factories import orgs
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db

ALL = set(Role)
REGISTRY = ALL - {Role.REGIONAL_VIEWER}
EDITORS = {Role.ADMINISTRATOR, Role.SPECIALIST}
JOURNAL = {Role.ADMINISTRATOR, Role.AUTHORITY_HEAD, Role.SPECIALIST, Role.SCHOOL_HEAD}
PAGES = {
    "office:home": ALL,
    "office:search": ALL,
    "office:jobs:list": ALL,
    "office:organizations:list": REGISTRY,
    "office:organizations:export": REGISTRY,
    "office:people:list": REGISTRY,
    "office:people:bodies": REGISTRY,
    "office:people:export": REGISTRY,
    "office:organizations:add": EDITORS,
    "office:organizations:import": EDITORS,
    "office:organizations:import_sample": EDITORS,
    "office:people:add": EDITORS,
    "office:people:body_add": EDITORS,
    "office:journal:list": JOURNAL,
    "office:journal:export": JOURNAL,
    "office:access:list": {Role.ADMINISTRATOR},
    "office:access:roles": {Role.ADMINISTRATOR},
    "office:access:add": {Role.ADMINISTRATOR},
}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_for_its_roles_only(page: str) -> None:
    place = orgs.place()
    opened = {
        role for role in Role if client_of(orgs.account(role, place.authority)).get(reverse(page)).status_code == 200
    }
    assert opened == PAGES[page]


@pytest.mark.parametrize("page", PAGES)
def test_each_page_sends_strangers_to_the_sign_in(page: str) -> None:
    response = Client().get(reverse(page))
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


def test_a_forbidden_page_says_what_to_do() -> None:
    place = orgs.place()
    response = client_of(orgs.account(Role.OBSERVER, place.municipality)).get(reverse("office:journal:list"))
    assert response.status_code == 403
    assert "Этот раздел не входит в вашу роль." in text_of(response)


def test_a_school_does_not_learn_that_another_exists() -> None:
    place = orgs.place()
    client = client_of(orgs.account(Role.SCHOOL_COORDINATOR, place.schools[0]))
    own, foreign = (reverse("office:organizations:detail", args=[school.pk]) for school in place.schools[:2])
    missing = reverse("office:organizations:detail", args=[10_000])
    assert [client.get(url).status_code for url in (own, foreign, missing)] == [200, 404, 404]
    listed = text_of(client.get(reverse("office:organizations:list")))
    assert "МБОУ СОШ № 1" in listed
    assert "МБОУ СОШ № 2" not in listed


def test_the_menu_shows_only_what_opens() -> None:
    place = orgs.place()
    page = text_of(client_of(orgs.account(Role.REGIONAL_VIEWER, place.region)).get(reverse("office:home")))
    assert reverse("office:jobs:list") in page
    for closed in ("organizations", "people", "journal", "access"):
        assert f'href="{reverse(f"office:{closed}:list")}"' not in page


def test_every_role_of_the_matrix_stands_with_every_permission() -> None:
    place = orgs.place()
    page = text_of(client_of(orgs.account(Role.ADMINISTRATOR, place.authority)).get(reverse("office:access:roles")))
    assert page.count("<tr>") == len(Permission) + 1
    assert "Ведёт учётные записи и роли" in page


def test_search_finds_only_what_is_in_sight() -> None:
    place = orgs.place()
    client = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    assert "МБОУ СОШ № 1" in text_of(client.get(reverse("office:search"), {"q": "сош"}))
    assert "ничего не найдено" in text_of(client.get(reverse("office:search"), {"q": "сош № 2"}))
    assert "Наберите не меньше двух букв" in text_of(client.get(reverse("office:search"), {"q": "с"}))
