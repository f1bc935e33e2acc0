"""Stored runs as values: whole results, results of one organization, earlier years."""

from __future__ import annotations

from dataclasses import replace

from msoko.cycle.analysis.models import Run, RunGroup
from msoko.cycle.procedures.api import Campaign
from qualimetry.recipes.contracts import CampaignResult, GroupResult
from qualimetry.recipes.serial import from_dict

MAX_EARLIER_YEARS = 4


def latest_run(campaign: Campaign) -> Run | None:
    """The run that speaks for the campaign now."""
    return Run.objects.filter(campaign=campaign).first()


def summary_of(run: Run) -> CampaignResult:
    """Totals of a run, without organizations and classes."""
    return from_dict(CampaignResult, run.summary)


def result_of(run: Run) -> CampaignResult:
    """The whole result of a run."""
    groups = list(run.groups.order_by("organization_id", "class_group"))
    return replace(
        summary_of(run),
        organizations=tuple(group_of(group) for group in groups if not group.is_class),
        classes=tuple(group_of(group) for group in groups if group.is_class),
    )


def group_of(row: RunGroup) -> GroupResult:
    """The stored result of an organization or a class."""
    return from_dict(GroupResult, row.result)


def earlier_results(campaign: Campaign) -> tuple[CampaignResult, ...]:
    """Results of the same work in earlier years, newest first."""
    earlier = Campaign.objects.filter(
        owner=campaign.owner,
        procedure=campaign.procedure,
        subject=campaign.subject,
        grade_level=campaign.grade_level,
        label=campaign.label,
        year__lt=campaign.year,
    ).order_by("-year")[:MAX_EARLIER_YEARS]
    runs = (latest_run(found) for found in earlier)
    return tuple(result_of(run) for run in runs if run is not None)
