"""Campaigns known only from summary reports: their counts laid out as rows, so that the same analysis applies.

A row here is no person: it is one of the n participants that a report counts. Marks and raw scores of a group are
paired in ascending order, which the mark boundaries make exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from intake.contracts import NO_VALUE, GroupLevel, Problem, Severity, Summary
from msoko.foundation.catalog.levels import level_order
from msoko.foundation.catalog.scales import scale_for
from msoko.foundation.processing.campaigns import campaign_key
from msoko.foundation.processing.checks.passport import Passport
from msoko.foundation.processing.marks import marks_by_scores
from msoko.foundation.processing.summary_figures import FindOrganization, GroupFigures, figures_by_group
from msoko.foundation.processing.values import CampaignKey, Counts, Organization
from qualimetry.frames.batch import batch_schema
from qualimetry.frames.blueprint import Blueprint, CutScores, LevelCuts, ResultKind

PARTICIPANTS_ARE_KNOWN = Passport(
    "participants_are_known",
    Severity.INFO,
    "Данных участников нет: результаты рассчитаны по сводному отчёту, численность по отметкам восстановлена из долей.",
)
TOTALS_ADD_UP = Passport(
    "summary_totals_add_up",
    Severity.WARNING,
    "В строке «{name}» участников — {printed}, по строкам организаций вместе — {together}.",
    "Проверьте, что в таблице есть все организации и что итог посчитан верно.",
)
MARKS_ADD_UP = Passport(
    "summary_marks_add_up",
    Severity.WARNING,
    "{name}: участников — {printed}, отметок вместе — {together}.",
    "Проверьте числа отметок: доли считаются по тем, у кого отметка есть.",
)
_FIGURES_OF_MARKS = {"mean_mark", "pass_rate_percent", "quality_rate_percent", "sou_percent"}
_LEVELS = (GroupLevel.ORGANIZATION, GroupLevel.MUNICIPALITY, GroupLevel.REGION, GroupLevel.COUNTRY)


@dataclass(frozen=True, slots=True)
class SummaryCampaign:
    """A campaign without participants' data: a batch of counted rows and what is printed beside them."""

    key: CampaignKey
    blueprint: Blueprint
    organizations: tuple[Organization, ...]
    groups: tuple[GroupFigures, ...]
    table: pa.Table
    max_score: int
    problems: tuple[Problem, ...]
    #: maxima of items by label, as far as the summaries print them
    item_maxima: dict[str, int] = field(default_factory=dict)
    #: the row of the municipality where it counts more participants than the organizations together
    whole: GroupFigures | None = None


def campaigns_of_summaries(
    summaries: Sequence[Summary], known: set[CampaignKey], find: FindOrganization
) -> list[SummaryCampaign]:
    """Campaigns that have summaries with counts and no participants' data (`known` have), in order of appearance."""
    by_key: dict[CampaignKey, list[Summary]] = {}
    for summary in summaries:
        by_key.setdefault(campaign_key(summary.campaign), []).append(summary)
    found = (campaign_of_summaries(key, members, find) for key, members in by_key.items() if key not in known)
    return [campaign for campaign in found if campaign is not None]


def campaign_of_summaries(
    key: CampaignKey,
    summaries: Sequence[Summary],
    find: FindOrganization,
    *,
    cut_scores: CutScores | None = None,
    is_registry: bool = False,
) -> SummaryCampaign | None:
    """A campaign from its summaries; None where they count no participants. Later summaries correct earlier ones.

    `cut_scores` are boundaries that are known better than those of the catalogue. With `is_registry` only groups of
    `find` are organizations, and figures of the region alone make no campaign.
    """
    figures = figures_by_group(summaries, find)
    if is_registry:
        figures = [group for group in figures if _is_own(group)]
    groups = _lowest_level(figures)
    if not groups:
        return None
    scale = scale_for(key.procedure, key.subject, key.grade_level, key.year)
    cuts = cut_scores or (scale.cut_scores if scale is not None else None)
    whole = _wider_whole(figures, groups)
    max_score = max(_max_score(groups, summaries), (scale.max_score or 0) if scale is not None else 0)
    organizations = tuple(
        group.organization or Organization(number, group.name) for number, group in enumerate(groups, 1)
    )
    words, _ = level_order(word for group in groups for word in group.levels)
    table = _table(groups, organizations, cuts, words)
    blueprint = Blueprint(
        key.procedure, key.subject, key.grade_level, key.year, (), _kind_of(table, groups), cuts,
        LevelCuts(words, ()) if words else None,
    )  # fmt: skip
    remarks = (
        *(PARTICIPANTS_ARE_KNOWN.problem(one.file, one.sheet) for one in summaries),
        *_disagreements(figures, groups, summaries[0]),
    )
    maxima = {item.label: item.max_score for one in summaries for item in one.items if item.max_score}
    return SummaryCampaign(key, blueprint, organizations, tuple(groups), table, max_score, remarks, maxima, whole)


def _disagreements(
    figures: Sequence[GroupFigures], groups: Sequence[GroupFigures], summary: Summary
) -> Iterator[Problem]:
    """The total of the organizations against their sum, marks of every group against its participants."""
    above = [group for group in figures if group.level == GroupLevel.MUNICIPALITY and group.size]
    together = sum(group.size for group in groups)
    if groups[0].level == GroupLevel.ORGANIZATION and len(above) == 1 and above[0].size != together:
        yield TOTALS_ADD_UP.problem(
            summary.file, summary.sheet, name=above[0].name, printed=above[0].size, together=together
        )
    for group in groups:
        if group.marks and group.participants and sum(group.marks) != group.participants:
            yield MARKS_ADD_UP.problem(
                summary.file, summary.sheet, name=group.name, printed=group.participants, together=sum(group.marks)
            )


def table_of_whole(campaign: SummaryCampaign) -> pa.Table | None:
    """Counted rows of the wider row of the municipality, where there is one."""
    if campaign.whole is None:
        return None
    levels = campaign.blueprint.levels
    words = levels.names if levels is not None else ()
    return _table([campaign.whole], [Organization(1, campaign.whole.name)], campaign.blueprint.cut_scores, words)


def _is_own(group: GroupFigures) -> bool:
    return group.level == GroupLevel.MUNICIPALITY or (
        group.level == GroupLevel.ORGANIZATION and group.organization is not None
    )


def _wider_whole(figures: Sequence[GroupFigures], groups: Sequence[GroupFigures]) -> GroupFigures | None:
    """The only row of a municipality, where organizations are part of it: a school has its own row in the report."""
    above = [group for group in figures if group.level == GroupLevel.MUNICIPALITY and group.size]
    if groups[0].level != GroupLevel.ORGANIZATION or len(above) != 1:
        return None
    return above[0] if above[0].size > sum(group.size for group in groups) else None


def _kind_of(table: pa.Table, groups: Sequence[GroupFigures]) -> ResultKind:
    if table.column("mark").null_count < table.num_rows:
        return ResultKind.MARKS
    if table.column("level").null_count < table.num_rows:
        return ResultKind.LEVELS
    printed = {key for group in groups for key in group.figures}
    if "mean_test_score" in printed:
        return ResultKind.TEST_SCORE
    return ResultKind.MARKS if printed & _FIGURES_OF_MARKS else ResultKind.POINTS


def counts_of(campaign: SummaryCampaign) -> Counts:
    n = campaign.table.num_rows
    return Counts(rows=n, kept=n, present=n)


def _lowest_level(groups: Sequence[GroupFigures]) -> list[GroupFigures]:
    counted = [group for group in groups if group.size]
    return next((found for level in _LEVELS if (found := [g for g in counted if g.level == level])), [])


def _max_score(groups: Sequence[GroupFigures], summaries: Sequence[Summary]) -> int:
    declared = [summary.declared_max_score for summary in summaries if summary.declared_max_score]
    return declared[0] if declared else max((len(group.scores or ()) - 1 for group in groups), default=0)


def _table(
    groups: Sequence[GroupFigures],
    organizations: Sequence[Organization],
    cuts: CutScores | None,
    words: Sequence[str],
) -> pa.Table:
    parts = [_rows(group, cuts, words) for group in groups]
    keys = np.repeat([organization.key for organization in organizations], [len(part[0]) for part in parts])
    total, mark, level = (np.concatenate(column) for column in zip(*parts, strict=True))
    n = len(keys)
    filled = {
        "organization": pa.array(keys, pa.int32()),
        "class_group": pa.array([""] * n, pa.string()),
        "participant": pa.array([number.to_bytes(16, "big") for number in range(n)], pa.binary(16)),
        "variant": pa.array(np.zeros(n), pa.int16()),
        "sex": pa.array(np.zeros(n), pa.int8()),
        "present": pa.array(np.ones(n, bool)),
        "is_valid_attempt": pa.array(np.ones(n, bool)),
        "attempt": pa.array(np.ones(n), pa.int16()),
        "total": pa.array(total, pa.int16(), mask=total < 0),
        "mark": pa.array(mark, pa.int8(), mask=mark < 0),
        "level": pa.array(level, pa.int8(), mask=level < 0),
    }
    schema = batch_schema(0)
    columns = [filled[field.name] if field.name in filled else pa.nulls(n, field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _rows(
    group: GroupFigures, cuts: CutScores | None, words: Sequence[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Totals, marks and levels of a group in ascending order, `NO_VALUE` where unknown."""
    level_counts = [group.levels.get(word, 0) for word in words]
    size = max(group.size, sum(group.marks or ()), sum(group.scores or ()), sum(level_counts))
    total = _repeated(group.scores, range(len(group.scores or ())), size)
    level = _repeated(level_counts, range(len(words)), size)
    if group.marks is None and group.scores is not None and cuts is not None:
        return total, marks_by_scores(total, np.empty((size, 0), np.int8), (), cuts), level
    return total, _repeated(group.marks, range(2, 6), size), level


def _repeated(counts: Sequence[int] | None, values: Sequence[int], size: int) -> np.ndarray:
    known = np.repeat(np.array(values, np.int16), counts) if counts else np.empty(0, np.int16)
    return np.concatenate([known, np.full(size - len(known), NO_VALUE, np.int16)])
