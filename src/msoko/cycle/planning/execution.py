"""What people do with a task: start, report it done, take the report back, confirm, return, explain a delay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from msoko.cycle.planning.evidence import EvidenceEntry, is_required, keep_evidence
from msoko.cycle.planning.following import date_followers
from msoko.cycle.planning.models import Assignment
from msoko.cycle.planning.tasks_locked import (
    addressee_of,
    label_of,
    locked,
    refuse_released,
    require_answerer,
    require_reporter,
)
from msoko.cycle.planning.tasks_states import is_late
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError


@transaction.atomic
def start_task(act: Act, *, assignment: Assignment) -> None:
    """The addressee has begun. Repeating changes nothing."""
    row = _reported(act, assignment)
    if row.started_at is not None or row.done_on is not None:
        return
    row.started_at = act.at
    row.save(update_fields=["started_at"])
    _told(act, "planning.task.started", row)


@transaction.atomic
def report_done(
    act: Act, *, assignment: Assignment, done_on: dt.date, entries: Sequence[EvidenceEntry] = (), delay_reason: str = ""
) -> None:
    """The addressee reports that it is done, with what proves it. Waits for confirmation then.

    Raises:
        RefusedError: reported already; a day in the future; no document where the plan names one; late, no reason.
    """
    row = _reported(act, assignment)
    _refuse_reported(row)
    if done_on > timezone.localdate(act.at):
        raise RefusedError("Дата исполнения в будущем.", "Отметьте задачу, когда она исполнена.")
    for entry in entries:
        keep_evidence(act, row, entry)
    if is_required(row) and not row.evidence.filter(withdrawn_at__isnull=True).exists():
        results = "; ".join(row.occurrence.activity.deliverables.values_list("text", flat=True))
        raise RefusedError(
            f"Задача закрывается документом: {results[:200]}.",
            "Укажите номер и дату документа, приложите файл или ссылку.",
        )
    reason = delay_reason.strip() or row.delay_reason
    if is_late(done_on, row.occurrence.ends_on) and not reason:
        raise RefusedError("Срок прошёл: укажите причину задержки.", "Она войдёт в анализ выполнения плана.")
    row.done_on, row.done_at, row.done_by = done_on, act.at, act.actor.actor_label
    row.started_at = row.started_at or act.at
    row.delay_reason, row.returned_at = reason[:500], None
    row.save(update_fields=["done_on", "done_at", "done_by", "started_at", "delay_reason", "returned_at"])
    _told(act, "planning.task.reported", row, done_on=done_on.isoformat())


@transaction.atomic
def take_back_report(act: Act, *, assignment: Assignment) -> None:
    """The addressee takes the report back while nobody has confirmed it."""
    row = _reported(act, assignment)
    if row.done_on is None:
        return
    if row.confirmed_at is not None:
        raise RefusedError(
            f"Исполнение уже подтверждено ({row.confirmed_by}).", "Попросите отменить подтверждение того, кто его дал."
        )
    _clear_report(row)
    row.save(update_fields=["done_on", "done_at", "done_by"])
    _told(act, "planning.task.report_taken_back", row)


@transaction.atomic
def confirm_task(act: Act, *, assignment: Assignment) -> None:
    """Those who answer for the plan accept what was reported.

    Raises:
        RefusedError: nothing was reported, or somebody confirmed it a moment ago.
    """
    row = _answered(act, assignment)
    if row.confirmed_at is not None:
        raise RefusedError(
            f"Исполнение уже подтверждено: {row.confirmed_by}, {timezone.localtime(row.confirmed_at):%d.%m.%Y %H:%M}."
        )
    if row.done_on is None:
        raise RefusedError("Исполнитель ещё не отметил задачу исполненной, подтверждать нечего.")
    _confirm(act, row)


@transaction.atomic
def return_task(act: Act, *, assignment: Assignment, remark: str) -> None:
    """Give the report back with what has to be mended."""
    row = _answered(act, assignment)
    if not remark.strip():
        raise RefusedError("Напишите, что нужно исправить.", "Без замечания исполнитель не поймёт, почему возвращено.")
    if row.done_on is None:
        raise RefusedError("Исполнитель ещё не отметил задачу исполненной, возвращать нечего.")
    if row.confirmed_at is not None:
        raise RefusedError("Исполнение уже подтверждено.", "Сначала отмените подтверждение.")
    _clear_report(row)
    row.returned_at, row.remark = act.at, remark.strip()[:1000]
    row.save(update_fields=["done_on", "done_at", "done_by", "returned_at", "remark"])
    _told(act, "planning.task.returned", row, remark=row.remark)


@transaction.atomic
def take_back_confirmation(act: Act, *, assignment: Assignment) -> None:
    """The confirmation was a mistake: the report waits again."""
    row = _answered(act, assignment)
    if row.confirmed_at is None:
        return
    row.confirmed_at, row.confirmed_by = None, ""
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    _told(act, "planning.task.confirmation_taken_back", row)


@transaction.atomic
def explain_delay(act: Act, *, assignment: Assignment, reason: str) -> None:
    """Why it is late; said by the addressee, before or after it is done."""
    row = _reported(act, assignment)
    if not reason.strip():
        raise RefusedError("Укажите причину задержки.")
    row.delay_reason = reason.strip()[:500]
    row.save(update_fields=["delay_reason"])
    _told(act, "planning.task.delay_explained", row, reason=row.delay_reason)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Outcome of a bulk confirmation: how many, and how many could not be."""

    done: int
    skipped: int


@transaction.atomic
def confirm_many(act: Act, *, assignments: Iterable[Assignment]) -> Confirmed:
    """Confirm all that were reported; those changed meanwhile are passed by, nothing foreign is touched."""
    done = skipped = 0
    for assignment in sorted(assignments, key=lambda one: one.pk):
        row = locked(assignment)
        require_answerer(act, row.occurrence)
        if row.done_on is None or row.confirmed_at is not None or row.released_at is not None:
            skipped += 1
            continue
        refuse_released(row)
        _confirm(act, row)
        done += 1
    return Confirmed(done, skipped)


def _confirm(act: Act, row: Assignment) -> None:
    row.confirmed_at, row.confirmed_by = act.at, act.actor.actor_label
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    _told(act, "planning.task.confirmed", row)
    date_followers(act, row.occurrence)


def _reported(act: Act, assignment: Assignment) -> Assignment:
    row = locked(assignment)
    require_reporter(act, row)
    refuse_released(row)
    return row


def _answered(act: Act, assignment: Assignment) -> Assignment:
    row = locked(assignment)
    require_answerer(act, row.occurrence)
    refuse_released(row)
    return row


def _refuse_reported(row: Assignment) -> None:
    if row.done_on is not None:
        raise RefusedError(
            f"Задача уже отмечена исполненной {row.done_on:%d.%m.%Y} ({row.done_by}).",
            "Если в отметке ошибка, отмените её и отметьте заново.",
        )


def _clear_report(row: Assignment) -> None:
    row.done_on = row.done_at = None
    row.done_by = ""


def _told(act: Act, event: str, row: Assignment, **details: str) -> None:
    record(
        act, event, kind="assignment", object_id=row.pk, label=label_of(row.occurrence),
        organization=row.organization or row.occurrence.activity.plan.owner,
        details={"addressee": addressee_of(row), **details},
    )  # fmt: skip
