"""Summary reports against the results of participants: agreement said, every difference with both figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from intake.contracts import GroupLevel, OrganizationClaim, Problem, Severity, Summary, SummaryKind, SummaryRow
from msoko.foundation.processing.campaigns import campaign_key
from msoko.foundation.processing.checks.passport import PER_FILE, Passport
from msoko.foundation.processing.result_json import AnalysedCampaign, value_of
from msoko.foundation.processing.summary_figures import FindOrganization, with_whole_organizations
from qualimetry.narrative.russian import decimal, percent
from qualimetry.recipes.contracts import GroupResult

SUMMARIES_MATCH_RESULTS = Passport(
    "summaries_match_results",
    Severity.WARNING,
    "{group}: {figure} в сводном отчёте — {printed}, по результатам участников — {computed}.",
    "Проверьте, что загружены результаты всех участников и что отчёт относится к этой же работе.",
)
SUMMARY_AGREES = Passport(
    "summaries_match_results",
    Severity.INFO,
    "Сводный отчёт совпадает с результатами участников: сверено показателей — {count}.",
)
MORE_DIFFERENCES = Passport(
    "summaries_match_results", Severity.WARNING, "Других расхождений сводного отчёта с результатами — {count}."
)
#: Shares are printed with two decimals of a percent.
_TOLERANCE = 0.0006


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the summary beside the same computed from participants."""

    name: str
    printed: float
    computed: float | None
    is_share: bool = True


def reconcile(campaign: AnalysedCampaign, summaries: Sequence[Summary], find: FindOrganization) -> list[Problem]:
    """Remarks about every summary report of the campaign."""
    own = [summary for summary in summaries if campaign_key(summary.campaign) == campaign.key]
    return [problem for summary in own for problem in _reconcile_one(campaign, summary, find)]


def _reconcile_one(campaign: AnalysedCampaign, summary: Summary, find: FindOrganization) -> list[Problem]:
    checked, problems = 0, []
    for row in with_whole_organizations(summary):
        group = _group_of(campaign, row, summary, find)
        for figure in comparable_figures(group, row, summary.kind) if group is not None else ():
            checked += 1
            if not is_equal(figure):
                problems.append(_difference(summary, row, figure))
    if not checked:
        return []
    if not problems:
        return [SUMMARY_AGREES.problem(summary.file, summary.sheet, count=checked)]
    rest = len(problems) - PER_FILE
    more = [MORE_DIFFERENCES.problem(summary.file, summary.sheet, count=rest)] if rest > 0 else []
    return problems[:PER_FILE] + more


def _group_of(
    campaign: AnalysedCampaign, row: SummaryRow, summary: Summary, find: FindOrganization
) -> GroupResult | None:
    """The result a row speaks of. The municipality is the whole unless the run has organizations of several."""
    if row.subgroup:
        return None
    if row.level == GroupLevel.MUNICIPALITY:
        municipalities = {one.municipality for one in campaign.organizations if one.municipality}
        return campaign.result.whole if len(municipalities) <= 1 else None
    if row.level != GroupLevel.ORGANIZATION:
        return None
    organization = find(OrganizationClaim(row.code, row.name, row.municipality), summary.file)
    key = organization.key if organization is not None else None
    return next((one for one in campaign.result.organizations if one.group.organization == key), None)


def comparable_figures(group: GroupResult, row: SummaryRow, kind: SummaryKind) -> Iterator[Figure]:
    """Number of participants first; where it differs, the other figures differ for that reason and are not compared."""
    if row.participants is not None:
        known = group.participants if kind != SummaryKind.JOURNAL else group.journal.n if group.journal else None
        if known is not None or kind != SummaryKind.JOURNAL:
            yield Figure("число участников", row.participants, known, is_share=False)
        if known != row.participants:
            return
    yield from _figures(group, row, kind)


def _figures(group: GroupResult, row: SummaryRow, kind: SummaryKind) -> Iterator[Figure]:
    if kind == SummaryKind.JOURNAL:
        yield from _journal_figures(group, row)
    elif kind == SummaryKind.MARKS:
        yield from _mark_figures(group, row.values)
    elif kind == SummaryKind.SCORES:
        yield from _score_figures(group, row.values)
    elif kind in (SummaryKind.ITEMS, SummaryKind.OUTCOMES):
        facilities = {item.label: item.facility.value for item in group.items}
        for label, value in row.values.items():
            if label in facilities:
                yield Figure(f"выполнение задания {label}", value / 100, facilities[label])
    elif kind == SummaryKind.GENERIC:
        yield from _generic_figures(group, row.values)


def _mark_figures(group: GroupResult, values: Mapping[str, float]) -> Iterator[Figure]:
    for mark in (2, 3, 4, 5):
        if str(mark) in values:
            estimate = group.mark_shares.get(mark)
            yield Figure(f"доля отметки «{mark}»", values[str(mark)] / 100, value_of(estimate))


def _score_figures(group: GroupResult, values: Mapping[str, float]) -> Iterator[Figure]:
    known = sum(group.raw_score_distribution)
    for score, value in values.items():
        if score.isdigit() and known:
            place = int(score)
            count = group.raw_score_distribution[place] if place < len(group.raw_score_distribution) else 0
            yield Figure(f"доля первичного балла {score}", value / 100, count / known)


def _journal_figures(group: GroupResult, row: SummaryRow) -> Iterator[Figure]:
    journal = group.journal
    if journal is None:
        return
    words = (
        ("lower", "понизили", journal.lower),
        ("same", "подтвердили", journal.same),
        ("higher", "повысили", journal.higher),
    )
    for key, word, estimate in words:
        share = estimate.value
        if key in row.values and share is not None:
            yield Figure(f"{word} отметку", row.values[key], round(share * journal.n), is_share=False)
        elif f"{key}_percent" in row.values:
            yield Figure(f"доля «{word}»", row.values[f"{key}_percent"] / 100, share)


def _generic_figures(group: GroupResult, values: Mapping[str, float]) -> Iterator[Figure]:
    for mark in (2, 3, 4, 5):
        if str(mark) in values:
            yield Figure(f"число отметок «{mark}»", values[str(mark)], group.marks.get(mark), is_share=False)
    for key, name, estimate in (
        ("pass_rate_percent", "успеваемость", group.pass_rate),
        ("quality_rate_percent", "качество", group.quality_rate),
    ):
        if key in values:
            yield Figure(name, values[key] / 100, value_of(estimate))


def is_equal(figure: Figure) -> bool:
    """Whether both figures are the same within the precision that reports print."""
    tolerance = _TOLERANCE if figure.is_share else 0
    return figure.computed is not None and abs(figure.printed - figure.computed) <= tolerance


def _difference(summary: Summary, row: SummaryRow, figure: Figure) -> Problem:
    def shown(value: float | None) -> str:
        return percent(value, places=2) if figure.is_share else decimal(value, 0)

    return SUMMARIES_MATCH_RESULTS.problem(
        summary.file, summary.sheet, row.row, group=row.name, figure=figure.name,
        printed=shown(figure.printed), computed=shown(figure.computed),
    )  # fmt: skip
