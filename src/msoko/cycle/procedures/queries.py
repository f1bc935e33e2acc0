"""Reading campaigns and specifications, within what the person may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from msoko.cycle.procedures.models import BlueprintVersion, Campaign
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.orgs.enums import OrganizationKind


def campaigns_visible(scope: Scope) -> QuerySet[Campaign]:
    """Campaigns that `rules.sees_campaign` admits, as a filter."""
    campaigns = Campaign.objects.select_related("owner", "school_year", "blueprint")
    if scope.is_everything:
        return campaigns
    municipal = scope.filter(Permission.SEE_TOTALS, "owner__") | scope.above(Permission.SEE_TOTALS, "owner__")
    own = scope.filter(Permission.SEE_ORGANIZATIONS, "owner__")
    return campaigns.filter(
        (Q(owner__kind=OrganizationKind.MUNICIPALITY) & municipal)
        | (~Q(owner__kind=OrganizationKind.MUNICIPALITY) & own)
    )


def blueprints_visible(scope: Scope) -> QuerySet[BlueprintVersion]:
    """Specifications of the organizations whose campaigns the person sees."""
    versions = BlueprintVersion.objects.select_related("owner")
    if scope.is_everything:
        return versions
    own = scope.filter(Permission.SEE_ORGANIZATIONS, "owner__")
    municipal = scope.filter(Permission.SEE_TOTALS, "owner__") | scope.above(Permission.SEE_TOTALS, "owner__")
    return versions.filter(own | municipal)
