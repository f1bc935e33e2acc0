"""Stored campaigns → results, with summary reports as control totals and as references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from intake.contracts import Problem, Specification
from msoko.foundation.catalog.policies import analysis_policy
from msoko.foundation.processing.pipeline import (
    Progress,
    Readings,
    StoredCampaign,
    organizations_of,
    silent,
    store_campaigns,
)
from msoko.foundation.processing.reconcile import reconcile
from msoko.foundation.processing.references import references_of, with_maximum
from msoko.foundation.processing.result_json import AnalysedCampaign
from msoko.foundation.processing.summary_results import analyse_counted
from msoko.foundation.processing.summary_rows import SummaryCampaign, campaigns_of_summaries
from msoko.foundation.processing.values import CampaignKey
from qualimetry.frames.blueprint import Blueprint
from qualimetry.recipes.contracts import CampaignResult, GroupResult


def analyse_readings(
    readings: Readings,
    folder: Path,
    *,
    specifications: Sequence[Specification] = (),
    secret: bytes | None = None,
    progress: Progress = silent,
) -> tuple[list[AnalysedCampaign], list[Problem]]:
    """Everything the files allow to say. Batches are written into `folder`; problems include those of reading."""
    stored, problems = store_campaigns(
        readings, folder, specifications=specifications, secret=secret, progress=progress
    )
    grouped = organizations_of(readings)
    known = {campaign.key for campaign in stored}
    summarised = campaigns_of_summaries(readings.summaries, known, grouped.find)
    campaigns: list[AnalysedCampaign] = []
    for campaign in stored:
        campaigns.append(_analyse(campaign, readings, campaigns))
        problems += reconcile(campaigns[-1], readings.summaries, grouped.find)
        progress("Расчёт", len(campaigns), len(stored) + len(summarised))
    for counted in summarised:
        campaigns.append(_analyse_summary(counted, readings, folder))
        problems += counted.problems
        progress("Расчёт", len(campaigns), len(stored) + len(summarised))
    return campaigns, [*readings.problems, *problems]


def _analyse(campaign: StoredCampaign, readings: Readings, earlier: Sequence[AnalysedCampaign]) -> AnalysedCampaign:
    references = references_of(campaign.key, campaign.blueprint, readings.summaries)
    result = _result(campaign.batch, campaign.blueprint, references, _previous(campaign.key, earlier))
    if not campaign.blueprint.items:
        result = with_maximum(result, campaign.declared_max_score or 0)
    return AnalysedCampaign(campaign.key, result, campaign.organizations)


def _analyse_summary(campaign: SummaryCampaign, readings: Readings, folder: Path) -> AnalysedCampaign:
    references = references_of(campaign.key, campaign.blueprint, readings.summaries)
    result, _ = analyse_counted(campaign, folder, references=references)
    files = tuple(dict.fromkeys(problem.file for problem in campaign.problems))
    return AnalysedCampaign(campaign.key, result, campaign.organizations, files)


def _result(
    batch: Path, blueprint: Blueprint, references: Sequence[GroupResult], previous: Sequence[CampaignResult]
) -> CampaignResult:
    from qualimetry.recipes.campaign import analyse, scan  # noqa: PLC0415 -- slow import

    statistics = scan([batch], len(blueprint.items), blueprint=blueprint)
    return analyse(statistics, blueprint, analysis_policy(), references=references, previous=previous)


def _previous(key: CampaignKey, earlier: Sequence[AnalysedCampaign]) -> list[CampaignResult]:
    """Results of the same work in earlier years of this run."""
    return [
        one.result
        for one in earlier
        if key.year is not None and one.key.year is not None and one.key.year < key.year
        and replace(one.key, year=key.year) == key
    ]  # fmt: skip
