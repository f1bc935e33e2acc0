"""Calendar, Gantt chart, network and calendar addresses of a plan, through the web."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from msoko.cycle.planning.api import (
    DependencyState,
    Plan,
    SavedView,
    add_activity,
    create_plan,
    decide_dependencies,
    dependencies_of,
    propose_dependencies,
)
from msoko.foundation.access.api import Role
from msoko.foundation.kernel.errors import RefusedError
from tests.factories.orgs import Place, account, place, system_act
from tests.integration.web.pages import client_of

pytestmark = pytest.mark.django_db

ROWS = (
    ("1", "Мониторинг деятельности наставников", "октябрь", "Справка"),
    ("2", "Проведение адресных консультаций по итогам мониторинга деятельности наставников", "до 20 декабря", "Журнал"),
    ("3", "Приём обращений", "постоянно", ""),
    ("4", "Выездные консультации", "по запросу", ""),
)


@pytest.fixture
def area() -> Place:
    return place(2)


@pytest.fixture
def plan(area: Place) -> Plan:
    found = create_plan(system_act(), owner=area.municipality, title="Циклограмма", start_year=2026)
    for number, title, term, result in ROWS:
        values = {"number": number, "title": title, "terms_text": term, "results": result, "responsible": "УО"}
        add_activity(system_act(), plan=found, values=values)
    return found


@pytest.fixture
def specialist(area: Place) -> Client:
    return client_of(account(Role.SPECIALIST, area.authority))


def test_a_month_shows_what_is_due_and_hides_what_lasts_a_year(specialist: Client, plan: Plan) -> None:
    page = specialist.get(reverse("office:planning:calendar", args=[plan.pk]), {"shown": "2026-12"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Мероприятия месяца: 1" in text
    assert "Показать длительные (1)" in text
    everything = specialist.get(reverse("office:planning:calendar", args=[plan.pk]), {"shown": "2026-12", "long": "1"})
    assert "Мероприятия месяца: 2" in everything.content.decode()


@pytest.mark.parametrize("query", [{"view": "year"}, {"shown": "никогда"}, {"shown": "9999-99"}, {"shown": "2026-10"}])
def test_any_month_in_the_address_is_shown_or_replaced(specialist: Client, plan: Plan, query: dict[str, str]) -> None:
    for name in ("calendar", "gantt"):
        assert specialist.get(reverse(f"office:planning:{name}", args=[plan.pk]), query).status_code == 200


def test_the_chart_draws_a_bar_for_every_window_and_the_table_says_the_same(specialist: Client, plan: Plan) -> None:
    text = specialist.get(reverse("office:planning:gantt", args=[plan.pk])).content.decode()
    assert len(re.findall(r'class="bar-plan"', text)) == 2
    assert "до 20.12.2026" in text


def test_proposals_are_confirmed_by_a_person_and_give_the_network(specialist: Client, plan: Plan) -> None:
    url = reverse("office:planning:network", args=[plan.pk])
    specialist.post(reverse("office:planning:network_propose", args=[plan.pk]))
    row = dependencies_of(plan).get()
    assert (row.predecessor.number, row.successor.number, row.state) == ("1", "2", DependencyState.PROPOSED)
    assert "net-box" not in specialist.get(url).content.decode()
    specialist.post(
        reverse("office:planning:network_decide", args=[plan.pk]), {"dependency": row.pk, "decision": "confirm"}
    )
    text = specialist.get(url).content.decode()
    assert text.count('class="net-box"') == 2
    assert specialist.get(reverse("office:planning:network_export", args=[plan.pk])).content[:2] == b"PK"


def test_activities_that_would_wait_for_each_other_are_named(plan: Plan) -> None:
    propose_dependencies(system_act(), plan=plan)
    row = dependencies_of(plan).get()
    decide_dependencies(system_act(), plan=plan, keys=[row.pk], state=DependencyState.CONFIRMED)
    back = type(row).objects.create(predecessor=row.successor, successor=row.predecessor)
    with pytest.raises(RefusedError, match=r"ждут друг друга: «.*наставников.*» → «"):
        decide_dependencies(system_act(), plan=plan, keys=[back.pk], state=DependencyState.CONFIRMED)
    assert dependencies_of(plan).get(pk=back.pk).state == DependencyState.PROPOSED


def test_the_file_opens_in_a_calendar_library(specialist: Client, plan: Plan) -> None:
    response = specialist.get(reverse("office:planning:ical", args=[plan.pk]))
    calendar = Calendar.from_ical(response.content)
    assert sorted(str(one["SUMMARY"]) for one in calendar.walk("VTODO")) == [
        "2 Проведение адресных консультаций по итогам мониторинга деятельности наставников",
        "3 Приём обращений",
    ]
    assert not any(component.errors for component in calendar.walk())


def test_an_address_works_without_signing_in_until_it_is_revoked(
    area: Place, specialist: Client, plan: Plan, client: Client
) -> None:
    text = specialist.post(reverse("office:planning:feeds"), {"plan": plan.pk}).content.decode()
    address = re.search(r"http://testserver(/planning/feeds/[\w-]+\.ics)", text)
    assert address is not None
    response = client.get(address[1])
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert len(Calendar.from_ical(response.content).walk("VEVENT")) == 3
    feed = re.search(
        r"/planning/feeds/(\d+)/revoke/", specialist.get(reverse("office:planning:feeds")).content.decode()
    )
    assert feed is not None
    specialist.post(feed[0])
    assert client.get(address[1]).status_code == 404


def test_an_address_shows_what_its_person_may_see(area: Place, plan: Plan, client: Client) -> None:
    coordinator = client_of(account(Role.SCHOOL_COORDINATOR, area.schools[0]))
    text = coordinator.post(reverse("office:planning:feeds"), {"plan": ""}).content.decode()
    address = re.search(r"/planning/feeds/[\w-]+\.ics", text)
    assert address is not None
    assert Calendar.from_ical(client.get(address[0]).content).walk("VEVENT") == []


@pytest.mark.parametrize("name", ["plan", "calendar", "gantt", "network", "load"])
def test_pages_ask_the_same_number_of_queries_for_any_plan(
    area: Place, plan: Plan, specialist: Client, name: str
) -> None:
    url = reverse(f"office:planning:{name}", args=[plan.pk])
    specialist.get(url)
    with CaptureQueriesContext(connection) as few:
        specialist.get(url)
    for number in range(30):
        add_activity(system_act(), plan=plan, values={"title": f"Мероприятие {number}", "terms_text": "май"})
    with CaptureQueriesContext(connection) as many:
        specialist.get(url)
    assert len(many) == len(few)


def test_filters_are_kept_under_a_name_and_forgotten_by_their_person_alone(area: Place, plan: Plan) -> None:
    mine, other = (client_of(account(Role.SPECIALIST, area.authority)) for _ in range(2))
    data = {"name": "Декабрь", "query": "month=2026-12&page=3&evil=1", "shared": "1"}
    mine.post(reverse("office:planning:view_save", args=[plan.pk]), data)
    page = other.get(reverse("office:planning:plan", args=[plan.pk])).content.decode()
    assert 'href="?month=2026-12">Декабрь' in page
    view = SavedView.objects.get()
    assert other.post(reverse("office:planning:view_forget", args=[view.pk])).status_code == 404
    assert mine.post(reverse("office:planning:view_forget", args=[view.pk])).status_code == 302
    assert not SavedView.objects.exists()
