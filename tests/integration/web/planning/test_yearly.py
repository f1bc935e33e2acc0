"""Pages of the yearly analysis: composing, editing in place, signing, files."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from msoko.cycle.planning.api import Plan, PlanAnalysis, deal_out
from msoko.foundation.access.api import Role
from tests.factories import orgs, tasks
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: Any) -> None:
    settings.STORAGE_ROOT = tmp_path / "files"


def _plan(place: orgs.Place, size: int = 3) -> Plan:
    plan = tasks.plan(place.municipality, start_year=2024, title="План-график на 2024/25 учебный год")
    for number in range(size):
        made = tasks.activity(plan, f"Мероприятие {number + 1}")
        tasks.deliverable(made)
        tasks.group(made)
        tasks.term(made, dt.date(2024, 10, 1))
    deal_out(orgs.system_act(), plan)
    return plan


def _page(client: Client, plan: Plan) -> str:
    return text_of(client.get(reverse("office:planning:analysis", args=[plan.pk])))


def _composed(client: Client, plan: Plan) -> PlanAnalysis:
    client.post(reverse("office:planning:analysis_compose", args=[plan.pk]), {"year": 2024})
    return PlanAnalysis.objects.get(plan=plan)


def test_the_page_offers_to_compose_and_then_shows_the_text_with_its_rules() -> None:
    place = orgs.place(2)
    plan = _plan(place)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    assert "Составить анализ" in _page(client, plan)
    _composed(client, plan)
    page = _page(client, plan)
    for words in ("Анализ выполнения плана-графика", "Итоги выполнения", "plan_year.totals", "Составить заново"):
        assert words in page
    chart = client.get(reverse("office:planning:analysis_chart", args=[PlanAnalysis.objects.get().pk]) + "?key=none")
    assert chart.status_code == 404


def test_a_text_is_edited_removed_and_brought_back() -> None:
    place = orgs.place(1)
    plan = _plan(place)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    analysis = _composed(client, plan)
    edit = reverse("office:planning:analysis_edit", args=[analysis.pk])
    answer = client.post(edit, {"key": "totals.text", "text": "Год был трудным.", "anchor": "block-1"})
    assert answer["Location"].endswith("?year=2024#block-1")
    client.post(edit, {"key": "basis.method", "text": ""})
    page = _page(client, plan)
    assert "Год был трудным." in page
    assert "Убрано: Единица счёта" in page
    original = analysis.edits.get(block_key="basis.method").original
    client.post(edit, {"key": "basis.method", "text": original})
    assert "Убрано:" not in _page(client, plan)


def test_files_say_what_the_page_says() -> None:
    place = orgs.place(1)
    plan = _plan(place)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    analysis = _composed(client, plan)
    client.post(
        reverse("office:planning:analysis_edit", args=[analysis.pk]), {"key": "totals.text", "text": "Год был трудным."}
    )
    files = {
        kind: client.get(reverse("office:planning:analysis_download", args=[analysis.pk, kind])).content
        for kind in ("docx", "pdf", "xlsx")
    }
    words = [paragraph.text for paragraph in Document(io.BytesIO(files["docx"])).paragraphs]
    assert "Год был трудным." in words
    assert files["pdf"][:5] == b"%PDF-"
    assert len(load_workbook(io.BytesIO(files["xlsx"])).sheetnames) >= 4


def test_only_those_who_approve_sign_and_then_nothing_changes() -> None:
    place = orgs.place(1)
    plan = _plan(place)
    specialist = client_of(orgs.account(Role.SPECIALIST, place.authority))
    head = client_of(orgs.account(Role.AUTHORITY_HEAD, place.authority))
    analysis = _composed(specialist, plan)
    sign = reverse("office:planning:analysis_sign", args=[analysis.pk])
    methodist = client_of(orgs.account(Role.ADVISER, place.advisory_service))
    assert methodist.post(sign, {"signed_on": "2025-09-02"}).status_code == 403
    head.post(sign, {"signed_on": "2025-09-02", "number": "7"})
    analysis.refresh_from_db()
    assert (analysis.is_signed, analysis.number) == (True, "7")
    page = _page(head, plan)
    assert "Подписан" in page
    assert reverse("office:planning:analysis_compose", args=[plan.pk]) not in page
    assert "<summary>Править</summary>" not in page


def test_queries_of_the_page_do_not_grow() -> None:
    counts = []
    for size in (3, 30):
        place = orgs.place(1)
        plan = _plan(place, size)
        client = client_of(orgs.account(Role.SPECIALIST, place.authority))
        _composed(client, plan)
        counts.append(queries(lambda p=plan, c=client: c.get(reverse("office:planning:analysis", args=[p.pk]))))
    assert counts[0] == counts[1]
