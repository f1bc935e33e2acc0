"""Tasks of a plan in a browser: a school reports with a document, the specialist confirms; pages are accessible."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from msoko.cycle.planning.api import (
    Assignment,
    EvidenceEntry,
    Occurrence,
    RequestEntry,
    add_comment,
    confirm_task,
    postpone_occurrence,
    record_request,
    release_addressee,
    remind_people,
    report_done,
    return_task,
    start_task,
)
from msoko.foundation.access.api import Role, User
from tests.e2e.pages_in_chromium import faults, tab_to
from tests.factories import orgs, tasks

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
OpenAs = Callable[..., Page]
PICTURES = os.environ.get("MSOKO_PICTURES", "")


class Scene:
    """A plan in force: six schools in every state, a late own task, a blocked one, a request, a schedule."""

    def __init__(self) -> None:
        self.place = orgs.place(6)
        self.specialist = orgs.account(Role.SPECIALIST, self.place.authority)
        self.school = orgs.account(Role.SCHOOL_COORDINATOR, self.place.schools[0])
        self.plan = tasks.plan(self.place.municipality, title="Циклограмма функционирования МСОКО на учебный год")
        self.report = self._activity("Представить отчёт о проведении входной диагностики по математике", 3)
        tasks.group(self.report)
        tasks.deliverable(self.report, "Аналитическая справка", "analytics")
        self.own = self._activity("Утвердить график оценочных процедур", -4)
        tasks.unit(self.own, organization=self.place.authority, raw="УО")
        self.after = self._activity("Подготовить сводную справку по итогам диагностики", 5)
        tasks.unit(self.after, organization=self.place.authority, raw="УО")
        tasks.needs(self.after, self.report)
        asked = tasks.activity(self.plan, "Консультации по вопросам ВСОКО", terms=[{"status": "on_request"}])
        tasks.unit(asked, organization=self.place.advisory_service, raw="ИМЦ")
        schedule = tasks.activity(
            self.plan, "Проведение ВПР", terms=[{"status": "external_schedule"}], terms_text="по графику"
        )
        tasks.group(schedule)
        self.schedule = schedule
        tasks.dealt(self.plan)
        entry = RequestEntry(
            tasks.days(-1), "Как оформить положение о ВСОКО", self.place.schools[2], due_on=tasks.days(9)
        )
        self.request = record_request(orgs.act_by(self.specialist), activity=asked, entry=entry)
        self._execute()

    def _activity(self, title: str, ends_in: int) -> tasks.Activity:
        made = tasks.activity(self.plan, title)
        tasks.term(made, tasks.days(ends_in), planned_ends_on=tasks.days(ends_in))
        return made

    def _execute(self) -> None:
        act = orgs.act_by(self.specialist)
        rows = list(Assignment.objects.filter(occurrence__activity=self.report).order_by("pk"))
        for row in rows[1:4]:
            proof = EvidenceEntry(title="Справка об итогах", number="12", signed_on=tasks.days(-1))
            report_done(act, assignment=row, done_on=tasks.days(-1), entries=[proof])
        confirm_task(act, assignment=rows[1])
        return_task(act, assignment=rows[2], remark="Нет сведений по 5-м классам")
        start_task(act, assignment=rows[4])
        release_addressee(act, assignment=rows[5], basis="В организации нет 5-х классов")
        add_comment(act, occurrence=self.term, text="Форма отчёта — в приложении к приказу.")
        postpone_occurrence(act, occurrence=self.term, now_on=tasks.days(4), basis="Письмо от 01.11.2026 № 5")
        remind_people()

    @property
    def term(self) -> Occurrence:
        return Occurrence.objects.get(activity=self.report)

    @property
    def task_of_school(self) -> Assignment:
        return Assignment.objects.get(occurrence=self.term, organization=self.place.schools[0])


@pytest.fixture
def scene(tmp_path: Path, settings: object) -> Scene:
    settings.STORAGE_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return Scene()


def _addresses(scene: Scene) -> Iterator[tuple[User, str]]:
    task = scene.task_of_school
    for name in ("list", "terms", "requests", "request_new", "schedules", "reminders"):
        yield scene.specialist, reverse(f"office:tasks:{name}")
    yield scene.specialist, "/"
    yield scene.specialist, reverse("office:tasks:list") + "?view=confirm"
    yield scene.specialist, reverse("office:tasks:detail", args=[scene.term.pk])
    yield scene.specialist, reverse("office:tasks:step", args=[task.pk, "release"])
    yield scene.specialist, reverse("office:tasks:schedule_bind", args=[scene.schedule.pk])
    yield scene.specialist, reverse("office:tasks:request_result", args=[scene.request.pk])
    yield scene.school, "/"
    yield scene.school, reverse("office:tasks:detail", args=[scene.term.pk])
    yield scene.school, reverse("office:tasks:done", args=[task.pk])


def test_pages_of_tasks_are_accessible_and_fit_the_screen(scene: Scene, open_as: OpenAs) -> None:
    pages = {user.pk: open_as(user, "/") for user in (scene.specialist, scene.school)}
    found = []
    for number, (user, address) in enumerate(_addresses(scene)):
        page = pages[user.pk]
        full = str(page.evaluate("address => new URL(address, location.origin).href", address))
        found += faults(page, full)
        _picture(page, f"{number:02}")
    assert found == []


def _picture(page: Page, name: str) -> None:
    """Pictures for the eye of a person, where a folder for them is named."""
    for width in (1440, 390) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.querySelectorAll('details.menu').forEach(one => { one.open = false })")
        page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def test_a_school_reports_with_a_document_and_the_specialist_confirms(
    scene: Scene, open_as: OpenAs, tmp_path: Path
) -> None:
    scan = tmp_path / "справка.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    school = open_as(scene.school, "/")
    school.get_by_role("link", name="Отметить исполнение").first.click()
    school.get_by_label("Документ", exact=True).fill("Аналитическая справка")
    school.get_by_label("Номер").fill("7")
    school.get_by_label("Файл").set_input_files(scan)
    school.get_by_role("button", name="Отметить исполнение").click()
    expect(school.get_by_text("Исполнение отмечено")).to_be_visible()

    desk = open_as(scene.specialist, "/")
    expect(desk.get_by_role("heading", name="Ждут моего подтверждения")).to_be_visible()
    desk.get_by_role("link", name="Проверить").first.click()
    row = desk.get_by_role("row").filter(has_text="МБОУ СОШ № 1")
    with desk.expect_download() as download:
        row.get_by_role("link", name="Аналитическая справка").click()
    assert download.value.suggested_filename == "справка.pdf"
    tab_to(desk, row.locator("summary"), 60)
    desk.keyboard.press("Enter")
    row.get_by_role("button", name="Подтвердить").click()
    expect(desk.get_by_text("Исполнение подтверждено.", exact=True)).to_be_visible()
    assert scene.task_of_school.confirmed_at is not None
