"""Contents page of the tree of organizations. Acts on it need rights and stand in `roster`."""

from msoko.foundation.orgs.enums import OrganizationKind, PlaceKind, SchoolType
from msoko.foundation.orgs.models import (
    ClassGroup,
    Department,
    Organization,
    OrganizationContext,
    OrganizationName,
    SchoolYear,
)
from msoko.foundation.orgs.names import known_organizations, municipality_of, remember_name, remembered_decisions
from msoko.foundation.orgs.queries import is_empty, municipalities, school_years, start_year_of

__all__ = [
    "ClassGroup",
    "Department",
    "Organization",
    "OrganizationContext",
    "OrganizationKind",
    "OrganizationName",
    "PlaceKind",
    "SchoolType",
    "SchoolYear",
    "is_empty",
    "known_organizations",
    "municipalities",
    "municipality_of",
    "remember_name",
    "remembered_decisions",
    "school_years",
    "start_year_of",
]
