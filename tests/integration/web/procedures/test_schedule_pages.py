"""Pages of schedules: what is shown, done and exported by whom, in how many queries."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from intake.grids import read_document
from msoko.cycle.procedures.api import Schedule, ScheduledWork, approve_schedule, create_campaign
from msoko.foundation.access.api import Role
from msoko.foundation.orgs.api import ClassGroup, Organization
from tests.factories import orgs, schedules
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"office:procedures:{name}", args=args)


def coordinator(school: Organization) -> Client:
    return client_of(orgs.account(Role.SCHOOL_COORDINATOR, school))


def vpr(place: orgs.Place) -> None:
    create_campaign(
        orgs.system_act(), owner=place.municipality, procedure="VPR", subject="Математика", grade_level=5, year=2027,
        starts_on=dt.date(2027, 4, 12), ends_on=dt.date(2027, 4, 16),
    )  # fmt: skip


def test_a_school_makes_fills_and_clears_its_schedule() -> None:
    place = orgs.place(1)
    year = orgs.school_year(2026)
    client = coordinator(place.schools[0])
    answer = client.post(url("schedule_add"), {"year": year.start_year, "period": "first_half"})
    found = Schedule.objects.get()
    assert (answer.status_code, found.period, found.organization) == (302, "first_half", place.schools[0])
    form = {
        "class_title": "5 «а»", "subject": "Математика", "title": "Входная", "level": "school",
        "starts_on": "2026-09-11", "ends_on": "", "lesson": "2", "minutes": "",
    }  # fmt: skip
    client.post(url("schedule_work_add", found.pk), form)
    work = found.works.get()
    assert (work.grade_level, work.letter, work.starts_on, work.lesson) == (5, "А", dt.date(2026, 9, 11), 2)
    client.post(url("schedule_work_edit", work.pk), form | {"class_title": "5", "ends_on": "2026-09-14"})
    work.refresh_from_db()
    assert (work.letter, work.ends_on) == ("", dt.date(2026, 9, 14))
    assert client.post(url("schedule_work_add", found.pk), form | {"class_title": "12Ж"}).status_code == 400
    client.post(url("schedule_works_remove", found.pk), {"work": [work.pk, "x"]})
    assert not found.works.exists()
    client.post(url("schedule_delete", found.pk))
    assert not Schedule.objects.exists()


@pytest.mark.parametrize("view", ["", "classes", "list", "load"])
def test_every_view_shows_own_works_and_those_from_above(view: str) -> None:
    place = orgs.place(1)
    vpr(place)
    found = schedules.schedule(place.schools[0])
    schedules.work(found, subject="Физика")
    client = coordinator(place.schools[0])
    text = text_of(client.get(url("schedule", found.pk), {"view": view}))
    if view == "load":
        assert "5А" in text
        assert "N = 2" in text
    else:
        assert "Физика" in text
        assert "12.04" in text
    narrowed = text_of(client.get(url("schedule", found.pk), {"view": view, "subject": "Физика"}))
    assert "12.04" not in narrowed


def test_clashes_stand_before_approval_with_the_remedy_and_want_a_reason() -> None:
    place = orgs.place(1)
    found = schedules.schedule(place.schools[0])
    schedules.work(found)
    schedules.work(found, starts_on=dt.date(2026, 9, 18))
    client = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    text = text_of(client.get(url("schedule", found.pk)))
    for words in ("Нарушения: 1", "между работами 7 дн.", "Перенесите одну из работ"):
        assert words in text
    order = {"approved_on": "2026-08-31", "basis": "Приказ от 31.08.2026 № 1"}
    client.post(url("schedule_approve", found.pk), order)
    found.refresh_from_db()
    assert found.status == "draft"
    client.post(url("schedule_approve", found.pk), order | {"reason": "Сроки назначены регионом"})
    found.refresh_from_db()
    assert (found.status, found.clash_count) == ("approved", 1)
    client.post(url("schedule_withdraw", found.pk), {"reason": "Ошибка"})
    found.refresh_from_db()
    assert (found.status, found.clash_count, found.reason) == ("draft", 0, "")


def test_files_have_the_official_form_and_no_names_of_people() -> None:
    place = orgs.place(1)
    vpr(place)
    found = schedules.schedule(place.schools[0])
    schedules.work(found, minutes=45)
    head = orgs.account(Role.SCHOOL_HEAD, place.schools[0])
    approve_schedule(
        orgs.act_by(head), schedule=found, approved_on=dt.date(2026, 8, 31), basis="Распоряжение от 31.08.2026 № 5"
    )
    client = client_of(head)
    word = Document(io.BytesIO(client.get(url("schedule_download", found.pk, "docx")).content))
    assert [line.text for line in word.paragraphs[:3]] == ["Приложение", "УТВЕРЖДЁН", "распоряжением от 31.08.2026 № 5"]
    cells = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert cells[0][:3] == ["Предмет", "Сентябрь", "Октябрь"]
    assert cells[1][0] == "5-е классы"
    assert (cells[2][0], cells[2][8]) == ("Математика", "12.04–16.04 (Ф)")
    assert (cells[3][0], cells[4][1]) == ("5А класс", "11.09")
    book = client.get(url("schedule_download", found.pk, "xlsx"), {"form": "list"}).content
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True))
    last = [cell or "" for cell in rows[-1]]
    assert last == ["5А", "Математика", "Контрольная работа", "11.09.2026", "По инициативе школы", "", "45"]
    page = client.get(url("schedule_download", found.pk, "html")).content.decode()
    assert "<td>11.09</td>" in page
    assert head.last_name not in page
    assert client.get(url("schedule_download", found.pk, "exe")).status_code == 404


def test_the_site_page_escapes_what_people_type() -> None:
    found = schedules.schedule(orgs.place(1).schools[0])
    schedules.work(found, subject="<script>x</script>")
    client = coordinator(found.organization)
    page = client.get(url("schedule_download", found.pk, "html")).content.decode()
    assert "<script>" not in page
    assert read_document("page.html", page.encode()).grids


def test_a_schedule_goes_to_the_next_year_with_its_weekdays() -> None:
    place = orgs.place(1)
    vpr(place)
    found = schedules.schedule(place.schools[0])
    schedules.work(found)
    client = coordinator(place.schools[0])
    client.post(url("schedule_copy", found.pk))
    fresh = Schedule.objects.get(school_year__start_year=2027)
    (work,) = fresh.works.all()
    assert (work.starts_on, work.source) == (dt.date(2027, 9, 10), "copied")
    assert work.starts_on.weekday() == dt.date(2026, 9, 11).weekday()
    client.post(url("schedule_copy", found.pk))
    assert Schedule.objects.count() == 2


def test_the_municipality_sees_weeks_and_who_has_a_schedule() -> None:
    place = orgs.place(3)
    for school in place.schools[:2]:
        schedules.work(schedules.schedule(school))
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    context = client.get(url("schedule_summary"), {"year": 2026}).context
    assert context["grades"] == [5]
    assert [(row.monday, row.counts, row.works) for row, _ in context["weeks"]] == [(dt.date(2026, 9, 7), [2], 2)]
    rows = client.get(url("schedules"), {"year": 2026}).context["rows"]
    assert sorted(row.state for row in rows) == ["draft", "draft", "none", "none"]  # the municipality among them
    assert len(client.get(url("schedules"), {"year": 2026, "state": "draft"}).context["rows"]) == 2
    for name in ("schedules_export", "schedule_summary_export"):
        assert client.get(url(name), {"year": 2026}).content[:2] == b"PK"


def test_a_school_neither_opens_nor_changes_the_schedule_of_another() -> None:
    place = orgs.place(2)
    work = schedules.work(schedules.schedule(place.schools[1]))
    client = coordinator(place.schools[0])
    for name in ("schedule", "schedule_work_add"):
        assert client.get(url(name, work.schedule_id)).status_code == 404
    assert client.post(url("schedule_works_remove", work.schedule_id), {"work": work.pk}).status_code == 404
    assert client.post(url("schedule_work_edit", work.pk)).status_code == 404
    assert ScheduledWork.objects.count() == 1


def test_the_home_page_reminds_of_a_schedule_that_is_not_in_force() -> None:
    place = orgs.place(2)
    year = orgs.school_year()
    client = coordinator(place.schools[0])
    assert "Составить график" in text_of(client.get(reverse("office:home")))
    found = schedules.schedule(place.schools[0], school_year=year)
    schedules.work(found, starts_on=dt.date(year.start_year, 9, 11))
    assert "Проверить и утвердить" in text_of(client.get(reverse("office:home")))
    specialist = client_of(orgs.account(Role.SPECIALIST, place.authority))
    assert "Графики оценочных процедур не утверждены" in text_of(specialist.get(reverse("office:home")))


@pytest.mark.parametrize("name", ["schedules", "schedule_summary"])
def test_lists_take_as_many_queries_with_thirty_schools_as_with_three(name: str) -> None:
    place = orgs.place(0)
    client = client_of(orgs.account(Role.SPECIALIST, place.authority))
    counts = []
    for numbers in (range(1, 4), range(4, 31)):
        for number in numbers:
            school = orgs.school(place.municipality, number)
            schedules.work(schedules.schedule(school))
        counts.append(queries(lambda: client.get(url(name), {"year": 2026})))
    assert counts[0] == counts[1]
    assert counts[0] <= 14


@pytest.mark.parametrize("view", ["", "classes", "list", "load"])
def test_a_schedule_takes_as_many_queries_with_many_works(view: str) -> None:
    place = orgs.place(1)
    found = schedules.schedule(place.schools[0])
    client = coordinator(place.schools[0])
    counts = []
    for grades in (range(1, 3), range(3, 12)):
        for grade in grades:
            ClassGroup.objects.create(
                organization=place.schools[0], school_year=found.school_year, grade_level=grade, letter="А"
            )
            schedules.work(found, grade_level=grade)
        counts.append(queries(lambda: client.get(url("schedule", found.pk), {"view": view})))
    assert counts[0] == counts[1]
    assert counts[0] <= 22
