"""States of terms for calendars: of all addressees for those who see the whole plan, of their own rows for others."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from msoko.cycle.planning.enums import AssignmentState, UnitRole
from msoko.cycle.planning.models import Assignment, Occurrence, Plan
from msoko.cycle.planning.tasks_access import visible_rows
from msoko.cycle.planning.tasks_rows import state_of_row, with_blocks
from msoko.cycle.planning.tasks_states import joint_state
from msoko.foundation.access.api import Permission, Scope


def states_of_plan(scope: Scope, plan: Plan, today: dt.date) -> dict[int, AssignmentState]:
    """The one state that stands for the rows in sight, by occurrence of a plan; nothing before approval."""
    if plan.approved_on is None:
        return {}
    return _states(scope, Q(occurrence__activity__plan=plan), today) | _linked_states(scope, plan, today)


def states_of_terms(scope: Scope, occurrences: Sequence[int], today: dt.date) -> dict[int, AssignmentState]:
    """The same for some occurrences of any plans in force or closed."""
    return _states(scope, Q(occurrence__in=occurrences, occurrence__activity__plan__approved_on__isnull=False), today)


def _linked_states(scope: Scope, plan: Plan, today: dt.date) -> dict[int, AssignmentState]:
    """States of linked rows: of the organization's tasks at the terms that these rows show."""
    shown = dict(Occurrence.objects.filter(activity__plan=plan, source__isnull=False).values_list("source_id", "pk"))
    if not shown:
        return {}
    seen = Q() if scope.may(Permission.SEE_PLANS, plan.owner) else visible_rows(scope)
    rows = with_blocks(
        Assignment.objects.filter(seen, occurrence__in=shown, organization=plan.owner).exclude(role=UnitRole.CONTROLLER)
    )
    return {shown[source]: state for source, state in _joint(rows, today).items()}


def _states(scope: Scope, where: Q, today: dt.date) -> dict[int, AssignmentState]:
    rows = with_blocks(Assignment.objects.filter(where).filter(visible_rows(scope)).exclude(role=UnitRole.CONTROLLER))
    return _joint(rows, today)


def _joint(rows: QuerySet[Assignment], today: dt.date) -> dict[int, AssignmentState]:
    states: dict[int, list[AssignmentState]] = defaultdict(list)
    for row in rows.select_related("occurrence"):
        states[row.occurrence_id].append(state_of_row(row, today))
    return {pk: joint_state(found) for pk, found in states.items()}
