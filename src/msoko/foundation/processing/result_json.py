"""`result.json`: results of a run for people and programs. Rates are fractions 0–1, undefined figures are null."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.contracts import Problem
from msoko.foundation.catalog.procedures import procedure
from msoko.foundation.processing.values import CampaignKey, Organization
from qualimetry.frames.blueprint import ResultKind
from qualimetry.recipes.contracts import CampaignResult, Estimate, GroupResult, ItemResult, ScaledScores

Json = dict[str, Any]
_PRESCRIBED = ("VPR", "OGE", "EGE", "GVE")


@dataclass(frozen=True, slots=True)
class AnalysedCampaign:
    """A result with the names that its keys stand for."""

    key: CampaignKey
    result: CampaignResult
    organizations: tuple[Organization, ...]
    #: the summary reports it was restored from; empty where rows of participants are known
    summary_files: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """«ВПР 2021 Математика 4 класс»."""
        return campaign_title(self.key)


def campaign_title(key: CampaignKey) -> str:
    """Procedure, year, subject, grade level in Russian; what is not known is left out."""
    definition = procedure(key.procedure)
    parts = (
        short := definition.names.short if definition is not None else "",
        str(key.year or ""),
        key.subject if key.subject.casefold() != short.casefold() else "",
        f"{key.grade_level} класс" if key.grade_level else "",
    )
    return " ".join(part for part in parts if part) or "Работа без названия"


def result_document(campaigns: Iterable[AnalysedCampaign], problems: Iterable[Problem]) -> Json:
    """The whole document."""
    return {
        "campaigns": [campaign_document(campaign) for campaign in campaigns],
        "problems": [problem_document(problem) for problem in problems],
    }


def campaign_document(campaign: AnalysedCampaign) -> Json:
    """One campaign: the municipality's figures, organizations, items."""
    result, key = campaign.result, campaign.key
    whole = result.whole
    return {
        "procedure": key.procedure or None,
        "subject": key.subject or None,
        "grade_level": key.grade_level,
        "year": key.year,
        "participants": whole.participants,
        "absent": whole.absent,
        "organizations": _organizations(result, campaign.organizations),
        "result_kind": _kind_of(campaign).value,
        "marks": marks_of(whole),
        "pass_rate": pass_rate_of(whole),
        "quality_rate": value_of(whole.quality_rate),
        "sou_index": value_of(whole.sou_index),
        "mean_mark": value_of(whole.mean_mark),
        "mean_raw_score": value_of(whole.mean_raw_score),
        "max_raw_score": whole.max_raw_score or None,
        "raw_score_distribution": {str(score): count for score, count in enumerate(whole.raw_score_distribution)},
        "items": [_item(item, is_counted=bool(campaign.summary_files)) for item in whole.items],
        "alpha": value_of(result.alpha),
        **_kind_figures(whole, result.blueprint.result_kind),
    }


def problem_document(problem: Problem) -> Json:
    """A remark with its place."""
    return {
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
    }


def value_of(estimate: Estimate | None) -> float | None:
    return estimate.value if estimate is not None else None


def marks_of(group: GroupResult) -> dict[str, int] | None:
    """Numbers of marks 2–5, null where nobody has a mark."""
    if not any(group.marks.values()):
        return None
    return {str(mark): group.marks.get(mark, 0) for mark in (2, 3, 4, 5)}


def pass_rate_of(group: GroupResult) -> float | None:
    """Share of marks 3–5; of «зачёт» where there are no marks."""
    return value_of(group.pass_rate) if group.pass_rate is not None else value_of(group.passed)


def _kind_of(campaign: AnalysedCampaign) -> ResultKind:
    """Kind of the data; where they have raw scores only, the kind that a final examination or ВПР prescribes."""
    kind = campaign.result.blueprint.result_kind
    definition = procedure(campaign.key.procedure)
    if kind != ResultKind.POINTS or definition is None or definition.id not in _PRESCRIBED:
        return kind
    return definition.result_kind


def _organizations(result: CampaignResult, organizations: Sequence[Organization]) -> list[Json]:
    known = {organization.key: organization for organization in organizations}
    kind = result.blueprint.result_kind
    rows = [_organization(group, known, kind) for group in result.organizations]
    return sorted(rows, key=lambda row: (row["name"], row["code"] or ""))


def _organization(group: GroupResult, known: Mapping[int, Organization], kind: ResultKind) -> Json:
    organization = known.get(group.group.organization or 0)
    return {
        "name": organization.name if organization else group.group.label,
        "code": (organization.code or None) if organization else None,
        "participants": group.participants,
        "absent": group.absent,
        "marks": marks_of(group),
        "pass_rate": pass_rate_of(group),
        "quality_rate": value_of(group.quality_rate),
        "mean_mark": value_of(group.mean_mark),
        "mean_raw_score": value_of(group.mean_raw_score),
        "max_raw_score": group.max_raw_score or None,
        **_kind_figures(group, kind),
    }


def _item(item: ItemResult, *, is_counted: bool) -> Json:
    return {
        "label": item.label,
        "max_score": item.max_score,
        "facility": item.facility.value,
        "discrimination": item.discrimination,
        "item_rest_correlation": item.item_rest_correlation,
        "not_attempted": None if is_counted else item.not_attempted,
    }


def _kind_figures(group: GroupResult, kind: ResultKind) -> Json:
    """Figures that only one kind of result has."""
    if kind == ResultKind.TEST_SCORE:
        return _scaled(group.scaled)
    if kind == ResultKind.LEVELS:
        return {"levels": {name: value_of(share) for name, share in group.levels.items()}}
    return {}


def _scaled(scaled: ScaledScores | None) -> Json:
    """Test scores: participants by score, the number below the minimum, mean."""
    if scaled is None:
        return {"test_scores": None, "below_minimum": None, "mean_test_score": None, "test_score_minimum": None}
    distribution = {score: count for score, count in sorted(scaled.distribution.items()) if count}
    minimum = scaled.minimum
    below = sum(count for score, count in distribution.items() if minimum is not None and score < minimum)
    return {
        "test_scores": {str(score): count for score, count in distribution.items()},
        "below_minimum": below if minimum is not None else None,
        "below_minimum_rate": value_of(scaled.below_minimum),
        "mean_test_score": value_of(scaled.mean),
        "test_score_minimum": minimum,
    }
