"""«Признаки»: planted schools are marked, others are not; a school sees itself; nothing where totals are closed."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import Role
from msoko.foundation.audit.models import AuditEvent
from tests.factories import campaigns, orgs
from tests.generative.qualimetry.honest import SPECIFICATION, honest, lift, rows
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db
SCHOOLS = 9


def _place() -> tuple[orgs.Place, Campaign]:
    place = orgs.place(SCHOOLS)
    world = honest(3, schools=SCHOOLS)
    world.journal[:] = 4
    lift(world, 2, 0.9)
    found = campaigns.campaign(place, SPECIFICATION)
    known = [row | {"organization": place.schools[int(str(row["organization"])) - 1].pk} for row in rows(world)]
    campaigns.load(found, known)
    campaigns.compute(found)
    return place, found


def _url(page: str, *arguments: Any) -> str:
    return reverse(f"office:analysis:{page}", args=arguments)


def _specialist(place: orgs.Place) -> Client:
    return client_of(orgs.account(Role.SPECIALIST, place.authority))


def test_the_lifted_school_is_marked_and_the_card_shows_why() -> None:
    place, found = _place()
    client = _specialist(place)
    page = client.get(_url("signs", found.pk))
    marked = [row.name for row in page.context["rows"] if row.signs.is_marked]
    assert marked == [place.schools[2].short_name]
    assert [row.name for row in page.context["rows"]] == sorted(school.short_name for school in place.schools)
    only = client.get(_url("signs", found.pk) + "?only=marked")
    assert [row.name for row in only.context["rows"]] == marked
    card = text_of(client.get(_url("sign_card", found.pk, place.schools[2].pk)))
    assert "есть признаки" in card
    assert "у границ отметок баллов больше ожидаемого" in card
    assert "не вывод о нарушении" in card
    assert AuditEvent.objects.filter(event="analysis.results.viewed", object_label__contains="признаки").count() == 3


def test_a_school_sees_itself_only() -> None:
    place, found = _place()
    head = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[1]))
    page = head.get(_url("signs", found.pk))
    assert [row.name for row in page.context["rows"]] == [place.schools[1].short_name]
    assert head.get(_url("sign_card", found.pk, place.schools[1].pk)).status_code == 200
    assert head.get(_url("sign_card", found.pk, place.schools[2].pk)).status_code == 404
    assert head.get(_url("sign_card", found.pk, 10**6)).status_code == 404


def test_the_table_goes_to_excel() -> None:
    place, found = _place()
    sheet = load_workbook(io.BytesIO(_specialist(place).get(_url("signs_export", found.pk)).content)).worksheets[0]
    said = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    line = next(row for row in said if row[0] == place.schools[2].short_name)
    assert "есть признаки" in line
    assert "p < 0,001" in line


def test_nothing_is_said_where_totals_are_closed() -> None:
    place = orgs.place(2)
    found = campaigns.computed(place, sizes=(140, 130))
    head = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    assert "закрыты" in text_of(head.get(_url("signs", found.pk)))
    assert "закрыты" in text_of(head.get(_url("sign_card", found.pk, place.schools[0].pk)))
    assert head.get(_url("signs_export", found.pk)).status_code == 403


def test_small_campaigns_say_why_nothing_was_checked() -> None:
    place = orgs.place(3)
    found = campaigns.computed(place, sizes=(6, 5, 4))
    text = text_of(_specialist(place).get(_url("signs", found.pk)))
    assert "мало участников" in text
    assert "не проверялось" in text


def test_the_page_takes_as_many_queries_for_nine_schools_as_for_three() -> None:
    place, found = _place()
    small = orgs.place(3, name="Другой округ")
    few = campaigns.computed(small, sizes=(40, 30, 20))
    counts = []
    for where, campaign in ((place, found), (small, few)):
        client = _specialist(where)
        client.get(_url("signs", campaign.pk))
        counts.append(queries(lambda client=client, campaign=campaign: client.get(_url("signs", campaign.pk))))
    assert counts[0] == counts[1]
