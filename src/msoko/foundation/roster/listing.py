"""A list of organizations from Excel: what each row would do, shown first; then done whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from intake.layouts.organizations import OrganizationRow
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.kernel.text import search_key
from msoko.foundation.orgs.api import Organization, OrganizationKind, SchoolType
from msoko.foundation.roster.entries import OrganizationEntry, changed_fields, problems_of
from msoko.foundation.roster.organizations import change_organization, create_organization
from msoko.foundation.roster.people import add_named_coordinator

_SCHOOL = OrganizationKind.SCHOOL
_KINDS: dict[str, tuple[OrganizationKind, str]] = {
    "kindergarten": (OrganizationKind.PRESCHOOL, ""),
    "supplementary": (OrganizationKind.SUPPLEMENTARY, ""),
    "authority": (OrganizationKind.AUTHORITY, ""),
    "school": (_SCHOOL, ""),
    "boarding": (_SCHOOL, SchoolType.OTHER),
    "correctional": (_SCHOOL, SchoolType.CORRECTIONAL),
    "gymnasium": (_SCHOOL, SchoolType.GYMNASIUM),
    "lyceum": (_SCHOOL, SchoolType.LYCEUM),
}


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What a row of the list would do. `changes` are titles of fields; `problems` say why it is refused."""

    row: OrganizationRow
    outcome: Outcome
    entry: OrganizationEntry
    existing: Organization | None = None
    changes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def kind_title(self) -> str:
        return str(OrganizationKind(self.entry.kind).label) if self.entry.kind else "—"


def plan_list(municipality: Organization, rows: Sequence[OrganizationRow]) -> list[PlannedRow]:
    """The outcome of each row; an organization is known by code, ИНН or equal name within the municipality."""
    known = _index(Organization.objects.filter(path__startswith=municipality.path))
    taken: dict[object, int] = {}
    return [_plan(row, known, taken) for row in rows]


@transaction.atomic
def import_organizations(
    act: Act, *, municipality: Organization, rows: Sequence[OrganizationRow]
) -> dict[Outcome, int]:
    """Add and change organizations by the list; refused rows are left out. Blank cells erase nothing.

    Returns how many rows had each outcome.

    Raises:
        RefusedError: when not a single row can be used.
    """
    require(act, Permission.EDIT_REGISTRY, municipality)
    plan = plan_list(municipality, rows)
    counts = {outcome: sum(planned.outcome == outcome for planned in plan) for outcome in Outcome}
    if counts[Outcome.REFUSED] == len(plan):
        raise RefusedError("В списке нет ни одной строки, которую можно принять.", "Исправьте отмеченные строки.")
    for planned in plan:
        _carry_out(act, municipality, planned)
    record(
        act, "orgs.organizations.imported", kind="organization", object_id=municipality.pk, organization=municipality,
        label=f"{counts[Outcome.NEW]} новых, {counts[Outcome.CHANGED]} изменено",
    )  # fmt: skip
    return counts


def _carry_out(act: Act, municipality: Organization, planned: PlannedRow) -> None:
    organization = planned.existing
    if planned.outcome == Outcome.NEW:
        organization = create_organization(act, parent=municipality, entry=planned.entry)
    elif planned.outcome == Outcome.CHANGED and organization is not None:
        change_organization(act, organization=organization, entry=planned.entry, keep_blank=True)
    if organization is not None and planned.outcome != Outcome.REFUSED and planned.row.coordinator:
        add_named_coordinator(
            act, organization=organization, full_name=planned.row.coordinator, post=planned.row.coordinator_post
        )


def _plan(row: OrganizationRow, known: dict[object, Organization], taken: dict[object, int]) -> PlannedRow:
    existing = next(
        (known[key] for key in _keys(row.code, row.inn, row.short_name, row.full_name) if key in known), None
    )
    entry = _entry(row, existing)
    problems = list(problems_of(entry).values())
    if not entry.kind:
        problems.append("Не указан тип организации: школа, детский сад, дополнительное образование.")
    key: object = existing.pk if existing else search_key(entry.short_name)
    if key in taken:
        problems.append(f"Эта организация уже стоит в строке {taken[key]}.")
    taken.setdefault(key, row.row)
    if problems:
        return PlannedRow(row, Outcome.REFUSED, entry, existing, problems=tuple(problems))
    if existing is None:
        return PlannedRow(row, Outcome.NEW, entry)
    changed = changed_fields(existing, entry, keep_blank=True)
    titles = tuple(str(Organization._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
    return PlannedRow(row, Outcome.CHANGED if changed else Outcome.SAME, entry, existing, titles)


def _entry(row: OrganizationRow, existing: Organization | None) -> OrganizationEntry:
    kind, school_type = _KINDS.get(row.kind, ("", ""))
    if kind == OrganizationKind.AUTHORITY and "методич" in search_key(row.full_name):
        kind = OrganizationKind.ADVISORY_SERVICE
    if existing is not None and (not kind or row.kind == "school"):  # «школа» says nothing of the type
        kind, school_type = existing.kind, existing.school_type
    return OrganizationEntry(
        kind=kind,
        school_type=school_type,
        short_name=row.short_name or (existing.short_name if existing else row.full_name[:200]),
        full_name=_full_name(row, existing),
        code=row.code,
        inn=row.inn,
        ogrn=row.ogrn,
        address=row.address,
        place_name=row.place,
        place_kind=row.place_kind,
        email=row.email,
    )


def _full_name(row: OrganizationRow, existing: Organization | None) -> str:
    """A list that has one name only does not take the full name of a known organization away."""
    if existing is not None and search_key(row.full_name) in {
        search_key(row.short_name),
        search_key(existing.short_name),
    }:
        return existing.full_name
    return row.full_name if row.full_name != row.short_name else ""


def _index(organizations: Iterable[Organization]) -> dict[object, Organization]:
    found: dict[object, Organization] = {}
    for organization in organizations:
        for key in _keys(organization.code, organization.inn, organization.short_name, organization.full_name):
            found.setdefault(key, organization)
    return found


def _keys(code: str, inn: str, *names: str) -> list[tuple[str, str]]:
    keys = [("code", code.casefold())] if code else []
    keys += [("inn", inn)] if inn else []
    return keys + [("name", search_key(name)) for name in names if name]
