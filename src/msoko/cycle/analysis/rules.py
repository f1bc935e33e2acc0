"""Who sees which results, who edits and issues which reports."""

from __future__ import annotations

from collections.abc import Container, Iterable

from msoko.cycle.analysis.models import Report
from msoko.cycle.procedures.api import Campaign, sees_campaign
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.catalog.procedures import Ban, Purpose, procedure
from msoko.foundation.orgs.enums import OrganizationKind
from msoko.foundation.orgs.models import Organization
from qualimetry.recipes.contracts import Gap


def sees_organization_results(scope: Scope, organization: Organization) -> bool:
    """Results of one organization are seen by itself and by those above it who may."""
    return scope.may(Permission.SEE_ORGANIZATIONS, organization)


def sees_report(scope: Scope, campaign: Campaign, organization: Organization) -> bool:
    """The municipal report holds figures of every organization: only those who see them all may read it."""
    return sees_campaign(scope, campaign) and sees_organization_results(scope, organization)


def may_edit_report(scope: Scope, report: Report) -> bool:
    return scope.may(Permission.EDIT_REPORTS, report.organization)


def may_issue_report(scope: Scope, report: Report) -> bool:
    return scope.may(Permission.ISSUE_REPORTS, report.organization)


def sees_every_organization(scope: Scope, campaign: Campaign) -> bool:
    """Whoever may see each organization of the owner; all others see the totals and their own."""
    return scope.may(Permission.SEE_ORGANIZATIONS, campaign.owner)


def visible_gaps(scope: Scope, campaign: Campaign, gaps: Iterable[Gap], own: Container[int]) -> list[Gap]:
    """Gaps of the municipality, and those of the organizations whose results the person sees (`own`)."""
    if sees_every_organization(scope, campaign):
        return list(gaps)
    return [gap for gap in gaps if gap.organization is None or gap.organization in own]


def ranking_ban(campaign: Campaign) -> Ban | None:
    """The norm that forbids ranking organizations by results of this procedure."""
    definition = procedure(campaign.procedure)
    return definition.ban_on(Purpose.ORGANIZATION_RANKING) if definition else None


def is_ranking_allowed(campaign: Campaign, order: str) -> bool:
    """Whether a table of organizations of this procedure may be ordered so: results of ВПР rank nobody."""
    definition = procedure(campaign.procedure)
    return definition is None or order in definition.organization_order


def is_municipal(organization: Organization) -> bool:
    return organization.kind == OrganizationKind.MUNICIPALITY
