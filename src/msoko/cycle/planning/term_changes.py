"""Changes by those who answer for the plan: terms postponed, taken off, restored, an addressee released; comments."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from msoko.cycle.planning.mirrors import mirror
from msoko.cycle.planning.models import Assignment, Comment, Occurrence, Postponement
from msoko.cycle.planning.tasks_access import sees_row, sees_whole
from msoko.cycle.planning.tasks_locked import (
    addressee_of,
    label_of,
    locked,
    locked_occurrence,
    refuse_frozen,
    require_answerer,
)
from msoko.foundation.access.api import scope_for
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.execution import execution_policy
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError


@transaction.atomic
def postpone_occurrence(
    act: Act, *, occurrence: Occurrence, now_on: dt.date, basis: str, reason: str = ""
) -> Postponement:
    """Another term, on what basis. The first term stays as the baseline, the chain of terms stays as rows."""
    row = locked_occurrence(occurrence)
    require_answerer(act, row)
    refuse_frozen(row)
    _require_basis(basis, "переноса", "приказ, письмо, решение совещания: номер и дата")
    if now_on == row.ends_on:
        raise RefusedError("Новый срок совпадает с прежним.")
    if reason and reason not in execution_policy().reasons:
        raise RefusedError("Такой причины переноса нет в перечне.", "Выберите причину из списка.")
    if not row.assignments.filter(released_at__isnull=True, confirmed_at__isnull=True).exists():
        raise RefusedError("Все исполнители отчитались и подтверждены: переносить нечего.")
    moved = Postponement.objects.create(
        occurrence=row, was_on=row.ends_on, now_on=now_on, basis=basis.strip()[:500], reason=reason,
        made_at=act.at, made_by=act.actor.actor_label,
    )  # fmt: skip
    if row.planned_ends_on is None:
        row.planned_starts_on, row.planned_ends_on = row.starts_on, row.ends_on
    if row.starts_on is not None and row.starts_on > now_on:
        row.starts_on = now_on
    row.ends_on = now_on
    row.save(update_fields=["starts_on", "ends_on", "planned_starts_on", "planned_ends_on"])
    mirror([row.activity_id])
    _told(act, "planning.term.postponed", row, now_on=now_on.isoformat(), basis=moved.basis)
    return moved


@transaction.atomic
def cancel_occurrence(act: Act, *, occurrence: Occurrence, basis: str) -> None:
    """Take the term off the plan for this year, on what basis; what was reported stays."""
    row = locked_occurrence(occurrence)
    require_answerer(act, row)
    refuse_frozen(row)
    _require_basis(basis, "снятия", "приказ, письмо, решение совещания: номер и дата")
    row.cancelled_at, row.cancelled_by, row.cancelled_basis = act.at, act.actor.actor_label, basis.strip()[:500]
    row.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_basis"])
    mirror([row.activity_id])
    _told(act, "planning.term.cancelled", row, basis=row.cancelled_basis)


@transaction.atomic
def restore_occurrence(act: Act, *, occurrence: Occurrence) -> None:
    """Put a term that was taken off back into the plan."""
    row = locked_occurrence(occurrence)
    require_answerer(act, row)
    if row.cancelled_at is None:
        return
    row.cancelled_at, row.cancelled_by, row.cancelled_basis = None, "", ""
    row.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_basis"])
    refuse_frozen(row)
    mirror([row.activity_id])
    _told(act, "planning.term.restored", row)


@transaction.atomic
def release_addressee(act: Act, *, assignment: Assignment, basis: str) -> None:
    """This one addressee need not do it, on what basis; the others go on."""
    row = locked(assignment)
    require_answerer(act, row.occurrence)
    refuse_frozen(row.occurrence)
    _require_basis(basis, "снятия", "например: «в организации нет 9-х классов»")
    if row.confirmed_at is not None:
        raise RefusedError("Исполнение подтверждено: снимать задачу с исполнителя незачем.")
    row.released_at, row.released_basis = act.at, basis.strip()[:500]
    row.save(update_fields=["released_at", "released_basis"])
    _told(act, "planning.task.released", row.occurrence, row, basis=row.released_basis)


@transaction.atomic
def restore_addressee(act: Act, *, assignment: Assignment) -> None:
    """The addressee has to do it after all."""
    row = locked(assignment)
    require_answerer(act, row.occurrence)
    refuse_frozen(row.occurrence)
    if row.released_at is None:
        return
    row.released_at, row.released_basis = None, ""
    row.save(update_fields=["released_at", "released_basis"])
    _told(act, "planning.task.restored", row.occurrence, row)


@transaction.atomic
def add_comment(act: Act, *, occurrence: Occurrence, text: str, assignment: Assignment | None = None) -> Comment:
    """A word about the task. Those who see one addressee only speak within its row."""
    row = locked_occurrence(occurrence)
    scope = scope_for(act)
    if assignment is not None:
        assignment = locked(assignment)
    if assignment is None and not sees_whole(scope, row):
        raise ForbiddenError
    if assignment is not None and (assignment.occurrence_id != row.pk or not sees_row(scope, assignment)):
        raise ForbiddenError
    if not text.strip():
        raise RefusedError("Комментарий пустой.")
    written = Comment.objects.create(
        occurrence=row, assignment=assignment, text=text.strip()[:4000], written_at=act.at,
        written_by=act.actor.actor_label,
    )  # fmt: skip
    _told(act, "planning.task.commented", row, assignment)
    return written


def _require_basis(basis: str, of_what: str, example: str) -> None:
    if not basis.strip():
        raise RefusedError(f"Укажите основание {of_what}.", f"Основание: {example}.")


def _told(act: Act, event: str, row: Occurrence, assignment: Assignment | None = None, **details: str) -> None:
    whose = {"addressee": addressee_of(assignment)} if assignment else {}
    record(
        act, event, kind="assignment" if assignment else "occurrence", object_id=(assignment or row).pk,
        label=label_of(row), organization=(assignment and assignment.organization) or row.activity.plan.owner,
        details={**whose, **details},
    )  # fmt: skip
