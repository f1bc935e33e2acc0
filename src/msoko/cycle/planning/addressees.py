"""From the responsible units of an activity to its addressees: who gets a task of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from msoko.cycle.planning.enums import UnitKind, UnitRole
from msoko.cycle.planning.models import Activity, ActivityUnit, Plan
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Department, Organization, OrganizationKind

#: «ОО» of a plan without other words: everybody who teaches
ALL_ORGANIZATIONS = "all"
#: «отделы УО»: every department of the authority
ALL_DEPARTMENTS = "departments"
_PUPIL_KINDS = (OrganizationKind.SCHOOL, OrganizationKind.PRESCHOOL, OrganizationKind.SUPPLEMENTARY)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom one row of tasks is for; `external` names someone without an account. Equal ones are one addressee."""

    organization: int | None = None
    department: int | None = None
    appointment: int | None = None
    external: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Open organizations and departments under the owner of a plan, read once for the whole plan."""

    by_kind: dict[str, list[int]] = field(default_factory=dict)
    departments: list[tuple[int, int]] = field(default_factory=list)

    def organizations(self, group: str) -> list[int]:
        """Organizations of the kinds that are written in `group` with spaces between them."""
        named = group.split()
        kinds = _PUPIL_KINDS if not named or ALL_ORGANIZATIONS in named else named
        return [pk for kind in kinds for pk in self.by_kind.get(str(kind), [])]


def place_of(plan: Plan, on: dt.date) -> Place:
    """Who is there on a day. The plan of an authority is for its municipality."""
    under = plan.owner.scope_path
    is_open = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    found = Place()
    for pk, kind in Organization.objects.filter(is_open, path__startswith=under).values_list("pk", "kind"):
        found.by_kind.setdefault(kind, []).append(pk)
    departments = Department.objects.filter(
        organization__path__startswith=under, organization__kind=OrganizationKind.AUTHORITY
    )
    found.departments.extend(departments.values_list("organization_id", "pk"))
    return found


def addressees_of(
    units: Iterable[ActivityUnit], place: Place, on: dt.date
) -> dict[Addressee, tuple[UnitRole, ActivityUnit]]:
    """Addressees with their role and unit; whoever is named twice keeps the stronger role. Controllers get no task.

    Raises:
        RefusedError: when a unit names an organization that was closed.
    """
    found: dict[Addressee, tuple[UnitRole, ActivityUnit]] = {}
    for unit in units:
        role = UnitRole(unit.role)
        if role == UnitRole.CONTROLLER:
            continue
        for addressee in _of_unit(unit, place, on):
            known = found.get(addressee)
            if known is None or (known[0] == UnitRole.CO and role == UnitRole.LEAD):
                found[addressee] = (role, unit)
    return found


def units_for(organization: Organization) -> QuerySet[ActivityUnit]:
    """Units that `is_for` may say yes to, as a filter: every such unit and few others."""
    group = Q(kind=UnitKind.GROUP) & (
        Q(group="") | Q(group__contains=organization.kind) | Q(group__contains=ALL_ORGANIZATIONS)
    )
    named = Q(organization=organization) | Q(department__organization=organization)
    theirs = Q(body__organization=organization) | Q(appointment__organization=organization)
    return ActivityUnit.objects.filter(group | named | theirs).exclude(role=UnitRole.CONTROLLER)


def is_for(unit: ActivityUnit, organization: Organization) -> bool:
    """Whether the unit of a plan above means the organization: by its kind, by its name, by its people."""
    if unit.role == UnitRole.CONTROLLER:
        return False
    return organization.kind in kinds_of(unit) or named_by(unit) == organization.pk


def kinds_of(unit: ActivityUnit) -> Sequence[str]:
    """Kinds of organizations to which a group fans out; nothing for other units."""
    named = unit.group.split()
    if unit.kind != UnitKind.GROUP or ALL_DEPARTMENTS in named:
        return ()
    return _PUPIL_KINDS if not named or ALL_ORGANIZATIONS in named else named


def named_by(unit: ActivityUnit) -> int | None:
    """The organization that a unit names, itself or by its department, body or post."""
    if unit.kind == UnitKind.GROUP:
        return None
    if unit.kind == UnitKind.ORGANIZATION:
        return unit.organization_id
    whose = unit.body or unit.department or unit.appointment
    return whose.organization_id if whose is not None else None


def _of_unit(unit: ActivityUnit, place: Place, on: dt.date) -> Iterator[Addressee]:
    if unit.kind == UnitKind.GROUP:
        yield from _of_group(unit, place)
    elif unit.kind == UnitKind.PERSON and unit.appointment is not None:
        _refuse_ended(unit, on)
        yield Addressee(unit.appointment.organization_id, unit.appointment.department_id, unit.appointment_id)
    elif unit.kind == UnitKind.DEPARTMENT and unit.department is not None:
        yield Addressee(unit.department.organization_id, unit.department_id)
    elif unit.kind == UnitKind.BODY and unit.body is not None:
        yield Addressee(unit.body.organization_id)
    elif unit.kind == UnitKind.ORGANIZATION and unit.organization is not None:
        _refuse_closed(unit, unit.organization, on)
        yield Addressee(unit.organization_id)
    else:
        yield Addressee(external=unit.raw[:300])


def _of_group(unit: ActivityUnit, place: Place) -> Iterator[Addressee]:
    if ALL_DEPARTMENTS in unit.group.split():
        yield from (Addressee(organization, department) for organization, department in place.departments)
    else:
        yield from (Addressee(pk) for pk in place.organizations(unit.group))


def _refuse_closed(unit: ActivityUnit, organization: Organization, on: dt.date) -> None:
    if organization.closed_on is not None and organization.closed_on <= on:
        raise RefusedError(
            f"{_where(unit.activity)}: ответственный «{organization.short_name}» закрыт с "
            f"{organization.closed_on:%d.%m.%Y}.",
            "Замените ответственного в мероприятии на преемника и повторите.",
        )


def _refuse_ended(unit: ActivityUnit, on: dt.date) -> None:
    appointment = unit.appointment
    assert appointment is not None
    _refuse_closed(unit, appointment.organization, on)
    if appointment.valid_until is not None and appointment.valid_until < on:
        raise RefusedError(
            f"{_where(unit.activity)}: у ответственного «{unit.raw}» закончилось назначение "
            f"{appointment.valid_until:%d.%m.%Y}.",
            "Выберите другого сотрудника или отдел и повторите.",
        )


def _where(activity: Activity) -> str:
    number = f"{activity.number.rstrip('.')} " if activity.number else ""
    return f"Мероприятие {number}«{activity.title[:80]}»"
