"""Tasks are dealt out: each occurrence of a plan in force gives a row to each of its addressees.

Repeating changes nothing. When units change, rows without facts go and rows with facts stay: what people did is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils import timezone

from msoko.cycle.planning.addressees import Addressee, Place, addressees_of, place_of
from msoko.cycle.planning.enums import PlanStatus, UnitRole
from msoko.cycle.planning.mirrors import mirror
from msoko.cycle.planning.models import Activity, ActivityUnit, Assignment, Comment, Evidence, Occurrence, Plan
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act

_BATCH = 500


@dataclass(slots=True)
class Dealt:
    """What dealing out changed."""

    added: int = 0
    removed: int = 0
    kept: int = 0
    new: list[Assignment] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed)


def deal_out(act: Act, plan: Plan) -> Dealt:
    """Tasks for all occurrences of a plan in force. For acts that have checked their own permission.

    Raises:
        RefusedError: when a responsible organization was closed; nothing is written then.
    """
    return deal_out_activities(act, plan, plan.activities.all())


def deal_out_activities(act: Act, plan: Plan, activities: Iterable[Activity]) -> Dealt:
    """`deal_out` for some activities of a plan: after a change of their units or terms."""
    dealt = Dealt()
    if plan.status != PlanStatus.APPROVED:
        return dealt
    on = timezone.localdate(act.at)
    place, chosen = place_of(plan, on), _read(activities)
    for activity in chosen:
        _deal(activity, place, act, dealt)
    Assignment.objects.bulk_create(dealt.new, batch_size=_BATCH)
    mirror(activity.pk for activity in chosen)
    if not dealt.is_empty:
        record(
            act, "planning.tasks.dealt_out", kind="plan", object_id=plan.pk, label=plan.title, organization=plan.owner,
            details={"added": dealt.added, "removed": dealt.removed},
        )  # fmt: skip
    return dealt


def _read(activities: Iterable[Activity]) -> list[Activity]:
    units = ActivityUnit.objects.select_related(
        "activity", "organization", "department", "body", "appointment__organization"
    )
    terms = Occurrence.objects.filter(in_horizon=True).prefetch_related("assignments")
    return list(
        Activity.objects.filter(pk__in=[one.pk for one in activities]).prefetch_related(
            Prefetch("units", queryset=units), Prefetch("occurrences", queryset=terms)
        )
    )


def _deal(activity: Activity, place: Place, act: Act, dealt: Dealt) -> None:
    wanted: dict[Addressee, tuple[UnitRole, ActivityUnit]] = {}
    if activity.dropped_at is None:
        wanted = addressees_of(activity.units.all(), place, timezone.localdate(act.at))
    for occurrence in activity.occurrences.all():
        if occurrence.cancelled_at is None and occurrence.source_id is None:
            _deal_occurrence(occurrence, wanted, dealt)


def _deal_occurrence(
    occurrence: Occurrence, wanted: dict[Addressee, tuple[UnitRole, ActivityUnit]], dealt: Dealt
) -> None:
    known = {_addressee(row): row for row in occurrence.assignments.all()}
    new = [_row(occurrence, *entry) for entry in wanted.items() if entry[0] not in known]
    dealt.new += new
    dealt.added += len(new)
    for addressee, row in known.items():
        if addressee in wanted:
            _follow(row, *wanted[addressee])
        elif _is_untouched(row):
            row.delete()
            dealt.removed += 1
        else:
            dealt.kept += 1


def _addressee(row: Assignment) -> Addressee:
    return Addressee(row.organization_id, row.department_id, row.appointment_id, row.external)


def _row(occurrence: Occurrence, addressee: Addressee, found: tuple[UnitRole, ActivityUnit]) -> Assignment:
    role, unit = found
    return Assignment(
        occurrence=occurrence, unit=unit, role=role, organization_id=addressee.organization,
        department_id=addressee.department, appointment_id=addressee.appointment, external=addressee.external,
    )  # fmt: skip


def _follow(row: Assignment, role: UnitRole, unit: ActivityUnit) -> None:
    if (row.role, row.unit_id) != (role, unit.pk):
        row.role, row.unit = role, unit
        row.save(update_fields=["role", "unit"])


def _is_untouched(row: Assignment) -> bool:
    facts = (row.started_at, row.done_on, row.confirmed_at, row.returned_at, row.released_at)
    if any(fact is not None for fact in facts) or row.delay_reason:
        return False
    return not (Evidence.objects.filter(assignment=row).exists() or Comment.objects.filter(assignment=row).exists())
