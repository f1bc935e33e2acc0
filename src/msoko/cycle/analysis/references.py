"""Figures of the region and of the country, from the summary reports of the federal system."""

from __future__ import annotations

from collections.abc import Sequence

from intake.contracts import CampaignClaim, ItemClaim, Procedure, Summary, SummaryKind
from msoko.cycle.collection.api import ControlSummary, control_summaries, stored_rows
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.processing.campaigns import campaign_key
from msoko.foundation.processing.references import references_of
from msoko.foundation.processing.values import CampaignKey
from qualimetry.frames.blueprint import Blueprint
from qualimetry.recipes.contracts import GroupResult


def reference_results(campaign: Campaign, blueprint: Blueprint) -> tuple[GroupResult, ...]:
    """Region and country as group results, as far as the reports give them; the largest group first."""
    key, summaries = key_of(campaign), summaries_of(campaign)
    return tuple(references_of(key, blueprint, summaries)) if summaries else ()


def key_of(campaign: Campaign) -> CampaignKey:
    """The campaign as files name it."""
    return campaign_key(_claim(campaign))


def summaries_of(campaign: Campaign) -> list[Summary]:
    """Summary reports of the campaign as they were read, oldest first."""
    return [_summary(campaign, stored) for stored in control_summaries(campaign)]


def _summary(campaign: Campaign, stored: ControlSummary) -> Summary:
    rows = stored_rows(stored.rows)
    return Summary(
        file=SUMMARY_TITLES.get(SummaryKind(stored.kind), "Сводный отчёт"),
        sheet="",
        layout="",
        kind=SummaryKind(stored.kind),
        campaign=_claim(campaign),
        rows=rows,
        declared_max_score=stored.declared_max_score,
        is_verified_layout=stored.is_verified_layout,
        items=_items(stored, [label for row in rows[:1] for label in row.values]),
    )


def _claim(campaign: Campaign) -> CampaignClaim:
    known = campaign.procedure in set(Procedure)
    return CampaignClaim(
        procedure=Procedure(campaign.procedure) if known else None,
        subject=campaign.subject,
        grade_level=campaign.grade_level,
        year=campaign.year,
    )


def _items(stored: ControlSummary, labels: Sequence[str]) -> list[ItemClaim]:
    is_by_item = stored.kind in (SummaryKind.ITEMS, SummaryKind.ITEMS_BY_MARK, SummaryKind.OUTCOMES)
    if stored.items:
        return [ItemClaim(item["label"], item["max_score"]) for item in stored.items]
    return [ItemClaim(label) for label in labels] if is_by_item else []


SUMMARY_TITLES = {
    SummaryKind.MARKS: "Статистика по отметкам",
    SummaryKind.JOURNAL: "Сравнение отметок с отметками по журналу",
    SummaryKind.SCORES: "Распределение первичных баллов",
    SummaryKind.ITEMS: "Выполнение заданий",
    SummaryKind.ITEMS_BY_MARK: "Выполнение заданий группами участников",
    SummaryKind.OUTCOMES: "Достижение планируемых результатов",
    SummaryKind.GENERIC: "Сводная таблица организаций",
}
