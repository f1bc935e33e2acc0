"""Who has delivered results of a campaign and who is still expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from msoko.cycle.collection.models import CurrentBatch
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.orgs.models import ClassGroup, Organization


class DeliveryState(StrEnum):
    NONE = "none"
    PARTLY = "partly"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Delivery:
    """`expected` is None when no one has said which organizations take part."""

    delivered: int = 0
    expected: int | None = None
    missing: int = 0
    participants: int = 0

    @property
    def state(self) -> DeliveryState:
        """A campaign without a list of organizations is full as soon as it has data."""
        if not self.delivered:
            return DeliveryState.NONE
        return DeliveryState.PARTLY if self.missing else DeliveryState.FULL


@dataclass(frozen=True, slots=True)
class OrganizationDelivery:
    """An organization of a campaign: what speaks for it now, None when nothing does."""

    organization: Organization
    current: CurrentBatch | None
    is_expected: bool


def deliveries(campaigns: Iterable[Campaign]) -> dict[int, Delivery]:
    """Delivery by campaign id, in two queries for any number of campaigns."""
    keys = [campaign.pk for campaign in campaigns]
    expected: dict[int, set[int]] = {}
    links = Campaign.organizations.through.objects.filter(campaign_id__in=keys)
    for campaign, organization in links.values_list("campaign_id", "organization_id"):
        expected.setdefault(campaign, set()).add(organization)
    delivered: dict[int, dict[int, int]] = {}
    rows = CurrentBatch.objects.filter(campaign_id__in=keys)
    for campaign, organization, count in rows.values_list("campaign_id", "organization_id", "participant_count"):
        delivered.setdefault(campaign, {})[organization] = count
    return {key: _delivery(delivered.get(key, {}), expected.get(key)) for key in keys}


def _delivery(delivered: dict[int, int], expected: set[int] | None) -> Delivery:
    return Delivery(
        delivered=len(delivered),
        expected=len(expected) if expected is not None else None,
        missing=len(expected - delivered.keys()) if expected is not None else 0,
        participants=sum(delivered.values()),
    )


def delivery_by_organization(scope: Scope, campaign: Campaign) -> list[OrganizationDelivery]:
    """Organizations that are expected or have delivered, as far as the person may see each of them."""
    current = {
        row.organization_id: row
        for row in CurrentBatch.objects.filter(campaign=campaign).select_related("batch__session")
    }
    expected = set(campaign.organizations.values_list("pk", flat=True))
    visible = scope.filter(Permission.SEE_ORGANIZATIONS)
    if scope.may_anywhere(Permission.IMPORT_RESULTS):
        visible |= scope.filter(Permission.IMPORT_RESULTS)
    rows = Organization.objects.filter(pk__in={*expected, *current}).filter(visible)
    return [OrganizationDelivery(row, current.get(row.pk), row.pk in expected) for row in rows]


def likely_organizations(owner: Organization, grade_level: int | None, start_year: int | None) -> Sequence[int]:
    """Organizations under `owner` that have classes of the grade level in the school year: a proposal for a list."""
    groups = ClassGroup.objects.filter(organization__path__startswith=owner.path, organization__closed_on__isnull=True)
    if grade_level is not None:
        groups = groups.filter(grade_level=grade_level)
    if start_year is not None and groups.filter(school_year__start_year=start_year).exists():
        groups = groups.filter(school_year__start_year=start_year)
    return list(groups.order_by("organization_id").values_list("organization_id", flat=True).distinct())
