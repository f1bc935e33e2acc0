"""Acts on the entries of organizations: add, change, close; departments; names remembered for files."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Department, Organization, OrganizationName
from msoko.foundation.roster.entries import OrganizationEntry, changed_fields, problems_of


@transaction.atomic
def create_organization(act: Act, *, parent: Organization, entry: OrganizationEntry) -> Organization:
    """A new organization under `parent`.

    Raises:
        RefusedError: when the entry breaks a rule or its code is taken.
    """
    require(act, Permission.EDIT_REGISTRY, parent)
    _check(entry, parent, None)
    organization = Organization(parent=parent, **entry.values())
    organization.save()
    record(
        act, "orgs.organization.created", kind="organization", object_id=organization.pk,
        label=organization.short_name, organization=organization,
    )  # fmt: skip
    return organization


@transaction.atomic
def change_organization(
    act: Act, *, organization: Organization, entry: OrganizationEntry, keep_blank: bool = False
) -> list[str]:
    """Bring the stored entry in line; returns the names of changed fields. `keep_blank`: blanks erase nothing."""
    require(act, Permission.EDIT_REGISTRY, organization)
    changed = changed_fields(organization, entry, keep_blank=keep_blank)
    if not changed:
        return []
    _check(entry, organization.parent, organization)
    before = {name: getattr(organization, name) for name in changed}
    for name in changed:
        setattr(organization, name, entry.values()[name])
    organization.save()
    record(
        act, "orgs.organization.changed", kind="organization", object_id=organization.pk,
        label=organization.short_name, organization=organization, details={"before": before},
    )  # fmt: skip
    return changed


@transaction.atomic
def close_organization(act: Act, *, organization: Organization, on: dt.date | None) -> None:
    """Close the organization from a day, or open it again (None). Its results stay."""
    require(act, Permission.EDIT_REGISTRY, organization)
    organization.closed_on = on
    organization.save()
    event = "orgs.organization.closed" if on else "orgs.organization.reopened"
    record(
        act, event, kind="organization", object_id=organization.pk, label=organization.short_name,
        organization=organization,
    )  # fmt: skip


@transaction.atomic
def add_department(act: Act, *, organization: Organization, name: str, abbreviation: str) -> Department:
    """A department of an authority."""
    require(act, Permission.EDIT_REGISTRY, organization)
    if Department.objects.filter(organization=organization, name=name).exists():
        raise RefusedError(f"Отдел «{name}» уже есть.", "Проверьте список отделов.")
    department = Department.objects.create(organization=organization, name=name, abbreviation=abbreviation)
    record(
        act, "orgs.department.added", kind="department", object_id=department.pk, label=name,
        organization=organization,
    )  # fmt: skip
    return department


@transaction.atomic
def remove_department(act: Act, *, department: Department) -> None:
    """Remove a department; appointments in it stay without one."""
    require(act, Permission.EDIT_REGISTRY, department.organization)
    record(
        act, "orgs.department.removed", kind="department", object_id=department.pk, label=department.name,
        organization=department.organization,
    )  # fmt: skip
    department.delete()


@transaction.atomic
def forget_name(act: Act, *, name: OrganizationName) -> None:
    """Take back a remembered decision: the next file with this name asks again. Accepted results do not change."""
    require(act, Permission.EDIT_REGISTRY, name.municipality)
    record(
        act, "orgs.name.forgotten", kind="organization", object_id=name.organization_id, label=name.raw,
        organization=name.organization,
    )  # fmt: skip
    name.delete()


def _check(entry: OrganizationEntry, parent: Organization | None, own: Organization | None) -> None:
    problems = problems_of(entry)
    if problems:
        raise RefusedError(" ".join(problems.values()), "Исправьте сведения и повторите.")
    others = Organization.objects.exclude(pk=own.pk) if own else Organization.objects.all()
    taken = others.filter(code=entry.code).first() if entry.code else None
    if taken is None and entry.exam_code:
        taken = others.filter(parent=parent, exam_code=entry.exam_code).first()
    if taken is not None:
        raise RefusedError(
            f"Такой код уже есть у организации «{taken.short_name}».", "Проверьте код: у каждой организации он свой."
        )
