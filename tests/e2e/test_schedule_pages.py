"""Pages of schedules in Chromium: accessible, inside the screen, a work added by keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from intake.schedules import read_schedule
from msoko.cli.demo.organizations import Tree, build_tree
from msoko.cli.demo.people import build_accounts
from msoko.cli.demo.schedules import build_schedules
from msoko.cycle.planning.reminders import remind
from msoko.cycle.procedures.api import Schedule
from msoko.foundation.access.api import Role, User
from qualimetry.synthetic import build_municipality
from tests.e2e.pages_in_chromium import faults, serious, wider_than
from tests.factories import orgs, schedules, tasks
from tests.factories.schedule_files import Printed, as_pdf

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
OpenAs = Callable[..., Page]


@pytest.fixture
def accounts() -> dict[Role, User]:
    source = build_municipality()
    tree: Tree = build_tree(source)
    made = build_accounts(orgs.system_act(), source, tree)
    build_schedules(orgs.system_act(), orgs.system_act(), tree)
    return made


def own_draft(accounts: dict[Role, User]) -> Schedule:
    """The draft of the school of the demo."""
    school = accounts[Role.SCHOOL_HEAD].memberships.get().organization
    return Schedule.objects.get(status="draft", organization=school)


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
    draft = own_draft(accounts)
    page = open_as(accounts[Role.SCHOOL_HEAD], "/")
    origin = str(page.evaluate("location.origin"))
    found = [fault for address in _addresses(draft) for fault in faults(page, f"{origin}{address}")]
    office = open_as(accounts[Role.SPECIALIST], "/")
    for name, query in (
        ("procedures:schedule_summary", "year=2026"), ("procedures:schedule_table", "year=2026"),
        ("procedures:schedule_table", "year=2026&view=list"), ("planning:calendars", ""), ("tasks:schedules", ""),
        ("tasks:digest", ""),
    ):  # fmt: skip
        address = reverse(f"office:{name}")
        found += faults(office, f"{origin}{address}?{query}")
    assert found == []


def test_a_head_sees_clashes_and_approves_with_a_reason(accounts: dict[Role, User], open_as: OpenAs) -> None:
    draft = own_draft(accounts)
    page = open_as(accounts[Role.SCHOOL_HEAD], reverse("office:procedures:schedule", args=[draft.pk]))
    expect(page.get_by_text("Нарушения: 2")).to_be_visible()
    page.get_by_role("button", name="Утвердить").first.click()
    dialog = page.get_by_role("dialog", name="Утвердить график")
    dialog.get_by_label("Основание").fill("Приказ от 01.09.2026 № 5")
    dialog.get_by_label("Почему утверждается с нарушениями").fill("Сроки назначены регионом")
    dialog.get_by_role("button", name="Утвердить").click()
    expect(page.get_by_text("График утверждён.")).to_be_visible()
    expect(page.get_by_text("Сроки назначены регионом")).to_be_visible()


#: the unified form of a city: classes by days, short forms in cells, one of them that nobody knows; two works of 6А in
#: mathematics stand too near, a day of 6Б does not exist
ROWS = [
    ["Класс", "Сентябрь", "", "", "", "Ноябрь", ""],
    ["", "11", "14", "18", "21", "27", "31"],
    ["6А", "КР МА", "", "КР МА", "КР ГЕО", "", ""],
    ["6Б", "", "КР РЯ", "", "КР ГЕО", "", "ПР БИ"],
]


def test_a_file_is_read_asked_about_accepted_mended_approved_and_exported(
    accounts: dict[Role, User], open_as: OpenAs, tmp_path: Path
) -> None:
    school = orgs.school(accounts[Role.SCHOOL_HEAD].memberships.get().organization.parent, 77)
    head = orgs.account(Role.SCHOOL_HEAD, school)
    file = tmp_path / "Единый график.pdf"
    file.write_bytes(as_pdf(Printed(ROWS, wide={(0, 1): 4, (0, 5): 2}, tall={(0, 0): 2})))
    page = open_as(head, reverse("office:procedures:schedules") + "?year=2026")
    page.get_by_role("button", name="Новый график").click()
    page.get_by_role("dialog", name="Новый график").get_by_role("button", name="Создать").click()
    page.get_by_role("link", name="Из файла").click()
    page.get_by_label("Файл графика").set_input_files(file)
    page.get_by_role("button", name="Прочитать график").click()
    expect(page.get_by_text("прочитано работ: 6")).to_be_visible(timeout=20_000)
    assert serious(page) == []
    page.get_by_label("Какой предмет — «ГЕО»?").fill("География")
    page.get_by_role("button", name="Ответить").click()
    expect(page.get_by_text("Какой предмет")).to_be_hidden()
    page.get_by_role("button", name="Исправить строку 6").click()
    dialog = page.get_by_role("dialog", name="Строка 6")
    dialog.get_by_label("День или начало периода").fill("2026-11-30")
    dialog.get_by_role("button", name="Сохранить").click()
    page.get_by_role("button", name="Принять").click()
    expect(page.get_by_text("Добавлено и изменено работ: 6.")).to_be_visible()
    expect(page.get_by_text("Нарушения: 1")).to_be_visible()
    expect(page.get_by_text("между работами 7 дн., нужно не меньше 18")).to_be_visible()
    page.get_by_role("link", name="18.09").click()
    page.get_by_label("День или начало периода").fill("2026-09-29")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Нарушений не найдено.")).to_be_visible()
    page.get_by_role("button", name="Утвердить").first.click()
    approval = page.get_by_role("dialog", name="Утвердить график")
    approval.get_by_label("Основание").fill("Приказ от 01.09.2026 № 12")
    approval.get_by_role("button", name="Утвердить").click()
    expect(page.get_by_text("График утверждён.")).to_be_visible()
    page.get_by_text("Выгрузить").click()
    with page.expect_download() as given:
        page.get_by_role("link", name="Excel: официальная форма").click()
    back = read_schedule("график.xlsx", Path(given.value.path()).read_bytes(), start_year=2026)
    own = sorted(
        (f"{one.grade_level}{one.letter}", one.subject, one.starts_on) for one in back.works if one.level == "school"
    )
    assert own == [
        ("6А", "География", dt.date(2026, 9, 21)), ("6А", "Математика", dt.date(2026, 9, 11)),
        ("6А", "Математика", dt.date(2026, 9, 29)), ("6Б", "Биология", dt.date(2026, 11, 30)),
        ("6Б", "География", dt.date(2026, 9, 21)), ("6Б", "Русский язык", dt.date(2026, 9, 14)),
    ]  # fmt: skip


def test_the_bell_opens_by_keyboard_and_leads_to_the_task(accounts: dict[Role, User], open_as: OpenAs) -> None:
    user = accounts[Role.SCHOOL_COORDINATOR]
    school = user.memberships.get().organization
    tasks.task(school.parent, school, tasks.days(0), title="Отчёт о мониторинге")
    remind(orgs.system_act())
    page = open_as(user, "/", width=390)
    bell = page.locator("summary[aria-label='Напоминания, новых: 1']")
    bell.focus()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Отчёт о мониторинге").first
    expect(link).to_be_visible()
    assert wider_than(page, (390,)) == []
    assert serious(page) == []
    page.keyboard.press("ArrowDown")
    expect(page.locator(".bell-list .menu-item").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Отчёт о мониторинге")).to_be_visible()
    expect(page.locator("summary[aria-label='Напоминания, новых нет']")).to_be_visible()
