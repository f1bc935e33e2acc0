"""Where the total less the own result is the result of one other school, totals are closed: pages, files, reports."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from msoko.cycle.analysis.api import current_document, draft_report, latest_run, result_of
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import Role
from qualimetry.narrative import russian
from tests.factories import campaigns, orgs
from tests.factories.reports import plain_text
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db

WHOLE = ("detail", "items", "elements", "gaps", "journal", "years", "reconciliation")
SLICED = ("detail", "items", "elements", "journal")
CLOSED = "Итоги муниципалитета закрыты"


def _url(page: str, *arguments: Any) -> str:
    return reverse(f"office:analysis:{page}", args=arguments)


def _head(place: orgs.Place, school: int = 0) -> Client:
    return client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[school]))


def _secrets(found: Campaign, school: int) -> set[str]:
    """Texts from which the result of the other school could be found: of the municipality and of that school."""
    run = latest_run(found)
    assert run is not None
    result = result_of(run)
    own, other = (next(g for g in result.organizations if (g.group.organization == school) == same) for same in (1, 0))
    told = set()
    for group in (result.whole, other):
        for estimate in (group.mean_percent, group.pass_rate, group.quality_rate, group.sou_index):
            assert estimate is not None
            told.add(russian.percent(estimate.value, estimate.n))
        told.add(russian.decimal(group.mean_raw_score.value))
    assert own.mean_percent.value != result.whole.mean_percent.value
    mine = {russian.percent(e.value, e.n) for e in (own.mean_percent, own.pass_rate, own.quality_rate) if e}
    return told - mine - {russian.percent(value, 200) for value in (0.0, 1.0)} - {russian.percent(0, 20)}


def test_two_schools_read_nothing_of_each_other_by_subtraction() -> None:
    place = orgs.place(2)
    found = campaigns.computed(place, sizes=(140, 130))
    school = place.schools[0]
    client, secrets = _head(place), _secrets(found, school.pk)
    assert len(secrets) > 5
    texts = {}
    for page in WHOLE:
        texts[page] = text_of(client.get(_url(page, found.pk)))
        assert CLOSED in texts[page]
        assert client.get(_url(f"{page}_export", found.pk)).status_code == 403
    for page in SLICED:
        own = client.get(_url(page, found.pk) + f"?organization={school.pk}")
        texts[f"own {page}"] = text_of(own)
        assert CLOSED not in texts[f"own {page}"]
        sheet = client.get(_url(f"{page}_export", found.pk) + f"?organization={school.pk}")
        assert sheet.status_code == 200
        texts[f"own {page} file"] = _sheets(sheet.content)
    for page in ("organization", "organization_export"):
        response = client.get(_url(page, found.pk, school.pk))
        texts[page] = _sheets(response.content) if page.endswith("export") else text_of(response)
    texts["list"] = text_of(client.get(_url("list")))
    assert "итоги закрыты" in texts["list"]
    texts["list file"] = _sheets(client.get(_url("export")).content)
    texts["item"] = text_of(client.get(_url("item", found.pk, 1) + f"?organization={school.pk}"))
    texts["organizations"] = text_of(client.get(_url("organizations", found.pk)))
    said = {page: _said(secrets, text) for page, text in texts.items()}
    assert {page: found for page, found in said.items() if found} == {}


def test_those_who_see_organizations_see_the_totals_and_the_region_does_not() -> None:
    place = orgs.place(2)
    found = campaigns.computed(place, sizes=(40, 30))
    specialist = client_of(orgs.account(Role.SPECIALIST, place.authority))
    assert CLOSED not in text_of(specialist.get(_url("detail", found.pk)))
    for role, where in ((Role.REGIONAL_VIEWER, place.region), (Role.ASSOCIATION_HEAD, place.authority)):
        assert CLOSED in text_of(client_of(orgs.account(role, where)).get(_url("detail", found.pk)))


def test_a_school_of_six_does_not_hide_its_neighbour() -> None:
    place = orgs.place(3)
    found = campaigns.computed(place, sizes=(40, 30, 6))
    states = [CLOSED in text_of(_head(place, number).get(_url("detail", found.pk))) for number in range(3)]
    assert states == [True, True, False]
    enough = campaigns.computed(place, sizes=(40, 30, 16), plan=campaigns.blueprint(subject="Физика"))
    assert [CLOSED in text_of(_head(place, n).get(_url("detail", enough.pk))) for n in range(3)] == [False] * 3


def test_a_year_with_closed_totals_is_not_shown_beside_an_open_one() -> None:
    place = orgs.place(3)
    campaigns.computed(place, sizes=(40, 30), plan=campaigns.blueprint(year=2025))
    found = campaigns.computed(place, sizes=(40, 30, 20))
    specialist = client_of(orgs.account(Role.SPECIALIST, place.authority))
    shown = [
        [row.year for row in client.get(_url("years", found.pk)).context["rows"]]
        for client in (specialist, _head(place))
    ]
    assert shown == [[2026, 2025], [2026]]


def test_the_report_of_a_school_leaves_closed_totals_out_and_says_so() -> None:
    place = orgs.place(2)
    found = campaigns.computed(place, sizes=(140, 130))
    report = draft_report(orgs.system_act(), campaign=_loaded(found), organization=place.schools[0])
    text = plain_text(current_document(report)[0])
    assert "Итоги муниципалитета и сравнение с ними закрыты" in text
    assert _said(_secrets(found, place.schools[0].pk), text) == set()
    enough = campaigns.computed(orgs.place(3), sizes=(40, 30, 20))
    school = enough.owner.children.get(short_name="МБОУ СОШ № 1")
    open_report = draft_report(orgs.system_act(), campaign=_loaded(enough), organization=school)
    assert "закрыты" not in plain_text(current_document(open_report)[0])


def _said(secrets: set[str], text: str) -> set[str]:
    return {one for one in secrets if re.search(rf"(?<![\d,]){re.escape(one)}(?!\d)", text)}


def _sheets(data: bytes) -> str:
    """Texts and percents of a workbook, the numbers as they would be read."""
    from openpyxl import load_workbook

    assert zipfile.is_zipfile(io.BytesIO(data))
    said = []
    for sheet in load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows(values_only=True):
            for value in row:
                if isinstance(value, float) and 0 <= value <= 1:
                    said.append(russian.percent(value, 200))
                said.append(russian.decimal(value) if isinstance(value, float) else str(value))
    return "\n".join(said)


def _loaded(found: Campaign) -> Campaign:
    return Campaign.objects.select_related("owner", "blueprint", "school_year").get(pk=found.pk)
