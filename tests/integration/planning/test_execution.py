"""Facts of tasks: who may write them, in what order, and that nothing is written twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from msoko.cycle.planning.api import (
    Assignment,
    AssignmentState,
    EvidenceEntry,
    Occurrence,
    Plan,
    PlanStatus,
    Postponement,
    UnitKind,
    add_comment,
    attach_evidence,
    cancel_occurrence,
    confirm_many,
    confirm_task,
    explain_delay,
    postpone_occurrence,
    release_addressee,
    report_done,
    restore_addressee,
    restore_occurrence,
    return_task,
    start_task,
    state_of_row,
    take_back_confirmation,
    take_back_report,
    withdraw_evidence,
)
from msoko.foundation.access.api import Role, User
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.kernel.storage import default_storage
from tests.factories import orgs, tasks

pytestmark = pytest.mark.django_db
S = AssignmentState
ORDER = EvidenceEntry(title="Приказ о проведении", number="15-од", signed_on=dt.date(2026, 9, 3))


class Desk:
    """A task of the first school in a plan of the municipality, and the people around it."""

    def __init__(self, ends_in: int | None = 5, **values: Any) -> None:
        self.place = orgs.place(2)
        term = None if ends_in is None else tasks.days(ends_in)
        self.task = tasks.task(self.place.municipality, self.place.schools[0], term, **values)
        self.school = orgs.account(Role.SCHOOL_COORDINATOR, self.place.schools[0])
        self.neighbour = orgs.account(Role.SCHOOL_HEAD, self.place.schools[1])
        self.specialist = orgs.account(Role.SPECIALIST, self.place.authority)

    def do(self, action: Any, by: User | None = None, **values: Any) -> Any:
        return action(orgs.act_by(by or self.school), assignment=self.task, **values)

    def on_term(self, action: Any, by: User | None = None, **values: Any) -> Any:
        return action(orgs.act_by(by or self.specialist), occurrence=self.task.occurrence, **values)

    @property
    def state(self) -> AssignmentState:
        row = Assignment.objects.select_related("occurrence").get(pk=self.task.pk)
        return state_of_row(row, timezone.localdate())

    @property
    def events(self) -> list[str]:
        kinds = AuditEvent.objects.filter(object_kind__in=("assignment", "occurrence")).order_by("id")
        return [event.removeprefix("planning.") for event in kinds.values_list("event", flat=True)]


def test_a_school_reports_and_the_authority_confirms() -> None:
    desk = Desk(results=["Приказ"])
    assert desk.state == S.WAITING
    desk.do(start_task)
    assert desk.state == S.IN_WORK
    desk.do(report_done, done_on=tasks.days(0), entries=[ORDER])
    assert desk.state == S.DONE
    desk.do(confirm_task, desk.specialist)
    assert desk.state == S.CONFIRMED
    assert desk.events == ["task.started", "evidence.attached", "task.reported", "task.confirmed"]


def test_the_lead_closes_a_task_by_the_document_that_the_plan_names() -> None:
    desk = Desk(results=["Приказ о проведении"])
    with pytest.raises(RefusedError, match="Приказ о проведении"):
        desk.do(report_done, done_on=tasks.days(0))
    Assignment.objects.filter(pk=desk.task.pk).update(role="co")
    desk.do(report_done, done_on=tasks.days(0))
    assert desk.state == S.DONE


def test_a_late_report_needs_a_reason_and_stays_late() -> None:
    desk = Desk(ends_in=-3)
    assert desk.state == S.OVERDUE
    with pytest.raises(RefusedError, match="причину задержки"):
        desk.do(report_done, done_on=tasks.days(0))
    desk.do(report_done, done_on=tasks.days(0), delay_reason="Не поступили данные")
    desk.do(confirm_task, desk.specialist)
    assert desk.state == S.CONFIRMED_LATE


def test_done_in_time_and_reported_later_is_in_time() -> None:
    desk = Desk(ends_in=-3)
    desk.do(report_done, done_on=tasks.days(-4))
    desk.do(confirm_task, desk.specialist)
    assert desk.state == S.CONFIRMED


def test_what_came_back_is_reported_anew() -> None:
    desk = Desk()
    desk.do(report_done, done_on=tasks.days(0))
    with pytest.raises(RefusedError, match="что нужно исправить"):
        desk.do(return_task, desk.specialist, remark=" ")
    desk.do(return_task, desk.specialist, remark="Нет подписи")
    assert desk.state == S.RETURNED
    desk.do(report_done, done_on=tasks.days(0))
    assert desk.state == S.DONE


def test_marks_are_taken_back_in_order() -> None:
    desk = Desk()
    desk.do(report_done, done_on=tasks.days(0))
    desk.do(confirm_task, desk.specialist)
    with pytest.raises(RefusedError, match="уже подтверждено"):
        desk.do(take_back_report)
    desk.do(take_back_confirmation, desk.specialist)
    assert desk.state == S.DONE
    desk.do(take_back_report)
    assert desk.state == S.IN_WORK


def test_a_report_sent_twice_is_written_once() -> None:
    desk = Desk()
    desk.do(report_done, done_on=tasks.days(0))
    with pytest.raises(RefusedError, match="уже отмечена"):
        desk.do(report_done, done_on=tasks.days(-1))
    desk.task.refresh_from_db()
    assert desk.task.done_on == tasks.days(0)
    assert desk.events.count("task.reported") == 1


def test_the_second_of_two_who_confirm_is_told_of_the_first() -> None:
    desk = Desk()
    second = orgs.account(Role.AUTHORITY_HEAD, desk.place.authority)
    desk.do(report_done, done_on=tasks.days(0))
    desk.do(confirm_task, desk.specialist)
    with pytest.raises(RefusedError, match=desk.specialist.last_name):
        desk.do(confirm_task, second)
    assert desk.events.count("task.confirmed") == 1


@pytest.mark.parametrize(
    ("action", "values"),
    [
        (start_task, {}),
        (report_done, {"done_on": dt.date(2026, 9, 1)}),
        (take_back_report, {}),
        (explain_delay, {"reason": "Причина"}),
        (attach_evidence, {"entry": ORDER}),
    ],
)
def test_another_school_writes_nothing(action: Any, values: dict[str, Any]) -> None:
    desk = Desk()
    with pytest.raises(ForbiddenError):
        desk.do(action, desk.neighbour, **values)
    assert desk.events == []


@pytest.mark.parametrize(
    ("action", "values"),
    [
        (confirm_task, {}),
        (return_task, {"remark": "Нет"}),
        (take_back_confirmation, {}),
        (release_addressee, {"basis": "Нет классов"}),
        (restore_addressee, {}),
    ],
)
def test_a_school_does_not_answer_for_the_plan_of_the_municipality(action: Any, values: dict[str, Any]) -> None:
    desk = Desk()
    head = orgs.account(Role.SCHOOL_HEAD, desk.place.schools[0])
    with pytest.raises(ForbiddenError):
        desk.do(action, head, **values)
    with pytest.raises(ForbiddenError):
        desk.on_term(postpone_occurrence, head, now_on=tasks.days(9), basis="Приказ")
    with pytest.raises(ForbiddenError):
        desk.on_term(cancel_occurrence, head, basis="Приказ")


def test_a_methodist_watches_tasks_of_schools_and_does_not_report_for_them() -> None:
    desk = Desk()
    with pytest.raises(ForbiddenError):
        desk.do(start_task, orgs.account(Role.ADVISER, desk.place.advisory_service))
    desk.do(start_task, desk.specialist)
    assert desk.state == S.IN_WORK


def test_rows_of_outside_executors_are_kept_by_those_who_answer() -> None:
    place = orgs.place(1)
    where = tasks.plan(place.municipality)
    found = tasks.activity(where)
    tasks.unit(found, raw="ОМВД", kind=UnitKind.EXTERNAL)
    tasks.term(found, tasks.days(3))
    row = tasks.dealt(where)[0]
    with pytest.raises(ForbiddenError):
        start_task(orgs.act_by(orgs.account(Role.SCHOOL_HEAD, place.schools[0])), assignment=row)
    specialist = orgs.act_by(orgs.account(Role.SPECIALIST, place.authority))
    report_done(specialist, assignment=row, done_on=tasks.days(0))
    confirm_task(specialist, assignment=row)


def test_the_chain_of_terms_is_kept() -> None:
    desk = Desk(ends_in=-2)
    first = desk.task.occurrence.ends_on
    with pytest.raises(RefusedError, match="основание"):
        desk.on_term(postpone_occurrence, now_on=tasks.days(10), basis="")
    with pytest.raises(RefusedError, match="перечне"):
        desk.on_term(postpone_occurrence, now_on=tasks.days(10), basis="Приказ № 1", reason="unknown")
    desk.on_term(postpone_occurrence, now_on=tasks.days(10), basis="Приказ № 1", reason="quarantine")
    assert desk.state == S.WAITING
    desk.on_term(postpone_occurrence, now_on=tasks.days(20), basis="Приказ № 2")
    occurrence = Occurrence.objects.get(pk=desk.task.occurrence_id)
    assert occurrence.planned_ends_on == first
    assert occurrence.ends_on == tasks.days(20)
    assert list(Postponement.objects.values_list("was_on", "now_on", "basis")) == [
        (first, tasks.days(10), "Приказ № 1"), (tasks.days(10), tasks.days(20), "Приказ № 2"),
    ]  # fmt: skip


def test_a_term_taken_off_is_not_worked_on_until_it_comes_back() -> None:
    desk = Desk()
    desk.on_term(cancel_occurrence, basis="Решение совещания")
    assert desk.state == S.CANCELLED
    with pytest.raises(RefusedError, match="Решение совещания"):
        desk.do(start_task)
    desk.on_term(restore_occurrence)
    assert desk.state == S.WAITING


def test_one_addressee_is_released_and_taken_back() -> None:
    desk = Desk()
    desk.do(release_addressee, desk.specialist, basis="Нет 9-х классов")
    assert desk.state == S.CANCELLED
    with pytest.raises(RefusedError, match="Нет 9-х классов"):
        desk.do(report_done, done_on=tasks.days(0))
    desk.do(restore_addressee, desk.specialist)
    assert desk.state == S.WAITING


@pytest.mark.parametrize(("status", "words"), [(PlanStatus.CLOSED, "закрыт"), (PlanStatus.DRAFT, "не утверждён")])
def test_nothing_is_written_outside_of_a_plan_in_force(status: PlanStatus, words: str) -> None:
    desk = Desk()
    Plan.objects.update(status=status)
    with pytest.raises(RefusedError, match=words):
        desk.do(start_task)


def test_many_are_confirmed_at_once_and_those_that_wait_are_passed_by() -> None:
    place = orgs.place(5)
    where = tasks.plan(place.municipality)
    found = tasks.activity(where)
    tasks.group(found)
    tasks.term(found, tasks.days(3))
    rows = tasks.dealt(where)
    act = orgs.act_by(orgs.account(Role.SPECIALIST, place.authority))
    for row in rows[:3]:
        report_done(act, assignment=row, done_on=tasks.days(0))
    outcome = confirm_many(act, assignments=rows)
    assert (outcome.done, outcome.skipped) == (3, 2)
    assert confirm_many(act, assignments=rows).done == 0


def test_confirming_many_touches_nothing_when_one_is_foreign() -> None:
    desk, foreign = Desk(), Desk()
    for one in (desk, foreign):
        one.do(report_done, done_on=tasks.days(0))
    with pytest.raises(ForbiddenError):
        confirm_many(orgs.act_by(desk.specialist), assignments=[desk.task, foreign.task])
    assert (desk.state, foreign.state) == (S.DONE, S.DONE)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("вирус.exe", b"MZ", "вида не принимается"),
        ("безрасширения", b"PK", "вида не принимается"),
        ("отчёт.pdf", b"", "пустой"),
        ("отчёт.pdf", b"<html>", "не соответствует"),
        ("скан.pdf", b"%PDF" + bytes(20 * 2**20), "больше 20 МБ"),
    ],
)
def test_files_that_cannot_be_kept_are_refused_with_the_remedy(name: str, data: bytes, words: str) -> None:
    desk = Desk()
    with pytest.raises(RefusedError, match=words) as refusal:
        desk.do(attach_evidence, entry=EvidenceEntry(file_name=name, file=data))
    assert refusal.value.hint
    assert not desk.task.evidence.exists()


def test_a_file_is_kept_under_a_name_without_folders() -> None:
    desk = Desk()
    kept = desk.do(attach_evidence, entry=EvidenceEntry(file_name="../../С:\\папка\\приказ.pdf", file=b"%PDF-1.7"))
    assert kept.file_name == "приказ.pdf"
    assert default_storage().read(kept.file_key) == b"%PDF-1.7"


def test_a_proof_is_taken_back_before_the_report_and_not_after() -> None:
    desk = Desk()
    kept = desk.do(attach_evidence, entry=ORDER)
    desk.do(report_done, done_on=tasks.days(0))
    with pytest.raises(RefusedError, match="отмечена исполненной"):
        withdraw_evidence(orgs.act_by(desk.school), evidence=kept)
    desk.do(take_back_report)
    withdraw_evidence(orgs.act_by(desk.school), evidence=kept)
    kept.refresh_from_db()
    assert kept.withdrawn_at is not None


def test_a_dangerous_link_is_refused() -> None:
    desk = Desk()
    with pytest.raises(RefusedError, match="адрес страницы"):
        desk.do(attach_evidence, entry=EvidenceEntry(title="Отчёт", link="javascript:alert(1)"))


def test_a_school_speaks_within_its_own_row_only() -> None:
    desk = Desk()
    desk.on_term(add_comment, desk.school, text="Вопрос", assignment=desk.task)
    desk.on_term(add_comment, desk.specialist, text="Всем")
    with pytest.raises(ForbiddenError):
        desk.on_term(add_comment, desk.school, text="Всем от школы")
    with pytest.raises(ForbiddenError):
        desk.on_term(add_comment, desk.neighbour, text="Чужое", assignment=desk.task)


def test_a_day_in_the_future_is_no_day_of_execution() -> None:
    desk = Desk()
    with pytest.raises(RefusedError, match="в будущем"):
        desk.do(report_done, done_on=tasks.days(1))
