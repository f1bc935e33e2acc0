"""Plans through the browser: loaded, asked about, accepted, put in order, approved; directions and their owners."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from msoko.cycle.planning.api import Activity, DirectionOwner, Plan, PlanImport, PlanStatus, activities_of
from msoko.foundation.access.api import Role
from msoko.foundation.jobs.api import run_all
from msoko.foundation.roster.api import AppointmentKind, PersonEntry, add_person
from tests.factories import orgs
from tests.integration.web.pages import client_of, text_of

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = """№\tМероприятие\tСрок\tОтветственные\tРезультат
1. Система оценки качества подготовки обучающихся
1.1\tАнализ результатов ГИА\tсентябрь\tУО\tСправка
1.2\tСовместный рейд\tоктябрь\tЦДОД\tАкт
"""


@pytest.fixture
def area() -> orgs.Place:
    return orgs.place(schools=2)


@pytest.fixture
def client(area: orgs.Place) -> Client:
    return client_of(orgs.account(Role.SPECIALIST, area.authority))


def _page(name: str, *args: object) -> str:
    return reverse(f"office:planning:{name}", args=args)


def _loaded(client: Client, data: bytes = TABLE.encode(), name: str = "план.txt", **values: object) -> PlanImport:
    form = {"kind": "schedule", "year_kind": "school", "start_year": 2026, "years": 1} | values
    client.post(_page("import_open"), form | {"file": SimpleUploadedFile(name, data)})
    run_all()
    return PlanImport.objects.latest("pk")


def _accepted(client: Client) -> Plan:
    session = _loaded(client, title="Циклограмма")
    client.post(_page("import_accept", session.pk), {"version": session.version, "title": "Циклограмма"})
    return Plan.objects.get()


def test_a_file_is_asked_about_and_becomes_a_plan(client: Client) -> None:
    session = _loaded(client)
    page = text_of(client.get(_page("import", session.pk)))
    assert "Что значит «ЦДОД»?" in page
    assert not Plan.objects.exists()
    answer = {"version": session.version, "abbreviation": "ЦДОД", "meaning": "МБОУ СОШ № 2", "remember": "1"}
    client.post(_page("import_abbreviation", session.pk), answer)
    session.refresh_from_db()
    assert "Что значит" not in text_of(client.get(_page("import", session.pk)))
    client.post(_page("import_accept", session.pk), {"version": session.version, "title": "Циклограмма"})
    assert [row.number for row in activities_of(Plan.objects.get())] == ["1.1", "1.2"]


def test_a_file_of_another_year_is_told(client: Client) -> None:
    session = _loaded(client, f"План-график на 2020-2021 учебный год\n\n{TABLE}".encode())
    assert "План составлен на 2020-2021 учебный год, а выбран 2026/27 учебный год." in text_of(
        client.get(_page("import", session.pk))
    )


def test_a_clearer_term_says_at_once_what_it_means(client: Client) -> None:
    session = _loaded(client)
    answer = text_of(client.get(_page("term"), {"import": session.pk, "terms_text": "до 20 апреля", "place": 1}))
    assert "20.04.2027" in answer
    assert 'id="understood-1"' in answer


def test_rows_and_sections_are_put_in_order(client: Client) -> None:
    plan = _accepted(client)
    client.post(_page("section_add", plan.pk), {"new-title": "Решения", "new-number": "2"})
    section = plan.sections.get(title="Решения")
    first, second = activities_of(plan)
    client.post(_page("bulk", plan.pk), {"activity": [first.pk], "section": section.pk})
    assert [row.pk for row in activities_of(plan)] == [second.pk, first.pk]
    client.post(_page("section_move", section.pk), {"to": "up"})
    assert [row.pk for row in activities_of(plan)] == [first.pk, second.pk]
    refused = client.post(_page("section_remove", section.pk), follow=True)
    assert "В разделе есть мероприятия: 1." in text_of(refused)


def test_responsible_units_of_many_rows_change_at_once(client: Client) -> None:
    plan = _accepted(client)
    rows = [row.pk for row in activities_of(plan)]
    client.post(_page("bulk", plan.pk), {"activity": rows, "responsible": "УО; МБОУ СОШ № 1"})
    assert [[unit.raw for unit in row.units.all()] for row in activities_of(plan)] == [["УО", "МБОУ СОШ № 1"]] * 2


def test_what_left_the_plan_comes_back(client: Client) -> None:
    plan = _accepted(client)
    first = activities_of(plan)[0]
    client.post(_page("activity_drop", first.pk), {"reason": ""})
    assert "Исключены из плана: 1" in text_of(client.get(_page("plan", plan.pk)))
    client.post(_page("activity_restore", first.pk))
    assert "Исключены из плана" not in text_of(client.get(_page("plan", plan.pk)))


def test_a_plan_is_the_result_of_an_activity(client: Client) -> None:
    parent = activities_of(_accepted(client))[0]
    form = {"title": "Дорожная карта", "kind": "roadmap", "year_kind": "school", "start_year": 2026, "years": 1}
    client.post(_page("add"), form | {"activity": parent.pk})
    child = Plan.objects.get(title="Дорожная карта")
    assert child.parent_activity == parent
    assert "Дорожная карта" in text_of(client.get(_page("activity", parent.pk)))


def test_a_draft_for_another_year_gets_other_dates(client: Client) -> None:
    plan = _accepted(client)
    form = {"title": plan.title, "kind": plan.kind, "year_kind": "school", "start_year": 2027, "years": 1}
    client.post(_page("edit", plan.pk), form)
    dates = [one.ends_on.year for row in activities_of(plan) for one in row.occurrences.all() if one.ends_on]
    assert dates == [2027, 2027]


def test_changes_of_a_plan_in_force_are_a_new_edition(client: Client) -> None:
    plan = _accepted(client)
    client.post(_page("approve", plan.pk), {"approved_on": "2026-08-28", "basis": "Приказ от 28.08.2026 № 412"})
    client.post(_page("activity_add", plan.pk), {"title": "Новое", "terms_text": "май", "responsible": "УО"})
    client.post(_page("edition", plan.pk), {"approved_on": "2027-01-15", "basis": "Приказ от 15.01.2027 № 12"})
    plan.refresh_from_db()
    assert (plan.status, plan.edition) == (PlanStatus.APPROVED, 2)
    new = Activity.objects.get(plan=plan, title="Новое").occurrences.get()
    assert new.planned_ends_on == new.ends_on


def test_directions_show_gaps_and_have_owners(client: Client, area: orgs.Place) -> None:
    _accepted(client)
    person = add_person(
        orgs.system_act(), entry=PersonEntry(last_name="Лугова"), organization=area.authority,
        kind=AppointmentKind.EMPLOYEE, post="Начальник отдела",
    )  # fmt: skip
    page = text_of(client.get(_page("directions"), {"year": 2026}))
    assert "частей цикла без мероприятий" in page
    form = {"owner": area.municipality.pk, "direction": "training_quality", "appointment": person.pk}
    client.post(_page("direction_owner"), form)
    assert DirectionOwner.objects.get().appointment == person
    assert "Лугова" in text_of(client.get(_page("directions"), {"year": 2026}))


def test_proposals_are_confirmed_together(client: Client) -> None:
    plan = _accepted(client)
    assert "Подтвердить предложенное" in text_of(client.get(_page("plan", plan.pk)))
    client.post(_page("confirm", plan.pk))
    assert "Подтвердить предложенное" not in text_of(client.get(_page("plan", plan.pk)))


def test_a_school_reads_the_plan_of_the_municipality_and_changes_nothing(client: Client, area: orgs.Place) -> None:
    plan = _accepted(client)
    client.post(_page("approve", plan.pk), {"approved_on": "2026-08-28", "basis": "Приказ от 28.08.2026 № 412"})
    school = client_of(orgs.account(Role.SCHOOL_COORDINATOR, area.schools[0]))
    assert "Анализ результатов ГИА" in text_of(school.get(_page("plan", plan.pk)))
    row = activities_of(plan)[0]
    assert school.post(_page("activity_edit", row.pk), {"title": "Чужое"}).status_code in {400, 403}
    assert Activity.objects.get(pk=row.pk).title == row.title
    session_count = PlanImport.objects.count()
    form = {"kind": "schedule", "year_kind": "school", "start_year": 2026, "years": 1, "plan": plan.pk}
    refused = school.post(_page("import_open"), form | {"file": SimpleUploadedFile("план.txt", TABLE.encode())})
    assert refused.status_code == 400
    assert "Это план другой организации." in text_of(refused)
    assert PlanImport.objects.count() == session_count


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        ("Просто письмо без таблицы.".encode(), "письмо.txt", "таблиц"),
        (b"%PDF-1.4 broken", "скан.pdf", "Файл повреждён: его не удаётся открыть."),
        (b"", "пусто.docx", "Файл пуст."),
    ],
)
def test_what_is_no_plan_is_said_in_russian(client: Client, data: bytes, name: str, words: str) -> None:
    form = {"kind": "schedule", "year_kind": "school", "start_year": 2026, "years": 1}
    answer = client.post(_page("import_open"), form | {"file": SimpleUploadedFile(name, data)}, follow=True)
    run_all()
    page = text_of(answer) if not data else text_of(client.get(_page("import", PlanImport.objects.latest("pk").pk)))
    assert words in page
    assert not Plan.objects.exists()
