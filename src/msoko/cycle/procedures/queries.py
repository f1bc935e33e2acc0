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
    municipal = Q(pk__in=[])
    for path in scope.paths.get(Permission.SEE_TOTALS, ()):
        municipal |= Q(owner__path__startswith=path) | Q(owner__path__in=_prefixes(path))
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
    found = scope.filter(Permission.SEE_ORGANIZATIONS, "owner__")
    for path in scope.paths.get(Permission.SEE_TOTALS, ()):
        found |= Q(owner__path__startswith=path) | Q(owner__path__in=_prefixes(path))
    return versions.filter(found)


def _prefixes(path: str) -> list[str]:
    """Paths of all nodes above and at `path`: «1/7/23/» → «1/», «1/7/», «1/7/23/»."""
    parts = path.strip("/").split("/")
    return ["/".join(parts[: count + 1]) + "/" for count in range(len(parts))]
