"""The first run: an empty installation is opened by its code, once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from msoko.foundation.access.api import Membership, Role
from msoko.foundation.orgs.api import Organization, OrganizationKind
from msoko.foundation.roster.api import issue_first_run_code
from tests.factories import orgs
from tests.integration.web.pages import text_of
from tests.integration.web.test_registry import HEADERS, _workbook

pytestmark = pytest.mark.django_db
FORM = {
    "region": "Орловская область",
    "municipality": "город Ливны",
    "authority": "УО г. Ливны",
    "last_name": "Иванова",
    "first_name": "Мария",
    "username": "ivanova",
    "password": "длинный-пароль-7",
    "password_again": "длинный-пароль-7",
}


@pytest.fixture
def code(home: Path) -> str:
    cache.clear()
    return issue_first_run_code(home / "keys")


def _post(**changes: Any) -> tuple[Client, Any]:
    client = Client()
    return client, client.post(reverse("office:first_run"), FORM | changes)


def test_the_municipality_is_founded_with_its_list(code: str) -> None:
    rows: list[list[Any]] = [HEADERS, ["МБОУ СОШ № 1", "МБОУ СОШ № 1", "школа", "edu1", "", ""]]
    client, answer = _post(code=code.lower(), file=_workbook(rows))
    assert answer.url == reverse("office:organizations:list")
    kinds = dict(Organization.objects.values_list("kind", "short_name"))
    assert kinds == {
        OrganizationKind.REGION: "Орловская область",
        OrganizationKind.MUNICIPALITY: "город Ливны",
        OrganizationKind.AUTHORITY: "УО г. Ливны",
        OrganizationKind.SCHOOL: "МБОУ СОШ № 1",
    }
    assert set(Membership.objects.values_list("role", flat=True)) == {Role.ADMINISTRATOR, Role.SPECIALIST}
    assert "МБОУ СОШ № 1" in text_of(client.get(answer.url))


def test_the_code_works_once(code: str, home: Path) -> None:
    _post(code=code)
    assert _post(code=code)[1].status_code == 404
    assert not (home / "keys" / "first-run.code").exists()


def test_a_wrong_code_founds_nothing_and_guessing_is_stopped(code: str) -> None:
    for _ in range(10):
        page = _post(code="0000")[1]
        assert page.status_code == 400
    assert "Слишком много попыток" in text_of(_post(code=code)[1])
    assert not Organization.objects.exists()


def test_nothing_is_founded_when_the_list_is_unreadable(code: str) -> None:
    page = _post(code=code, file=_workbook([["просто", "текст"]]))[1]
    assert page.status_code == 400
    assert not Organization.objects.exists()


def test_a_weak_password_is_refused(code: str) -> None:
    page = _post(code=code, password="123", password_again="123")[1]
    assert page.context["form"].errors["password"]
    assert not Organization.objects.exists()


def test_the_page_does_not_exist_once_something_is_founded() -> None:
    orgs.place()
    assert Client().get(reverse("office:first_run")).status_code == 404
