"""Specifications: stored ones in the shape in which the assembling takes them, and those that came with files."""

from __future__ import annotations

from collections.abc import Iterable

from intake.contracts import CampaignClaim, Procedure, Specification, SpecificationItem
from msoko.cycle.procedures.api import BlueprintVersion, Campaign, keep_blueprint
from msoko.foundation.catalog.procedures import procedure
from msoko.foundation.catalog.scales import scale_for
from msoko.foundation.kernel.acts import Act
from msoko.foundation.orgs.models import Organization
from msoko.foundation.processing.values import CampaignKey
from qualimetry.frames.blueprint import Blueprint, CutScores, Item, ResultKind


def specifications_of_owner(owner: Organization, keys: Iterable[CampaignKey]) -> dict[CampaignKey, list[Specification]]:
    """Stored specifications of the campaigns: the chosen one first, then the latest that a person gave."""
    found: dict[CampaignKey, list[Specification]] = {}
    for key in keys:
        work = {"procedure": key.procedure, "subject": key.subject, "grade_level": key.grade_level, "year": key.year}
        chosen = Campaign.objects.filter(owner=owner, **work).values("blueprint")
        versions = BlueprintVersion.objects.filter(owner=owner, is_inferred=False, **work).prefetch_related("items")
        ordered = sorted(versions, key=lambda version: -version.version)
        used = {row["blueprint"] for row in chosen}
        ordered.sort(key=lambda version: version.pk not in used)
        if ordered:
            found[key] = [_specification(version) for version in ordered[:1]]
    return found


def store_specification(act: Act, owner: Organization, specification: Specification) -> BlueprintVersion | None:
    """Keep a specification that came with an import, when it says what work it is of."""
    claim = specification.campaign
    if claim.procedure is None or not claim.subject or claim.year is None:
        return None
    definition = procedure(claim.procedure.value)
    scale = scale_for(claim.procedure.value, claim.subject, claim.grade_level, claim.year)
    blueprint = Blueprint(
        procedure=claim.procedure.value,
        subject=claim.subject,
        grade_level=claim.grade_level,
        year=claim.year,
        items=tuple(
            Item(item.label, item.max_score, item.level, item.content_elements, item.skills, item.section)
            for item in sorted(specification.items, key=lambda item: item.position)
        ),
        result_kind=definition.result_kind if definition else ResultKind.POINTS,
        cut_scores=_cut_scores(specification),
        test_score_minimum=scale.test_score_minimum if scale else None,
        element_names=dict(specification.element_names),
    )
    return keep_blueprint(
        act,
        owner=owner,
        blueprint=blueprint,
        source=specification.file,
        event="procedures.blueprint.imported",
    )


def _cut_scores(specification: Specification) -> CutScores | None:
    if len(specification.cut_scores) != 3:
        return None
    three, four, five = specification.cut_scores
    return CutScores(three, four, five, specification.cut_scores_source)


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
