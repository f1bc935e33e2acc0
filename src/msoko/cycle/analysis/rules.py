"""Who sees which results, who edits and issues which reports."""

from __future__ import annotations

from msoko.cycle.analysis.models import Report
from msoko.cycle.procedures.api import Campaign, sees_campaign
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.catalog.procedures import procedure
from msoko.foundation.orgs.enums import OrganizationKind
from msoko.foundation.orgs.models import Organization


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


def is_ranking_allowed(campaign: Campaign, order: str) -> bool:
    """Whether a table of organizations of this procedure may be ordered so: results of ВПР rank nobody."""
    definition = procedure(campaign.procedure)
    return definition is None or order in definition.organization_order


def is_municipal(organization: Organization) -> bool:
    return organization.kind == OrganizationKind.MUNICIPALITY
