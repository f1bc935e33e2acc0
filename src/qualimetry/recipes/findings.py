"""Rules that turn results into findings. Their ids are those of the narrative; thresholds come from the policy.

Figures of each rule (shares are fractions):
few_participants: participants, threshold.
low_share_two: share, low, high, municipality (None for the municipality itself).
high_quality: quality, low, high, municipality, threshold.
low_results_school: indicator («share_two» | «below_minimum» | «not_passed»), share, mean_percent,
    municipality_mean_percent.
item_insufficient: label, level, facility, high, sufficient, insufficient.
gap_municipality, gap_school, gap_class: element, kind, name, labels, facility, reference, expected, p_value, q_value.
journal_inflation, journal_deflation: share, low, high, same, differs_by_two, threshold.
peak_at_cut: cut, mark, observed, expected, p_value.
dynamics_two_up, dynamics_two_down: year, before, now, difference, low, high.
low_reliability: alpha, low, high, threshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualimetry.descriptive.fdr import benjamini_hochberg
from qualimetry.frames.blueprint import Blueprint, ResultKind
from qualimetry.items.bunching import peaks
from qualimetry.items.norms import norm_of
from qualimetry.recipes.comparison import has_same_scale, share_difference, why_not_comparable
from qualimetry.recipes.contracts import (
    CampaignResult,
    Estimate,
    Finding,
    Gap,
    GapScope,
    Group,
    GroupKind,
    GroupResult,
    Reading,
)
from qualimetry.recipes.policy import Policy

STRENGTH, NOTE, CONCERN = "strength", "note", "concern"
_GAP_RULES = {
    GapScope.MUNICIPALITY: "gap_municipality",
    GapScope.ORGANIZATION: "gap_school",
    GapScope.CLASS: "gap_class",
}


def findings_of(result: CampaignResult, policy: Policy, previous: Sequence[CampaignResult]) -> tuple[Finding, ...]:
    """All findings of a result: of the municipality, then of organizations in their order, rule by rule."""
    groups = (result.whole, *result.organizations)
    return (
        *_few(groups, policy),
        *_marks(groups, result.whole, policy),
        *_low_results(result, policy),
        *_items(result, policy),
        *(_gap(gap) for gap in result.gaps if gap.scope in _GAP_RULES),
        *_journal(groups, policy),
        *_peaks(groups, result.blueprint, policy),
        *_dynamics(result, policy, previous),
        *_reliability(result, policy),
    )


def _few(groups: Sequence[GroupResult], policy: Policy) -> Iterator[Finding]:
    for group in groups:
        if group.is_small:
            figures = {"participants": group.participants, "threshold": policy.small_group}
            yield Finding("few_participants", NOTE, group.group, dict(figures), group.participants)


def _marks(groups: Sequence[GroupResult], whole: GroupResult, policy: Policy) -> Iterator[Finding]:
    for group in groups:
        two, quality = group.mark_shares.get(2), group.quality_rate
        if group.is_small or two is None or quality is None or two.value is None or quality.value is None:
            continue
        is_whole = group is whole
        general = whole.mark_shares[2].value
        if two.value <= policy.low_share_two and (is_whole or (two.high or 1) < (general or 0)):
            yield _estimated("low_share_two", STRENGTH, group, "share", two, municipality=None if is_whole else general)
        if (quality.low or 0) >= policy.high_quality:
            general = whole.quality_rate.value if whole.quality_rate and not is_whole else None
            figures = {"municipality": general, "threshold": policy.high_quality}
            yield _estimated("high_quality", STRENGTH, group, "quality", quality, **figures)


def _estimated(
    rule: str, severity: str, group: GroupResult, name: str, value: Estimate, **more: float | int | str | None
) -> Finding:
    figures: dict[str, float | int | str | None] = {name: value.value, "low": value.low, "high": value.high, **more}
    return Finding(rule, severity, group.group, figures, value.n)


def _low_results(result: CampaignResult, policy: Policy) -> Iterator[Finding]:
    """Organizations below the rest whose share of failure is not negligible; a help list, not a status."""
    for group in result.organizations:
        indicator, share = _failure(group, result.blueprint)
        if group.band != "below" or group.is_small or share is None or share < policy.low_results:
            continue
        figures: dict[str, float | int | str | None] = {
            "indicator": indicator,
            "share": share,
            "mean_percent": group.mean_percent.value,
            "municipality_mean_percent": result.whole.mean_percent.value,
        }
        yield Finding("low_results_school", CONCERN, group.group, figures, group.participants)


def _failure(group: GroupResult, blueprint: Blueprint) -> tuple[str, float | None]:
    if blueprint.result_kind is ResultKind.TEST_SCORE:
        return "below_minimum", group.scaled.below_minimum.value if group.scaled else None
    if blueprint.result_kind is ResultKind.PASS_FAIL:
        passed = group.passed.value if group.passed else None
        return "not_passed", None if passed is None else 1 - passed
    two = group.mark_shares.get(2)
    return "share_two", two.value if two else None


def _items(result: CampaignResult, policy: Policy) -> Iterator[Finding]:
    """Items of the municipality whose whole interval lies below the zone of error."""
    for item, found in zip(result.blueprint.items, result.whole.items, strict=True):
        norm = norm_of([item], policy)
        if norm is None or found.reading is not Reading.INSUFFICIENT or (found.facility.high or 1) >= norm.insufficient:
            continue
        figures: dict[str, float | int | str | None] = {
            "label": found.label,
            "level": found.level,
            "facility": found.facility.value,
            "high": found.facility.high,
            "sufficient": norm.sufficient,
            "insufficient": norm.insufficient,
        }
        yield Finding("item_insufficient", CONCERN, result.whole.group, figures, found.facility.n)


def _gap(gap: Gap) -> Finding:
    kind = {GapScope.MUNICIPALITY: GroupKind.WHOLE, GapScope.CLASS: GroupKind.CLASS}.get(
        gap.scope, GroupKind.ORGANIZATION
    )
    figures: dict[str, float | int | str | None] = {
        "element": gap.element,
        "kind": gap.element_kind,
        "name": gap.name,
        "labels": ", ".join(gap.labels),
        "facility": gap.facility.value,
        "reference": gap.reference,
        "expected": gap.expected,
        "p_value": gap.p_value,
        "q_value": gap.q_value,
    }
    subject = Group(kind, gap.organization, gap.class_group)
    return Finding(_GAP_RULES[gap.scope], CONCERN, subject, figures, gap.facility.n)


def _journal(groups: Sequence[GroupResult], policy: Policy) -> Iterator[Finding]:
    """Marks of the journal systematically above (inflation) or below (deflation) those of the work."""
    for group in groups:
        journal = group.journal
        if journal is None or journal.n < policy.small_group:
            continue
        for rule, share in (("journal_inflation", journal.lower), ("journal_deflation", journal.higher)):
            if (share.low or 0) > policy.journal_shift:
                figures = {"same": journal.same.value, "differs_by_two": journal.differs_by_two.value}
                yield _estimated(rule, CONCERN, group, "share", share, threshold=policy.journal_shift, **figures)


def _peaks(groups: Sequence[GroupResult], blueprint: Blueprint, policy: Policy) -> Iterator[Finding]:
    """Peaks at boundaries of an official scale, p adjusted over all groups × boundaries."""
    scale = blueprint.cut_scores
    if blueprint.result_kind is not ResultKind.MARKS or scale is None or not scale.source:
        return
    cuts = {scale.lowest_three: 3, scale.lowest_four: 4, scale.lowest_five: 5}
    big = [group for group in groups if sum(group.raw_score_distribution) >= policy.histogram_minimum]
    found = [(group, peak) for group in big for peak in peaks(group.raw_score_distribution, sorted(cuts))]
    adjusted = benjamini_hochberg([peak.p_value for _, peak in found])
    for (group, peak), q_value in zip(found, adjusted.tolist(), strict=True):
        if q_value < policy.peak_level:
            figures: dict[str, float | int | str | None] = {
                "cut": peak.cut,
                "mark": cuts[peak.cut],
                "observed": peak.observed,
                "expected": peak.expected,
                "p_value": peak.p_value,
            }
            yield Finding("peak_at_cut", NOTE, group.group, figures, group.participants)


def _dynamics(result: CampaignResult, policy: Policy, previous: Sequence[CampaignResult]) -> Iterator[Finding]:
    """Share of mark 2 against the latest comparable year, for the municipality and each organization."""
    comparable = [
        earlier
        for earlier in previous
        if earlier.blueprint.year is not None
        and not why_not_comparable(result.blueprint, earlier.blueprint)
        and has_same_scale(result.blueprint, earlier.blueprint)
    ]
    if not comparable:
        return
    latest = max(comparable, key=lambda earlier: earlier.blueprint.year or 0)
    before = {group.group.organization: group for group in latest.organizations}
    pairs = [(result.whole, latest.whole)]
    pairs += [(g, before[g.group.organization]) for g in result.organizations if g.group.organization in before]
    for group, earlier_group in pairs:
        yield from _change(group, earlier_group, latest.blueprint.year, policy)


def _change(now: GroupResult, before: GroupResult, year: int | None, policy: Policy) -> Iterator[Finding]:
    if now.is_small or before.is_small:
        return
    difference = share_difference(now.mark_shares.get(2), before.mark_shares.get(2), policy)
    if difference.value is None or abs(difference.value) < policy.share_two_growth:
        return
    figures = {"year": year, "before": before.mark_shares[2].value, "now": now.mark_shares[2].value}
    if (difference.low or 0) > 0:
        yield _estimated("dynamics_two_up", CONCERN, now, "difference", difference, **figures)
    elif (difference.high or 0) < 0:
        yield _estimated("dynamics_two_down", STRENGTH, now, "difference", difference, **figures)


def _reliability(result: CampaignResult, policy: Policy) -> Iterator[Finding]:
    alpha = result.alpha
    if alpha is None or alpha.value is None or (alpha.high or 1) >= policy.reliability_minimum:
        return
    yield _estimated("low_reliability", NOTE, result.whole, "alpha", alpha, threshold=policy.reliability_minimum)
