"""Views of a plan in a browser: calendar, Gantt chart, network, load, addresses of calendars; all are accessible."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from msoko.cycle.planning.api import Plan, SavedView, add_dependency
from msoko.foundation.access.api import Role, User
from tests.e2e.pages_in_chromium import faults
from tests.factories import orgs, tasks

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("MSOKO_PICTURES", "")
TITLES = (
    "Проведение входной диагностики по математике", "Анализ результатов входной диагностики",
    "Адресные рекомендации по результатам диагностики", "Подготовка доклада о состоянии образования",
    "Августовское совещание педагогов", "Мониторинг деятельности наставников",
)  # fmt: skip


@pytest.fixture
def scene() -> tuple[Plan, User]:
    place = orgs.place(3)
    specialist = orgs.account(Role.SPECIALIST, place.authority)
    plan = tasks.plan(place.municipality, title="Циклограмма функционирования МСОКО")
    made = []
    for number, title in enumerate(TITLES):
        activity = tasks.activity(plan, title, number=f"{number + 1}.", duration_days=3 if number < 4 else None)
        tasks.unit(activity, organization=place.authority, raw="УО")
        first = tasks.days(number * 7 - 5)
        tasks.term(activity, tasks.days(number * 7 + 3), starts_on=first, planned_ends_on=tasks.days(number * 7 - 2))
        made.append(activity)
    long = tasks.activity(plan, "Приём обращений граждан", number="7.")
    tasks.term(long, tasks.days(200), starts_on=tasks.days(-100))
    tasks.dealt(plan)
    act = orgs.act_by(specialist)
    for before, after in itertools.pairwise(made[:4]):
        add_dependency(act, before=before, after=after)
    return plan, specialist


def test_views_of_a_plan_are_accessible_and_fit_the_screen(
    scene: tuple[Plan, User], open_as: Callable[..., Page]
) -> None:
    plan, specialist = scene
    page = open_as(specialist, "/")
    found = []
    for name, suffix in (
        ("plan", "?q=диагностик"), ("calendar", ""), ("calendar", "?view=year"), ("gantt", "?zoom=quarter"),
        ("gantt", ""), ("network", ""), ("load", ""),
    ):  # fmt: skip
        found += _looked_at(page, reverse(f"office:planning:{name}", args=[plan.pk]) + suffix)
    for name in ("all_calendar", "feeds"):
        found += _looked_at(page, reverse(f"office:planning:{name}"))
    assert found == []


def _looked_at(page: Page, address: str) -> list[str]:
    full = str(page.evaluate("address => new URL(address, location.origin).href", address))
    found = faults(page, full)
    for width in (1440, 390) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        name = address.strip("/").replace("/", "-").replace("?", "-")
        page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
    return [f"{address}: {one}" for one in found]


def test_filters_are_kept_under_a_name(scene: tuple[Plan, User], open_as: Callable[..., Page]) -> None:
    plan, specialist = scene
    page = open_as(specialist, reverse("office:planning:calendar", args=[plan.pk]) + "?unit=УО")
    page.get_by_text("Сохранить вид").click()
    page.get_by_label("Название").last.fill("Сроки управления")
    page.get_by_role("button", name="Сохранить", exact=True).click()
    expect(page.get_by_role("link", name="Сроки управления")).to_be_visible()
    assert SavedView.objects.get().query.startswith("unit=")


def test_the_chart_of_many_rows_scrolls_by_keys_under_its_months(open_as: Callable[..., Page]) -> None:
    place = orgs.place(1)
    plan = tasks.plan(place.municipality, status="draft", approved_on=None, start_year=2026)
    for number in range(60):
        tasks.term(tasks.activity(plan, f"Мероприятие {number}"), dt.date(2026, 10, 5), starts_on=dt.date(2026, 10, 1))
    page = open_as(orgs.account(Role.SPECIALIST, place.authority), reverse("office:planning:gantt", args=[plan.pk]))
    chart, head = page.get_by_role("region", name="Диаграмма Ганта"), page.locator(".gantt-head")
    chart.focus()
    chart.scroll_into_view_if_needed()
    before = head.bounding_box()
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    page.wait_for_timeout(500)  # smooth scrolling comes to rest
    assert chart.evaluate("chart => chart.scrollTop") > 100
    after = head.bounding_box()
    assert before is not None
    assert after is not None
    assert before["y"] == after["y"]
    page.get_by_label("Перейти к месяцу").select_option("2027-05")
    page.wait_for_url("**shown=2027-05**")
    expect(page.get_by_text("Сроков в этом промежутке нет")).to_be_visible()
    page.get_by_label("Перейти к месяцу").select_option("2026-10")
    page.wait_for_url("**shown=2026-10**")
    page.get_by_label("Следующая страница").click()
    expect(page.get_by_text("показаны 41–60")).to_be_visible()
