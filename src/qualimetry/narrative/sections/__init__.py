"""Sections of a report by the ids of `definitions/reports/outline_*.toml`: each maps a scene to blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qualimetry.narrative.blocks import Block
from qualimetry.narrative.scene import Scene
from qualimetry.narrative.sections import (
    achievement,
    annexes,
    basis,
    conclusions,
    dynamics,
    elements,
    gaps,
    items,
    journal,
    levels,
    limitations,
    low_results,
    mark_groups,
    marks,
    passing,
    raw_scores,
    recommendations,
    scaled,
)

Section = Callable[[Scene], tuple[Block, ...]]

SECTIONS: Mapping[str, Section] = {
    "basis": basis.blocks,
    "marks": marks.blocks,
    "achievement": achievement.blocks,
    "scaled": scaled.blocks,
    "passing": passing.blocks,
    "levels": levels.blocks,
    "journal": journal.blocks,
    "raw_scores": raw_scores.blocks,
    "items": items.blocks,
    "elements": elements.blocks,
    "mark_groups": mark_groups.blocks,
    "dynamics": dynamics.blocks,
    "gaps": gaps.blocks,
    "low_results": low_results.blocks,
    "conclusions": conclusions.blocks,
    "recommendations": recommendations.blocks,
    "limitations": limitations.blocks,
    "annex_organizations": annexes.organizations,
    "annex_classes": annexes.classes,
    "annex_gaps": gaps.annex,
    "annex_items": annexes.items,
    "annex_methods": annexes.methods,
}
