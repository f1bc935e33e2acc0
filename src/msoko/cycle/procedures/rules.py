"""Who may conduct what, and what a campaign must be."""

from __future__ import annotations

from msoko.cycle.procedures.models import Campaign
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.catalog.procedures import Holder, ProcedureDefinition
from msoko.foundation.orgs.enums import OrganizationKind
from msoko.foundation.orgs.models import Organization

_OWN_PROCEDURES = {Holder.SCHOOL}


def may_conduct(owner: Organization, procedure: ProcedureDefinition) -> bool:
    """A school, kindergarten or supplementary organization runs only its own procedures; a municipality runs any."""
    return owner.kind == OrganizationKind.MUNICIPALITY or procedure.holder in _OWN_PROCEDURES


def sees_campaign(scope: Scope, campaign: Campaign) -> bool:
    """A municipal campaign is seen by whoever sees the totals; an own one by whoever sees the organization."""
    if campaign.owner.kind == OrganizationKind.MUNICIPALITY:
        return scope.sees_totals_of(campaign.owner)
    return scope.may(Permission.SEE_ORGANIZATIONS, campaign.owner)


def school_year_start(year: int, month: int) -> int:
    """Start year of the school year that a calendar month belongs to."""
    return year if month >= 9 else year - 1
