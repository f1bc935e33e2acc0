"""Where the person may keep campaigns and specifications."""

from __future__ import annotations

from django.db.models import QuerySet

from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.orgs.api import Organization, OrganizationKind

_KINDS = (
    OrganizationKind.MUNICIPALITY, OrganizationKind.SCHOOL, OrganizationKind.PRESCHOOL, OrganizationKind.SUPPLEMENTARY,
)  # fmt: skip
PUPIL_KINDS = _KINDS[1:]


def owners_with(scope: Scope, permission: Permission) -> list[Organization]:
    """Organizations whose own work the person does: the tops of the scope of the permission."""
    paths = scope.paths.get(permission, ())
    return list(Organization.objects.filter(path__in=paths, kind__in=_KINDS))


def editable_owners(scope: Scope) -> list[Organization]:
    """Municipality of a specialist, school of a coordinator."""
    return owners_with(scope, Permission.EDIT_CAMPAIGNS)


def members_of(owner: Organization) -> QuerySet[Organization]:
    """Organizations that may take part in a campaign of `owner`."""
    return Organization.objects.filter(path__startswith=owner.path, kind__in=PUPIL_KINDS, closed_on__isnull=True)
