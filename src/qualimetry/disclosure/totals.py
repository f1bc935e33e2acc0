"""Totals that tell the result of one organization by subtraction, and results without such totals.

Whoever knows the total and the own part knows the rest. The rest is safe when it holds at least two organizations and
the largest of them does not dominate it: without the largest there are still as many participants as a small group has
(the idea of dominance rules for magnitude tables: Hundepool et al., 2012, Statistical Disclosure Control, ch. 4).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from qualimetry.recipes.contracts import (
    CampaignResult,
    Estimate,
    Finding,
    Gap,
    GroupResult,
    ItemResult,
    JournalConcordance,
    Reading,
    ScaledScores,
)

#: figures of findings that speak of the rest of the municipality
_OF_OTHERS = ("reference", "expected", "municipality", "municipality_mean_percent")
_UNKNOWN = Estimate(None)


def tells_of_one(sizes: Mapping[int, int], own: Collection[int], *, fewest: int, small_group: int) -> bool:
    """Whether a total over `sizes` (organization → participants) tells a reader who sees `own` of one organization.

    `fewest` organizations must take part, those of the reader among them; the organizations of the reader alone tell
    of nobody else.
    """
    others = sorted(n for organization, n in sizes.items() if organization not in own and n > 0)
    has_own = any(organization in own and n > 0 for organization, n in sizes.items())
    if has_own and not others:
        return False
    return len(others) < fewest - has_own or sum(others[:-1]) < small_group


def without_totals(result: CampaignResult, own: Collection[int]) -> CampaignResult:
    """The result as the organizations `own` may read it where totals are closed: themselves, their classes and the
    figures given from outside; nothing of the municipality and of the others."""
    return replace(
        result,
        whole=emptied(result.whole),
        organizations=tuple(without_others(one) for one in result.organizations if one.group.organization in own),
        classes=tuple(without_others(one) for one in result.classes if one.group.organization in own),
        gaps=own_gaps(result.gaps, own),
        findings=tuple(_finding(one) for one in result.findings if one.subject.organization in own),
        comparisons=(),
        alpha=None,
    )


def without_others(group: GroupResult) -> GroupResult:
    """A group without comparison with the rest of the municipality."""
    return replace(
        group,
        band=None,
        items=tuple(replace(item, reference=None) for item in group.items),
        elements=tuple(replace(element, reference=None) for element in group.elements),
    )


def own_gaps(gaps: Collection[Gap], own: Collection[int]) -> tuple[Gap, ...]:
    """Gaps of these organizations and their classes, without the figures they were compared with."""
    return tuple(replace(gap, reference=None, expected=None) for gap in gaps if gap.organization in own)


def emptied(group: GroupResult) -> GroupResult:
    """The group with its items and elements named and every figure that it has unknown."""
    return replace(
        group,
        participants=0,
        absent=0,
        mean_raw_score=_UNKNOWN,
        mean_percent=_UNKNOWN,
        raw_score_distribution=(0,) * len(group.raw_score_distribution),
        quantiles={},
        marks={},
        mark_shares=dict.fromkeys(group.mark_shares, _UNKNOWN),
        levels=dict.fromkeys(group.levels, _UNKNOWN),
        pass_rate=group.pass_rate and _UNKNOWN,
        quality_rate=group.quality_rate and _UNKNOWN,
        sou_index=group.sou_index and _UNKNOWN,
        mean_mark=group.mean_mark and _UNKNOWN,
        passed=group.passed and _UNKNOWN,
        journal=group.journal and JournalConcordance(0, _UNKNOWN, _UNKNOWN, _UNKNOWN, _UNKNOWN),
        scaled=group.scaled and _scaled(group.scaled),
        items=tuple(_item(item) for item in group.items),
        elements=tuple(
            replace(one, facility=_UNKNOWN, reference=None, reading=Reading.NOT_ENOUGH_DATA) for one in group.elements
        ),
        band=None,
    )


def _scaled(found: ScaledScores) -> ScaledScores:
    bands = dict.fromkeys(found.bands, _UNKNOWN)
    return ScaledScores(_UNKNOWN, _UNKNOWN, found.minimum, bands, dict.fromkeys(found.distribution, 0))


def _item(item: ItemResult) -> ItemResult:
    return ItemResult(item.label, item.max_score, item.level, _UNKNOWN, 0, 0, 0, 0, reading=Reading.NOT_ENOUGH_DATA)


def _finding(finding: Finding) -> Finding:
    return replace(
        finding, figures={name: None if name in _OF_OTHERS else value for name, value in finding.figures.items()}
    )
