"""Rows of tasks with what their states derive from, and the states as filters: the other face of `tasks_states`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from msoko.cycle.planning.enums import AssignmentState, DependencyState, PlanStatus, UnitRole
from msoko.cycle.planning.models import Assignment, Occurrence
from msoko.cycle.planning.tasks_states import Facts, state_of

S = AssignmentState
_CANCELLED = Q(released_at__isnull=False) | Q(occurrence__cancelled_at__isnull=False)
_LATE = Q(done_on__gt=F("occurrence__ends_on"))


def with_blocks(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Adds `is_blocked`: a confirmed predecessor whose occurrence of the same year is due not later is not done."""
    return rows.annotate(is_blocked=Exists(unfinished_inputs("occurrence")))


def unfinished_inputs(name: str) -> QuerySet[Occurrence]:
    """Occurrences of confirmed predecessors that must be done before the one that the outer row calls `name`; nothing
    when the outer row is that occurrence."""
    before = f"{name}__" if name else ""
    return Occurrence.objects.filter(
        unfinished(),
        activity__dropped_at__isnull=True,
        activity__successors__state=DependencyState.CONFIRMED,
        activity__successors__successor=OuterRef(f"{before}activity"),
        year=OuterRef(f"{before}year"),
        ends_on__lte=OuterRef(f"{before}ends_on"),
        cancelled_at__isnull=True,
        in_horizon=True,
    )


def unfinished() -> Exists:
    """Occurrences that wait for somebody; those without an account are not waited for."""
    waiting = Assignment.objects.filter(
        occurrence=OuterRef("pk"), done_on__isnull=True, released_at__isnull=True, external=""
    )
    return Exists(waiting.exclude(role=UnitRole.CONTROLLER))


def facts_of(row: Assignment) -> Facts:
    """Facts of a row that was read by `with_blocks` and with its occurrence."""
    occurrence = row.occurrence
    return Facts(
        starts_on=occurrence.starts_on,
        ends_on=occurrence.ends_on,
        is_started=row.started_at is not None,
        done_on=row.done_on,
        is_confirmed=row.confirmed_at is not None,
        is_returned=row.returned_at is not None,
        is_cancelled=row.released_at is not None or occurrence.cancelled_at is not None,
        is_blocked=bool(getattr(row, "is_blocked", False)),
    )


def state_of_row(row: Assignment, today: dt.date) -> AssignmentState:
    """The state of a row that was read by `with_blocks`."""
    return state_of(facts_of(row), today)


def in_states(states: Iterable[AssignmentState], today: dt.date) -> Q:
    """Rows in any of the states; the rows must come from `with_blocks`."""
    found = Q(pk__in=[])
    for state in states:
        found |= state_filter(state, today)
    return found


def state_filter(state: AssignmentState, today: dt.date, *, has_blocks: bool = True) -> Q:
    """Rows in the state, by the same precedence as `tasks_states.state_of`. Without `has_blocks` the rows need not
    come from `with_blocks`, and those that are blocked count as waiting or ahead."""
    if state == S.CANCELLED:
        return _CANCELLED
    alive = ~_CANCELLED
    if state in {S.DONE, S.CONFIRMED, S.CONFIRMED_LATE}:
        return alive & Q(done_on__isnull=False) & _confirmed(state)
    is_over = Q(occurrence__ends_on__lt=today)
    open_rows = alive & Q(done_on__isnull=True)
    if state == S.OVERDUE:
        return open_rows & is_over
    open_rows &= ~is_over
    if state == S.RETURNED:
        return open_rows & Q(returned_at__isnull=False)
    open_rows &= Q(returned_at__isnull=True)
    if state == S.IN_WORK:
        return open_rows & Q(started_at__isnull=False)
    open_rows &= Q(started_at__isnull=True)
    if state == S.BLOCKED:
        return open_rows & Q(is_blocked=True)
    is_ahead = Q(occurrence__starts_on__gt=today)
    free = open_rows & Q(is_blocked=False) if has_blocks else open_rows
    return free & (is_ahead if state == S.UPCOMING else ~is_ahead)


def _confirmed(state: AssignmentState) -> Q:
    if state == S.DONE:
        return Q(confirmed_at__isnull=True)
    return Q(confirmed_at__isnull=False) & (_LATE if state == S.CONFIRMED_LATE else ~_LATE)


def live_tasks() -> QuerySet[Assignment]:
    """Tasks of plans in force: not of drafts, closed plans, dropped activities or terms outside of the plan."""
    return with_blocks(alive_tasks())


def alive_tasks() -> QuerySet[Assignment]:
    """`live_tasks` without what blocks them: for states that do not ask it."""
    return Assignment.objects.filter(
        occurrence__activity__plan__status=PlanStatus.APPROVED,
        occurrence__activity__dropped_at__isnull=True,
        occurrence__in_horizon=True,
    ).exclude(role=UnitRole.CONTROLLER)
