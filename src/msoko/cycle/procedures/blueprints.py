"""Between the stored version of a specification and the plain value that the statistics take."""

from __future__ import annotations

from typing import Any

from msoko.cycle.procedures.models import BlueprintItem, BlueprintVersion
from qualimetry.frames.blueprint import Blueprint, CutScores, Item, LevelCuts, MarkCondition, ResultKind


def blueprint_value(version: BlueprintVersion) -> Blueprint:
    """The specification as a value; `items` of the version should be prefetched."""
    return Blueprint(
        procedure=version.procedure,
        subject=version.subject,
        grade_level=version.grade_level,
        year=version.year,
        items=tuple(_item(item) for item in version.items.all()),
        result_kind=ResultKind(version.result_kind),
        cut_scores=cut_scores_of(version),
        levels=_levels_of(version),
        test_score_minimum=version.test_score_minimum,
        element_names=dict(version.element_names),
        is_inferred=version.is_inferred,
    )


def cut_scores_of(version: BlueprintVersion) -> CutScores | None:
    """Mark boundaries of the version, None when it has none."""
    if version.lowest_three is None or version.lowest_four is None or version.lowest_five is None:
        return None
    return CutScores(
        version.lowest_three,
        version.lowest_four,
        version.lowest_five,
        source=version.scale_source,
        conditions=tuple(
            MarkCondition(tuple(rule["labels"]), rule["min_points"], rule["from_mark"])
            for rule in version.mark_conditions
        ),
    )


def scale_fields(blueprint: Blueprint) -> dict[str, Any]:
    """Fields of a version that come from the scale of a blueprint value."""
    cuts = blueprint.cut_scores
    return {
        "result_kind": blueprint.result_kind.value,
        "lowest_three": cuts.lowest_three if cuts else None,
        "lowest_four": cuts.lowest_four if cuts else None,
        "lowest_five": cuts.lowest_five if cuts else None,
        "mark_conditions": [
            {"labels": list(rule.labels), "min_points": rule.min_points, "from_mark": rule.from_mark}
            for rule in (cuts.conditions if cuts else ())
        ],
        "scale_source": cuts.source[:300] if cuts else "",
        "level_names": list(blueprint.levels.names) if blueprint.levels else [],
        "level_lowest": list(blueprint.levels.lowest) if blueprint.levels else [],
        "test_score_minimum": blueprint.test_score_minimum,
        "element_names": dict(blueprint.element_names),
        "is_inferred": blueprint.is_inferred,
    }


def item_rows(version: BlueprintVersion, items: tuple[Item, ...]) -> list[BlueprintItem]:
    """Unsaved rows of the items at their positions."""
    return [
        BlueprintItem(
            blueprint=version,
            position=position,
            label=item.label,
            max_score=item.max_score,
            level=item.level or "",
            content_elements=list(item.content_elements),
            skills=list(item.skills),
            section=item.section[:200],
        )
        for position, item in enumerate(items, start=1)
    ]


def _item(row: BlueprintItem) -> Item:
    return Item(
        label=row.label,
        max_score=row.max_score,
        level=row.level or None,
        content_elements=tuple(row.content_elements),
        skills=tuple(row.skills),
        section=row.section,
    )


def _levels_of(version: BlueprintVersion) -> LevelCuts | None:
    if not version.level_names:
        return None
    return LevelCuts(tuple(version.level_names), tuple(version.level_lowest), version.scale_source)
