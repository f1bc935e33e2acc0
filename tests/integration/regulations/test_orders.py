"""Imported orders: read, checked by a person, given to organizations, reported on, reminded of."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from msoko.cycle.regulations.api import (
    OrderImport,
    PointEntry,
    PointTask,
    RegisteredDocument,
    accept_order,
    open_order,
    paper_of,
    progress_by_point,
    report_point,
    waiting_points,
)
from msoko.foundation.access.api import SYSTEM_SCOPE, Role, scope_for
from msoko.foundation.documents.pdf.official_paper import paper_pdf
from msoko.foundation.documents.word.official_paper import paper_docx
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.roster.api import AppointmentKind, PersonEntry, add_person
from tests.factories import orgs, papers
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db
SIGNED = dt.date(2026, 9, 5)


@pytest.fixture
def place() -> orgs.Place:
    return orgs.place(2)


@pytest.fixture
def client(place: orgs.Place) -> Client:
    return client_of(orgs.account(Role.SPECIALIST, place.authority))


def _accepted(place: orgs.Place, due_on: dt.date | None = None) -> RegisteredDocument:
    order = open_order(orgs.system_act(), owner=place.municipality, pasted=papers.ORDER)
    days = (due_on,) if due_on else ()
    points = [PointEntry("2.1", "Назначить координаторов", "Руководителям", "", days, "school")]
    return accept_order(orgs.system_act(), order=order, title="О подготовке", number="45", signed_on=SIGNED,
                        controller="Примерова П.И.", points=points)  # fmt: skip


def test_an_order_is_read_from_word_checked_and_given_to_schools(client: Client, place: orgs.Place) -> None:
    upload = SimpleUploadedFile("Приказ.docx", papers.word_file(papers.ORDER))
    answer = client.post(reverse("office:regulations:order_open"), {"file": upload})
    assert answer.status_code == 302
    order = OrderImport.objects.get()
    page = text_of(client.get(answer["Location"]))
    assert "Руководителям общеобразовательных организаций" in page
    assert order.reading["points"][4]["days"] == ["2026-09-15"]
    assert "15.09.2026" in page
    reading = order.reading
    data = {"title": reading["title"], "number": reading["number"], "signed_on": reading["signed_on"],
            "controller": reading["controller"], "count": len(reading["points"])}  # fmt: skip
    for place_, point in enumerate(reading["points"]):
        data |= {f"{name}-{place_}": point[name] for name in ("number", "text", "addressee", "term", "circle")}
        data[f"days-{place_}"] = ", ".join(point["days"])
    assert "поручения розданы" in text_of(client.post(answer["Location"], data, follow=True))
    document = RegisteredDocument.objects.get()
    assert (document.number, document.status, document.file_name) == ("45-п", "in_force", "Приказ.docx")
    given = {(one.point.number, one.organization_id) for one in PointTask.objects.select_related("point")}
    schools = {one.pk for one in place.schools}
    assert {pk for number, pk in given if number == "2.1"} == schools
    assert {pk for number, pk in given if number == "4"} == {place.municipality.pk}
    board = text_of(client.get(reverse("office:regulations:order", args=[document.pk])))
    assert "<strong>0 из" in board
    assert "контроль: Примерова П.И., главного специалиста" in board


def test_what_was_typed_stays_when_the_order_is_refused(client: Client, place: orgs.Place) -> None:
    order = open_order(orgs.system_act(), owner=place.municipality, pasted=papers.ORDER)
    url = reverse("office:regulations:order_check", args=[order.pk])
    data = {"title": "О подготовке", "number": "45", "signed_on": "2026-02-31", "count": 1, "text-0": "Мой пункт",
            "circle-0": "all"}  # fmt: skip
    answer = client.post(url, data)
    assert answer.status_code == 400
    assert "такой даты нет" in text_of(answer)
    assert "Мой пункт" in text_of(answer)
    assert not RegisteredDocument.objects.exists()
    assert "загрузка удалена" in text_of(client.post(url, {"discard": "1"}, follow=True))
    assert not OrderImport.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [("приказ.exe", b"MZ", "не принимается"), ("приказ.docx", b"PK\x03\x04broken", "повреждён"),
     ("приказ.txt", b"   ", "нет текста")],
)  # fmt: skip
def test_bad_files_are_refused_in_words(client: Client, name: str, data: bytes, message: str) -> None:
    answer = client.post(reverse("office:regulations:order_open"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 400
    assert message in text_of(answer)
    assert not OrderImport.objects.exists()


def test_an_order_is_accepted_once(place: orgs.Place) -> None:
    _accepted(place)
    order = OrderImport.objects.get()
    with pytest.raises(RefusedError, match="уже принят"):
        accept_order(orgs.system_act(), order=order, title="Ещё", number="46", signed_on=SIGNED, controller="",
                     points=[PointEntry("1", "Пункт")])  # fmt: skip


def test_a_school_reports_on_its_own_point_only(place: orgs.Place) -> None:
    document = _accepted(place)
    head = orgs.account(Role.SCHOOL_HEAD, place.schools[0])
    own = PointTask.objects.get(organization=place.schools[0])
    other = PointTask.objects.get(organization=place.schools[1])
    with pytest.raises(RefusedError, match="чем подтверждено"):
        report_point(orgs.act_by(head), task=own, state="done")
    report_point(orgs.act_by(head), task=own, state="done", proof="Приказ школы № 3")
    with pytest.raises(ForbiddenError):
        report_point(orgs.act_by(head), task=other, state="done", proof="Приказ № 4")
    page = text_of(client_of(head).get(reverse("office:regulations:order", args=[document.pk])))
    assert "<strong>1 из 1</strong>" in page
    assert place.schools[1].short_name not in page


def test_the_board_is_filtered_and_given_as_files(client: Client, place: orgs.Place) -> None:
    document = _accepted(place, timezone.localdate() - dt.timedelta(days=2))
    task = PointTask.objects.get(organization=place.schools[0])
    url = reverse("office:regulations:order_report", args=[task.pk])
    assert "Отмечено" in text_of(client.post(url, {"state": "done", "proof": "Приказ № 3"}, follow=True))
    board = reverse("office:regulations:order", args=[document.pk])
    late = client.get(board, {"state": "late"})
    assert [one.organization_id for one in late.context["page"]] == [place.schools[1].pk]
    excel = client.get(reverse("office:regulations:order_download", args=[document.pk, "xlsx"]))
    assert excel.content.startswith(b"PK")
    word = reverse("office:regulations:order_download", args=[document.pk, "docx"])
    text = docx.Document(io.BytesIO(client.get(word, {"organization": place.schools[1].pk}).content))
    assert "Выписка из приказа от 05.09.2026 № 45" in text.paragraphs[0].text
    assert "Не начато, просрочено" in {cell.text for row in text.tables[0].rows for cell in row.cells}


def test_near_and_late_points_stand_among_the_tasks_of_the_home_page(client: Client, place: orgs.Place) -> None:
    _accepted(place, timezone.localdate() - dt.timedelta(days=1))
    today = timezone.localdate()
    scope = scope_for(orgs.act_by(orgs.account(Role.SCHOOL_HEAD, place.schools[0])))
    assert [one.count for one in waiting_points(scope, today, 14)] == [1]
    assert "Пункт 2.1 приказа № 45" in text_of(client.get(reverse("office:home")))
    assert waiting_points(scope, today - dt.timedelta(days=60), 14) == []


RECURRING = """ПРИКАЗ
12.09.2026 № 214
О мерах
ПРИКАЗЫВАЮ:
1. Руководителям общеобразовательных организаций представлять сведения ежеквартально до 5 числа месяца, следующего за отчётным.
2. Директорам СОШ № 1 и СОШ № 99 подготовить планы до 25.09.2026.
3. Руководителям школ (Примерова А.И.) обеспечить наблюдение. Срок: постоянно.
4. Директору МБУ «Неизвестный центр» разместить план на сайте в течение 3 рабочих дней.
5. Контроль за исполнением приказа оставляю за собой.
"""  # noqa: E501 -- the words of an order


def _headed(place: orgs.Place) -> None:
    entry = PersonEntry(last_name="Примерова", first_name="Анна", middle_name="Ильинична")
    add_person(
        orgs.system_act(), entry=entry, organization=place.schools[0], kind=AppointmentKind.EMPLOYEE, post="директор"
    )


def test_a_recurring_term_becomes_days_and_names_become_organizations(client: Client, place: orgs.Place) -> None:
    _headed(place)
    for number, school in enumerate(place.schools, 1):
        type(school).objects.filter(pk=school.pk).update(short_name=f"МБОУ СОШ № {number}")
    order = open_order(orgs.system_act(), owner=place.municipality, pasted=RECURRING)
    points = order.reading["points"]
    assert points[0]["days"] == ["2026-10-05", "2027-01-05", "2027-04-05", "2027-07-05"]
    assert (points[1]["circle"], points[1]["chosen"]) == ("ask", [place.schools[0].pk])
    assert (points[2]["circle"], points[2]["chosen"], points[2]["days"]) == ("chosen", [place.schools[0].pk], [])
    assert points[3]["circle"] == "ask"
    questions = " ".join(order.reading["questions"])
    for words in ("Пункт 2: не узнаны: СОШ № 99", "Пункт 4: кому поручено", "От какого события"):
        assert words in questions
    page = text_of(client.get(reverse("office:regulations:order_check", args=[order.pk])))
    assert "05.10.2026, 05.01.2027, 05.04.2027, 05.07.2027" in page


def test_every_day_of_a_recurring_term_has_a_state_of_its_own(place: orgs.Place) -> None:
    days = (dt.date(2026, 10, 5), dt.date(2027, 1, 5))
    order = open_order(orgs.system_act(), owner=place.municipality, pasted=RECURRING)
    points = [PointEntry("1", "Представлять сведения", "", "ежеквартально", days, "school"),
              PointEntry("2", "Подготовить план", "", "", (), "chosen", (place.schools[1].pk,))]  # fmt: skip
    accept_order(orgs.system_act(), order=order, title="О мерах", number="214", signed_on=dt.date(2026, 9, 12),
                 controller="", points=points)  # fmt: skip
    assert PointTask.objects.filter(point__number="1").count() == 4
    assert [one.organization for one in PointTask.objects.filter(point__number="2")] == [place.schools[1]]
    first = PointTask.objects.get(organization=place.schools[0], due_on=days[0])
    report_point(orgs.system_act(), task=first, state="done", proof="Сводка № 1")
    progress = progress_by_point(PointTask.objects.all(), dt.date(2026, 10, 6))
    assert [(one.due_on, one.done, one.total, one.is_late) for one in progress] == [
        (days[0], 1, 2, True), (days[1], 0, 2, False), (None, 0, 1, False),
    ]  # fmt: skip
    assert [one.due_on for one in waiting_points(SYSTEM_SCOPE, dt.date(2027, 1, 1), 14)] == [*days]


def test_further_days_are_added_on_the_board(client: Client, place: orgs.Place) -> None:
    document = _accepted(place, dt.date(2026, 10, 5))
    point = document.points.get()
    url = reverse("office:regulations:order_days", args=[document.pk])
    answer = client.post(url, {"point": point.pk, "days": "05.10.2026, 05.01.2027"}, follow=True)
    assert "добавлено поручений – 2" in text_of(answer)
    assert PointTask.objects.filter(due_on=dt.date(2027, 1, 5)).count() == 2
    for days, words in (
        ("", "Дни не указаны"),
        ("31.02.2027", "такой даты нет"),
        ("01.01.2020", "раньше даты приказа"),
    ):
        assert words in text_of(client.post(url, {"point": point.pk, "days": days}, follow=True))
    head = client_of(orgs.account(Role.SCHOOL_HEAD, place.schools[0]))
    assert head.post(url, {"point": point.pk, "days": "05.04.2027"}).status_code == 403
    assert PointTask.objects.count() == 4


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_the_products_own_orders_are_read_back(place: orgs.Place, suffix: str) -> None:
    paper = paper_of(papers.drawn(place.municipality), number="45-п", signed_on=SIGNED)
    data = paper_docx(paper) if suffix == "docx" else paper_pdf(paper)
    reading = open_order(orgs.system_act(), owner=place.municipality, name=f"Приказ.{suffix}", data=data).reading
    assert (reading["number"], reading["signed_on"]) == ("45-п", SIGNED.isoformat())
    assert [point["number"] for point in reading["points"]] == ["1", "2", "3", "4", "5"]
    assert reading["points"][1]["days"] == ["2027-02-01"]
    assert reading["controller"].replace("\xa0", " ") == "Примерова П. И., главного специалиста"


def test_a_point_without_an_executor_is_not_accepted(place: orgs.Place) -> None:
    order = open_order(orgs.system_act(), owner=place.municipality, pasted=RECURRING)
    values = {"title": "О мерах", "number": "214", "signed_on": dt.date(2026, 9, 12), "controller": ""}
    with pytest.raises(RefusedError, match="Не выбрано, кто исполняет: 4"):
        accept_order(orgs.system_act(), order=order, points=[PointEntry("4", "Разместить", circle="ask")], **values)
    with pytest.raises(RefusedError, match="организации не выбраны"):
        accept_order(orgs.system_act(), order=order, points=[PointEntry("4", "Разместить", circle="chosen")], **values)
    foreign = orgs.place(1).schools[0].pk
    with pytest.raises(RefusedError, match="организации не выбраны"):
        accept_order(orgs.system_act(), order=order, **values,
                     points=[PointEntry("4", "Разместить", circle="chosen", chosen=(foreign,))])  # fmt: skip
    assert not RegisteredDocument.objects.exists()


@pytest.mark.parametrize("schools", [3, 30])
def test_queries_of_the_board_do_not_grow(schools: int) -> None:
    place = orgs.place(schools)
    document = _accepted(place)
    specialist = client_of(orgs.account(Role.SPECIALIST, place.authority))
    assert queries(lambda: specialist.get(reverse("office:regulations:order", args=[document.pk]))) <= 24
    assert queries(lambda: specialist.get(reverse("office:regulations:orders"))) <= 20
