"""Who may conduct what, and what a campaign must be."""

from __future__ import annotations

import datetime as dt

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


#: Procedures of autumn: the year of the work is the year in which the school year begins.
_AUTUMN_PROCEDURES = {"BASELINE", "CROSS_CURRICULAR", "SCHOOL_START"}


#: Examinations end a school year: re-sits in September still belong to it.
_FINAL_ATTESTATION = {"OGE", "EGE", "GVE"}


def school_year_of(procedure_id: str, year: int, held_on: dt.date | None) -> int:
    """Start of the school year of a work: by its day when that is known, else by the season of the procedure."""
    if procedure_id in _FINAL_ATTESTATION:
        return year - 1
    if held_on is not None:
        return held_on.year if held_on.month >= 9 else held_on.year - 1
    return year if procedure_id in _AUTUMN_PROCEDURES else year - 1
