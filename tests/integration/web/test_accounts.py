"""Accounts and roles as their administrator handles them; the journal shows it."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from msoko.foundation.access.api import Membership, Role
from msoko.foundation.audit.api import AuditEvent, event_title
from tests.factories import orgs
from tests.factories.orgs import Place
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return orgs.place()


@pytest.fixture
def administrator(place: Place) -> Client:
    return client_of(orgs.account(Role.ADMINISTRATOR, place.authority))


def test_a_role_is_granted_once_and_withdrawn(place: Place, administrator: Client) -> None:
    user = orgs.account(Role.SPECIALIST, place.authority)
    grant = reverse("office:access:grant", args=[user.pk])
    given = {"organization": place.schools[0].pk, "role": Role.OBSERVER.value}
    assert administrator.post(grant, given).status_code == 302
    assert administrator.post(grant, given).status_code == 400
    membership = Membership.objects.get(user=user, role=Role.OBSERVER)
    administrator.post(reverse("office:access:withdraw", args=[membership.pk]))
    assert not Membership.objects.filter(user=user, role=Role.OBSERVER).exists()


def test_nobody_withdraws_their_own_administration(place: Place) -> None:
    user = orgs.account(Role.ADMINISTRATOR, place.authority)
    membership = Membership.objects.get(user=user)
    answer = client_of(user).post(reverse("office:access:withdraw", args=[membership.pk]))
    assert answer.status_code == 400
    assert "Свою роль администратора отозвать нельзя." in text_of(answer)


def test_a_blocked_account_is_out_at_once(place: Place, administrator: Client) -> None:
    user = orgs.account(Role.SPECIALIST, place.authority)
    client = client_of(user)
    administrator.post(reverse("office:access:active", args=[user.pk]), {"active": "0"})
    assert client.get(reverse("office:home")).status_code == 302


def test_a_new_password_ends_open_sessions(place: Place, administrator: Client) -> None:
    user = orgs.account(Role.SPECIALIST, place.authority, password="прежний-пароль-1")
    client = client_of(user)
    administrator.post(reverse("office:access:password", args=[user.pk]))
    assert client.get(reverse("office:home")).url.startswith("/accounts/login/")


def test_a_school_does_not_renew_the_password_of_the_authority(place: Place) -> None:
    school = place.schools[0]
    user = orgs.account(Role.SCHOOL_HEAD, school)
    orgs_role = Membership.objects.get(user=user)
    Membership.objects.create(
        user=user, organization=place.authority, role=Role.SPECIALIST.value, valid_from=orgs_role.valid_from
    )
    school_administrator = client_of(orgs.account(Role.ADMINISTRATOR, school))
    assert school_administrator.post(reverse("office:access:password", args=[user.pk])).status_code == 403


def test_accounts_of_other_places_do_not_exist_here(place: Place) -> None:
    stranger = orgs.account(Role.SPECIALIST, place.authority)
    client = client_of(orgs.account(Role.ADMINISTRATOR, place.schools[0]))
    assert client.get(reverse("office:access:detail", args=[stranger.pk])).status_code == 404


def test_a_taken_name_is_refused_at_the_form(place: Place, administrator: Client) -> None:
    taken = orgs.account(Role.OBSERVER, place.municipality).username
    given = {"last_name": "Иванова", "username": taken, "organization": place.authority.pk, "role": "observer"}
    page = administrator.post(reverse("office:access:add"), given)
    assert page.status_code == 400
    assert f"Имя для входа «{taken}» уже занято." in text_of(page)


def test_the_journal_shows_the_scope_and_filters_it(place: Place) -> None:
    administrator = orgs.account(Role.ADMINISTRATOR, place.authority)
    client = client_of(administrator)
    given = {"kind": "school", "short_name": "МБОУ СОШ № 8"}
    client.post(reverse("office:organizations:add"), given)
    journal = reverse("office:journal:list")
    assert "МБОУ СОШ № 8" in text_of(client.get(journal))
    created = client.get(journal, {"event": "orgs.organization.created", "actor": administrator.pk}).context["page"]
    assert [event.object_label for event in created] == ["МБОУ СОШ № 8"]
    assert list(client.get(journal, {"to": "2000-01-01"}).context["page"]) == []
    assert client.get(journal, {"from": "2025-02-31", "to": "вчера"}).status_code == 200
    head = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    assert "МБОУ СОШ № 8" not in text_of(head.get(journal))


def test_the_journal_is_downloaded_and_remembers_that(place: Place) -> None:
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    client.post(reverse("office:organizations:add"), {"kind": "school", "short_name": "МБОУ СОШ № 8"})
    response = client.get(reverse("office:journal:export"))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    cells = {cell for row in book["Журнал"].iter_rows(values_only=True) for cell in row}
    assert {event_title("orgs.organization.created"), "МБОУ СОШ № 8"} <= cells
    assert AuditEvent.objects.filter(event="audit.journal.downloaded").exists()


def test_the_journal_cannot_be_changed() -> None:
    orgs.account(None, orgs.place().authority)
    event = AuditEvent(at=orgs.system_act().at, actor_id="", actor_label="", event="jobs.job.cancelled")
    event.save()
    with pytest.raises(TypeError, match="append-only"):
        event.save()
    with pytest.raises(TypeError, match="append-only"):
        event.delete()
