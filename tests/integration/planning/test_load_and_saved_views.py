"""Load of units by month, saved filters, the calendar of all plans, files that keep to the filters."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from msoko.cycle.planning.api import Plan, SavedView, activities_of, add_activity, create_plan, load_of, years_of
from msoko.foundation.access.api import Role, User
from msoko.foundation.audit.api import AuditEvent
from tests.factories import tasks
from tests.factories.orgs import Place, account, place, system_act
from tests.integration.web.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def area() -> Place:
    return place(2)


@pytest.fixture
def plan(area: Place) -> Plan:
    found = create_plan(system_act(), owner=area.municipality, title="Циклограмма", start_year=2026)
    for title, term, unit in (
        ("Мониторинг наставников", "октябрь", "ИМЦ"),
        ("Сводная справка", "до 20 октября 2026 года", "ИМЦ; УО"),
        ("Приём обращений", "в течение года", "УО"),
        ("Консультации", "по запросу", "ИМЦ"),
    ):
        _add(found, title, term, unit)
    return found


def _add(plan: Plan, title: str, term: str, unit: str = "") -> None:
    add_activity(system_act(), plan=plan, values={"title": title, "terms_text": term, "responsible": unit})


@pytest.fixture
def user(area: Place) -> User:
    return account(Role.SPECIALIST, area.authority)


@pytest.fixture
def specialist(user: User) -> Client:
    return client_of(user)


def _url(name: str, *args: object) -> str:
    return reverse(f"office:planning:{name}", args=args)


def test_terms_are_counted_by_unit_and_month_and_long_windows_apart(plan: Plan) -> None:
    span = years_of(plan)[0]
    load = load_of(activities_of(plan), span.start, span.end)
    by_name = {one.name: one for one in load.units}
    october = [month.month for month in load.months].index(10)
    assert (by_name["ИМЦ"].counts[october], by_name["ИМЦ"].total, by_name["ИМЦ"].undated) == (2, 2, 1)
    assert (by_name["УО"].counts[october], by_name["УО"].long, by_name["УО"].as_lead) == (1, 1, 0)
    assert load.terms[october] == 2  # a term of two units is one term
    assert load.clashes == ()


def test_more_terms_of_a_unit_on_a_day_than_the_rules_allow_are_a_clash(plan: Plan) -> None:
    for number in range(5):
        _add(plan, f"Отчёт {number}", "до 25 декабря 2026 года", "Полиция")
    span = years_of(plan)[0]
    (clash,) = load_of(activities_of(plan), span.start, span.end).clashes
    assert (clash.name, f"{clash.on:%d.%m.%Y}", len(clash.activities)) == ("Полиция", "25.12.2026", 5)


def test_the_load_is_on_screen_and_in_a_workbook(specialist: Client, plan: Plan) -> None:
    text = specialist.get(_url("load", plan.pk)).content.decode()
    assert re.search(r'<td class="num load-4"><a [^>]*shown=2026-10">2</a>', text)
    book = openpyxl.load_workbook(io.BytesIO(specialist.get(_url("load_export", plan.pk)).content))
    cells = {str(row[0]): row for row in book["Нагрузка"].iter_rows(values_only=True)}
    assert 2 in cells["ИМЦ"]


def test_saved_filters_are_renamed_by_their_person_alone(area: Place, specialist: Client, plan: Plan) -> None:
    specialist.post(_url("view_save", plan.pk), {"name": "Сроки ИМЦ", "query": "unit=ИМЦ", "shared": "1"})
    view = SavedView.objects.get()
    other = client_of(account(Role.SPECIALIST, area.authority))
    assert other.post(_url("view_rename", view.pk), {"name": "Чужой"}).status_code == 404
    specialist.post(_url("view_rename", view.pk), {"name": "Методический центр"})
    view.refresh_from_db()
    assert view.name == "Методический центр"
    assert AuditEvent.objects.filter(event="planning.view.renamed", object_label="Методический центр").exists()


def test_private_filters_are_not_shown_to_others(area: Place, specialist: Client, plan: Plan) -> None:
    specialist.post(_url("view_save", plan.pk), {"name": "Мой отбор", "query": "q=справка"})
    other = client_of(account(Role.SPECIALIST, area.authority))
    assert "Мой отбор" not in other.get(_url("plan", plan.pk)).content.decode()


def test_a_file_and_an_address_keep_to_the_filters(specialist: Client, plan: Plan, client: Client) -> None:
    file = specialist.get(_url("ical", plan.pk), {"q": "справка"})
    assert {str(one["SUMMARY"]) for one in Calendar.from_ical(file.content).walk("VTODO")} == {"Сводная справка"}
    made = specialist.post(_url("feeds"), {"plan": plan.pk, "query": "q=справка"}).content.decode()
    address = re.search(r"/planning/feeds/[\w-]+\.ics", made)
    assert address is not None
    assert len(Calendar.from_ical(client.get(address[0]).content).walk("VTODO")) == 1


def test_a_file_names_no_people(specialist: Client, plan: Plan) -> None:
    _add(plan, "Совещание директоров", "ноябрь", "Иванова И. И.")
    text = Calendar.from_ical(specialist.get(_url("ical", plan.pk)).content).to_ical().decode()
    assert "Совещание" in text
    assert "Иванова" not in text


def test_filter_by_state_shows_only_what_is_in_it(area: Place, specialist: Client) -> None:
    running = tasks.plan(area.municipality, title="План в силе")
    for title, ends_in in (("Просроченный отчёт", -3), ("Будущий отчёт", 3)):
        activity = tasks.activity(running, title)
        tasks.term(activity, tasks.days(ends_in))
        tasks.unit(activity, organization=area.authority, raw="УО")
    tasks.dealt(running)
    text = specialist.get(_url("plan", running.pk), {"state": "overdue"}).content.decode()
    assert "Просроченный отчёт" in text
    assert "Будущий отчёт" not in text


def test_states_of_others_are_hidden_from_a_school(area: Place) -> None:
    running = tasks.plan(area.municipality, title="План в силе")
    activity = tasks.activity(running, "Отчёт соседней школы")
    tasks.term(activity, tasks.days(-3))
    tasks.unit(activity, organization=area.schools[1], raw="СОШ № 2")
    tasks.dealt(running)
    shown = {"shown": f"{tasks.days(-3):%Y-%m}"}
    for role, where, is_told in (
        (Role.SCHOOL_COORDINATOR, area.schools[0], False),
        (Role.SPECIALIST, area.authority, True),
    ):
        text = client_of(account(role, where)).get(_url("all_calendar"), shown).content.decode()
        assert "Отчёт соседней школы" in text
        assert ("item-overdue" in text) is is_told


@pytest.mark.parametrize("name", ["load", "ical"])
def test_pages_of_a_plan_ask_the_same_number_of_queries(specialist: Client, plan: Plan, name: str) -> None:
    _assert_constant(specialist, _url(name, plan.pk), plan)


def test_the_calendar_of_all_plans_asks_the_same_number_of_queries(specialist: Client, plan: Plan) -> None:
    _assert_constant(specialist, _url("all_calendar") + "?shown=2027-05", plan)


def _assert_constant(client: Client, url: str, plan: Plan) -> None:
    _add(plan, "Первое мероприятие", "май", "ИМЦ")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(30):
        _add(plan, f"Мероприятие {number}", "май", f"Отдел {number}")
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).status_code == 200
    assert len(many) == len(few)


def test_words_are_sought_in_all_plans_whatever_their_letters(specialist: Client, plan: Plan) -> None:
    _add(plan, "Сбор СВЕДЕНИЙ", "октябрь", "ИМЦ")
    text = specialist.get(_url("all_calendar"), {"shown": "2026-10", "q": "сбор Сведений имц"}).content.decode()
    assert "Сбор СВЕДЕНИЙ" in text
    assert "Мониторинг наставников" not in text
