"""«Мои задачи»: what a person has to do with plans, by urgency. A constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Count, Min, Q

from msoko.cycle.planning.binding import is_month_of_schedules, waiting_for_schedule
from msoko.cycle.planning.enums import AssignmentState
from msoko.cycle.planning.models import Activity, Assignment, Occurrence
from msoko.cycle.planning.requests import year_of
from msoko.cycle.planning.task_queries import own_tasks, tasks_visible
from msoko.cycle.planning.tasks_access import own_answered, own_plans, own_rows
from msoko.cycle.planning.tasks_rows import in_states, state_filter, state_of_row
from msoko.cycle.planning.tasks_states import OPEN
from msoko.foundation.access.api import Permission, Scope

S = AssignmentState
#: as many rows of a section are shown; the rest is behind its link
SHOWN = 8
#: how far ahead the person sees: at the end of a month, too, what comes next is in sight
MONTH = dt.timedelta(days=31)
_MOST = 400  # rows read for the sections of one person


@dataclass(frozen=True, slots=True)
class OwnTask:
    row: Assignment
    state: AssignmentState


@dataclass(frozen=True, slots=True)
class Group:
    """An occurrence with how many of its addressees wait for the person, or are late."""

    occurrence: Occurrence
    count: int
    since: dt.date | None


@dataclass(slots=True)
class Desk:
    """Sections of the home page."""

    overdue: list[OwnTask] = field(default_factory=list)
    returned: list[OwnTask] = field(default_factory=list)
    week: list[OwnTask] = field(default_factory=list)
    month: list[OwnTask] = field(default_factory=list)
    blocked: list[OwnTask] = field(default_factory=list)
    to_confirm: list[Group] = field(default_factory=list)
    late_elsewhere: list[Group] = field(default_factory=list)
    waiting: list[Activity] = field(default_factory=list)
    schedules_are_due: bool = False

    @property
    def is_empty(self) -> bool:
        own = (self.overdue, self.returned, self.week, self.month, self.blocked)
        return not any((*own, self.to_confirm, self.late_elsewhere, self.waiting))


def desk_of(scope: Scope, today: dt.date) -> Desk:
    """What waits for the person on a day."""
    desk = Desk(schedules_are_due=is_month_of_schedules(today))
    if scope.may_anywhere(Permission.EXECUTE_TASKS):
        _lay_out_own(desk, scope, today)
    if scope.may_anywhere(Permission.CONFIRM_TASKS):
        answered = own_answered(scope)
        desk.to_confirm = _groups(scope, answered & state_filter(S.DONE, today))
        desk.late_elsewhere = _groups(scope, answered & ~own_rows(scope) & state_filter(S.OVERDUE, today))
    if scope.may_anywhere(Permission.EDIT_PLANS):
        desk.waiting = _waiting(scope, today)
    return desk


def _waiting(scope: Scope, today: dt.date) -> list[Activity]:
    """Activities that have no dates of the outside schedule for the present year of their plan."""
    years = {today.year, today.year - 1}
    mine = own_plans(scope, Permission.EDIT_PLANS, "plan__owner__")
    found = waiting_for_schedule(scope, years).filter(mine)[: SHOWN * 4]
    return [one for one in found if year_of(one.plan, today) in years]


def _lay_out_own(desk: Desk, scope: Scope, today: dt.date) -> None:
    week_end = today + dt.timedelta(days=7 - today.isoweekday())
    near = Q(occurrence__ends_on__lte=today + MONTH) | Q(returned_at__isnull=False)
    rows = own_tasks(scope).filter(near, in_states(OPEN, today))[:_MOST]
    for row in rows:
        task = OwnTask(row, state_of_row(row, today))
        _section(desk, task, week_end).append(task)


def _section(desk: Desk, task: OwnTask, week_end: dt.date) -> list[OwnTask]:
    by_state: dict[AssignmentState, Callable[[], list[OwnTask]]] = {
        S.OVERDUE: lambda: desk.overdue,
        S.RETURNED: lambda: desk.returned,
        S.BLOCKED: lambda: desk.blocked,
    }
    if task.state in by_state:
        return by_state[task.state]()
    ends_on = task.row.occurrence.ends_on
    return desk.week if ends_on is not None and ends_on <= week_end else desk.month


def _groups(scope: Scope, rows: Q) -> list[Group]:
    """Occurrences of the rows with their counts, the oldest term first: two queries."""
    counted = (
        tasks_visible(scope).filter(rows).order_by().values("occurrence")
        .annotate(count=Count("pk", distinct=True), since=Min("done_on")).order_by("occurrence__ends_on", "occurrence")
    )[:100]  # fmt: skip
    found = list(counted)
    terms = Occurrence.objects.select_related("activity__plan").in_bulk([one["occurrence"] for one in found])
    return [Group(terms[one["occurrence"]], one["count"], one["since"]) for one in found]
