"""Plans of work of a month and a quarter: rows, the report on fulfilment, documents to prepare, files."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from msoko.cycle.planning.api import (
    Activity,
    Assignment,
    EvidenceEntry,
    Plan,
    PlanSection,
    PlanStatus,
    cancel_occurrence,
    deal_out,
    periods,
    postpone_occurrence,
    report_done,
)
from msoko.foundation.access.api import Role
from msoko.foundation.access.scope import SYSTEM_SCOPE
from msoko.foundation.kernel.acts import Act, SystemActor
from msoko.foundation.roster.api import AppointmentKind, PersonEntry, add_person, head_of
from tests.factories import orgs, tasks
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db
OCTOBER = periods.period_of("2025-10", dt.date(2025, 10, 1))
AS_OF = dt.date(2025, 11, 5)


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: Any) -> None:
    settings.STORAGE_ROOT = tmp_path / "files"


def _plan(place: orgs.Place, **values: Any) -> Plan:
    known = {"start_year": 2025, "title": "План работы управления", "approved_on": dt.date(2025, 8, 28)}
    return tasks.plan(place.municipality, **known | values)


def _row(plan: Plan, title: str, ends_on: dt.date, section: PlanSection | None = None, **term: Any) -> Activity:
    made = tasks.activity(plan, title, section=section)
    tasks.unit(made, organization=plan.owner, raw="Отдел качества")
    tasks.deliverable(made, f"Приказ: {title}")
    tasks.term(made, ends_on, planned_ends_on=ends_on, **term)
    return made


def _done(activity: Activity, day: dt.date, reason: str = "") -> None:
    act = Act(SystemActor(), timezone.make_aware(dt.datetime.combine(day, dt.time(12))))
    task = Assignment.objects.get(occurrence__activity=activity)
    proof = EvidenceEntry(title="Приказ", number="45", signed_on=day, deliverable=activity.deliverables.get())
    report_done(act, assignment=task, done_on=day, entries=[proof], delay_reason=reason)


def _october(place: orgs.Place) -> Plan:
    """One term of every fate in October."""
    plan = _plan(place)
    first = PlanSection.objects.create(plan=plan, position=1, number="1.", title="Организация")
    second = PlanSection.objects.create(plan=plan, position=2, number="2.", title="Мониторинг")
    rows = {
        title: _row(plan, title, day, section, **term)
        for title, day, section, term in (
            ("Сделано вовремя", dt.date(2025, 10, 10), first, {}),
            ("Сделано позже", dt.date(2025, 10, 12), first, {}),
            ("Не сделано", dt.date(2025, 10, 20), second, {}),
            ("Перенесено", dt.date(2025, 10, 25), second, {}),
            ("Снято", dt.date(2025, 10, 5), second, {}),
            ("Весь год", dt.date(2026, 5, 31), second, {"starts_on": dt.date(2025, 9, 1)}),
            ("Ноябрьское", dt.date(2025, 11, 20), second, {}),
        )
    }
    deal_out(orgs.system_act(), plan)
    _done(rows["Сделано вовремя"], dt.date(2025, 10, 9))
    _done(rows["Сделано позже"], dt.date(2025, 10, 30), "Болезнь исполнителя")
    moved, off = (rows[title].occurrences.get() for title in ("Перенесено", "Снято"))
    postpone_occurrence(orgs.system_act(), occurrence=moved, now_on=dt.date(2025, 12, 1), basis="Приказ № 77")
    cancel_occurrence(orgs.system_act(), occurrence=off, basis="Приказ № 78")
    return plan


def _client(place: orgs.Place) -> Client:
    return client_of(orgs.account(Role.SPECIALIST, place.authority))


def test_every_term_of_the_month_comes_to_one_result_with_its_reason() -> None:
    plan = _october(orgs.place(1))
    rows = {row.title: row for row in periods.period_rows([plan], OCTOBER, AS_OF)}
    planned = [row for row in rows.values() if row.place != periods.Place.RUNNING]
    assert {row.title: row.result for row in planned} == {
        "Сделано вовремя": "on_time", "Сделано позже": "late", "Не сделано": "not_done", "Перенесено": "moved",
        "Снято": "cancelled",
    }  # fmt: skip
    assert rows["Весь год"].place == periods.Place.RUNNING
    assert "Ноябрьское" not in rows
    assert rows["Перенесено"].why == "с 25.10.2025 на 01.12.2025: Приказ № 77"
    assert rows["Снято"].why == "Приказ № 78"
    assert rows["Сделано позже"].why == "Болезнь исполнителя"
    assert periods.summary_words(planned, AS_OF) == (
        "По состоянию на 05.11.2025 запланировано сроков – 5: исполнено в срок – 1, с нарушением срока – 1, "
        "не исполнено – 1, перенесено на другой срок – 1, снято – 1."
    )


def test_months_of_a_quarter_hold_what_the_quarter_holds() -> None:
    plan = _october(orgs.place(1))
    quarter = periods.period_of("2025-Q4", AS_OF)
    months = [periods.period_of(f"2025-{month}", AS_OF) for month in (10, 11, 12)]
    of_quarter = {row.term.pk for row in periods.period_rows([plan], quarter, AS_OF)}
    of_months = {row.term.pk for month in months for row in periods.period_rows([plan], month, AS_OF)}
    assert of_quarter == of_months


def test_the_list_of_orders_says_which_are_there() -> None:
    plan = _october(orgs.place(1))
    found = periods.needed_documents(periods.period_rows([plan], OCTOBER, AS_OF), ["order"])
    assert {one.text: one.state for one in found} == {
        "Приказ: Сделано вовремя": "есть: Приказ от 09.10.2025 № 45",
        "Приказ: Сделано позже": "есть: Приказ от 30.10.2025 № 45",
        "Приказ: Не сделано": "нет",
    }


def test_plans_of_an_organization_stand_together_and_drafts_apart() -> None:
    place = orgs.place(1)
    plan, other = _october(place), _plan(place, title="Дорожная карта")
    _row(other, "Из второго плана", dt.date(2025, 10, 15))
    _plan(place, title="Проект", status=PlanStatus.DRAFT)
    assert periods.plans_of_period(SYSTEM_SCOPE, place.municipality, OCTOBER) == [plan, other]
    page = text_of(_client(place).get(reverse("office:planning:all_period") + "?period=2025-10"))
    assert "План работы на октябрь 2025 года" in page
    assert "Из второго плана" in page
    assert "Ноябрьское" not in page


def test_the_page_groups_filters_and_reports() -> None:
    place = orgs.place(1)
    plan, client = _october(place), _client(place)
    url = reverse("office:planning:period", args=[plan.pk]) + "?period=2025-10"
    page = text_of(client.get(url)).partition("<tbody>")[2]
    assert page.index("1. Организация") < page.index("Сделано вовремя") < page.index("2. Мониторинг")
    page = text_of(client.get(url + "&group=date&section=2. Мониторинг")).partition("<tbody>")[2]
    assert "Сделано вовремя" not in page
    assert page.index("Снято") < page.index("Не сделано")
    page = text_of(client.get(url + "&view=report&result=moved"))
    assert "с 25.10.2025 на 01.12.2025: Приказ № 77" in page
    assert "Не сделано" not in page
    assert "Приказ от 09.10.2025 № 45" in text_of(client.get(url + "&view=orders"))


def test_files_have_the_blank_of_approval_with_the_head() -> None:
    place = orgs.place(1)
    entry = PersonEntry(last_name="Полевая", first_name="Ирина", middle_name="Сергеевна")
    add_person(
        orgs.system_act(), entry=entry, organization=place.authority, kind=AppointmentKind.EMPLOYEE,
        post="начальник управления образования",
    )  # fmt: skip
    plan, client = _october(place), _client(place)

    def given(what: str, kind: str) -> bytes:
        url = reverse("office:planning:period_download", args=[plan.pk, what, kind])
        return bytes(client.get(f"{url}?period=2025-10").content)

    document = Document(io.BytesIO(given("plan", "docx")))
    words = [one.text for one in document.paragraphs]
    assert words[:2] == ["УТВЕРЖДАЮ", "Начальник управления образования"]
    assert any(line.endswith("И.С. Полевая") for line in words)
    assert any(line.startswith("План работы на октябрь 2025 года") for line in words)
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells[2][:5] == ["1", "Сделано вовремя", "до 10.10.2025", "Отдел качества", "Приказ: Сделано вовремя"]
    report = Document(io.BytesIO(given("report", "docx")))
    assert "Приказ № 78" in {row.cells[6].text for row in report.tables[0].rows}
    book = load_workbook(io.BytesIO(given("orders", "xlsx")))
    assert "Перечень приказов к подготовке на октябрь 2025 года" in str(book.worksheets[0]["A1"].value)


def test_a_draft_has_a_plan_of_work_without_results() -> None:
    place = orgs.place(1)
    plan = _plan(place, status=PlanStatus.DRAFT, approved_on=None)
    _row(plan, "Будущее дело", dt.date(2025, 10, 10))
    page = text_of(_client(place).get(reverse("office:planning:period", args=[plan.pk]) + "?period=2025-10"))
    assert "Будущее дело" in page
    assert "не исполнено</span>" not in page


def test_a_neighbour_sees_nothing() -> None:
    place, other = orgs.place(1), orgs.place(1, name="Другой округ")
    plan = _october(place)
    client = client_of(orgs.account(Role.SPECIALIST, other.authority))
    assert client.get(reverse("office:planning:period", args=[plan.pk])).status_code == 404
    page = text_of(client.get(reverse("office:planning:all_period") + f"?owner={place.municipality.pk}&period=2025-10"))
    assert "Сделано вовремя" not in page


@pytest.mark.parametrize("view", ["plan", "report", "orders"])
def test_the_page_takes_as_many_queries_for_many_rows(view: str) -> None:
    place = orgs.place(1)
    plan, client = _october(place), _client(place)
    url = reverse("office:planning:period", args=[plan.pk]) + f"?period=2025-10&view={view}"
    few = queries(lambda: client.get(url))
    for number in range(20):
        _row(plan, f"Дело {number}", dt.date(2025, 10, 15))
    deal_out(orgs.system_act(), plan)
    assert queries(lambda: client.get(url)) == few


@pytest.mark.parametrize(
    "query", ["period=2026-99", "period=x", "section=<b>", "view=nothing", "owner=abc", "kind=none"]
)
def test_strange_addresses_are_answered(query: str) -> None:
    place = orgs.place(1)
    plan, client = _october(place), _client(place)
    assert client.get(reverse("office:planning:period", args=[plan.pk]) + f"?{query}").status_code == 200
    assert client.get(reverse("office:planning:all_period") + f"?{query}").status_code == 200
    assert client.get(reverse("office:planning:period_download", args=[plan.pk, "plan", "pdf"])).status_code == 404


@pytest.mark.parametrize(
    ("posts", "head"),
    [
        (("руководитель методического объединения", "директор школы"), "директор школы"),
        (("начальник отдела", "начальник управления образования"), "начальник управления образования"),
        (("заведующая библиотекой", "заведующий детским садом"), "заведующий детским садом"),
        (("учитель", "руководитель"), "руководитель"),
        (("учитель", "заместитель директора"), None),
    ],
)
def test_the_head_is_known_by_the_post(posts: tuple[str, ...], head: str | None) -> None:
    school = orgs.place(1).schools[0]
    for number, post in enumerate(posts):
        entry = PersonEntry(last_name=f"Иванова{number}")
        kind = AppointmentKind.EMPLOYEE
        add_person(orgs.system_act(), entry=entry, organization=school, kind=kind, post=post)
    found = head_of(school, timezone.localdate())
    assert (found.post if found else None) == head
