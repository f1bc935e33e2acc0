"""Pages of tasks: what each person sees and may press, files, filters, and how many queries they take."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from msoko.cycle.planning.api import Assignment, Evidence, Occurrence, report_done, start_task
from msoko.foundation.access.api import Role
from msoko.foundation.audit.api import AuditEvent
from msoko.web.office.planning.tasks import lists
from tests.factories import orgs, tasks
from tests.integration.web.pages import client_of, queries, text_of

pytestmark = pytest.mark.django_db
PROOF = {"title": "Приказ", "number": "15-од"}


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: Any) -> None:
    settings.STORAGE_ROOT = tmp_path / "files"


class World:
    """A report of several schools, their coordinator and the specialist."""

    def __init__(self, schools: int = 3, ends_in: int = 3, results: bool = True) -> None:
        self.place = orgs.place(schools)
        self.plan = tasks.plan(self.place.municipality)
        self.activity = tasks.activity(self.plan, "Отчёт о входной диагностике")
        tasks.group(self.activity)
        if results:
            tasks.deliverable(self.activity, "Приказ о проведении")
        self.term = tasks.term(self.activity, tasks.days(ends_in))
        self.rows = tasks.dealt(self.plan)
        self.school = client_of(orgs.account(Role.SCHOOL_COORDINATOR, self.place.schools[0]))
        self.specialist = client_of(orgs.account(Role.SPECIALIST, self.place.authority))

    def report(self, client: Client, row: int = 0, **values: Any) -> Any:
        data = {"done_on": tasks.days(0).isoformat(), **values}
        return client.post(reverse("office:tasks:done", args=[self.rows[row].pk]), data)

    def step(self, client: Client, action: str, row: int = 0, **values: Any) -> Any:
        return client.post(reverse("office:tasks:step", args=[self.rows[row].pk, action]), values)

    def change(self, client: Client, action: str, **values: Any) -> Any:
        return client.post(reverse("office:tasks:change", args=[self.term.pk, action]), values)

    def card(self, client: Client, query: str = "") -> str:
        return text_of(client.get(reverse("office:tasks:detail", args=[self.term.pk]) + query))


def test_a_report_without_the_named_document_is_refused_at_the_form_and_keeps_what_was_typed() -> None:
    world = World()
    answer = world.report(world.school)
    assert answer.status_code == 400
    assert "Задача закрывается документом: Приказ о проведении." in text_of(answer)
    assert f'value="{tasks.days(0).isoformat()}"' in text_of(answer)
    assert world.report(world.school, **PROOF).status_code == 302
    assert Evidence.objects.get().number == "15-од"


def test_a_wrong_file_is_refused_with_its_name_and_nothing_is_kept() -> None:
    world = World()
    file = SimpleUploadedFile("отчёт.exe", b"MZ")
    answer = world.report(world.school, **PROOF, file=file)
    assert "Файл «отчёт.exe» такого вида не принимается" in text_of(answer)
    assert not Evidence.objects.exists()
    assert Assignment.objects.filter(done_on__isnull=False).count() == 0


def test_a_second_press_is_told_that_it_was_done() -> None:
    world = World()
    world.report(world.school, **PROOF)
    again = world.report(world.school, **PROOF)
    assert again.status_code == 400
    assert "Задача уже отмечена исполненной" in text_of(again)
    assert Evidence.objects.count() == 1


def test_the_second_of_two_who_confirm_is_told_who_did() -> None:
    world = World()
    world.report(world.school, **PROOF)
    other = client_of(orgs.account(Role.AUTHORITY_HEAD, world.place.authority))
    world.step(world.specialist, "confirm")
    told = world.step(other, "confirm")
    assert told.status_code == 302
    assert "Исполнение уже подтверждено" in text_of(other.get(told.url))


def test_a_file_is_downloaded_by_those_who_see_the_task_and_stands_in_the_journal() -> None:
    world = World()
    world.report(world.school, file=SimpleUploadedFile("приказ.pdf", b"%PDF-1.7"))
    url = reverse("office:tasks:proof", args=[Evidence.objects.get().pk])
    answer = world.specialist.get(url)
    assert answer.content == b"%PDF-1.7"
    assert answer["Content-Disposition"].startswith("attachment")
    neighbour = client_of(orgs.account(Role.SCHOOL_HEAD, world.place.schools[1]))
    assert neighbour.get(url).status_code == 404
    assert AuditEvent.objects.filter(event="planning.evidence.downloaded").count() == 1


def test_a_school_sees_its_own_row_and_the_count_of_all() -> None:
    world = World()
    shown = world.card(world.school)
    assert "МБОУ СОШ № 1".replace(" ", "\u00a0") in shown or "МБОУ СОШ №\u00a01" in shown
    assert "СОШ №\u00a02" not in shown
    assert "сдали 0 из 3" in shown
    assert "СОШ №\u00a02" in world.card(world.specialist)


@pytest.mark.parametrize("action", ["confirm", "return", "release", "unconfirm", "unrelease"])
def test_a_school_is_not_shown_the_forms_of_those_who_answer(action: str) -> None:
    world = World()
    url = reverse("office:tasks:step", args=[world.rows[0].pk, action])
    assert world.school.get(url).status_code == 403
    assert world.step(world.school, action, words="Нет").status_code == 403


def test_another_school_does_not_find_the_task() -> None:
    world = World()
    assert world.report(world.school, row=1, **PROOF).status_code == 404
    assert world.step(world.school, "start", row=1).status_code == 404


def test_what_is_returned_comes_first_on_the_home_page_of_the_school() -> None:
    world = World()
    world.report(world.school, **PROOF)
    world.step(world.specialist, "return", words="Нет подписи")
    page = text_of(world.school.get(reverse("office:home")))
    assert "Возвращено на доработку" in page
    assert "Замечание: Нет подписи" in page


def test_the_home_page_says_what_each_has_to_do() -> None:
    world = World(ends_in=-2, results=False)
    titles = lambda client: [one.title for one in client.get(reverse("office:home")).context["sections"]]  # noqa: E731
    assert titles(world.school) == ["Просрочено"]
    assert titles(world.specialist) == ["Просрочено у исполнителей"]
    world.report(world.school, delay="staff", delay_words="болезнь")
    assert titles(world.school) == []
    assert titles(world.specialist) == ["Ждут моего подтверждения", "Просрочено у исполнителей"]
    assert Assignment.objects.get(pk=world.rows[0].pk).delay_reason == "Отсутствие или смена исполнителя: болезнь"


def test_the_menu_counts_what_waits() -> None:
    world = World(ends_in=-2)
    assert '<span class="side-count">1</span>' in text_of(world.school.get(reverse("office:home")))


def test_ticked_reports_are_confirmed_at_once() -> None:
    world = World(results=False)
    for row in world.rows[:2]:
        report_done(orgs.system_act(), assignment=row, done_on=tasks.days(0))
    answer = world.specialist.post(
        reverse("office:tasks:confirm"),
        {"task": [row.pk for row in world.rows], "next": "https://example.ru/"},
    )
    assert answer.url == reverse("office:tasks:list")
    assert Assignment.objects.filter(confirmed_at__isnull=False).count() == 2


def test_terms_are_moved_and_taken_off_with_a_basis() -> None:
    world = World()
    refused = world.change(world.specialist, "postpone", **{"postpone-now_on": tasks.days(9).isoformat()})
    assert refused.status_code == 400
    basis = {"postpone-now_on": tasks.days(9).isoformat(), "postpone-basis": "Приказ № 3"}
    assert world.change(world.specialist, "postpone", **basis).status_code == 302
    assert Occurrence.objects.get(pk=world.term.pk).ends_on == tasks.days(9)
    world.change(world.specialist, "cancel", **{"cancel-words": "Решение совещания"})
    assert "Мероприятие снято" in world.card(world.school)
    assert world.change(world.school, "restore").status_code == 403


def test_filters_of_the_list() -> None:
    world = World(ends_in=-2)
    start_task(orgs.system_act(), assignment=world.rows[0])
    url = reverse("office:tasks:list")
    found = lambda query: world.specialist.get(f"{url}?{query}").context["page"].paginator.count  # noqa: E731
    assert found("") == 3
    assert found("view=overdue") == 3
    assert found("view=blocked") == 0
    assert found("q=ОТЧЁТ диагностике") == 3
    assert found("q=нет такого") == 0
    assert found(f"organization={world.place.schools[1].pk}") == 1
    assert found("kind=order") == 3
    assert found("kind=protocol") == 0
    assert found(f"from={tasks.days(0).isoformat()}") == 0
    assert found("state=overdue&sort=-organization&page=99&from=неделя&plan=0x1") == 3


def test_the_whole_filter_is_a_workbook() -> None:
    world = World()
    world.report(world.school, **PROOF)
    answer = world.specialist.get(reverse("office:tasks:export"))
    sheet = load_workbook(io.BytesIO(answer.content))["Задачи"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any("Исполнено, ждёт подтверждения" in row for row in cells)
    assert any("Приказ № 15-од" in row for row in cells)


def test_more_tasks_than_a_workbook_has_are_asked_for_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "EXPORTED", 2)
    world = World()
    url = reverse("office:tasks:export")
    answer = world.specialist.get(url)
    assert answer.status_code == 400
    assert "Выбрано 3\xa0задачи: в одну таблицу выгружается не больше 2." in answer.content.decode()
    part = world.specialist.get(f"{url}?organization={world.place.schools[1].pk}")
    assert part["Content-Type"].startswith("application/vnd.openxmlformats")


def test_pages_take_as_many_queries_with_many_schools() -> None:
    counts = []
    for size in (3, 30):
        world = World(schools=size, ends_in=-1, results=False)
        for row in world.rows[::2]:
            report_done(orgs.system_act(), assignment=row, done_on=tasks.days(-1))
        pages = [
            "/",
            *(reverse(f"office:tasks:{name}") for name in ("list", "terms", "export", "requests", "schedules")),
        ]
        pages.append(reverse("office:tasks:detail", args=[world.term.pk]))
        counts.append([_queries(world.specialist, url) for url in pages])
    assert counts[0] == counts[1]
    assert max(counts[0][1:]) <= 20
    assert counts[0][0] <= 40  # the home page asks every step


def _queries(client: Client, url: str) -> int:
    return queries(lambda: client.get(url))


def test_the_journal_of_requests_is_kept_on_pages() -> None:
    world = World()
    activity = tasks.activity(world.plan, "Консультации", terms=[{"status": "on_request"}])
    tasks.unit(activity, organization=world.place.advisory_service)
    data = {
        "activity": activity.pk, "asked_on": tasks.days(0).isoformat(), "subject": "О ВСОКО",
        "organization": world.place.schools[1].pk,
    }  # fmt: skip
    assert world.school.post(reverse("office:tasks:request_new"), data).status_code == 400
    assert world.specialist.post(reverse("office:tasks:request_new"), data).status_code == 302
    page = text_of(world.specialist.get(reverse("office:tasks:requests")))
    assert "О ВСОКО" in page
    assert "СОШ №\u00a02" in page
    request = activity.requests.get()
    world.specialist.post(reverse("office:tasks:request_result", args=[request.pk]), {"words": "Проведена"})
    book = world.specialist.get(reverse("office:tasks:requests_export")).content
    assert "Проведена" in [cell.value for row in load_workbook(io.BytesIO(book))["Запросы"] for cell in row]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "ни одной даты"),
        ({"pasted": "Математика\t31.02.2027"}, "даты 31.02.2027 не существует"),
        ({"pasted": "Математика в апреле"}, "дата не найдена"),
        ({"part-1": "Физика", "from-1": "2027-04-20", "to-1": "2027-04-10"}, "окончание раньше начала"),
    ],
)
def test_a_schedule_that_cannot_be_read_is_refused_with_the_line(data: dict[str, str], words: str) -> None:
    world = World()
    activity = tasks.activity(world.plan, "ВПР", terms=[{"status": "external_schedule"}])
    tasks.group(activity)
    answer = world.specialist.post(reverse("office:tasks:schedule_bind", args=[activity.pk]), data)
    assert answer.status_code == 400
    assert words in text_of(answer)
    assert not activity.occurrences.exists()


def test_a_pasted_schedule_becomes_terms() -> None:
    world = World()
    activity = tasks.activity(world.plan, "ВПР", terms=[{"status": "external_schedule"}])
    tasks.group(activity)
    pasted = "Математика, 5 класс\t14.04.2027\t16.04.2027\n\nФизика, 8 класс — 21.04.2027"
    url = reverse("office:tasks:schedule_bind", args=[activity.pk])
    assert world.specialist.post(url, {"pasted": pasted}).status_code == 302
    terms = activity.occurrences.order_by("ends_on")
    assert [(one.part, str(one.starts_on), str(one.ends_on)) for one in terms] == [
        ("Математика, 5 класс", "2027-04-14", "2027-04-16"), ("Физика, 8 класс", "None", "2027-04-21"),
    ]  # fmt: skip


def test_plans_of_schools_are_the_work_of_schools_and_not_of_the_authority() -> None:
    world = World(results=False)
    own = tasks.plan(world.place.schools[0], title="План ВСОКО")
    inner = tasks.activity(own, "Посещение уроков")
    tasks.unit(inner, organization=world.place.schools[0])
    tasks.term(inner, tasks.days(-1))
    waits = tasks.activity(own, "Участие в ВПР", terms=[{"status": "external_schedule"}])
    tasks.unit(waits, organization=world.place.schools[0])
    [row] = tasks.dealt(own)
    report_done(orgs.system_act(), assignment=row, done_on=tasks.days(-1))
    head = client_of(orgs.account(Role.SCHOOL_HEAD, world.place.schools[0]))
    titles = lambda client: [one.title for one in client.get(reverse("office:home")).context["sections"]]  # noqa: E731
    assert "Ждут моего подтверждения" in titles(head)
    assert "Ждут внешнего графика" in titles(head)
    assert {"Ждут моего подтверждения", "Ждут внешнего графика"}.isdisjoint(titles(world.specialist))
    page = text_of(world.specialist.get(reverse("office:tasks:list")))
    assert "Посещение уроков" in page
    assert "side-count" not in page
