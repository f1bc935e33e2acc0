"""A school's schedule and hours of the curriculum from files, through the pages."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from msoko.cycle.procedures.api import (
    CurriculumHours,
    ScheduledWork,
    ScheduleImport,
    import_rows,
    schedule_differences,
)
from msoko.foundation.access.api import Role
from msoko.foundation.jobs.api import run_all
from msoko.foundation.orgs.api import ClassGroup, Organization
from tests.factories import orgs, schedules
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db
TABLE = "Класс\tПредмет\tВид работы\tДата\n5А\tМатематика\tКР\t11.09\n5А\tФизика\tКР\tоктябрь\n5А\tХимия\tКР\t31.02\n"


def url(name: str, *args: object) -> str:
    return reverse(f"office:procedures:{name}", args=args)


def coordinator(school: Organization) -> Client:
    return client_of(orgs.account(Role.SCHOOL_COORDINATOR, school))


def test_a_pasted_table_is_shown_corrected_and_accepted() -> None:
    found = schedules.schedule(orgs.place(1).schools[0])
    client = coordinator(found.organization)
    answer = client.post(url("schedule_import", found.pk), {"table": TABLE})
    session = ScheduleImport.objects.get()
    preview = url("schedule_import_preview", session.pk)
    assert answer.headers["Location"] == preview
    assert "Ожидает очереди" in text_of(client.get(preview))
    run_all()
    assert client.get(url("schedule_import_progress", session.pk)).headers["HX-Refresh"] == "true"
    text = text_of(client.get(preview))
    assert "День не понят: впишите дату." in text
    assert "Даты 31.02 не существует." in text
    refused = client.post(url("schedule_import_accept", session.pk))
    assert refused.status_code == 400
    assert "Остались непонятые строки: 2" in text_of(refused)
    row = {"class_title": "5А", "subject": "Физика", "title": "КР", "level": "school", "starts_on": "2026-10-14"}
    assert text_of(client.get(url("schedule_import_row", session.pk, 1))).count("День не понят") == 1
    client.post(url("schedule_import_row", session.pk, 1), row)
    client.post(url("schedule_import_row", session.pk, 2), {"skip": "1"})
    client.post(url("schedule_import_accept", session.pk))
    works = ScheduledWork.objects.order_by("starts_on").values_list("subject", "starts_on", "source")
    assert list(works) == [
        ("Математика", dt.date(2026, 9, 11), "imported"), ("Физика", dt.date(2026, 10, 14), "imported"),
    ]  # fmt: skip
    again = client.post(url("schedule_import_accept", session.pk))
    assert "уже завершена" in text_of(again)
    assert ScheduledWork.objects.count() == 2


def test_the_official_form_comes_back_as_the_same_schedule() -> None:
    place = orgs.place(2)
    found, copy = (schedules.schedule(school) for school in place.schools)
    for values in (
        {"starts_on": dt.date(2026, 9, 11)},
        {"letter": "", "subject": "Физика", "starts_on": dt.date(2026, 10, 12), "ends_on": dt.date(2026, 10, 16)},
        {"grade_level": 11, "subject": "Химия", "starts_on": dt.date(2027, 3, 3), "level": "municipal"},
    ):
        schedules.work(found, **values)
    for kind, form in (("xlsx", ""), ("docx", ""), ("xlsx", "list"), ("docx", "list"), ("html", "")):
        data = coordinator(place.schools[0]).get(url("schedule_download", found.pk, kind), {"form": form}).content
        client = coordinator(place.schools[1])
        client.post(url("schedule_import", copy.pk), {"file": SimpleUploadedFile(f"график.{kind}", data)})
        run_all()
        client.post(url("schedule_import_accept", ScheduleImport.objects.latest("pk").pk))
        names = ("grade_level", "letter", "subject", "starts_on", "ends_on", "level")
        assert list(copy.works.values_list(*names)) == list(found.works.values_list(*names)), (kind, form)
        copy.works.all().delete()


@pytest.mark.parametrize(
    ("data", "message"), [(b"", "Файл пуст."), (b"x" * (20 * 1024**2 + 1), "Файл больше 20 МБ.")]
)  # fmt: skip
def test_empty_and_huge_files_are_refused_and_nothing_is_kept(data: bytes, message: str) -> None:
    found = schedules.schedule(orgs.place(1).schools[0])
    client = coordinator(found.organization)
    answer = client.post(url("schedule_import", found.pk), {"file": SimpleUploadedFile("график.xlsx", data)})
    assert answer.status_code == 400
    assert message in text_of(answer)
    assert not ScheduleImport.objects.exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.4", "Файл повреждён"), (b"PK\x03\x04", "Файл повреждён"),
        ("слова".encode(), "В файле нет таблицы графика."),
        (b"Class\tSubject\tDate\n5A\tMaths\t11.09\n", "не на русском"),
    ],
)  # fmt: skip
def test_what_is_no_schedule_is_told_with_a_remedy(data: bytes, message: str) -> None:
    found = schedules.schedule(orgs.place(1).schools[0])
    client = coordinator(found.organization)
    client.post(url("schedule_import", found.pk), {"file": SimpleUploadedFile("график.xlsx", data)})
    run_all()
    session = ScheduleImport.objects.get()
    page = text_of(client.get(url("schedule_import_preview", session.pk)))
    assert message in page
    assert session.problems[0]["hint"] in page
    assert client.post(url("schedule_import_accept", session.pk)).status_code == 400
    assert not ScheduledWork.objects.exists()


def test_a_short_form_is_explained_once_and_remembered_for_the_municipality() -> None:
    place = orgs.place(2)
    found, other = (schedules.schedule(school) for school in place.schools)
    table = "Класс\tСентябрь\t\t\t\n\t7\t8\t9\t10\n5А\tГЕО\t\tМА\t\n5Б\t\tКР ГЕО\t\t\n"
    client = coordinator(place.schools[0])
    client.post(url("schedule_import", found.pk), {"table": table})
    run_all()
    session = ScheduleImport.objects.get()
    assert "Какой предмет — «ГЕО»?" in text_of(client.get(url("schedule_import_preview", session.pk)))
    assert client.post(url("schedule_import_accept", session.pk)).status_code == 400
    client.post(url("schedule_import_word", session.pk), {"word": "ГЕО", "subject": "География", "remember": "1"})
    assert "Какой предмет" not in text_of(client.get(url("schedule_import_preview", session.pk)))
    client.post(url("schedule_import_accept", session.pk))
    assert list(found.works.values_list("subject", "letter", "title")) == [
        ("География", "А", ""), ("Математика", "А", ""), ("География", "Б", "Контрольная работа"),
    ]  # fmt: skip
    client = coordinator(place.schools[1])
    client.post(url("schedule_import", other.pk), {"table": table})
    run_all()
    client.post(url("schedule_import_accept", ScheduleImport.objects.latest("pk").pk))
    assert other.works.count() == 3


def test_a_corrected_file_shows_what_moved_and_what_is_gone() -> None:
    found = schedules.schedule(orgs.place(1).schools[0])
    client = coordinator(found.organization)
    first = "Класс\tПредмет\tВид работы\tДата\n6А\tФизика\tКР\t15.10\n6А\tФизика\tКР\t16.11\n7А\tХимия\tКР\t20.10\n"
    second = "Класс\tПредмет\tВид работы\tДата\n6А\tФизика\tКР\t15.10\n6А\tФизика\tКР\t19.11\n8А\tХимия\tКР\t20.10\n"
    client.post(url("schedule_import", found.pk), {"table": first})
    run_all()
    client.post(url("schedule_import_accept", ScheduleImport.objects.latest("pk").pk))
    keys = {work.starts_on: work.pk for work in found.works.filter(subject="Физика")}
    client.post(url("schedule_import", found.pk), {"table": second})
    run_all()
    session = ScheduleImport.objects.latest("pk")
    differences = schedule_differences(session, import_rows(session))
    assert [len(getattr(differences, name)) for name in ("added", "moved", "same", "above", "gone")] == [1, 1, 1, 0, 1]
    page = text_of(client.get(url("schedule_import_preview", session.pk)))
    assert "убрать из графика работы прежних файлов, которых в этом файле нет: 1" in page
    client.post(url("schedule_import_accept", session.pk), {"remove_gone": "1"})
    works = found.works.values_list("pk", "grade_level", "subject", "starts_on")
    assert list(works)[:2] == [
        (keys[dt.date(2026, 10, 15)], 6, "Физика", dt.date(2026, 10, 15)),
        (keys[dt.date(2026, 11, 16)], 6, "Физика", dt.date(2026, 11, 19)),
    ]
    assert [row[1:] for row in works][2:] == [(8, "Химия", dt.date(2026, 10, 20))]


def test_a_class_that_the_school_does_not_have_is_asked() -> None:
    found = schedules.schedule(orgs.place(1).schools[0])
    for letter in "АБ":
        ClassGroup.objects.create(
            organization=found.organization, school_year=found.school_year, grade_level=7, letter=letter
        )
    client = coordinator(found.organization)
    client.post(url("schedule_import", found.pk), {"table": "Класс\tПредмет\tДата\n7Д\tХимия\t20.10\n"})
    run_all()
    page = text_of(client.get(url("schedule_import_preview", ScheduleImport.objects.get().pk)))
    assert "Класса 7Д в организации нет, есть: 7А, 7Б." in page


def test_a_discarded_file_changes_nothing() -> None:
    found = schedules.schedule(orgs.place(1).schools[0])
    session = schedules.loaded(found)
    client = coordinator(found.organization)
    client.post(url("schedule_import_discard", session.pk))
    session.refresh_from_db()
    assert session.discarded_at is not None
    assert not found.works.exists()


def test_hours_come_by_the_blank_form_and_give_the_share() -> None:
    place = orgs.place(1)
    school = place.schools[0]
    found = schedules.schedule(school)
    schedules.work(found)
    for letter in "АБ":
        ClassGroup.objects.create(organization=school, school_year=found.school_year, grade_level=5, letter=letter)
    client = coordinator(school)
    blank = client.get(url("schedule_hours_blank"), {"year": 2026}).content
    book = openpyxl.load_workbook(io.BytesIO(blank))
    sheet = book.active
    head = next(row for row in sheet.iter_rows() if row[0].value == "Предмет")
    assert [cell.value for cell in head] == ["Предмет", "5А", "5Б"]
    place_of = {row[0].value: row for row in sheet.iter_rows()}
    place_of["Математика"][1].value = 9
    stream = io.BytesIO()
    book.save(stream)
    file = SimpleUploadedFile("часы.xlsx", stream.getvalue())
    client.post(url("schedule_hours"), {"year": 2026, "file": file})
    row = CurriculumHours.objects.get()
    assert (row.grade_level, row.letter, row.subject, row.hours) == (5, "А", "Математика", 9)
    text = text_of(client.get(url("schedule", found.pk)))
    assert "Доля учебного времени" in text
    assert "уроков 1 из 9 ч в год" in text
    bad = client.post(url("schedule_hours"), {"year": 2026, "file": SimpleUploadedFile("x.xlsx", b"PK")})
    assert bad.status_code == 400


def test_hours_a_week_become_hours_a_year_and_are_asked_when_nobody_says() -> None:
    school = orgs.place(1).schools[0]
    orgs.school_year(2026)
    client = coordinator(school)
    table = "Предметная область\tПредмет\t1\t5А\nМатематика\tматематика\t4\t5\nРодной\tФизика\t\t0,5\n\tИтого\t20\t30\n"
    refused = client.post(url("schedule_hours"), {"year": 2026, "table": table.replace("\t20\t30", "\t9\t9")})
    assert refused.status_code == 400
    assert "в неделю или в год" in text_of(refused)
    client.post(url("schedule_hours"), {"year": 2026, "table": table, "per": "week"})
    rows = CurriculumHours.objects.values_list("grade_level", "letter", "subject", "hours")
    assert list(rows) == [(1, "", "Математика", 132), (5, "А", "Математика", 170), (5, "А", "Физика", 17)]
    told = "Количество часов в неделю\nПредмет\t6А\nФизика\t2\n"
    client.post(url("schedule_hours"), {"year": 2026, "table": told})
    assert CurriculumHours.objects.get(grade_level=6).hours == 68
