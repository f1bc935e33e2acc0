"""Tasks are dealt out: each occurrence of a plan in force gives a row to each of its addressees.

Repeating changes nothing. When units change, rows without facts go and rows with facts stay: what people did is kept.
A plan of thousands of rows for dozens of schools has hundreds of thousands of tasks: they are compared as plain values
and written in few statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from msoko.cycle.planning.addressees import Addressee, addressees_of, place_of
from msoko.cycle.planning.enums import PlanStatus, UnitRole
from msoko.cycle.planning.mirrors import mirror
from msoko.cycle.planning.models import Activity, ActivityUnit, Assignment, Comment, Evidence, Occurrence, Plan
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.bulk import insert_rows

#: as many keys are named in one statement
_BATCH = 2_000
#: as many activities are dealt out between two signs of progress
_ACTIVITIES = 200
Progress = Callable[[int, int, str], None]
Wanted = dict[Addressee, tuple[UnitRole, ActivityUnit]]
_COLUMNS = ("occurrence_id", "unit_id", "role", "organization_id", "department_id", "appointment_id", "external")
_FACTS = (
    Q(started_at__isnull=False) | Q(done_on__isnull=False) | Q(confirmed_at__isnull=False)
    | Q(returned_at__isnull=False) | Q(released_at__isnull=False) | ~Q(delay_reason="")
)  # fmt: skip


class _Known(NamedTuple):
    """A task that is there."""

    occurrence: int
    organization: int | None
    department: int | None
    appointment: int | None
    external: str
    pk: int
    role: str
    unit: int | None


@dataclass(slots=True)
class Dealt:
    """What dealing out changed."""

    added: int = 0
    removed: int = 0
    kept: int = 0

    def add(self, other: Dealt) -> None:
        self.added += other.added
        self.removed += other.removed
        self.kept += other.kept

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed)


@dataclass(slots=True)
class _Changes:
    new: list[tuple[object, ...]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    #: rows that get another role or unit, by both
    followed: dict[tuple[UnitRole, int], list[int]] = field(default_factory=lambda: defaultdict(list))


def deal_out(act: Act, plan: Plan, progress: Progress = lambda done, total, note: None) -> Dealt:
    """Tasks for all occurrences of a plan in force. For acts that have checked their own permission. `progress` hears
    of activities that are done: a long dealing out is a job, and what it has written by then stays.

    Raises:
        RefusedError: when a responsible organization was closed; nothing is written then.
    """
    return _deal_out(act, plan, plan.activities.all(), progress)


def deal_out_activities(act: Act, plan: Plan, activities: Iterable[Activity]) -> Dealt:
    """`deal_out` for some activities of a plan: after a change of their units or terms."""
    keys = [one.pk for one in activities]
    return _deal_out(act, plan, Activity.objects.filter(pk__in=keys), lambda done, total, note: None)


def expected_tasks(act: Act, plan: Plan) -> int:
    """How many tasks a plan gives on the day of the act.

    Raises:
        RefusedError: as `deal_out` does.
    """
    wanted = _wanted(act, plan, plan.activities.all())
    return sum(len(wanted[activity]) for _, activity in _alive(Occurrence.objects.filter(activity__plan=plan)))


def _deal_out(act: Act, plan: Plan, activities: QuerySet[Activity], progress: Progress) -> Dealt:
    dealt = Dealt()
    if plan.status != PlanStatus.APPROVED:
        return dealt
    wanted = _wanted(act, plan, activities)
    keys = list(wanted)
    for start in range(0, len(keys), _ACTIVITIES):
        progress(start, len(keys), "Раздача задач")
        with transaction.atomic():
            dealt.add(_deal_some(keys[start : start + _ACTIVITIES], wanted))
    if not dealt.is_empty:
        record(
            act, "planning.tasks.dealt_out", kind="plan", object_id=plan.pk, label=plan.title, organization=plan.owner,
            details={"added": dealt.added, "removed": dealt.removed},
        )  # fmt: skip
    return dealt


def _deal_some(activities: Sequence[int], wanted: dict[int, Wanted]) -> Dealt:
    known = _known(activities)
    changes = _Changes()
    for occurrence, activity in _alive(Occurrence.objects.filter(activity__in=activities)):
        _compare(occurrence, wanted[activity], known.get(occurrence, ()), changes)
    dealt = _write(changes)
    mirror(activities)
    return dealt


def _wanted(act: Act, plan: Plan, activities: QuerySet[Activity]) -> dict[int, Wanted]:
    """Addressees by activity, in order; those of an activity that was left out are nobody."""
    on = timezone.localdate(act.at)
    place = place_of(plan, on)
    units = ActivityUnit.objects.select_related(
        "activity", "organization", "department", "body", "appointment__organization"
    ).defer("activity__terms", "activity__warnings")
    rows = activities.prefetch_related(Prefetch("units", queryset=units)).order_by("position", "pk")
    found = rows.only("plan", "position", "number", "title", "dropped_at")
    return {one.pk: addressees_of(one.units.all(), place, on) if one.dropped_at is None else {} for one in found}


def _alive(occurrences: QuerySet[Occurrence]) -> Iterable[tuple[int, int]]:
    """Occurrences that are done by somebody here, with their activities: what a linked row shows is done above."""
    rows = occurrences.filter(in_horizon=True, cancelled_at__isnull=True, source__isnull=True)
    return rows.order_by("activity__position", "ends_on", "id").values_list("pk", "activity")


def _known(activities: Sequence[int]) -> dict[int, list[_Known]]:
    known: dict[int, list[_Known]] = defaultdict(list)
    rows = Assignment.objects.filter(occurrence__activity__in=activities).order_by()
    values = rows.values_list(
        "occurrence", "organization", "department", "appointment", "external", "pk", "role", "unit"
    )
    for one in values.iterator(chunk_size=_BATCH):
        known[one[0]].append(_Known(*one))
    return known


def _compare(occurrence: int, wanted: Wanted, known: Sequence[_Known], changes: _Changes) -> None:
    present = {Addressee(*one[1:5]): one for one in known} if known else {}
    changes.new += [
        (occurrence, unit.pk, role.value, one.organization, one.department, one.appointment, one.external)
        for one, (role, unit) in wanted.items()
        if one not in present
    ]
    for addressee, row in present.items():
        if addressee not in wanted:
            changes.gone.append(row.pk)
        elif (row.role, row.unit) != (wanted[addressee][0], wanted[addressee][1].pk):
            role, unit = wanted[addressee]
            changes.followed[role, unit.pk].append(row.pk)


def _write(changes: _Changes) -> Dealt:
    untouched = [pk for batch in _batches(changes.gone) for pk in _untouched(batch)]
    for batch in _batches(untouched):
        Assignment.objects.filter(pk__in=batch).delete()
    for (role, unit), keys in changes.followed.items():
        for batch in _batches(keys):
            Assignment.objects.filter(pk__in=batch).update(role=role, unit=unit)
    added = insert_rows(Assignment, _COLUMNS, changes.new)
    return Dealt(added, len(untouched), len(changes.gone) - len(untouched))


def _untouched(keys: Sequence[int]) -> list[int]:
    """Rows of which nobody has done, proved or said anything."""
    proved = Evidence.objects.filter(assignment__in=keys).values("assignment")
    discussed = Comment.objects.filter(assignment__in=keys).values("assignment")
    rows = Assignment.objects.filter(pk__in=keys).exclude(_FACTS | Q(pk__in=proved) | Q(pk__in=discussed))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH))
