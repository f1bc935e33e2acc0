"""Stored campaigns → signs of biased results, campaign by campaign and for a school over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from intake.contracts import Problem, Specification
from msoko.foundation.catalog.policies import analysis_policy
from msoko.foundation.processing.pipeline import Progress, Readings, StoredCampaign, silent, store_campaigns
from msoko.foundation.processing.result_json import campaign_title, problem_document
from qualimetry.engines.base import Engine
from qualimetry.integrity.contracts import Evidence
from qualimetry.recipes.campaign import scan
from qualimetry.recipes.integrity import ClassSign, IntegrityResult, SchoolSigns, integrity_of, pooled_signs


@dataclass(frozen=True, slots=True)
class CheckedCampaign:
    """A campaign with its signs."""

    stored: StoredCampaign
    result: IntegrityResult

    @property
    def title(self) -> str:
        return campaign_title(self.stored.key)


def check_readings(
    readings: Readings,
    folder: Path,
    *,
    specifications: Sequence[Specification] = (),
    engine: Engine | None = None,
    progress: Progress = silent,
) -> tuple[list[CheckedCampaign], list[Problem]]:
    """Signs in every campaign that has rows of participants. Batches are written into `folder`."""
    stored, problems = store_campaigns(readings, folder, specifications=specifications, progress=progress)
    checked = []
    for done, one in enumerate(stored, 1):
        statistics = scan([one.batch], len(one.blueprint.items), engine, blueprint=one.blueprint, slices=False)
        checked.append(CheckedCampaign(one, integrity_of(statistics, one.blueprint, analysis_policy())))
        progress("Признаки", done, len(stored))
    return checked, [*readings.problems, *problems]


def integrity_document(campaigns: Iterable[CheckedCampaign], problems: Iterable[Problem]) -> dict[str, Any]:
    """Everything as plain values; organizations by name, those with signs first. `schools`: over all campaigns."""
    checked = list(campaigns)
    level = analysis_policy().false_discovery
    names = {one.key: one for campaign in checked for one in campaign.stored.organizations}
    return {
        "schools": [
            {"sign": row.sign.value, "campaigns": row.campaigns, "p": row.p, "q": row.q, "is_marked": row.is_marked}
            | _name(names, row.organization)
            for row in pooled_signs([campaign.result for campaign in checked], level)
        ],
        "campaigns": [_campaign(campaign) for campaign in checked],
        "problems": [problem_document(problem) for problem in problems],
    }


def _campaign(campaign: CheckedCampaign) -> dict[str, Any]:
    key, result = campaign.stored.key, campaign.result
    names = {organization.key: organization for organization in campaign.stored.organizations}
    schools = sorted(result.schools, key=lambda one: (one.q is None, one.q or 0.0))
    return {
        "title": campaign.title,
        "procedure": key.procedure or None,
        "subject": key.subject or None,
        "grade_level": key.grade_level,
        "year": key.year,
        "false_discovery": result.level,
        "schools": [_school(school) | _name(names, school.organization) for school in schools],
        "classes": [_class(one) | _name(names, one.organization) for one in result.classes],
    }


def _name(names: dict[int, Any], key: int) -> dict[str, Any]:
    found = names.get(key)
    return {"name": found.name if found else str(key), "code": (found.code or None) if found else None}


def _school(school: SchoolSigns) -> dict[str, Any]:
    return {
        "signs": [evidence_document(one) for one in school.signs],
        "p": school.p,
        "q": school.q,
        "is_marked": school.is_marked,
    }


def _class(one: ClassSign) -> dict[str, Any]:
    return {
        "class_group": one.class_group,
        "sign": evidence_document(one.evidence),
        "q": one.q,
        "is_marked": one.is_marked,
    }


def evidence_document(evidence: Evidence) -> dict[str, Any]:
    """A sign as plain values."""
    return {name: getattr(value, "value", value) for name, value in asdict(evidence).items()}
