"""The registry as a person uses it: find, add, change, load a list, take a decision back, download."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from msoko.foundation.access.api import Role
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.orgs.api import Organization, OrganizationContext, OrganizationKind, remember_name
from msoko.foundation.roster.api import Appointment, AppointmentKind
from tests.factories import orgs
from tests.factories.orgs import Place
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db
LIST = "office:organizations:list"


@pytest.fixture
def place() -> Place:
    return orgs.place()


@pytest.fixture
def specialist(place: Place) -> Client:
    return client_of(orgs.account(Role.SPECIALIST, place.authority))


def _names(client: Client, **query: str) -> list[str]:
    return [row.short_name for row in client.get(reverse(LIST), query).context["page"]]


def _workbook(rows: list[list[Any]]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("Список.xlsx", stream.getvalue())


HEADERS = ["Наименование", "Краткое наименование", "Тип", "Логин", "ИНН", "Координатор"]


def test_filters_search_and_order_live_in_the_address(place: Place, specialist: Client) -> None:
    orgs.organization(OrganizationKind.SCHOOL, "МБОУ СОШ № 10 д. Ёлкино", place.municipality, place_name="Ёлкино")
    orgs.organization(OrganizationKind.PRESCHOOL, "Детский сад № 2", place.municipality)
    schools = ["МБОУ СОШ № 1", "МБОУ СОШ № 2", "МБОУ СОШ № 3", "МБОУ СОШ № 10 д. Ёлкино"]
    assert _names(specialist, kind="school") == schools
    assert _names(specialist, kind="school", sort="-name") == schools[::-1]
    assert _names(specialist, q="елкино сош") == schools[3:]
    assert _names(specialist, q="СОШ №2") == ["МБОУ СОШ № 2"]
    assert _names(specialist, kind="нет такого", sort="drop table", page="-7", q="№ 3") == ["МБОУ СОШ № 3"]


def test_closed_organizations_are_shown_when_asked(place: Place, specialist: Client) -> None:
    school = place.schools[0]
    specialist.post(reverse("office:organizations:close", args=[school.pk]), {"closed_on": "2025-09-01"})
    assert school.short_name not in _names(specialist)
    assert school.short_name in _names(specialist, closed="1")


def test_an_organization_is_added_with_errors_at_the_fields(place: Place, specialist: Client) -> None:
    url = reverse("office:organizations:add")
    wrong = specialist.post(url, {"kind": "school", "short_name": "МБОУ СОШ № 7", "inn": "1234567890"})
    assert wrong.status_code == 400
    assert "не сходится контрольная цифра" in wrong.context["form"].errors["inn"][0]
    right = specialist.post(url, {"kind": "school", "short_name": "МБОУ СОШ № 7", "inn": "7707083893"})
    added = Organization.objects.get(short_name="МБОУ СОШ № 7")
    assert right.url == reverse("office:organizations:detail", args=[added.pk])
    assert (added.parent, added.full_name, added.inn) == (place.municipality, "МБОУ СОШ № 7", "7707083893")


def test_a_taken_code_is_refused_with_the_owner_named(place: Place, specialist: Client) -> None:
    given = {"kind": "school", "short_name": "Двойник", "code": place.schools[1].code}
    page = specialist.post(reverse("office:organizations:add"), given)
    assert page.status_code == 400
    assert "Такой код уже есть у организации «МБОУ СОШ № 2»." in text_of(page)
    assert not Organization.objects.filter(short_name="Двойник").exists()


def test_a_change_tells_the_journal_what_stood_before(place: Place, specialist: Client) -> None:
    school = place.schools[0]
    given = {"kind": "school", "short_name": "МАОУ СОШ № 1", "full_name": school.full_name, "code": school.code}
    specialist.post(reverse("office:organizations:edit", args=[school.pk]), given)
    event = AuditEvent.objects.get(event="orgs.organization.changed")
    assert event.details == {"before": {"short_name": "МБОУ СОШ № 1"}}
    assert event.organization_id == school.pk


def test_a_list_is_shown_first_and_stored_only_when_accepted(place: Place, specialist: Client) -> None:
    known = place.schools[0]
    rows: list[list[Any]] = [
        HEADERS,
        ["МБОУ «Лицей № 4»", "МБОУ Лицей № 4", "лицей", "edu7", "", "Иванова Мария Петровна"],
        ["Новое полное имя", known.short_name, "школа", known.code, "", ""],
        ["Колледж", "Колледж", "колледж", "", "", ""],
    ]
    start = specialist.post(reverse("office:organizations:import"), {"file": _workbook(rows)})
    assert start.url == reverse("office:organizations:import_preview")
    page = specialist.get(start.url)
    assert page.context["counts"] == {"new": 1, "changed": 1, "same": 0, "refused": 1}
    assert Organization.objects.filter(kind=OrganizationKind.SCHOOL).count() == 3

    specialist.post(start.url)
    added = Organization.objects.get(code="edu7")
    assert (added.school_type, added.parent) == ("lyceum", place.municipality)
    known.refresh_from_db()
    assert known.full_name == "Новое полное имя"
    coordinator = Appointment.objects.get(organization=added)
    assert (coordinator.kind, coordinator.person.full_name) == (AppointmentKind.COORDINATOR, "Иванова Мария Петровна")


def test_the_same_list_twice_changes_nothing(specialist: Client) -> None:
    rows: list[list[Any]] = [HEADERS, ["МБОУ СОШ № 9", "МБОУ СОШ № 9", "школа", "edu9", "", "Петрова Анна"]]
    for _ in range(2):
        start = specialist.post(reverse("office:organizations:import"), {"file": _workbook(rows)})
        specialist.post(start.url)
    assert Organization.objects.filter(code="edu9").count() == 1
    assert Appointment.objects.count() == 1


def test_a_list_of_one_name_does_not_take_full_names_away(place: Place, specialist: Client) -> None:
    school = place.schools[0]
    rows: list[list[Any]] = [["Наименование", "Тип", "Логин"], [school.short_name, "школа", "edu-новый"]]
    start = specialist.post(reverse("office:organizations:import"), {"file": _workbook(rows)})
    assert specialist.get(start.url).context["plan"][0].changes == ("логин в федеральных системах",)
    specialist.post(start.url)
    school.refresh_from_db()
    assert (school.full_name, school.code) == ("МБОУ СОШ № 1 полностью", "edu-новый")


def test_a_file_without_a_list_is_explained(specialist: Client) -> None:
    page = specialist.post(reverse("office:organizations:import"), {"file": SimpleUploadedFile("a.xlsx", b"not excel")})
    assert page.status_code == 400
    assert page.context["form"].errors["file"]


def test_the_sample_of_the_list_is_read_back(specialist: Client) -> None:
    sample = specialist.get(reverse("office:organizations:import_sample")).content
    start = specialist.post(reverse("office:organizations:import"), {"file": SimpleUploadedFile("s.xlsx", sample)})
    assert specialist.get(start.url).context["counts"]["refused"] == 0


def test_context_data_are_checked_and_stand_beside_last_year(place: Place, specialist: Client) -> None:
    year = orgs.school_year()
    school = place.schools[0]
    url = reverse("office:organizations:context", args=[school.pk])
    wrong = specialist.post(url, {"enrolment": 100, "sen_count": 101})
    assert wrong.status_code == 400
    assert wrong.context["form"].errors == {"sen_count": ["Больше, чем «обучающихся всего» (100)."]}
    specialist.post(url, {"enrolment": 100, "sen_count": 10, "vacancy_count": "0", "source": "ОО-1"})
    stored = OrganizationContext.objects.get(organization=school, school_year=year)
    assert (stored.enrolment, stored.sen_count, stored.vacancy_count, stored.teacher_count) == (100, 10, 0, None)


def test_a_remembered_name_can_be_taken_back(place: Place, specialist: Client) -> None:
    school = place.schools[0]
    remember_name(
        orgs.system_act(), municipality=place.municipality, key="сош 1", raw="СОШ первая", organization=school
    )
    page = text_of(specialist.get(reverse("office:organizations:detail", args=[school.pk])))
    assert "СОШ первая" in page
    name = school.names.get()
    specialist.post(reverse("office:organizations:name_forget", args=[name.pk]))
    assert not school.names.exists()
    assert AuditEvent.objects.filter(event="orgs.name.forgotten", object_label="СОШ первая").exists()


def test_the_export_holds_the_whole_filter_and_is_written_down(place: Place, specialist: Client) -> None:
    response = specialist.get(reverse("office:organizations:export"), {"kind": "school"})
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    cells = {cell for row in book["Организации"].iter_rows(values_only=True) for cell in row}
    assert {school.short_name for school in place.schools} <= cells
    assert place.authority.short_name not in cells
    assert AuditEvent.objects.filter(event="orgs.organizations.downloaded").count() == 1


def test_people_are_added_found_and_dismissed(place: Place, specialist: Client) -> None:
    given = {"last_name": "Ёжикова", "organization": place.schools[0].pk, "kind": "expert", "subject": "математика"}
    specialist.post(reverse("office:people:add"), given)
    listed = specialist.get(reverse("office:people:list"), {"q": "ежикова", "kind": "expert"})
    appointment = listed.context["page"][0]
    assert appointment.person.last_name == "Ёжикова"
    specialist.post(reverse("office:people:end", args=[appointment.pk]))
    appointment.refresh_from_db()
    assert appointment.valid_until == appointment.valid_from


def test_a_body_gets_its_members(place: Place, specialist: Client) -> None:
    person = {"last_name": "Орлова", "organization": place.authority.pk, "kind": "employee", "post": "методист"}
    specialist.post(reverse("office:people:add"), person)
    body = {"organization": place.authority.pk, "kind": "council", "name": "Совет по качеству"}
    answer = specialist.post(reverse("office:people:body_add"), body)
    specialist.post(answer.url, {"members": [Appointment.objects.get().pk]})
    page = text_of(specialist.get(reverse("office:people:bodies")))
    assert "Совет по качеству" in page
    assert "Орлова" in page


def test_the_registry_is_not_edited_by_those_who_only_look(place: Place) -> None:
    school = place.schools[0]
    head = client_of(orgs.account(Role.SCHOOL_HEAD, school))
    for page in ("edit", "context"):
        assert head.get(reverse(f"office:organizations:{page}", args=[school.pk])).status_code == 403
    assert "Изменить" not in text_of(head.get(reverse("office:organizations:detail", args=[school.pk])))


def test_another_municipality_is_neither_seen_nor_edited(place: Place, specialist: Client) -> None:
    other = orgs.place(1, "Соседний округ", place.region)
    urls = [reverse(f"office:organizations:{page}", args=[other.schools[0].pk]) for page in ("detail", "edit")]
    assert [specialist.get(url).status_code for url in urls] == [404, 404]
