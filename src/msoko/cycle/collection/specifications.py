"""Specifications: stored ones in the shape in which the assembling takes them, and those that came with files."""

from __future__ import annotations

from collections.abc import Iterable

from intake.contracts import CampaignClaim, Procedure, Specification, SpecificationCondition, SpecificationItem
from msoko.cycle.procedures.api import BlueprintVersion, Campaign, keep_blueprint
from msoko.foundation.catalog.procedures import procedure
from msoko.foundation.catalog.scales import scale_for
from msoko.foundation.kernel.acts import Act
from msoko.foundation.orgs.models import Organization
from msoko.foundation.processing.values import CampaignKey
from qualimetry.frames.blueprint import Blueprint, CutScores, Item, LevelCuts, MarkCondition, ResultKind


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
    blueprint = blueprint_of_specification(specification)
    if blueprint is None:
        return None
    return keep_blueprint(
        act, owner=owner, blueprint=blueprint, source=specification.file, event="procedures.blueprint.imported"
    )


def blueprint_of_specification(specification: Specification) -> Blueprint | None:
    """The specification as the statistics take it; None when it does not say what work it is of."""
    claim = specification.campaign
    if claim.procedure is None or not claim.subject or claim.year is None:
        return None
    definition = procedure(claim.procedure.value)
    scale = scale_for(claim.procedure.value, claim.subject, claim.grade_level, claim.year)
    levels = levels_of_specification(specification)
    kind = definition.result_kind if definition else ResultKind.POINTS
    return Blueprint(
        procedure=claim.procedure.value,
        subject=claim.subject,
        grade_level=claim.grade_level,
        year=claim.year,
        items=items_of_specification(specification),
        result_kind=ResultKind.LEVELS if levels and not specification.cut_scores else kind,
        cut_scores=cut_scores_of_specification(specification),
        levels=levels,
        test_score_minimum=scale.test_score_minimum if scale else None,
        element_names=dict(specification.element_names),
    )


def items_of_specification(specification: Specification) -> tuple[Item, ...]:
    """Items in the order of positions."""
    return tuple(
        Item(item.label, item.max_score, item.level, item.content_elements, item.skills, item.section)
        for item in sorted(specification.items, key=lambda item: item.position)
    )


def cut_scores_of_specification(specification: Specification) -> CutScores | None:
    """Mark boundaries with their conditions."""
    if len(specification.cut_scores) != 3:
        return None
    three, four, five = specification.cut_scores
    conditions = tuple(
        MarkCondition(rule.labels, rule.min_points, rule.from_mark) for rule in specification.conditions
    )  # fmt: skip
    return CutScores(three, four, five, specification.cut_scores_source, conditions)


def levels_of_specification(specification: Specification) -> LevelCuts | None:
    """Levels of a work without marks."""
    if not specification.level_names:
        return None
    return LevelCuts(specification.level_names, specification.level_lowest)


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
        level_names=tuple(version.level_names) if version.level_lowest else (),
        level_lowest=tuple(version.level_lowest),
        conditions=tuple(
            SpecificationCondition(tuple(rule["labels"]), rule["min_points"], rule["from_mark"])
            for rule in version.mark_conditions
        ),
    )
