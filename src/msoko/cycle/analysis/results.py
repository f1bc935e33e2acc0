"""Stored runs as values: whole results, results of one organization, earlier years; and how they are stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from msoko.cycle.analysis.figures import estimate_of, figures_of
from msoko.cycle.analysis.models import Run, RunGroup
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.catalog.policies import analysis_policy
from qualimetry.recipes.contracts import CampaignResult, Estimate, GroupResult, Thresholds
from qualimetry.recipes.serial import from_dict, to_dict

MAX_EARLIER_YEARS = 4
#: how many figures a list of campaigns shows
HEADLINE_FIGURES = 4
#: thresholds that the first versions of runs kept
_KEPT = ("item_norms", "small_group", "histogram_minimum", "histogram_caution")
_DETAILS = ("items", "elements")


def latest_run(campaign: Campaign) -> Run | None:
    """The run that speaks for the campaign now; none where every batch is withdrawn."""
    return Run.objects.filter(campaign=campaign, valid_from__gt=0).first()


def summary_of(run: Run) -> CampaignResult:
    """Totals of a run, without organizations and classes."""
    found = from_dict(CampaignResult, run.summary)
    if found.thresholds.confidence is not None:
        return found
    # a run of an earlier version: it kept fewer thresholds, and those it was computed by are in force still
    known = Thresholds.of(analysis_policy())
    kept = {name: value for name in _KEPT if (value := getattr(found.thresholds, name))}
    return replace(found, thresholds=replace(known, **kept))


def result_of(run: Run, *, with_classes: bool = True) -> CampaignResult:
    """The whole result of a run."""
    rows = run.groups.order_by("organization_id", "class_group")
    groups = list(rows if with_classes else rows.filter(is_class=False))
    return replace(
        summary_of(run),
        organizations=tuple(group_of(group) for group in groups if not group.is_class),
        classes=tuple(group_of(group) for group in groups if group.is_class),
    )


def group_of(row: RunGroup) -> GroupResult:
    """The stored result of an organization or a class, with items and elements."""
    return from_dict(GroupResult, row.result | row.details)


def figures_only(row: RunGroup) -> GroupResult:
    """The stored result without items and elements; they are not read."""
    return from_dict(GroupResult, row.result)


def group_columns(group: GroupResult) -> dict[str, dict[str, Any]]:
    """A result as the columns of its row."""
    whole = to_dict(group)
    return {"details": {name: whole.pop(name) for name in _DETAILS}, "result": whole}


def headline_of(result: CampaignResult) -> dict[str, Any]:
    """The main figures of a result for lists: [(key, title, is share, estimate)]."""
    figures = figures_of(result.blueprint, result.whole)[:HEADLINE_FIGURES]
    return {
        "figures": [
            {
                "key": figure.key,
                "title": figure.title,
                "is_share": figure.is_share,
                "estimate": to_dict(estimate_of(result.whole, figure.key) or Estimate(None)),
            }
            for figure in figures
        ],
        "absent": result.whole.absent,
        "gap_count": sum(gap.scope == "municipality" for gap in result.gaps),
    }


def earlier_runs(campaign: Campaign) -> list[Run]:
    """Latest runs of the same work in earlier years, newest year first."""
    earlier = Campaign.objects.filter(
        owner=campaign.owner,
        procedure=campaign.procedure,
        subject=campaign.subject,
        grade_level=campaign.grade_level,
        label=campaign.label,
        year__lt=campaign.year,
    ).order_by("-year")[:MAX_EARLIER_YEARS]
    return [run for run in map(latest_run, earlier) if run is not None]


def later_campaigns(campaign: Campaign) -> list[Campaign]:
    """Computed campaigns of the same work in the years that compare themselves with this one."""
    later = Campaign.objects.filter(
        owner=campaign.owner,
        procedure=campaign.procedure,
        subject=campaign.subject,
        grade_level=campaign.grade_level,
        label=campaign.label,
        year__gt=campaign.year,
        pk__in=Run.objects.filter(valid_from__gt=0).values("campaign"),
    ).order_by("year")
    return list(later[:MAX_EARLIER_YEARS])


def earlier_results(runs: Iterable[Run]) -> tuple[CampaignResult, ...]:
    """Results of earlier years with their organizations."""
    return tuple(result_of(run, with_classes=False) for run in runs)
