"""Reading tasks within what the person may see: lists, one term with its addressees, counts for the menu."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Prefetch, Q, QuerySet, Value

from msoko.cycle.planning.calendar_states import Counts, counted_states
from msoko.cycle.planning.enums import AssignmentState, DependencyState, PlanStatus, UnitRole
from msoko.cycle.planning.models import ActivityRequest, Assignment, Comment, Evidence, Occurrence, Plan
from msoko.cycle.planning.tasks_access import (
    answered_rows,
    own_organizations,
    own_plans,
    own_rows,
    visible_rows,
)
from msoko.cycle.planning.tasks_rows import (
    alive_tasks,
    in_states,
    live_tasks,
    state_filter,
    unfinished,
    with_blocks,
)
from msoko.cycle.planning.tasks_states import Summary, joint_state, summary_of
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.audit.api import AuditEvent
from msoko.foundation.orgs.api import Organization

_PATH = ("occurrence__activity__plan__owner", "occurrence__activity__section", "organization", "department", "unit")


def tasks_visible(scope: Scope) -> QuerySet[Assignment]:
    """Tasks of plans in force that the person sees, nearest term first."""
    rows = live_tasks().filter(visible_rows(scope)).select_related(*_PATH)
    return rows.order_by("occurrence__ends_on", "organization__sort_key", "id")


def tasks_readable(scope: Scope) -> QuerySet[Assignment]:
    """Tasks that the person sees of plans in force and of closed ones."""
    rows = Assignment.objects.exclude(occurrence__activity__plan__status=PlanStatus.DRAFT)
    return rows.filter(visible_rows(scope))


def own_tasks(scope: Scope) -> QuerySet[Assignment]:
    """Tasks of the person's own organizations."""
    return tasks_visible(scope).filter(own_rows(scope))


def tasks_to_confirm(scope: Scope, today: dt.date) -> QuerySet[Assignment]:
    """Tasks that were reported and wait for those who answer for the plan."""
    return tasks_visible(scope).filter(answered_rows(scope), state_filter(AssignmentState.DONE, today))


def occurrences_visible(scope: Scope) -> QuerySet[Occurrence]:
    """Terms of plans in force or closed that the person sees: as the owner's side, or as an addressee."""
    as_owner = scope.filter(Permission.SEE_PLANS, "activity__plan__owner__")
    addressed = Assignment.objects.filter(scope.filter(Permission.EXECUTE_TASKS, "organization__"))
    found = Occurrence.objects.exclude(activity__plan__status=PlanStatus.DRAFT).filter(
        as_owner | Q(pk__in=addressed.values("occurrence"))
    )
    return found.select_related("activity__plan__owner", "activity__section")


def board_of(scope: Scope, occurrence: Occurrence) -> list[Assignment]:
    """Addressees of a term that the person sees, with evidence and comments; three queries for any number of them."""
    evidence = Evidence.objects.select_related("document", "deliverable")
    rows = with_blocks(Assignment.objects.filter(occurrence=occurrence).exclude(role=UnitRole.CONTROLLER))
    return list(
        rows.filter(visible_rows(scope))
        .select_related(*_PATH)
        .prefetch_related(Prefetch("evidence", queryset=evidence))
        .order_by("-role", "organization__sort_key", "department__name", "external", "id")
    )


def summaries(occurrences: Iterable[int], today: dt.date) -> dict[int, Summary]:
    """«Сдали 14 из 18» by occurrence, over all its addressees: one query for any number of occurrences."""
    return {pk: summary_of(counts.elements()) for pk, counts in _counted(occurrences, today).items()}


def _counted(occurrences: Iterable[int], today: dt.date) -> dict[int, Counts]:
    keys = list(occurrences)
    rows = Assignment.objects.filter(occurrence__in=keys)
    return counted_states(rows, Occurrence.objects.filter(pk__in=keys), today)


def joint_words(occurrences: Iterable[int], today: dt.date) -> dict[int, AssignmentState]:
    """The one state that stands for all addressees, by occurrence."""
    return {pk: joint_state(counts) for pk, counts in _counted(occurrences, today).items()}


def open_inputs(occurrence: Occurrence) -> list[Occurrence]:
    """Terms of confirmed predecessors that must be done before this one and are not."""
    here = Occurrence.objects.filter(pk=occurrence.pk)
    if occurrence.ends_on is None or not here.filter(activity__predecessors__state="confirmed").exists():
        return []
    rows = Occurrence.objects.filter(
        unfinished(),
        activity__dropped_at__isnull=True,
        activity__successors__state=DependencyState.CONFIRMED,
        activity__successors__successor=occurrence.activity_id,
        year=occurrence.year, ends_on__lte=occurrence.ends_on, cancelled_at__isnull=True, in_horizon=True,
    )  # fmt: skip
    return list(rows.select_related("activity").order_by("ends_on"))


def comments_of(occurrence: Occurrence, board: Sequence[Assignment]) -> list[Comment]:
    """Comments to everybody and within the rows of `board`, in order of time."""
    found = Comment.objects.filter(occurrence=occurrence).filter(
        Q(assignment__isnull=True) | Q(assignment__in=[row.pk for row in board])
    )
    return list(found.select_related("assignment__organization", "assignment__department"))


def history_of(occurrence: Occurrence, board: Sequence[Assignment]) -> list[AuditEvent]:
    """Acts on the term and on the rows of `board`, newest first."""
    on_term = Q(object_kind="occurrence", object_id=str(occurrence.pk))
    on_rows = Q(object_kind="assignment", object_id__in=[str(row.pk) for row in board])
    return list(AuditEvent.objects.filter(on_term | on_rows, event__startswith="planning.").order_by("-id")[:100])


def requests_visible(scope: Scope) -> QuerySet[ActivityRequest]:
    """Entries of the journal of requests of the plans that the person sees."""
    return ActivityRequest.objects.filter(scope.filter(Permission.SEE_PLANS, "activity__plan__owner__")).select_related(
        "activity__plan__owner", "occurrence", "organization"
    )


def plans_with_tasks(scope: Scope) -> list[Plan]:
    """Plans in force of which the person sees anything, for filters."""
    rows = Assignment.objects.filter(visible_rows(scope), occurrence__activity__plan__status=PlanStatus.APPROVED)
    return list(Plan.objects.filter(pk__in=rows.values("occurrence__activity__plan")))


@dataclass(frozen=True, slots=True)
class Badges:
    """Counts in the menu: own tasks that are late or came back, reports that wait for the person."""

    urgent: int = 0
    to_confirm: int = 0

    @property
    def total(self) -> int:
        return self.urgent + self.to_confirm


_URGENT = (AssignmentState.OVERDUE, AssignmentState.RETURNED)


def badges(scope: Scope, today: dt.date) -> Badges:
    """One query; none for those who have nothing to do with tasks."""
    if not scope.may_anywhere(Permission.EXECUTE_TASKS):
        return Badges()
    own = Organization.objects.filter(own_organizations(scope)).values("pk")
    plans = Plan.objects.filter(own_plans(scope, Permission.CONFIRM_TASKS, "owner__")).values("pk")
    urgent = alive_tasks().filter(in_states(_URGENT, today), organization__in=own)
    to_confirm = alive_tasks().filter(
        state_filter(AssignmentState.DONE, today), occurrence__activity__plan__in=plans
    )  # fmt: skip
    found = dict(_counted_as("urgent", urgent).union(_counted_as("to_confirm", to_confirm), all=True))
    return Badges(found.get("urgent", 0), found.get("to_confirm", 0))


def _counted_as(name: str, rows: QuerySet[Assignment]) -> QuerySet[Any, tuple[str, int]]:
    named = rows.order_by().annotate(name=Value(name, output_field=CharField())).values("name")
    return named.annotate(count=Count("pk")).values_list("name", "count")
