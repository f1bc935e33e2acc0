"""Figures of the region and of the country, from the summary reports of the federal system."""

from __future__ import annotations

from intake.contracts import GroupLevel, SummaryRow
from msoko.cycle.collection.api import control_summaries, stored_rows
from msoko.cycle.procedures.api import Campaign
from msoko.foundation.catalog.policies import analysis_policy
from qualimetry.descriptive.proportions import wilson
from qualimetry.recipes.contracts import Estimate, Group, GroupKind, GroupResult

_LABELS = {GroupLevel.REGION: "Регион", GroupLevel.COUNTRY: "Российская Федерация"}
_MARKS = (2, 3, 4, 5)


def reference_results(campaign: Campaign) -> tuple[GroupResult, ...]:
    """Region and country as group results where a report of marks gave them."""
    reports = {summary.kind: summary for summary in control_summaries(campaign)}
    marks = reports.get("marks")
    if marks is None:
        return ()
    rows = [row for row in stored_rows(marks.rows) if row.level in _LABELS]
    return tuple(_reference(row) for row in rows)


def _reference(row: SummaryRow) -> GroupResult:
    n = row.participants or 0
    counts = {mark: round(row.values.get(str(mark), 0.0) / 100 * n) for mark in _MARKS}
    shares = {mark: row.values.get(str(mark), 0.0) / 100 for mark in _MARKS}
    return GroupResult(
        group=Group(GroupKind.REFERENCE, label=row.name or _LABELS[row.level]),
        participants=n,
        absent=0,
        max_raw_score=0,
        mean_raw_score=Estimate(None),
        mean_percent=Estimate(None),
        raw_score_distribution=(),
        marks=counts,
        mark_shares={mark: _share(share, n) for mark, share in shares.items()},
        pass_rate=_share(shares[3] + shares[4] + shares[5], n),
        quality_rate=_share(shares[4] + shares[5], n),
        mean_mark=Estimate(sum(mark * share for mark, share in shares.items()), n=n),
    )


def _share(share: float, n: int) -> Estimate:
    """A printed share with its Wilson interval."""
    if n == 0:
        return Estimate(share)
    low, high = wilson(share, n, confidence=analysis_policy().confidence)
    return Estimate(share, float(low), float(high), n)
