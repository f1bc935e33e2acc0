"""Reading the tree and the years. What a person may see of it is decided by `access`."""

from __future__ import annotations

import datetime as dt

from msoko.foundation.orgs.enums import OrganizationKind
from msoko.foundation.orgs.models import Organization, SchoolYear


def start_year_of(day: dt.date) -> int:
    """The calendar year in which the school year of `day` started."""
    return day.year if day.month >= 9 else day.year - 1


def school_years() -> list[SchoolYear]:
    """All school years, newest first."""
    return list(SchoolYear.objects.all())


def is_empty() -> bool:
    """Whether nothing was entered yet: the first-run page is open only then."""
    return not Organization.objects.exists()


def municipalities() -> list[Organization]:
    """Municipalities by name."""
    return list(Organization.objects.filter(kind=OrganizationKind.MUNICIPALITY))
