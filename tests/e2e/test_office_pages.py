"""Pages in Chromium: accessible, never wider than the screen, usable by keyboard, alive under the strict policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from msoko.foundation.access.api import Role
from msoko.foundation.jobs.api import enqueue
from msoko.foundation.orgs.api import Organization, OrganizationContext
from tests.e2e.pages_in_chromium import serious, wider_than
from tests.factories import orgs
from tests.factories.orgs import Place

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
OpenAs = Callable[..., Page]

PAGES = (
    "office:home",
    "office:organizations:list",
    "office:organizations:add",
    "office:organizations:import",
    "office:people:list",
    "office:people:add",
    "office:people:bodies",
    "office:journal:list",
    "office:access:list",
    "office:access:roles",
    "office:access:add",
    "office:jobs:list",
    "account_change_password",
    "mfa_index",
)


@pytest.fixture
def place() -> Place:
    made = orgs.place(8)
    OrganizationContext.objects.create(organization=made.schools[0], school_year=orgs.school_year(), enrolment=480)
    return made


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible_and_fit_the_screen(name: str, place: Place, open_as: OpenAs) -> None:
    user = orgs.account(Role.ADMINISTRATOR, place.authority)
    page = open_as(user, reverse(name))
    assert serious(page) == []
    assert wider_than(page) == []


def test_the_passport_is_accessible(place: Place, open_as: OpenAs) -> None:
    user = orgs.account(Role.SPECIALIST, place.authority)
    page = open_as(user, reverse("office:organizations:detail", args=[place.schools[0].pk]))
    assert serious(page) == []


def test_search_opens_by_keyboard_and_leads_to_the_school(place: Place, open_as: OpenAs) -> None:
    page = open_as(orgs.account(Role.SPECIALIST, place.authority), reverse("office:home"))
    page.keyboard.press("Control+k")
    page.keyboard.type("сош № 3")
    expect(page.locator("#search-results a")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("МБОУ СОШ № 3")


def test_filters_submit_themselves(place: Place, open_as: OpenAs) -> None:
    page = open_as(orgs.account(Role.SPECIALIST, place.authority), reverse("office:organizations:list"))
    page.get_by_label("Вид", exact=True).select_option("school")
    page.wait_for_url("**/?kind=school")
    page.get_by_label("Название, код или населённый пункт").type("№ 5")
    expect(page.locator("table.data tbody tr")).to_have_count(1)
    assert "q=" in page.url


def test_a_confirmed_act_asks_first(place: Place, open_as: OpenAs) -> None:
    administrator = orgs.account(Role.ADMINISTRATOR, place.authority)
    person = orgs.account(Role.OBSERVER, place.municipality)
    page = open_as(administrator, reverse("office:access:detail", args=[person.pk]))
    page.get_by_role("button", name="Отозвать").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Отозвать роль «Общественный наблюдатель»")
    dialog.get_by_role("button", name="Отмена").click()
    expect(page.locator("table.data tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Отозвать").click()
    page.get_by_role("dialog").get_by_role("button", name="Отозвать").click()
    expect(page.locator(".messages")).to_contain_text("отозвана")


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(place: Place, open_as: OpenAs) -> None:
    page = open_as(orgs.account(Role.SPECIALIST, place.authority), reverse("office:home"), width=390)
    side = page.get_by_role("navigation", name="Разделы")
    expect(side).to_be_hidden()
    page.get_by_role("button", name="Меню разделов").click()
    expect(side).to_be_visible()
    page.keyboard.press("Escape")
    expect(side).to_be_hidden()


def test_the_person_signs_out_from_the_menu(place: Place, open_as: OpenAs) -> None:
    page = open_as(orgs.account(Role.SPECIALIST, place.authority), reverse("office:home"))
    page.locator("summary[aria-label^='Учётная запись']").click()
    page.get_by_role("button", name="Выйти").click()
    expect(page.get_by_role("heading", name="Вход")).to_be_visible()


def test_a_dropped_list_goes_to_its_check(place: Place, open_as: OpenAs) -> None:
    page = open_as(orgs.account(Role.SPECIALIST, place.authority), reverse("office:organizations:import"))
    text = "Наименование;Тип\nМБОУ СОШ № 77;школа\n".encode()
    page.locator("input[type=file]").set_input_files({"name": "список.csv", "mimeType": "text/csv", "buffer": text})
    expect(page.get_by_role("heading", level=1)).to_have_text("Что сделает список")
    page.get_by_role("button", name="Принять список").click()
    expect(page.locator(".messages")).to_contain_text("добавлено 1")
    assert Organization.objects.filter(short_name="МБОУ СОШ № 77").exists()


def test_progress_of_a_job_renews_itself(place: Place, open_as: OpenAs, settings: object) -> None:
    settings.JOBS_INLINE = False  # type: ignore[attr-defined]
    user = orgs.account(Role.SPECIALIST, place.authority)
    job = enqueue(
        orgs.act_by(user), "tests.office.slow", title="Чтение файлов", organization=place.authority, payload={}
    )
    page = open_as(user, reverse("office:jobs:detail", args=[job.pk]))
    expect(page.locator(".job")).to_contain_text("В очереди")
    type(job).objects.filter(pk=job.pk).update(state="running", progress_done=7, progress_total=40)
    expect(page.locator(".job")).to_contain_text("7 из 40")
    type(job).objects.filter(pk=job.pk).update(state="done")
    expect(page.locator(".job")).to_contain_text("Готово")
