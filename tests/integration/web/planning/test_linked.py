"""Pages of linked rows: offers taken in, declined, followed; where a row is from is written everywhere."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from intake.plans import read_plan
from msoko.cycle.planning.api import (
    Activity,
    Assignment,
    Occurrence,
    Plan,
    add_activity,
    approve_plan,
    change_activity,
    create_plan,
    links,
    postpone_occurrence,
)
from msoko.foundation.access.api import Role
from msoko.foundation.catalog.plans import plan_vocabulary
from tests.factories import campaigns, orgs
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db
YEAR = 2026


def _above(place: orgs.Place, *titles: str) -> Plan:
    act = orgs.system_act()
    plan = create_plan(act, owner=place.municipality, title="План управления", start_year=YEAR)
    for number, title in enumerate(titles, 1):
        values = {"number": f"3.{number}", "title": title, "terms_text": "до 20 апреля", "responsible": "ОО"}
        add_activity(act, plan=plan, values=values | {"results": "Приказ"})
    return approve_plan(act, plan=plan, approved_on=dt.date(YEAR, 8, 28), basis="Приказ № 1")


def _own(place: orgs.Place) -> Plan:
    return create_plan(orgs.system_act(), owner=place.schools[0], title="План ВСОКО", start_year=YEAR)


def _coordinator(place: orgs.Place, number: int = 0) -> Client:
    return client_of(orgs.account(Role.SCHOOL_COORDINATOR, place.schools[number]))


def _address(plan: Plan) -> str:
    return reverse("office:planning:linked", args=[plan.pk])


def _taken(place: orgs.Place) -> tuple[Plan, Plan, Client]:
    above, own, client = _above(place, "Самообследование"), _own(place), _coordinator(place)
    key = str(above.activities.get().pk)
    client.post(_address(own), {"do": "take", "key": key, "responsible": "заместитель директора"})
    return above, own, client


def test_a_school_takes_in_what_it_ticks_and_the_page_says_how_much_is_taken() -> None:
    place = orgs.place(2)
    above, own = _above(place, "Самообследование", "Опрос родителей", "Чужое дело"), _own(place)
    client = _coordinator(place)
    page = text_of(client.get(_address(own)))
    assert "взято 0 из 3" in page
    keys = {one.title: str(one.pk) for one in above.activities.all()}
    client.post(_address(own), {"do": "decline", "key": keys["Чужое дело"]})
    sent = {"do": "take", "key": [keys["Самообследование"]], "responsible": "заместитель директора; учителя"}
    page = text_of(client.post(_address(own), sent, follow=True))
    assert "Взято в план: 1" in page
    assert "взято 1 из 3" in page
    assert "Отмечены как не относящиеся к организации: 1" in page
    row = own.activities.get()
    assert row.responsible_raw == "заместитель директора; учителя"
    assert {unit.organization for unit in row.units.all()} == {place.schools[0]}


def test_a_new_plan_of_a_school_leads_to_the_offers() -> None:
    place = orgs.place(1)
    _above(place, "Самообследование")
    sent = {"title": "План ВСОКО", "kind": "work_plan", "year_kind": "school", "start_year": YEAR, "years": 1}
    response: Any = _coordinator(place).post(reverse("office:planning:add"), sent)
    assert response.url == _address(Plan.objects.get(title="План ВСОКО"))


def test_the_plan_names_the_source_and_marks_a_moved_term() -> None:
    place = orgs.place(1)
    above, own, client = _taken(place)
    term = Occurrence.objects.get(activity__plan=above)
    postpone_occurrence(orgs.system_act(), occurrence=term, now_on=dt.date(2027, 4, 30), basis="Письмо")
    page = text_of(client.get(reverse("office:planning:plan", args=[own.pk])))
    assert "план управления, п.\u00a03.1" in page
    assert "до 30.04.2027 вместо до 20.04.2027" in page
    page = text_of(client.get(reverse("office:planning:activity", args=[own.activities.get().pk])))
    assert "Срок, название и результат ведёт вышестоящий план" in page


def test_printed_plans_have_a_column_of_the_source_and_are_read_back() -> None:
    place = orgs.place(1)
    _, own, client = _taken(place)
    word = client.get(reverse("office:planning:download", args=[own.pk, "docx"])).content
    table = Document(io.BytesIO(word)).tables[0]
    assert [cell.text for cell in table.rows[0].cells][-1] == "Источник"
    assert table.rows[-1].cells[-1].text == "план управления, п.\u00a03.1"
    reading = read_plan("План.docx", word, vocabulary=plan_vocabulary())
    assert [one.title for one in reading.activities] == ["Самообследование"]
    sheet = load_workbook(io.BytesIO(client.get(reverse("office:planning:download", args=[own.pk, "xlsx"])).content))
    assert "план управления, п.\u00a03.1" in {cell.value for row in sheet.worksheets[0].rows for cell in row}


def test_the_task_of_a_linked_row_is_that_of_the_plan_above() -> None:
    place = orgs.place(1)
    above, own, client = _taken(place)
    approve_plan(orgs.system_act(), plan=own, approved_on=dt.date(2026, 9, 1), basis="Приказ № 5")
    mirrored = Occurrence.objects.get(activity__plan=own)
    response: Any = client.get(reverse("office:tasks:detail", args=[mirrored.pk]))
    assert response.url == reverse("office:tasks:detail", args=[Occurrence.objects.get(activity__plan=above).pk])
    assert Assignment.objects.count() == 1
    listed = text_of(client.get(reverse("office:tasks:terms")))
    assert f"/tasks/{mirrored.pk}/" not in listed


def test_terms_of_a_linked_row_are_shut_in_its_form_and_people_are_open() -> None:
    place = orgs.place(1)
    _, own, client = _taken(place)
    row = own.activities.get()
    url = reverse("office:planning:activity_edit", args=[row.pk])
    assert "Ведёт вышестоящий план." in text_of(client.get(url))
    client.post(url, {"title": "Подмена", "terms_text": "май", "responsible": "директор", "results": ""})
    row.refresh_from_db()
    assert (row.title, row.terms_text, row.responsible_raw) == ("Самообследование", "до 20 апреля", "директор")


def test_changes_are_announced_on_the_plan_and_accepted_on_the_page() -> None:
    place = orgs.place(1)
    above, own, client = _taken(place)
    change_activity(orgs.system_act(), activity=above.activities.get(), values={"title": "Отчёт школы"})
    values = {"title": "Новое дело", "terms_text": "май", "responsible": "ОО"}
    add_activity(orgs.system_act(), plan=above, values=values)
    page = text_of(client.get(reverse("office:planning:plan", args=[own.pk])))
    assert "Можно взять в план: 1\u00a0мероприятие" in page
    assert "Изменилось или исключено: 1" in page
    client.post(_address(own), {"do": "accept", "key": str(own.activities.get().pk)})
    assert own.activities.get().title == "Отчёт школы"


def test_procedures_of_the_municipality_are_offered_to_the_schools_that_take_part() -> None:
    place = orgs.place(2)
    work = campaigns.campaign(place)
    type(work).objects.filter(pk=work.pk).update(starts_on=dt.date(2027, 4, 13), ends_on=dt.date(2027, 4, 15))
    work.organizations.set([place.schools[0]])
    own, client = _own(place), _coordinator(place)
    assert "график процедур" in text_of(client.get(_address(own)))
    client.post(_address(own), {"do": "take", "key": f"campaign:{work.pk}"})
    assert Occurrence.objects.get(activity__plan=own).ends_on == dt.date(2027, 4, 15)
    other = create_plan(orgs.system_act(), owner=place.schools[1], title="План", start_year=YEAR)
    assert "график процедур" not in text_of(_coordinator(place, 1).get(_address(other)))


def test_a_neighbour_neither_sees_nor_takes() -> None:
    place = orgs.place(2)
    above, own = _above(place, "Самообследование"), _own(place)
    stranger = _coordinator(place, 1)
    assert stranger.get(_address(own)).status_code == 404
    assert stranger.post(_address(own), {"do": "take", "key": str(above.activities.get().pk)}).status_code == 404
    assert not Activity.objects.filter(plan=own).exists()


def test_the_page_takes_as_many_queries_for_many_offers() -> None:
    place = orgs.place(1)
    own, client = _own(place), _coordinator(place)
    _above(place, "Одно")
    few = queries(lambda: client.get(_address(own)))
    _above(place, *(f"Дело {number}" for number in range(25)))
    assert queries(lambda: client.get(_address(own))) == few
    assert links.offers_of(own).waiting == 26


def test_the_card_of_the_task_names_the_row_of_the_own_plan_and_its_people() -> None:
    place = orgs.place(1)
    above, own, client = _taken(place)
    task = reverse("office:tasks:detail", args=[Occurrence.objects.get(activity__plan=above).pk])
    page = text_of(client.get(task))
    assert "В плане организации" in page
    assert "заместитель директора" in page
    assert reverse("office:planning:activity", args=[own.activities.get().pk]) in page


def test_the_calendar_of_the_plan_names_the_source() -> None:
    place = orgs.place(1)
    _, own, client = _taken(place)
    page = text_of(client.get(reverse("office:planning:calendar", args=[own.pk]) + "?shown=2027-04"))
    assert "план управления, п.\u00a03.1" in page
    book = client.get(reverse("office:planning:ical", args=[own.pk])).content.decode()
    assert "Источник: план управления" in book.replace("\r\n ", "")


def test_an_own_row_is_linked_from_its_page() -> None:
    place = orgs.place(1)
    above, own, client = _above(place, "Отчёт о самообследовании"), _own(place), _coordinator(place)
    row = add_activity(orgs.system_act(), plan=own, values={"title": "Самообследование", "terms_text": "март"})
    url = reverse("office:planning:activity", args=[row.pk])
    assert f"{_address(own)}?row={row.pk}" in text_of(client.get(url))
    assert 'type="radio"' in text_of(client.get(f"{_address(own)}?row={row.pk}"))
    answer: Any = client.post(f"{_address(own)}?row={row.pk}", {"key": str(above.activities.get().pk)})
    assert answer.url == url
    row.refresh_from_db()
    assert row.source == above.activities.get()
    assert "Связать с вышестоящим планом" not in text_of(client.get(url))


def test_a_changed_phrase_is_marked_until_the_organization_accepts_it() -> None:
    place = orgs.place(1)
    above, own, client = _taken(place)
    change_activity(orgs.system_act(), activity=above.activities.get(), values={"terms_text": "май"})
    page = reverse("office:planning:plan", args=[own.pk])
    assert "«май» вместо «до 20 апреля»" in text_of(client.get(page))
    client.post(_address(own), {"do": "accept", "key": str(own.activities.get().pk)})
    assert "«май» вместо" not in text_of(client.get(page))


def test_a_new_plan_of_a_school_is_by_default_one_of_its_quality_assessment() -> None:
    place = orgs.place(1)
    page = text_of(_coordinator(place).get(reverse("office:planning:add")))
    assert '<option value="internal" selected>План ВСОКО</option>' in page
    authority = client_of(orgs.account(Role.SPECIALIST, place.authority))
    assert '<option value="internal" selected>' not in text_of(authority.get(reverse("office:planning:add")))
