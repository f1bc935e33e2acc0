"""Plans of organizations in a browser: rows taken in by ticks, the plan of a month, the page of the authority."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from msoko.cycle.planning.api import Plan, add_activity, approve_plan, create_plan
from msoko.foundation.access.api import Role
from tests.e2e.pages_in_chromium import faults
from tests.factories import orgs

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
_ROWS = ("Отчёт о самообследовании", "Опрос родителей об удовлетворённости", "Олимпиада школьников")


def _plans(place: orgs.Place) -> Plan:
    act = orgs.system_act()
    above = create_plan(act, owner=place.municipality, title="План управления", start_year=2026)
    for number, title in enumerate(_ROWS, 1):
        values = {"number": f"3.{number}", "title": title, "terms_text": "до 20 апреля", "responsible": "ОО"}
        add_activity(act, plan=above, values=values | {"results": "Приказ"})
    approve_plan(act, plan=above, approved_on=dt.date(2026, 8, 28), basis="Приказ № 1")
    return create_plan(act, owner=place.schools[0], title="План ВСОКО школы", start_year=2026)


def test_a_school_ticks_rows_and_finds_them_in_its_plan_and_month(open_as: Callable[..., Page]) -> None:
    place = orgs.place(1)
    own = _plans(place)
    page = open_as(
        orgs.account(Role.SCHOOL_COORDINATOR, place.schools[0]), reverse("office:planning:linked", args=[own.pk])
    )
    assert faults(page, page.url) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    boxes, every = page.locator('input[name="key"]'), page.locator("input[data-check-all]")
    expect(boxes).to_have_count(3)
    every.uncheck()
    expect(page.locator('input[name="key"]:checked')).to_have_count(0)
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(every).not_to_be_checked()
    page.get_by_label("Ответственные организации").fill("заместитель директора")
    page.get_by_role("button", name="Взять в план").click()
    expect(page.get_by_text("Взято в план: 2")).to_be_visible()
    page.goto(page.url.replace("linked/", "period/?period=2027-04"))
    expect(page.get_by_role("link", name=_ROWS[0])).to_be_visible()
    expect(page.get_by_text("план управления, п. 3.1")).to_be_visible()
    assert faults(page, page.url) == []


def test_pages_of_the_authority_are_accessible(open_as: Callable[..., Page]) -> None:
    place = orgs.place(2)
    _plans(place)
    page = open_as(orgs.account(Role.SPECIALIST, place.authority), reverse("office:planning:organizations"))
    expect(page.get_by_role("link", name="План ВСОКО школы")).to_be_visible()
    found = faults(page, page.url)
    for view in ("plan", "report", "orders"):
        found += faults(page, page.url.partition("/planning/")[0] + f"/planning/period/?period=2027-04&view={view}")
    assert found == []
