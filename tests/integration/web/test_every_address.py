"""Every address of the office × every role × foreign objects: nothing foreign is read, nothing foreign is changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from msoko.foundation.access.api import Role
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.orgs.api import Organization, OrganizationKind
from tests.factories import orgs
from tests.integration.web.pages import client_of
from tests.integration.web.world import (
    ADDRESSES,
    Belongings,
    address,
    municipality,
    names_an_object,
    office_views,
    own_work_of_school,
)

pytestmark = pytest.mark.django_db
#: stands in every text of what is foreign
FOREIGN = "Чужедальн"
#: between them they open every address
WIDEST = (Role.ADMINISTRATOR, Role.SPECIALIST, Role.SCHOOL_COORDINATOR, Role.REGIONAL_VIEWER)
#: last parts of addresses of what a school does not see even of a procedure in which it took part
KEPT_BY_MUNICIPALITY = {
    "session", "progress", "answer", "accept", "discard", "add", "read", "remarks", "file", "exclude", "copy",
    "withdraw", "report", "block_edit", "block_grounds", "conflict", "issue", "draft", "chart", "issue_download",
    "issue_attach", "report_all", "blueprint_edit", "department_remove", "end", "appoint", "body_remove",
    "withdraw_summary",
}  # fmt: skip
#: these ask for a place in a report, a rule or a finished archive besides
NEED_MORE_THAN_AN_ADDRESS = {
    f"office:analysis:{page}" for page in ("block_edit", "block_grounds", "chart", "grounds", "report_all_download")
} | {"office:planning:analysis_chart"}
AT_SCHOOL = {Role.SCHOOL_COORDINATOR, Role.SCHOOL_HEAD, Role.SENIOR_EDUCATOR}


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: Any) -> None:
    settings.STORAGE_ROOT = tmp_path / "files"
    settings.JOBS_INLINE = False


def test_every_address_is_known_to_these_tests() -> None:
    assert sorted(office_views()) == sorted(ADDRESSES)


def _client(role: Role, place: orgs.Place) -> Client:
    where = place.schools[0] if role in AT_SCHOOL else place.authority
    client = client_of(orgs.account(role, place.region if role is Role.REGIONAL_VIEWER else where))
    client.raise_request_exception = False
    return client


def _neighbour() -> tuple[orgs.Place, Belongings]:
    region = orgs.organization(OrganizationKind.REGION, f"{FOREIGN}ий край")
    place = orgs.place(2, name=f"{FOREIGN}ий округ", region=region)
    for school in place.schools:
        Organization.objects.filter(pk=school.pk).update(short_name=f"{FOREIGN}яя {school.pk}", full_name=FOREIGN)
    return place, municipality(place, FOREIGN)


def _names(own: Belongings) -> dict[str, str]:
    """Fields by which addresses and forms name objects."""
    return {
        "organization": str(own.organization.pk), "duty-organization": str(own.organization.pk),
        "parent": str(own.campaign.owner_id), "owner": str(own.campaign.owner_id), "campaign": str(own.campaign.pk),
        "organizations": str(own.organization.pk), "blueprint": str(own.blueprint.pk),
        "members": str(own.appointment.pk), "municipality": str(own.campaign.owner_id),
        "before": str(own.campaign.pk), "after": str(own.campaign.pk), "user": str(own.membership.user_id),
        "department": str(own.department.pk), "q": FOREIGN[:6],
    }  # fmt: skip


#: what the forms of the office ask for, so that a request gets past them to the rights
FILLED = {
    "role": Role.SCHOOL_HEAD.value, "last_name": "Новая", "username": "novaya", "kind": "school", "name": "Новое",
    "short_name": "Новая школа", "full_name": "Новая школа", "procedure": "VPR", "subject": "Физика", "year": "2026",
    "grade_level": "7", "school_year": "2025", "duty-kind": "coordinator", "basis": "Приказ", "version": "1",
    "text": "Новое", "key": "basis.participants", "seen": "", "what": "all", "active": "1", "exclude": "1",
    "item-0-label": "1", "item-0-max_score": "1", "result_kind": "points", "number": "1", "pairs": "101;1",
}  # fmt: skip


def _unpacked(response: Any) -> str:
    """Text of an answer; of a workbook, all its sheets."""
    body = response.content
    if body[:2] != b"PK":
        return str(body.decode(errors="replace"))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def _state_of(place: orgs.Place) -> dict[str, list[Any]]:
    """All rows that belong to organizations of a place."""
    inside = Organization.objects.filter(path__startswith=place.region.path).values("pk")
    found: dict[str, list[Any]] = {"organizations": list(inside.order_by("pk").values())}
    for model in apps.get_models():
        for field in model._meta.fields:
            if field.related_model is Organization and model is not AuditEvent:
                rows = model._default_manager.filter(**{f"{field.name}__in": inside})
                found[f"{model.__name__}.{field.name}"] = list(rows.order_by("pk").values())
    return found


def _requests(name: str, url: str, own: Belongings) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield "get", url, _names(own)
    yield "post", url, FILLED | _names(own) | {"file": SimpleUploadedFile("a.docx", b"PK")}


def _ask(client: Client, method: str, url: str, data: dict[str, Any]) -> Any:
    """The answer; what it wrote is taken back."""
    with transaction.atomic():
        response = getattr(client, method)(url, data)
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("role", Role)
def test_objects_of_another_municipality_are_not_found(role: Role) -> None:
    client = _client(role, orgs.place(2))
    place, foreign = _neighbour()
    before = _state_of(place)
    wrong = []
    for name in ADDRESSES:
        if not names_an_object(name, foreign):
            continue
        for method, url, data in _requests(name, address(name, foreign), foreign):
            response = getattr(client, method)(url, data)
            if response.status_code not in (403, 404, 405) or FOREIGN in _unpacked(response):
                wrong.append((name, method, response.status_code))
    assert wrong == []
    assert _state_of(place) == before


@pytest.mark.parametrize("role", sorted(AT_SCHOOL))
def test_objects_of_another_school_are_not_found(role: Role) -> None:
    place = orgs.place(2)
    client = _client(role, place)
    Organization.objects.filter(pk=place.schools[1].pk).update(short_name=f"{FOREIGN}яя", full_name=FOREIGN)
    place.schools[1].refresh_from_db()
    foreign = own_work_of_school(place, place.schools[1], FOREIGN)
    wrong = []
    for name in ADDRESSES:
        if not names_an_object(name, foreign):
            continue
        for method, url, data in _requests(name, address(name, foreign), foreign):
            response = _ask(client, method, url, data)
            if response.status_code not in (403, 404, 405) or FOREIGN in _unpacked(response):
                wrong.append((name, method, response.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", WIDEST)
def test_pages_of_own_objects_say_nothing_of_foreign_ones_named_beside(role: Role) -> None:
    mine = orgs.place(2)
    client = _client(role, mine)
    own = municipality(mine, "Своё")
    place, foreign = _neighbour()
    before = _state_of(place)
    wrong = []
    for name in ADDRESSES:
        for method, url, data in _requests(name, address(name, own), foreign):
            asked = {key: value for key, value in data.items() if key != "q"}
            with transaction.atomic():
                response = getattr(client, method)(url, asked)
                is_changed = method == "post" and response.status_code < 400 and _state_of(place) != before
                transaction.set_rollback(True)
            if response.status_code >= 500 or is_changed or FOREIGN in _unpacked(response):
                wrong.append((name, method, response.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", sorted(AT_SCHOOL))
def test_what_the_municipality_keeps_for_itself_is_not_found_by_a_school(role: Role) -> None:
    place = orgs.place(2)
    client = _client(role, place)
    kept = municipality(place, "Своё")
    wrong = []
    for name in ADDRESSES:
        if name.rpartition(":")[2] not in KEPT_BY_MUNICIPALITY or not names_an_object(name, kept):
            continue
        for method, url, data in _requests(name, address(name, kept), kept):
            status = getattr(client, method)(url, data).status_code
            if status not in (403, 404, 405):
                wrong.append((name, method, status))
    assert wrong == []


def test_addresses_of_own_objects_open() -> None:
    """Else «not found» above would prove nothing."""
    place = orgs.place(2)
    own = municipality(place, "Своё")
    users = [orgs.account(role, place.authority) for role in (Role.ADMINISTRATOR, Role.SPECIALIST)]
    own.job.__class__.objects.filter(pk=own.job.pk).update(created_by_id=users[0].actor_id)
    clients = [client_of(user) for user in users]
    asked = [name for name in ADDRESSES if names_an_object(name, own)]
    seen = {name: {client.get(address(name, own)).status_code for client in clients} for name in asked}
    closed = {name for name, codes in seen.items() if not codes & {200, 405}}
    assert closed == NEED_MORE_THAN_AN_ADDRESS


def test_an_account_without_a_role_opens_nothing_but_its_own_desk() -> None:
    place = orgs.place(2)
    own = municipality(place, FOREIGN)
    client = client_of(orgs.account(None, place.authority))
    opened = {
        name
        for name in ADDRESSES
        if client.get(address(name, own)).status_code == 200 and FOREIGN in _unpacked(client.get(address(name, own)))
    }
    assert opened == set()
    assert client.get(reverse("office:home")).status_code == 200
