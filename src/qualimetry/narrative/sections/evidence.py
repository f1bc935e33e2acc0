"""Figures of the group a finding speaks of, so that its sentence can show them beside the finding's own."""

from __future__ import annotations

from qualimetry.narrative.patterns import Figures
from qualimetry.narrative.scene import Scene
from qualimetry.recipes.contracts import Estimate, Group, GroupKind, GroupResult


def group_figures(scene: Scene, subject: Group) -> Figures:
    """`two`, `quality`, `percent`, `lower`… of the group, `whole_…` of the municipality; None where unknown."""
    group = find_group(scene, subject)
    own = _figures(group) if group else {}
    return {**own, **{f"whole_{name}": value for name, value in _figures(scene.result.whole).items()}}


def find_group(scene: Scene, subject: Group) -> GroupResult | None:
    """The result of the group, None when the result has none (a slice)."""
    if subject.kind is GroupKind.WHOLE:
        return scene.result.whole
    rows = scene.result.classes if subject.kind is GroupKind.CLASS else scene.result.organizations
    key = (subject.organization, subject.class_group if subject.kind is GroupKind.CLASS else None)
    for row in rows:
        if (row.group.organization, row.group.class_group if subject.kind is GroupKind.CLASS else None) == key:
            return row
    return None


def _figures(group: GroupResult) -> Figures:
    journal, scores = group.journal, group.scaled
    return {
        "n_present": group.participants,
        "two": _value(group.mark_shares.get(2)),
        "n_two": group.marks.get(2),
        "pass": _value(group.pass_rate),
        "quality": _value(group.quality_rate),
        "percent": group.mean_percent.value,
        "passed": _value(group.passed),
        "lower": _value(journal.lower) if journal else None,
        "same": _value(journal.same) if journal else None,
        "higher": _value(journal.higher) if journal else None,
        "n_compared": journal.n if journal else None,
        "test_score": scores.mean.value if scores else None,
        "below": scores.below_minimum.value if scores else None,
    }


def _value(estimate: Estimate | None) -> float | None:
    return estimate.value if estimate else None
