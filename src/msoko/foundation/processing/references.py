"""Figures of country and region from summary reports, and printed figures beside the counted ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from intake.contracts import GroupLevel, Summary
from msoko.foundation.catalog.policies import analysis_policy
from msoko.foundation.processing.campaigns import campaign_key
from msoko.foundation.processing.summary_figures import GroupFigures, figures_by_group
from msoko.foundation.processing.summary_rows import SummaryCampaign
from msoko.foundation.processing.values import CampaignKey
from qualimetry.frames.blueprint import Blueprint
from qualimetry.recipes.contracts import (
    CampaignResult,
    Estimate,
    Group,
    GroupKind,
    GroupResult,
    ItemResult,
    JournalConcordance,
    ScaledScores,
)
from qualimetry.recipes.estimates import means, shares

#: printed figures that are numbers of people: they add up, all others are means
_COUNTED = {"below_minimum"}


def references_of(key: CampaignKey, blueprint: Blueprint, summaries: Sequence[Summary]) -> list[GroupResult]:
    """Country and region as given by the summaries of this campaign, the largest group first."""
    own = [summary for summary in summaries if campaign_key(summary.campaign) == key]
    groups = figures_by_group(own, lambda claim, file: None)
    found = [group for group in groups if group.level in (GroupLevel.COUNTRY, GroupLevel.REGION) and group.size]
    return [_reference(group, blueprint) for group in sorted(found, key=lambda group: -group.size)]


def with_printed_figures(result: CampaignResult, campaign: SummaryCampaign) -> CampaignResult:
    """A result of counted rows completed by what the summaries print: maximum of the work, facilities of items."""
    by_key = dict(zip((one.key for one in campaign.organizations), campaign.groups, strict=True))
    organizations = tuple(
        _completed(group, by_key.get(group.group.organization or 0), campaign.max_score, campaign.item_maxima)
        for group in result.organizations
    )
    printed = campaign.whole or _together(campaign.groups)
    whole = _completed(result.whole, printed, campaign.max_score, campaign.item_maxima)
    return replace(result, whole=whole, organizations=organizations)


def with_maximum(result: CampaignResult, max_score: int) -> CampaignResult:
    """A result of works without items under the greatest raw score that is known otherwise (or was reached)."""
    top = max(max_score, len(result.whole.raw_score_distribution) - 1)
    return replace(
        result,
        whole=_completed(result.whole, None, top),
        organizations=tuple(_completed(group, None, top) for group in result.organizations),
        classes=tuple(_completed(group, None, top) for group in result.classes),
    )


def _reference(group: GroupFigures, blueprint: Blueprint) -> GroupResult:
    confidence = analysis_policy().confidence
    n, marks = group.size, group.marks
    empty = GroupResult(
        group=Group(GroupKind.REFERENCE, label=group.name), participants=n, absent=0,
        max_raw_score=blueprint.max_score, mean_raw_score=Estimate(None), mean_percent=Estimate(None),
        raw_score_distribution=tuple(group.scores or ()),
        items=_reference_items(group, blueprint), journal=_journal(group),
    )  # fmt: skip
    if group.scores:
        scores = group.scores
        total, squares = (sum(c * s**power for s, c in enumerate(scores)) for power in (1, 2))
        mean = means([total], [squares], [n], confidence=confidence, bounds=(0, len(scores) - 1))[0]
        empty = replace(empty, mean_raw_score=mean)
    if not marks:
        return empty
    count = sum(marks)
    total, squares = (sum(c * m**power for m, c in enumerate(marks, 2)) for power in (1, 2))
    return replace(
        empty,
        marks=dict(enumerate(marks, 2)),
        mark_shares=dict(enumerate(shares(marks, [count] * 4, confidence=confidence), 2)),
        pass_rate=shares([sum(marks[1:])], [count], confidence=confidence)[0],
        quality_rate=shares([sum(marks[2:])], [count], confidence=confidence)[0],
        mean_mark=means([total], [squares], [count], confidence=confidence, bounds=(2, 5))[0],
    )


def _completed(
    result: GroupResult, printed: GroupFigures | None, max_score: int, item_maxima: Mapping[str, int] | None = None
) -> GroupResult:
    top = max(max_score, len(result.raw_score_distribution) - 1)
    distribution = result.raw_score_distribution
    result = replace(
        result,
        max_raw_score=top,
        raw_score_distribution=distribution + (0,) * (top + 1 - len(distribution)) if any(distribution) else (),
        mean_percent=_scaled(result.mean_raw_score, top),
    )
    if printed is None:
        return result
    return replace(
        result,
        items=_items(printed, item_maxima or {}, printed.items),
        mean_mark=_printed(result.mean_mark, printed, "mean_mark"),
        mean_raw_score=_printed(result.mean_raw_score, printed, "mean_raw_score") or result.mean_raw_score,
        pass_rate=_printed(result.pass_rate, printed, "pass_rate_percent", 100),
        quality_rate=_printed(result.quality_rate, printed, "quality_rate_percent", 100),
        sou_index=_printed(result.sou_index, printed, "sou_percent", 100),
        journal=_journal(printed) or result.journal,
        absent=round(printed.figures.get("absent", result.absent)),
        marks=result.marks if any(result.marks.values()) else {},
        mark_shares=result.mark_shares if any(result.marks.values()) else {},
        scaled=_scaled_scores(result, printed),
    )


def _scaled_scores(result: GroupResult, printed: GroupFigures) -> ScaledScores | None:
    """The mean test score and the share below the minimum as printed."""
    figures, n = printed.figures, printed.size
    if "mean_test_score" not in figures:
        return result.scaled
    below = Estimate(None, n=n)
    if "below_minimum" in figures and n:
        below = shares([round(figures["below_minimum"])], [n], confidence=analysis_policy().confidence)[0]
    elif "below_minimum_percent" in figures:
        below = Estimate(figures["below_minimum_percent"] / 100, n=n)
    return ScaledScores(Estimate(figures["mean_test_score"], n=n), below, None)


def _printed(computed: Estimate | None, group: GroupFigures, key: str, scale: float = 1) -> Estimate | None:
    """The computed figure; the printed one, without an interval, where nothing could be computed."""
    if (computed is not None and computed.value is not None) or key not in group.figures:
        return computed
    return Estimate(group.figures[key] / scale, n=group.size)


def _journal(group: GroupFigures) -> JournalConcordance | None:
    """Concordance as printed; how many differ by two marks a summary does not say."""
    if not group.journal or not sum(group.journal):
        return None
    n = sum(group.journal)
    lower, same, higher = shares(list(group.journal), [n] * 3, confidence=analysis_policy().confidence)
    return JournalConcordance(n, lower, same, higher, Estimate(None, n=n))


def _scaled(mean: Estimate, top: int) -> Estimate:
    if mean.value is None or not top:
        return Estimate(None, n=mean.n)
    low, high = (bound / top if bound is not None else None for bound in (mean.low, mean.high))
    return Estimate(mean.value / top, low, high, mean.n)


def _together(groups: Sequence[GroupFigures]) -> GroupFigures:
    """Printed figures of all groups as means weighted by participants, for figures that every group has."""
    whole = GroupFigures(GroupLevel.MUNICIPALITY, "", participants=sum(group.size for group in groups))
    whole.items = _weighted([(group.items, group.size) for group in groups])
    whole.figures = _weighted([(group.figures, group.size) for group in groups])
    for counted in set(whole.figures) & _COUNTED:
        whole.figures[counted] = sum(group.figures[counted] for group in groups)
    whole.figures["absent"] = sum(group.figures.get("absent", 0) for group in groups)
    journals = [group.journal for group in groups if group.journal is not None]
    if len(journals) == len(groups):
        lower, same, higher = (sum(part) for part in zip(*journals, strict=True))
        whole.journal = (lower, same, higher)
    return whole


def _weighted(values: Sequence[tuple[Mapping[str, float], int]]) -> dict[str, float]:
    common = set.intersection(*(set(figures) for figures, _ in values)) if values else set()
    size = max(1, sum(n for _, n in values))
    return {key: sum(figures[key] * n for figures, n in values) / size for key in sorted(common)}


def _reference_items(group: GroupFigures, blueprint: Blueprint) -> tuple[ItemResult, ...]:
    """Items of the reference that the work has; all of them for a work known from summaries only."""
    maxima = {item.label: item.max_score for item in blueprint.items}
    return _items(group, maxima, [label for label in group.items if not maxima or label in maxima])


def _items(group: GroupFigures, maxima: Mapping[str, int], labels: Iterable[str]) -> tuple[ItemResult, ...]:
    return tuple(
        ItemResult(label, maxima.get(label, 1), None, Estimate(group.items[label], n=group.size), 0, 0, 0, 0)
        for label in labels
    )
