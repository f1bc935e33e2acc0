"""Pages of schedules in Chromium: accessible, inside the screen, a work added by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from msoko.cli.demo.organizations import Tree, build_tree
from msoko.cli.demo.people import build_accounts
from msoko.cli.demo.schedules import build_schedules
from msoko.cycle.procedures.api import Schedule
from msoko.foundation.access.api import Role, User
from qualimetry.synthetic import build_municipality
from tests.e2e.pages_in_chromium import faults
from tests.factories import orgs, schedules

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
OpenAs = Callable[..., Page]


@pytest.fixture
def accounts() -> dict[Role, User]:
    source = build_municipality()
    tree: Tree = build_tree(source)
    made = build_accounts(orgs.system_act(), source, tree)
    build_schedules(orgs.system_act(), orgs.system_act(), tree)
    return made


def _addresses(found: Schedule) -> Iterator[str]:
    yield from (reverse(f"office:procedures:{name}") for name in ("schedules", "schedule_hours"))
    page = reverse("office:procedures:schedule", args=[found.pk])
    yield from (f"{page}?view={view}" for view in ("", "classes", "list", "load"))
    for name in ("schedule_work_add", "schedule_import"):
        yield reverse(f"office:procedures:{name}", args=[found.pk])
    session = schedules.loaded(found)
    yield reverse("office:procedures:schedule_import_preview", args=[session.pk])
    yield reverse("office:procedures:schedule_import_row", args=[session.pk, 1])


def test_pages_of_schedules_are_accessible_and_fit_the_screen(accounts: dict[Role, User], open_as: OpenAs) -> None:
    draft = Schedule.objects.get(status="draft")
    page = open_as(accounts[Role.SCHOOL_HEAD], "/")
    origin = str(page.evaluate("location.origin"))
    found = [fault for address in _addresses(draft) for fault in faults(page, f"{origin}{address}")]
    office = open_as(accounts[Role.SPECIALIST], "/")
    summary = reverse("office:procedures:schedule_summary")
    found += faults(office, f"{origin}{summary}?year=2026")
    assert found == []


def test_a_head_sees_clashes_and_approves_with_a_reason(accounts: dict[Role, User], open_as: OpenAs) -> None:
    draft = Schedule.objects.get(status="draft")
    page = open_as(accounts[Role.SCHOOL_HEAD], reverse("office:procedures:schedule", args=[draft.pk]))
    expect(page.get_by_text("Нарушения: 2")).to_be_visible()
    page.get_by_role("button", name="Утвердить").first.click()
    dialog = page.get_by_role("dialog", name="Утвердить график")
    dialog.get_by_label("Основание").fill("Приказ от 01.09.2026 № 5")
    dialog.get_by_label("Почему утверждается с нарушениями").fill("Сроки назначены регионом")
    dialog.get_by_role("button", name="Утвердить").click()
    expect(page.get_by_text("График утверждён.")).to_be_visible()
    expect(page.get_by_text("Сроки назначены регионом")).to_be_visible()
