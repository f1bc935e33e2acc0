"""The whole analysis of a campaign: stored batches → statistics → result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qualimetry.engines.base import Engine
from qualimetry.frames.blueprint import Blueprint
from qualimetry.items.elements import item_groups
from qualimetry.items.reliability import reliability
from qualimetry.recipes.bands import bands
from qualimetry.recipes.comparison import year_comparisons
from qualimetry.recipes.contracts import CampaignResult, Estimate, GroupResult, Thresholds
from qualimetry.recipes.findings import findings_of
from qualimetry.recipes.gaps import learning_gaps
from qualimetry.recipes.groups import Levels, Prepared, group_results
from qualimetry.recipes.late import LateResults
from qualimetry.recipes.policy import Policy
from qualimetry.recipes.slices import Selection, SliceUnavailableError, slice_result
from qualimetry.statistics.campaign import CampaignStatistics

__all__ = ["Selection", "SliceUnavailableError", "analyse", "scan", "slice_result"]

#: More classes are finished when they are asked for.
FINISHED_AT_ONCE = 4096
#: Changes when a figure would come out differently from the same data.
METHOD_VERSION = "2"


def scan(
    paths: Sequence[Path],
    item_count: int,
    engine: Engine | None = None,
    *,
    blueprint: Blueprint | None = None,
    slices: bool = True,
) -> CampaignStatistics:
    """Count the stored batches of one campaign. Raises BatchSchemaError naming the column that does not fit.

    blueprint: lets items of one content element be counted together, which makes their intervals and tests exact
    (without it they are wider). engine: DuckDB unless given. slices=False leaves sex and special needs out.
    """
    from qualimetry.statistics.scan import scan_batches  # noqa: PLC0415 -- slow import

    groups = item_groups(blueprint) if blueprint is not None else ()
    if engine is not None:
        return scan_batches(paths, item_count, engine, groups=groups, slices=slices)
    from qualimetry.engines.duck import DuckEngine  # noqa: PLC0415 -- slow import

    own = DuckEngine()
    try:
        return scan_batches(paths, item_count, own, groups=groups, slices=slices)
    finally:
        own.close()


def analyse(
    statistics: CampaignStatistics,
    blueprint: Blueprint,
    policy: Policy,
    *,
    references: Sequence[GroupResult] = (),
    previous: Sequence[CampaignResult] = (),
) -> CampaignResult:
    """Everything that is found out about a campaign.

    references: figures of the region or the country, in the shape of a group result. previous: results of the same
    work in earlier years.
    """
    levels = Levels(statistics, blueprint)
    whole = group_results(levels.whole, blueprint, policy, references=references)[0]
    result = CampaignResult(
        blueprint=blueprint,
        method_version=f"{METHOD_VERSION}/{policy.version}",
        whole=whole,
        organizations=_parts(levels.organizations, levels.whole, blueprint, policy),
        classes=_classes(levels, blueprint, policy),
        alpha=_alpha(levels.whole, policy),
        references=tuple(references),
        gaps=learning_gaps(statistics, blueprint, policy, levels, references),
        comparisons=year_comparisons(whole, blueprint, policy, previous),
        thresholds=Thresholds.of(policy),
    )
    return replace(result, findings=findings_of(result, policy, previous))


def _parts(part: Prepared, whole: Prepared, blueprint: Blueprint, policy: Policy) -> tuple[GroupResult, ...]:
    compared = bands(part.tables, whole.tables, blueprint, policy)
    return group_results(part, blueprint, policy, whole=whole, bands=compared, minimum=policy.correlation_minimum)


def _classes(levels: Levels, blueprint: Blueprint, policy: Policy) -> Sequence[GroupResult]:
    compared = bands(levels.classes.tables, levels.whole.tables, blueprint, policy)
    late = LateResults(levels.classes, levels.whole, blueprint, policy, tuple(compared))
    return late if len(late) > FINISHED_AT_ONCE else tuple(late)


def _alpha(whole: Prepared, policy: Policy) -> Estimate | None:
    if whole.scores is None:
        return None
    found = reliability(whole.scores, 0, confidence=policy.confidence)
    if found is None:
        return None
    value, low, high, n = found
    return Estimate(value, low, high, n)
