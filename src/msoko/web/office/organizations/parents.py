"""Under which nodes of the tree a person may add organizations."""

from __future__ import annotations

from msoko.foundation.access.api import Permission, Scope, visible_organizations
from msoko.foundation.orgs.api import Organization, OrganizationKind


def possible_parents(scope: Scope) -> list[Organization]:
    """Municipalities whose registry the person keeps."""
    rows = visible_organizations(scope).filter(scope.filter(Permission.EDIT_REGISTRY))
    return list(rows.filter(kind=OrganizationKind.MUNICIPALITY))
