"""Plans of organizations: the page of the authority, its workbook, what the home pages say."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from msoko.cycle.planning.api import Plan, add_activity, approve_plan, create_plan, links
from msoko.foundation.access.api import Role
from msoko.foundation.orgs.api import OrganizationKind, start_year_of
from tests.factories import orgs
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db
YEAR = start_year_of(timezone.localdate())
URL = "office:planning:organizations"


def _above(place: orgs.Place, *titles: str) -> Plan:
    act = orgs.system_act()
    plan = create_plan(act, owner=place.municipality, title="План управления", start_year=YEAR)
    for title in titles:
        add_activity(act, plan=plan, values={"title": title, "terms_text": "апрель", "responsible": "ОО"})
    return approve_plan(act, plan=plan, approved_on=dt.date(YEAR, 8, 28), basis="Приказ № 1")


def _own(place: orgs.Place, number: int, *, taken: int, is_approved: bool) -> Plan:
    act = orgs.system_act()
    plan = create_plan(act, owner=place.schools[number], title=f"План ВСОКО {number}", start_year=YEAR)
    keys = [one.key for one in links.offers_of(plan).new]
    links.take_in(act, plan=plan, keys=keys[:taken])
    if is_approved:
        approve_plan(act, plan=plan, approved_on=dt.date(YEAR, 9, 1 + number), basis="Приказ № 5")
    return plan


def _three(place: orgs.Place) -> Client:
    """An approved plan with everything, a draft with a half, no plan."""
    _above(place, "Первое", "Второе")
    _own(place, 0, taken=2, is_approved=True)
    _own(place, 1, taken=1, is_approved=False)
    return client_of(orgs.account(Role.SPECIALIST, place.authority))


def _body(client: Client, query: str = "") -> str:
    return text_of(client.get(reverse(URL) + query)).partition("<tbody>")[2]


def test_the_page_says_who_has_a_plan_and_how_much_was_taken_in() -> None:
    client = _three(orgs.place(3))
    body = _body(client)
    for words in ("Утверждён", "Проект", "Плана нет", "2 из 2", "1 из 2", "0 из 2", f"01.09.{YEAR}", "План ВСОКО 0"):
        assert words in body


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?state=approved", {1}), ("?state=draft", {2}), ("?state=none", {3}), ("?state=waiting", {2, 3}),
        ("?missing=1", {2}), ("?q=№ 3", {3}), ("?kind=preschool", set()), (f"?year={YEAR - 1}&state=none", {1, 2, 3}),
        ("?year=abc&state=draft", {2}),
    ],
)  # fmt: skip
def test_filters_leave_what_they_say(query: str, shown: set[int]) -> None:
    client = _three(orgs.place(3))
    page = _body(client, query)
    assert {number for number in (1, 2, 3) if f"СОШ №\u00a0{number}" in page} == shown


def test_rows_are_sorted_by_any_column() -> None:
    client = _three(orgs.place(3))

    def order(sort: str) -> list[int]:
        page = _body(client, f"?sort={sort}")
        return sorted((1, 2, 3), key=lambda number: page.index(f"СОШ №\u00a0{number}"))

    assert order("-organization") == [3, 2, 1]
    assert order("state") == [1, 2, 3]
    assert order("taken") == [3, 2, 1]
    assert order("-missing")[0] == 2


def test_the_workbook_has_the_same_rows() -> None:
    client = _three(orgs.place(3))
    answer = client.get(reverse("office:planning:organizations_export") + "?state=approved")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    values = [[cell.value for cell in row] for row in sheet.rows]
    row = next(row for row in values if row[0] and "СОШ" in str(row[0]))
    assert row[2:8] == ["Утверждён", "План ВСОКО 0", f"01.09.{YEAR}", 2, 2, 0]


def test_home_pages_remind_of_plans_that_are_not_in_force() -> None:
    place = orgs.place(3)
    client = _three(place)
    page = text_of(client.get(reverse("office:home")))
    assert "Планы организаций не утверждены" in page
    assert "2\u00a0организации из 3" in page

    def home(number: int) -> str:
        coordinator = orgs.account(Role.SCHOOL_COORDINATOR, place.schools[number])
        return text_of(client_of(coordinator).get(reverse("office:home")))

    assert "План организации не" not in home(0)
    assert "План организации не утверждён" in home(1)
    assert "В плане организации нет мероприятий вышестоящего плана" in home(1)
    assert "План организации не составлен" in home(2)


def test_a_school_sees_its_own_row_alone() -> None:
    place = orgs.place(3)
    _three(place)
    page = _body(client_of(orgs.account(Role.SCHOOL_COORDINATOR, place.schools[1])))
    assert "План ВСОКО 1" in page
    assert "План ВСОКО 0" not in page


def test_the_page_takes_as_many_queries_for_thirty_organizations() -> None:
    place = orgs.place(3)
    client = _three(place)
    url = reverse(URL)
    few = queries(lambda: client.get(url))
    for number in range(100, 127):
        school = orgs.school(place.municipality, number)
        create_plan(orgs.system_act(), owner=school, title=f"План {number}", start_year=YEAR)
    orgs.organization(OrganizationKind.PRESCHOOL, "Детский сад", place.municipality)
    assert queries(lambda: client.get(url)) == few
