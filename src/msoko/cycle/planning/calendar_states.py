"""States of terms: of all addressees for those who see the whole plan, of their own rows for others.

Addressees are counted in the database: a term of forty schools is forty rows there and one here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Case, CharField, Count, Exists, Q, QuerySet, Value, When

from msoko.cycle.planning.enums import AssignmentState, DependencyState, UnitRole
from msoko.cycle.planning.models import Assignment, Dependency, Occurrence, Plan
from msoko.cycle.planning.tasks_access import visible_rows
from msoko.cycle.planning.tasks_rows import state_filter, unfinished_inputs
from msoko.cycle.planning.tasks_states import joint_state
from msoko.foundation.access.api import Permission, Scope

Counts = Counter[AssignmentState]
_WAITS = (AssignmentState.WAITING, AssignmentState.UPCOMING)


def states_of_plan(scope: Scope, plan: Plan, today: dt.date) -> dict[int, AssignmentState]:
    """The one state that stands for the rows in sight, by occurrence of a plan; nothing before approval."""
    if plan.approved_on is None:
        return {}
    rows = Assignment.objects.filter(occurrence__activity__plan=plan)
    if not scope.may(Permission.SEE_PLANS, plan.owner):
        rows = rows.filter(visible_rows(scope))
    terms = Occurrence.objects.filter(activity__plan=plan)
    return _joint(counted_states(rows, terms, today)) | _linked(scope, terms, today)


def states_of_terms(scope: Scope, occurrences: Iterable[int], today: dt.date) -> dict[int, AssignmentState]:
    """The same for some occurrences of any plans in force or closed."""
    keys = list(occurrences)
    rows = Assignment.objects.filter(occurrence__in=keys, occurrence__activity__plan__approved_on__isnull=False)
    terms = Occurrence.objects.filter(pk__in=keys)
    return _joint(counted_states(rows.filter(visible_rows(scope)), terms, today)) | _linked(scope, terms, today)


def _linked(scope: Scope, terms: QuerySet[Occurrence], today: dt.date) -> dict[int, AssignmentState]:
    """States of linked rows: of the organization's tasks at the terms that these rows show. One query without them."""
    pairs: dict[int, dict[int, int]] = defaultdict(dict)
    rows = terms.filter(source__isnull=False, activity__plan__approved_on__isnull=False).order_by()
    for pk, source, owner in rows.values_list("pk", "source", "activity__plan__owner"):
        assert source is not None
        pairs[owner][source] = pk
    found: dict[int, AssignmentState] = {}
    for owner, shown in pairs.items():
        seen = Assignment.objects.filter(visible_rows(scope), organization=owner, occurrence__in=list(shown))
        counted = counted_states(seen, Occurrence.objects.filter(pk__in=list(shown)), today)
        found |= {shown[source]: joint_state(counts) for source, counts in counted.items()}
    return found


def counted_states(
    rows: QuerySet[Assignment], occurrences: QuerySet[Occurrence], today: dt.date
) -> dict[int, Counts]:  # fmt: skip
    """How many rows are in which state, by occurrence; two queries. `occurrences`: those that the rows belong to.

    What is blocked is asked of occurrences, not of every row: a row that has yet to begin waits for the inputs of its
    occurrence, and no other state depends on them.
    """
    named = rows.exclude(role=UnitRole.CONTROLLER).order_by().annotate(word=_word(today))
    blocked = _blocked(occurrences)
    found: dict[int, Counts] = defaultdict(Counter)
    for pk, word, count in named.values("occurrence", "word").annotate(count=Count("pk")).values_list(
        "occurrence", "word", "count"
    ):  # fmt: skip
        state = AssignmentState(word)
        found[pk][AssignmentState.BLOCKED if state in _WAITS and pk in blocked else state] += count
    return found


def _word(today: dt.date) -> Case:
    """The state of a row by the same rules as its filter, as if no row were blocked."""
    states = (one for one in AssignmentState if one != AssignmentState.BLOCKED)
    return Case(
        *(When(state_filter(one, today, has_blocks=False), then=Value(one.value)) for one in states),
        output_field=CharField(),
    )


def _blocked(occurrences: QuerySet[Occurrence]) -> set[int]:
    needy = Dependency.objects.filter(state=DependencyState.CONFIRMED).values("successor")
    rows = occurrences.filter(Q(activity__in=needy), Exists(unfinished_inputs("")))
    return set(rows.order_by().values_list("pk", flat=True))


def _joint(counted: dict[int, Counts]) -> dict[int, AssignmentState]:
    return {pk: joint_state(counts) for pk, counts in counted.items()}
