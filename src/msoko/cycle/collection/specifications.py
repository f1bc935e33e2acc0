"""Specifications already stored for a campaign, in the shape in which the assembling takes them."""

from __future__ import annotations

from collections.abc import Iterable

from intake.contracts import CampaignClaim, Procedure, Specification, SpecificationItem
from msoko.cycle.procedures.api import BlueprintVersion, Campaign
from msoko.foundation.orgs.models import Organization
from msoko.foundation.processing.values import CampaignKey


def specifications_of_owner(owner: Organization, keys: Iterable[CampaignKey]) -> dict[CampaignKey, list[Specification]]:
    """Chosen specification of each campaign of the owner, where a person chose or imported one."""
    wanted = {(key.procedure, key.subject, key.grade_level, key.year): key for key in keys}
    campaigns = (
        Campaign.objects.filter(owner=owner, blueprint__isnull=False, blueprint__is_inferred=False)
        .select_related("blueprint")
        .prefetch_related("blueprint__items")
    )
    found: dict[CampaignKey, list[Specification]] = {}
    for campaign in campaigns:
        key = wanted.get((campaign.procedure, campaign.subject, campaign.grade_level, campaign.year))
        if key is not None and campaign.blueprint is not None:
            found.setdefault(key, []).append(_specification(campaign.blueprint))
    return found


def _specification(version: BlueprintVersion) -> Specification:
    lowest = (version.lowest_three, version.lowest_four, version.lowest_five)
    return Specification(
        file=version.source or "Спецификация в системе",
        campaign=CampaignClaim(
            procedure=Procedure(version.procedure) if version.procedure in Procedure.__members__ else None,
            subject=version.subject,
            grade_level=version.grade_level,
            year=version.year,
        ),
        items=[
            SpecificationItem(
                label=item.label,
                position=item.position,
                max_score=item.max_score,
                level=item.level or None,
                content_elements=tuple(item.content_elements),
                skills=tuple(item.skills),
                section=item.section,
            )
            for item in version.items.all()
        ],
        cut_scores=tuple(value for value in lowest if value is not None),
        cut_scores_source=version.scale_source,
        element_names=dict(version.element_names),
    )
