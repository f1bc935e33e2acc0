"""A plan goes over to the next year in a browser: decisions, the draft, its differences; pages are accessible."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from msoko.cycle.planning.api import Plan, add_activity
from msoko.cycle.planning.models import PlanSection
from msoko.foundation.access.api import Role
from tests.e2e.pages_in_chromium import faults
from tests.factories import orgs, tasks

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("MSOKO_PICTURES", "")
_ROWS = (
    ("Совещание координаторов оценки качества", "сентябрь, январь, май"),
    ("Формирование кадрового резерва руководителей", "раз в три года, ноябрь, последний раз – ноябрь 2025 г."),
    ("Переход на обновлённые формы справок", "март 2021 г."),
    ("Августовское совещание по итогам оценки качества", "август 2026 года"),
    ("Проведение ВПР в общеобразовательных организациях", "по графику Рособрнадзора"),
    ("Уточнение перечня показателей", "после обсуждения"),
    ("Отчёт о мерах по итогам проверки", "до 15 марта 2026 года"),
)


def _plan(place: orgs.Place) -> Plan:
    plan = tasks.plan(place.municipality, start_year=2025, title="План-график МСОКО на 2025/26 учебный год")
    section = PlanSection.objects.create(plan=plan, position=1, number="1.", title="Организация оценки качества")
    for number, (title, terms) in enumerate(_ROWS, 1):
        values = {"number": f"1.{number}", "title": title, "terms_text": terms, "results": "Справка"}
        made = add_activity(orgs.system_act(), plan=plan, section=section, values=values)
        tasks.unit(made, organization=place.authority, raw="УО")
    tasks.dealt(plan)
    return plan


def _picture(page: Page, name: str) -> None:
    for width in (1440, 390) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def test_a_plan_is_rolled_over_by_decisions_of_the_page(open_as: Callable[..., Page]) -> None:
    place = orgs.place(1)
    plan = _plan(place)
    page = open_as(orgs.account(Role.SPECIALIST, place.authority), reverse("office:planning:roll_over", args=[plan.pk]))
    found = faults(page, page.url)
    _picture(page, "rollover")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_label("Решение: Августовское совещание").select_option("shift")
    page.get_by_label("Решение: Отчёт о мерах").select_option("drop")
    page.get_by_role("button", name="Создать проект плана").click()
    expect(page.get_by_text("Проект плана подготовлен")).to_be_visible()
    expect(page.get_by_text("август 2027 года").first).to_be_visible()
    found += faults(page, page.url)
    _picture(page, "differences")
    assert found == []
    made = Plan.objects.get(previous=plan)
    assert made.activities.filter(dropped_at=None).count() == 5
