"""Pages of procedures, of loading and of analysis over one real work: accessible, inside the screen, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from msoko.cycle.analysis.api import Report, draft_report
from msoko.cycle.procedures.api import BlueprintVersion
from msoko.foundation.access.api import Role
from msoko.foundation.orgs.api import OrganizationKind
from tests.e2e.loaded_work import LoadedWork, load_work
from tests.e2e.pages_in_chromium import faults, has_focus, tab_to
from tests.factories import orgs

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
OpenAs = Callable[..., Page]


@pytest.fixture
def loaded(tmp_path: Path) -> LoadedWork:
    made = load_work(tmp_path)
    assert made.accepted.accepted_at is not None
    assert len(made.waiting.preview["questions"]) == 3  # organization, procedure, columns
    return made


@pytest.fixture
def report(loaded: LoadedWork) -> Report:
    specialist = loaded.accounts[Role.SPECIALIST]
    return draft_report(orgs.act_by(specialist), campaign=loaded.campaign, organization=loaded.tree.municipality)


def test_every_page_of_the_steps_is_accessible_and_fits_the_screen(
    loaded: LoadedWork, report: Report, open_as: OpenAs
) -> None:
    page = open_as(loaded.accounts[Role.SPECIALIST], "/")
    addresses = [*_procedures(loaded), *_collection(loaded), *_analysis(loaded), *_reports(loaded, report)]
    found = [fault for address in addresses for fault in faults(page, _beside(page, address))]

    school = open_as(loaded.accounts[Role.SCHOOL_COORDINATOR], "/")
    found += [fault for address in _key_of_the_school() for fault in faults(school, _beside(school, address))]
    assert found == []


def test_the_work_is_done_without_a_mouse(loaded: LoadedWork, report: Report, open_as: OpenAs) -> None:
    page = open_as(loaded.accounts[Role.SPECIALIST], reverse("office:analysis:detail", args=[loaded.campaign.pk]))
    _walk_from_the_skip_link_to_the_report(page)
    page.go_back()
    _ask_where_a_figure_is_from(page)
    page.goto(_beside(page, reverse("office:analysis:report", args=[report.pk])))
    _change_a_paragraph(page)


def _walk_from_the_skip_link_to_the_report(page: Page) -> None:
    tab_to(page, page.get_by_role("link", name="Перейти к содержанию"), 1)
    tab_to(page, page.get_by_role("navigation", name="Разделы").get_by_role("link", name="Анализ"))
    tab_to(page, page.locator(".page-actions").get_by_role("link", name="Справка"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/")


def _ask_where_a_figure_is_from(page: Page) -> None:
    """The skip link passes by the menu; Escape brings back to the figure."""
    page.reload()
    tab_to(page, page.get_by_role("link", name="Перейти к содержанию"), 1)
    page.keyboard.press("Enter")
    question = page.get_by_role("link", name="Откуда цифра?").first
    tab_to(page, question, 25)
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Откуда цифра?")
    expect(panel.get_by_role("heading", name="Как посчитано")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert has_focus(question)


def _change_a_paragraph(page: Page) -> None:
    """What is typed saves itself; after «Готово» the focus is where the work went on."""
    block = page.locator(".paper-paragraph").first
    place = page.locator(f"#{block.get_attribute('id')}")
    tab_to(page, place.get_by_role("button", name="Править"), 120)
    page.keyboard.press("Enter")
    field = place.get_by_role("textbox", name="Текст")
    expect(field).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Проверено школой.")
    expect(place.locator(".saved-line")).to_contain_text("Сохранено в")
    tab_to(page, place.get_by_role("button", name="Готово"), 3)
    page.keyboard.press("Enter")
    expect(place).to_contain_text("Проверено школой.")
    expect(place).to_contain_text("изменено вручную")
    expect(place.get_by_role("button", name="Править")).to_be_focused()


def _beside(page: Page, address: str) -> str:
    return str(page.evaluate("address => new URL(address, location.origin).href", address))


def _procedures(loaded: LoadedWork) -> Iterator[str]:
    campaign, version = loaded.campaign, BlueprintVersion.objects.first()
    assert version is not None
    for name in ("list", "add", "catalogue", "blueprints", "blueprint_add", "blueprint_import"):
        yield reverse(f"office:procedures:{name}")
    yield reverse("office:procedures:passport", args=["VPR"])
    for name in ("campaign", "edit"):
        yield reverse(f"office:procedures:{name}", args=[campaign.pk])
    for name in ("blueprint", "blueprint_edit"):
        yield reverse(f"office:procedures:{name}", args=[version.pk])


def _collection(loaded: LoadedWork) -> Iterator[str]:
    for name in ("list", "batches", "individual"):
        yield reverse(f"office:collection:{name}")
    accepted, waiting = (
        reverse("office:collection:session", args=[session.pk]) for session in (loaded.accepted, loaded.waiting)
    )
    yield from (accepted, f"{accepted}?tab=remarks", waiting, f"{waiting}?tab=files")
    file = loaded.accepted.files.first()
    assert file is not None
    yield reverse("office:collection:file", args=[file.pk])


def _analysis(loaded: LoadedWork) -> Iterator[str]:
    yield reverse("office:analysis:list")
    for name in ("detail", "organizations", "items", "elements", "gaps", "journal", "years", "reconciliation"):
        yield reverse(f"office:analysis:{name}", args=[loaded.campaign.pk])
    school = next(one for one in loaded.tree.by_key.values() if one.kind == OrganizationKind.SCHOOL)
    yield reverse("office:analysis:organization", args=[loaded.campaign.pk, school.pk])
    yield reverse("office:analysis:detail", args=[loaded.campaign.pk]) + f"?organization={school.pk}"
    yield reverse("office:analysis:item", args=[loaded.campaign.pk, 1])


def _reports(loaded: LoadedWork, report: Report) -> Iterator[str]:
    yield reverse("office:analysis:reports", args=[loaded.campaign.pk])
    yield reverse("office:analysis:report", args=[report.pk])


def _key_of_the_school() -> Iterator[str]:
    for name in ("keys", "key_load", "pupil", "cohort", "individual"):
        yield reverse(f"office:collection:{name}")
    yield reverse("office:analysis:list")
