"""Pages of the register: the way from a draft to force, lists and files, a constant number of queries."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from msoko.cycle.planning.api import add_activity, approve_plan, create_plan
from msoko.cycle.regulations.api import BasisEntry, DocumentStatus, RegisteredDocument
from msoko.foundation.access.api import Role
from msoko.foundation.jobs.api import run_all
from tests.factories import orgs, papers
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> orgs.Place:
    return orgs.place(2)


@pytest.fixture
def client(place: orgs.Place) -> Client:
    return client_of(orgs.account(Role.SPECIALIST, place.authority))


def _do(client: Client, pk: int, what: str, data: dict[str, Any] | None = None) -> str:
    return text_of(client.post(reverse("office:regulations:decide", args=[pk, what]), data or {}, follow=True))


def test_a_document_goes_from_draft_to_force_on_the_page(client: Client, place: orgs.Place) -> None:
    url = reverse("office:regulations:add")
    upload = SimpleUploadedFile("Положение.docx", papers.word_file("Общие положения"))
    data = {"kind": "regulation", "title": "О МСОКО", "level": "municipal", "file": upload}
    assert client.post(url, data).status_code == 302
    made = RegisteredDocument.objects.get()
    assert made.file_name == "Положение.docx"
    run_all()
    assert "Основание добавлено" in _do(client, made.pk, "basis-add", {"norm": "law_273"})
    assert "зарегистрирован" in _do(client, made.pk, "register", {"number": "12", "signed_on": "2026-01-15"})
    made.refresh_from_db()
    assert (made.status, made.text.strip()) == (DocumentStatus.IN_FORCE, "Общие положения")
    assert "273-ФЗ" in text_of(client.get(reverse("office:regulations:document", args=[made.pk])))
    answer = client.get(reverse("office:regulations:download", args=[made.pk, "file"]))
    assert answer.content.startswith(b"PK")


def test_a_refusal_is_said_and_changes_nothing(client: Client, place: orgs.Place) -> None:
    made = papers.draft(place.municipality)
    assert "Номер и дата документа не указаны" in _do(client, made.pk, "register", {"number": "5"})
    assert "Основание не выбрано" in _do(client, made.pk, "basis-add")
    assert "Файл не выбран" in _do(client, made.pk, "file")
    made.refresh_from_db()
    assert made.status == DocumentStatus.DRAFT


def test_the_list_finds_by_words_and_shows_where(client: Client, place: orgs.Place) -> None:
    made = papers.draft(place.municipality, "О порядке", "order")
    RegisteredDocument.objects.filter(pk=made.pk).update(text="Муниципальная предметная комиссия")
    papers.draft(place.municipality, "О порядке предметных комиссий", "order")
    text = text_of(client.get(reverse("office:regulations:list"), {"q": "комиссии предметных"}))
    assert "О порядке предметных комиссий" in text
    assert "1\xa0документ" in text


def test_the_list_filters_by_trouble(client: Client, place: orgs.Place) -> None:
    papers.in_force(place.municipality, "Старое положение", bases=[BasisEntry(norm="mon_276")])
    papers.in_force(place.municipality, "Новое положение", number="2")
    text = text_of(client.get(reverse("office:regulations:list"), {"trouble": "base_repealed"}))
    assert "Старое положение" in text
    assert "Новое положение" not in text


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_list_is_given_as_a_file(client: Client, place: orgs.Place, kind: str) -> None:
    papers.in_force(place.municipality)
    answer = client.get(reverse("office:regulations:list_export", args=[kind]))
    assert answer.content.startswith(b"PK")
    assert client.get(reverse("office:regulations:list_export", args=["exe"])).status_code == 404


def test_the_list_for_the_site_has_public_documents_in_force(client: Client, place: orgs.Place) -> None:
    made = papers.in_force(place.municipality, "Открытое положение")
    papers.in_force(place.municipality, "Служебный приказ", "order", number="2")
    _do(client, made.pk, "public", {"public": "1"})
    text = text_of(client.get(reverse("office:regulations:site")))
    piece = client.get(reverse("office:regulations:site_download", args=["html"])).content.decode()
    assert "Открытое положение" in text
    assert "Служебный приказ" not in text
    assert "Открытое положение" in piece
    assert "<style" not in piece


@pytest.mark.parametrize("count", [3, 30])
def test_queries_do_not_grow(client: Client, place: orgs.Place, count: int) -> None:
    base = papers.in_force(place.municipality)
    for number in range(count):
        papers.in_force(place.municipality, f"Приказ {number}", "order", [BasisEntry(base=base)], str(number + 2))
    assert queries(lambda: client.get(reverse("office:regulations:list"))) <= 26
    assert queries(lambda: client.get(reverse("office:regulations:document", args=[base.pk]))) <= 22


def test_a_school_may_not_touch_a_municipal_document(place: orgs.Place) -> None:
    made = papers.in_force(place.municipality)
    school = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    assert school.get(reverse("office:regulations:document", args=[made.pk])).status_code == 200
    answer = school.post(reverse("office:regulations:decide", args=[made.pk, "repeal"]))
    assert answer.status_code == 403


def test_the_page_says_where_the_document_is_used(client: Client, place: orgs.Place) -> None:
    made = papers.draft(place.municipality)
    plan = create_plan(orgs.system_act(), owner=place.municipality, title="Циклограмма", start_year=2026)
    add_activity(orgs.system_act(), plan=plan, values={"title": "Мониторинг", "terms_text": "май"})
    approve_plan(orgs.system_act(), plan=plan, approved_on=dt.date(2026, 8, 28), basis="", document=made)
    text = text_of(client.get(reverse("office:regulations:document", args=[made.pk])))
    assert re.search(r">Циклограмма</a>\s*<span[^>]*>утверждает план<", text)
