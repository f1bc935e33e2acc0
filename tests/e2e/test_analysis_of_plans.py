"""The yearly analysis in a browser: composed, edited by keyboard, accessible, its documents as files."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from msoko.cli.demo.execution import live_through
from msoko.cycle.planning.api import Plan, deal_out
from msoko.cycle.planning.models import PlanSection
from msoko.foundation.access.api import Role
from tests.e2e.pages_in_chromium import faults
from tests.factories import orgs, tasks

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("MSOKO_PICTURES", "")


def _plan(place: orgs.Place) -> Plan:
    plan = tasks.plan(
        place.municipality, start_year=2024, title="План-график МСОКО на 2024/25 учебный год",
        basis="Приказ от 28.08.2024 № 401",
    )  # fmt: skip
    titles = ("Организация оценки качества", "Подготовка обучающихся", "Профессиональное развитие педагогов")
    sections = [
        PlanSection.objects.create(plan=plan, position=number, number=f"{number}.", title=title)
        for number, title in enumerate(titles, 1)
    ]
    for number in range(30):
        made = tasks.activity(
            plan, f"Мониторинг состояния системы оценки качества, этап {number + 1}", section=sections[number % 3],
            direction="training_quality" if number % 2 else "methodical_work", cycle_part="monitoring",
        )  # fmt: skip
        tasks.deliverable(made, "Аналитическая справка", "analytics")
        tasks.group(made)
        tasks.unit(made, organization=place.authority, raw="УО")
        tasks.term(made, dt.date(2024, 9, 30) + dt.timedelta(days=10 * number))
    asked = tasks.activity(plan, "Консультации по ВСОКО", terms=[{"status": "on_request"}], section=sections[0])
    tasks.unit(asked, organization=place.advisory_service, raw="ИМЦ")
    deal_out(orgs.system_act(), plan)
    live_through(plan, until=dt.date(2025, 8, 31), answerer="Полевая И. С.")
    return plan


def test_an_analysis_is_composed_edited_and_downloaded(
    open_as: Callable[..., Page], tmp_path: Path, settings: Any
) -> None:
    settings.STORAGE_ROOT = tmp_path / "files"
    place = orgs.place(4)
    plan = _plan(place)
    page = open_as(
        orgs.account(Role.AUTHORITY_HEAD, place.authority), reverse("office:planning:analysis", args=[plan.pk])
    )
    found = faults(page, page.url)
    page.get_by_role("button", name="Составить анализ").click()
    expect(page.get_by_role("heading", name="Итоги выполнения")).to_be_visible()
    found += faults(page, page.url)
    for width in (1440, 390) if PICTURES else ():
        page.reload()
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=f"{PICTURES}/analysis-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(page.url)
    block = page.locator(".paper-paragraph").filter(has_text="Сроков исполнения, наступивших")
    block.get_by_text("Править").click()
    block.get_by_role("textbox").fill("Год был трудным.")
    block.get_by_role("button", name="Сохранить").click()
    expect(page.locator(".paper").get_by_text("Год был трудным.").first).to_be_visible()
    for kind in ("Word", "PDF", "Excel: все таблицы"):
        page.get_by_text("Выгрузить").click()
        with page.expect_download() as download:
            page.get_by_role("link", name=kind, exact=True).click()
        name = download.value.suggested_filename
        assert name.startswith("Анализ выполнения")
        if PICTURES:
            download.value.save_as(f"{PICTURES}/{name}")
        page.reload()
    assert found == []
