"""States of terms for calendars: of all addressees for those who see the whole plan, of their own rows for others."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q

from msoko.cycle.planning.enums import AssignmentState, UnitRole
from msoko.cycle.planning.models import Assignment, Plan
from msoko.cycle.planning.tasks_access import visible_rows
from msoko.cycle.planning.tasks_rows import state_of_row, with_blocks
from msoko.cycle.planning.tasks_states import joint_state
from msoko.foundation.access.api import Scope


def states_of_plan(scope: Scope, plan: Plan, today: dt.date) -> dict[int, AssignmentState]:
    """The one state that stands for the rows in sight, by occurrence of a plan; nothing before approval."""
    if plan.approved_on is None:
        return {}
    return _states(scope, Q(occurrence__activity__plan=plan), today)


def states_of_terms(scope: Scope, occurrences: Sequence[int], today: dt.date) -> dict[int, AssignmentState]:
    """The same for some occurrences of any plans in force or closed."""
    return _states(scope, Q(occurrence__in=occurrences, occurrence__activity__plan__approved_on__isnull=False), today)


def _states(scope: Scope, where: Q, today: dt.date) -> dict[int, AssignmentState]:
    rows = with_blocks(Assignment.objects.filter(where).filter(visible_rows(scope)).exclude(role=UnitRole.CONTROLLER))
    states: dict[int, list[AssignmentState]] = defaultdict(list)
    for row in rows.select_related("occurrence"):
        states[row.occurrence_id].append(state_of_row(row, today))
    return {pk: joint_state(found) for pk, found in states.items()}
