"""Results of one organization over years: the block of its passport."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from django.urls import reverse

from msoko.cycle.analysis.api import Figure, RunGroup, figures_of, figures_only, results_over_years
from msoko.cycle.procedures.api import Campaign, procedure_short
from msoko.foundation.audit.api import record
from msoko.foundation.orgs.api import Organization
from msoko.web.office.analysis.tables import BAND_TONES, BAND_WORDS, NO_BAND, Cell, cell
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from qualimetry.frames.blueprint import Blueprint, LevelCuts, ResultKind
from qualimetry.recipes.contracts import GroupResult

MAIN_FIGURES = 2


@dataclass(frozen=True, slots=True)
class YearResult:
    """A year of a work: figures with intervals, band, link."""

    year: int
    participants: int
    cells: tuple[tuple[str, Cell], ...]
    band: str
    band_tone: str
    url: str


@dataclass(frozen=True, slots=True)
class WorkResults:
    """A work (procedure, subject, grade) over years, newest first."""

    title: str
    years: tuple[YearResult, ...]


def passport_results(request: WorkplaceRequest, organization: Organization) -> list[WorkResults]:
    """Everything that the organization took part in, as far as the person sees it; looking is written down."""
    rows = results_over_years(request.scope, organization)
    if rows:
        record(
            act_of(request), "analysis.results.viewed", kind="organization", object_id=organization.pk,
            label=f"Паспорт: {organization.short_name}", organization=organization,
        )  # fmt: skip
    return [
        WorkResults(title, tuple(_year(row) for row in found))
        for title, found in groupby(rows, key=lambda row: _title(row.run.campaign))
    ]


def _year(row: RunGroup) -> YearResult:
    campaign, group = row.run.campaign, figures_only(row)
    figures = _figures(campaign, group)[:MAIN_FIGURES]
    return YearResult(
        year=campaign.year,
        participants=group.participants,
        cells=tuple((figure.title, cell(group, figure)) for figure in figures),
        band=BAND_WORDS.get(group.band or "", NO_BAND),
        band_tone=BAND_TONES.get(group.band or "", "wait"),
        url=reverse("office:analysis:organization", args=[campaign.pk, row.organization_id]),
    )


def _figures(campaign: Campaign, group: GroupResult) -> tuple[Figure, ...]:
    """Figures by the kind of result; items of the specification are not needed for that."""
    version = campaign.blueprint
    kind = ResultKind(version.result_kind) if version else ResultKind.POINTS
    blueprint = Blueprint(campaign.procedure, campaign.subject, campaign.grade_level, campaign.year, (), kind)
    if kind is ResultKind.LEVELS:
        blueprint = replace(blueprint, levels=LevelCuts(tuple(group.levels), ()))
    return figures_of(blueprint, group)


def _title(campaign: Campaign) -> str:
    grade = f", {campaign.grade_level} класс" if campaign.grade_level else ""
    label = f", {campaign.label}" if campaign.label else ""
    return f"{procedure_short(campaign.procedure)}. {campaign.subject}{grade}{label}"
