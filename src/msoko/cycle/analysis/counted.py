"""Runs of campaigns known only from summary reports: no participants, what the reports print and what follows."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake.contracts import GroupLevel, OrganizationClaim
from msoko.cycle.analysis.models import Run
from msoko.cycle.analysis.references import key_of, reference_results, summaries_of
from msoko.cycle.analysis.results import earlier_results, earlier_runs
from msoko.cycle.collection.api import ControlSummary, control_summaries
from msoko.cycle.procedures.api import Campaign, blueprint_value
from msoko.foundation.catalog.policies import analysis_policy_key
from msoko.foundation.orgs.names import known_organizations, remembered_decisions
from msoko.foundation.processing.organizations import match
from msoko.foundation.processing.summary_figures import FindOrganization, GroupFigures
from msoko.foundation.processing.summary_results import analyse_counted
from msoko.foundation.processing.summary_rows import SummaryCampaign, campaign_of_summaries
from msoko.foundation.processing.values import Organization
from qualimetry.frames.blueprint import Blueprint
from qualimetry.recipes.campaign import METHOD_VERSION
from qualimetry.recipes.contracts import CampaignResult, GroupResult
from qualimetry.recipes.serial import to_dict
from qualimetry.statistics.campaign import FORMAT

if TYPE_CHECKING:
    from qualimetry.statistics.campaign import CampaignStatistics


@dataclass(frozen=True, slots=True)
class CountedInputs:
    """What a run without participants is computed from."""

    campaign: SummaryCampaign
    summaries: tuple[ControlSummary, ...]
    references: tuple[GroupResult, ...]
    previous: tuple[Run, ...]

    @property
    def described(self) -> dict[str, Any]:
        """For storage and for «Откуда цифра?». A run with `summaries` here has no participants."""
        return {
            "batches": [],
            "summaries": [{"summary": one.pk, "sha256": digest(one.rows)} for one in self.summaries],
            "organizations": [[one.key, digest(group.name)] for one, group in self._placed],
            "blueprint": blueprint_key(self.campaign.blueprint),
            "maxima": [self.campaign.max_score, self.campaign.item_maxima],
            "policy": analysis_policy_key(),
            "method": METHOD_VERSION,
            "statistics": FORMAT,
            "references": digest(to_dict(list(self.references))),
            "previous": [run.input_key for run in self.previous],
        }

    @property
    def key(self) -> str:
        """Equal key, equal result."""
        described = self.described
        described["summaries"] = sorted(entry["sha256"] for entry in described["summaries"])
        return digest(described)

    @property
    def _placed(self) -> list[tuple[Organization, GroupFigures]]:
        return list(zip(self.campaign.organizations, self.campaign.groups, strict=True))

    def analysed(self) -> tuple[CampaignResult, CampaignStatistics]:
        """The result and its counts. A municipality that reports give as one group has no organizations."""
        with tempfile.TemporaryDirectory() as folder:
            result, statistics = analyse_counted(
                self.campaign, Path(folder), references=self.references, previous=earlier_results(self.previous)
            )
        if self.campaign.groups[0].level is not GroupLevel.ORGANIZATION:
            result, statistics = replace(result, organizations=()), statistics.for_organizations(())
        return replace(result, classes=()), statistics


def gather_counted(campaign: Campaign) -> CountedInputs | None:
    """Summary reports of a campaign without participants; None where there are none with figures of its own."""
    stored = control_summaries(campaign)
    if not stored:
        return None
    version = blueprint_value(campaign.blueprint) if campaign.blueprint is not None else None
    found = campaign_of_summaries(
        key_of(campaign),
        summaries_of(campaign),
        _finder(campaign),
        cut_scores=version.cut_scores if version is not None else None,
        is_registry=True,
    )
    if found is None:
        return None
    found = _with_specification(found, version)
    references = reference_results(campaign, found.blueprint)
    return CountedInputs(found, tuple(stored), references, tuple(earlier_runs(campaign)))


def _with_specification(found: SummaryCampaign, version: Blueprint | None) -> SummaryCampaign:
    """Maxima of a specification that somebody chose for the campaign hold where the reports are silent."""
    if version is None:
        return found
    maxima = {item.label: item.max_score for item in version.items} | found.item_maxima
    return replace(found, max_score=max(found.max_score, version.max_score), item_maxima=maxima)


def _finder(campaign: Campaign) -> FindOrganization:
    known, decisions = known_organizations(campaign.owner), remembered_decisions(campaign.owner)
    by_key = {one.key: one for one in known}

    def find(claim: OrganizationClaim, file: str) -> Organization | None:
        key = match(claim, known, decisions).organization
        return Organization(key, by_key[key].names[0]) if key is not None else None

    return find


def blueprint_key(blueprint: Blueprint) -> str:
    """Hash of a specification."""
    return digest(to_dict(blueprint))


def digest(value: Any) -> str:
    """Hash of a value that JSON can hold."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
