"""A task taken for a change: read anew under a lock, with the reasons why nothing may be changed any more."""

from __future__ import annotations

from msoko.cycle.planning.enums import PlanStatus
from msoko.cycle.planning.models import Assignment, Occurrence
from msoko.cycle.planning.tasks_access import may_answer, may_report
from msoko.foundation.access.api import scope_for
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError


def locked(assignment: Assignment) -> Assignment:
    """The row as it is now; until the end of the transaction nobody else changes it."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(
        "occurrence__activity__plan__owner", "organization", "department"
    )
    return rows.get(pk=assignment.pk)


def locked_occurrence(occurrence: Occurrence) -> Occurrence:
    """The same for a term."""
    rows = Occurrence.objects.select_for_update(of=("self",)).select_related("activity__plan__owner")
    return rows.get(pk=occurrence.pk)


def require_reporter(act: Act, row: Assignment) -> None:
    """The act is of the addressee, or of those who answer for the plan where the addressee has no account."""
    if not may_report(scope_for(act), row):
        raise ForbiddenError


def require_answerer(act: Act, occurrence: Occurrence) -> None:
    """The act is of those who answer for the plan."""
    if not may_answer(scope_for(act), occurrence.activity.plan):
        raise ForbiddenError


def refuse_frozen(occurrence: Occurrence) -> None:
    """Terms of drafts and closed plans, and those taken off, are not worked on.

    Raises:
        RefusedError: saying which of these it is.
    """
    plan = occurrence.activity.plan
    if occurrence.source_id is not None:
        raise RefusedError(
            "Срок ведёт вышестоящий план, здесь он не меняется.", "Отчитайтесь по задаче вышестоящего плана."
        )
    if plan.status == PlanStatus.CLOSED:
        raise RefusedError("План закрыт: его исполнение больше не меняется.", "Перенесите задачу в план этого года.")
    if plan.status != PlanStatus.APPROVED:
        raise RefusedError("План ещё не утверждён.", "Задачи исполняются после утверждения плана.")
    if occurrence.cancelled_at is not None:
        raise RefusedError(f"Мероприятие снято: {occurrence.cancelled_basis}.", "Верните его в план, если оно нужно.")


def refuse_released(row: Assignment) -> None:
    """A row released from its addressee waits for nothing."""
    refuse_frozen(row.occurrence)
    if row.released_at is not None:
        raise RefusedError(f"Задача снята с исполнителя: {row.released_basis}.")


def label_of(occurrence: Occurrence) -> str:
    """«2.1.3 Проведение ВПР»: how the journal names it."""
    activity = occurrence.activity
    return " ".join(part for part in (activity.number.rstrip("."), activity.title) if part)[:300]


def addressee_of(row: Assignment) -> str:
    """«МБОУ СОШ № 5», «УО, отдел общего образования», «ОМВД»."""
    if row.organization is None:
        return row.external
    return f"{row.organization.short_name}, {row.department.name}" if row.department else row.organization.short_name
