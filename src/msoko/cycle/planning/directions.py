"""Directions of managing quality: who owns them, what of the plans belongs to them, which parts of the cycle lack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q

from msoko.cycle.planning.models import Activity, DirectionOwner, Plan
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.cycle import cycle_parts, direction_titles, directions
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.models import Organization
from msoko.foundation.roster.models import Appointment

#: What the reader proposed and nobody has confirmed.
PROPOSED = "proposed"
_PROPOSALS = Q(direction_source=PROPOSED) | Q(cycle_part_source=PROPOSED)


@dataclass(frozen=True, slots=True)
class Cell:
    """Activities of a direction in a part of the cycle; `proposed`: of them nobody has confirmed where they belong."""

    part: str
    count: int = 0
    proposed: int = 0


@dataclass(frozen=True, slots=True)
class DirectionRow:
    """A direction with its owner and its cells in the order of the parts; the last cell is «часть не указана»."""

    code: str
    title: str
    cells: tuple[Cell, ...]
    owner: DirectionOwner | None = None

    @property
    def count(self) -> int:
        return sum(cell.count for cell in self.cells)

    @property
    def gaps(self) -> int:
        """Parts of the cycle without any activity."""
        return sum(cell.count == 0 for cell in self.cells[:-1])


def matrix_of(owner: Organization, plans: Iterable[Plan], edition: str) -> list[DirectionRow]:
    """Direction × part of the cycle for plans of an owner. Two queries. The last row: no direction is known."""
    found = (
        Activity.objects.filter(plan__in=list(plans), dropped_at__isnull=True)
        .order_by()
        .values_list("direction", "cycle_part")
        .annotate(
            n=Count("pk"), waiting=Count("pk", filter=Q(direction_source=PROPOSED) | Q(cycle_part_source=PROPOSED))
        )
    )
    counts = {(direction, part): (n, waiting) for direction, part, n, waiting in found}
    parts = [code for code, _ in cycle_parts(edition)]
    owners = {one.direction: one for one in owners_of(owner)}
    titles = dict(directions(edition))
    for code in sorted({direction for direction, _ in counts} - titles.keys() - {""}):
        titles[code] = direction_titles().get(code, code)
    rows = [DirectionRow(code, title, _cells(code, parts, counts), owners.get(code)) for code, title in titles.items()]
    return [*rows, DirectionRow("", "Направление не указано", _cells("", parts, counts))]


def _cells(code: str, parts: Sequence[str], counts: dict[tuple[str, str], tuple[int, int]]) -> tuple[Cell, ...]:
    shown = [Cell(part, *counts.get((code, part), (0, 0))) for part in parts]
    rest = [pair for (direction, part), pair in counts.items() if direction == code and part not in parts]
    return (*shown, Cell("", sum(n for n, _ in rest), sum(waiting for _, waiting in rest)))


def owners_of(owner: Organization) -> list[DirectionOwner]:
    """Owners of directions in an organization."""
    return list(DirectionOwner.objects.filter(owner=owner).select_related("appointment__person"))


@transaction.atomic
def name_direction_owner(act: Act, *, owner: Organization, direction: str, appointment: Appointment | None) -> None:
    """Say who answers for a direction; None: nobody any more.

    Raises:
        RefusedError: for a direction that no edition knows, or a person of a foreign organization.
    """
    require(act, Permission.EDIT_PLANS, owner)
    if direction not in direction_titles():
        raise RefusedError("Такого направления нет.", "Обновите страницу и выберите направление из перечня.")
    if appointment is None:
        DirectionOwner.objects.filter(owner=owner, direction=direction).delete()
    elif not appointment.organization.path.startswith(owner.path):
        raise RefusedError("Этот сотрудник работает в другой организации.", "Выберите сотрудника из списка.")
    else:
        DirectionOwner.objects.update_or_create(
            owner=owner, direction=direction,
            defaults={"appointment": appointment, "decided_at": act.at, "decided_by": act.actor.actor_label},
        )  # fmt: skip
    record(
        act, "planning.direction.owned", kind="direction", object_id=direction, label=direction_titles()[direction],
        organization=owner, details={"appointment": appointment.pk if appointment else 0},
    )  # fmt: skip


@transaction.atomic
def confirm_proposals(act: Act, *, plan: Plan, activities: Iterable[int] | None = None) -> int:
    """The proposed directions and parts of rows are right; `activities`: of these rows only. How many rows changed."""
    require(act, Permission.EDIT_PLANS, plan.owner)
    rows = plan.activities.filter(_PROPOSALS)
    if activities is not None:
        rows = rows.filter(pk__in=list(activities))
    chosen = list(rows.values_list("pk", flat=True))
    for field in ("direction_source", "cycle_part_source"):
        plan.activities.filter(pk__in=chosen, **{field: PROPOSED}).update(**{field: "person"})
    record(
        act, "planning.activities.confirmed", kind="plan", object_id=plan.pk, label=plan.title,
        organization=plan.owner, details={"count": len(chosen)},
    )  # fmt: skip
    return len(chosen)
