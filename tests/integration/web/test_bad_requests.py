"""Every address of the office with wrong methods, arguments, queries, bodies: refused in words, never an error 500."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from msoko.foundation.access.api import Role
from tests.factories import orgs
from tests.integration.web.pages import client_of
from tests.integration.web.world import ADDRESSES, Belongings, address, municipality

pytestmark = pytest.mark.django_db
HUGE = "9" * 30
LONGEST = "9" * 5000  # longer than Python turns into a number
_FIELDS = (
    "page sort q organization campaign version owner key kind year role state show severity text table_name table "
    "start_year parent scale restore pairs order open number next municipality keep is_scale_verified grade_level "
    "figure exclude done class class_group variant sex has_sen school_type place_kind basis active what tab view user "
    "seen procedure subject school_year label starts_on ends_on organizations blueprint lack closed from to before "
    "after members post department kind name abbreviation short_name full_name code inn ogrn email website enrolment "
    "lowest_three lowest_four lowest_five test_score_minimum conditions levels result_kind item-0-label "
    "item-0-max_score item-999-label q0-organization q0-year q1-organization q1-grade_level last_name username "
    "duty-organization duty-kind duty-post event actor reload position"
)
FIELDS = _FIELDS.split()
VALUES = {
    "words": '{"a": [[[[{}]]]], "b": 1e999}', "negative": "-1", "huge": HUGE, "longest": LONGEST, "nul": "a\x00b",
    "digits": "²٣", "date": "0000-13-45",
}  # fmt: skip


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: Any) -> None:
    settings.STORAGE_ROOT = tmp_path / "files"
    settings.JOBS_INLINE = False


def _desks() -> tuple[Belongings, list[Client]]:
    """Objects of a municipality, and the people who reach most addresses."""
    place = orgs.place(2)
    own = municipality(place, "Своё")
    people = [
        orgs.account(Role.ADMINISTRATOR, place.authority),
        orgs.account(Role.SPECIALIST, place.authority),
        orgs.account(Role.SCHOOL_COORDINATOR, place.schools[0]),
    ]
    own.job.__class__.objects.filter(pk=own.job.pk).update(created_by_id=people[1].actor_id)
    clients = [client_of(user) for user in people]
    for client in clients:
        client.raise_request_exception = False
    return own, clients


def _failures(clients: list[Client], requests: Iterator[tuple[str, str, str, Any]]) -> list[tuple[str, str, int]]:
    """Requests that end in an error of the server; what they write is taken back."""
    found = []
    for name, method, url, data in requests:
        for client in clients:
            with transaction.atomic():
                response = getattr(client, method)(url, data) if data is not None else getattr(client, method)(url)
                transaction.set_rollback(True)
            if response.status_code >= 500:
                found.append((name, method, response.status_code))
    return sorted(set(found))


@pytest.mark.parametrize("kind", VALUES)
def test_absurd_queries_are_no_error_of_the_server(kind: str) -> None:
    own, clients = _desks()
    asked = dict.fromkeys(FIELDS, VALUES[kind])
    assert _failures(clients[1:2], ((name, "get", address(name, own), asked) for name in ADDRESSES)) == []


@pytest.mark.parametrize("kind", [*VALUES, "missing"])
def test_absurd_forms_are_no_error_of_the_server(kind: str) -> None:
    own, clients = _desks()
    sent = dict.fromkeys(FIELDS, VALUES[kind]) if kind in VALUES else {}
    assert _failures(clients[:2], ((name, "post", address(name, own), sent) for name in ADDRESSES)) == []


def test_absurd_files_are_no_error_of_the_server() -> None:
    own, clients = _desks()
    files = ((b"", "a.xlsx"), (b"PK\x03\x04", "../../\x00.docx"), (b"{", "x" * 300 + ".csv"))

    def requests() -> Iterator[tuple[str, str, str, Any]]:
        for name in ADDRESSES:
            for data, title in files:
                sent = {key: SimpleUploadedFile(title, data) for key in ("file", "files", "list")}
                yield name, "post", address(name, own), sent

    assert _failures(clients[:2], requests()) == []


def test_five_megabytes_of_text_are_refused_or_stored_but_no_error() -> None:
    own, clients = _desks()
    text = "q" * 5_000_000
    sent = dict.fromkeys(("text", "q", "table", "pairs", "basis", "name", "key"), text)

    def requests() -> Iterator[tuple[str, str, str, Any]]:
        for name in ADDRESSES:
            yield name, "post", address(name, own), sent

    with _unlogged():
        assert _failures(clients[1:2], requests()) == []


@contextmanager
def _unlogged() -> Iterator[None]:
    """Captured records of the log hold the whole body of each refused request: together gigabytes."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


@pytest.mark.parametrize("method", ["put", "delete", "options"])
def test_wrong_methods_are_no_error_of_the_server(method: str) -> None:
    own, clients = _desks()
    assert _failures(clients[1:2], ((name, method, address(name, own), None) for name in ADDRESSES)) == []


@pytest.mark.parametrize("argument", [0, 2**63 - 1, int(HUGE), "..", "a\x00b", LONGEST])
def test_absurd_arguments_are_not_found(argument: object) -> None:
    own, clients = _desks()
    wrong = []
    for name, arguments in ADDRESSES.items():
        given = arguments(own)
        for key in given:
            if key == "index" and argument == 0:
                continue  # rows of a read file are counted from 0
            try:
                url = reverse(name, kwargs=given | {key: argument})
            except NoReverseMatch:
                continue
            for method in ("get", "post"):
                response = getattr(clients[1], method)(url)
                if response.status_code not in (400, 403, 404, 405):
                    wrong.append((name, key, method, response.status_code))
    assert wrong == []
