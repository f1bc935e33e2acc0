"""Results of groups but for the items: marks, means, distribution, journal, test scores, levels."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from qualimetry.descriptive.means import weighted_interval
from qualimetry.descriptive.quantiles import quantile
from qualimetry.frames.blueprint import Blueprint, ResultKind
from qualimetry.recipes.contracts import Estimate, JournalConcordance, ScaledScores
from qualimetry.recipes.estimates import estimates, means, shares
from qualimetry.recipes.policy import Policy
from qualimetry.recipes.tables import MARKS, GroupTables, Int64, sums

QUANTILES = {"p10": 0.10, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p90": 0.90}
TOP_TEST_SCORE = 100.0


@dataclass(frozen=True, slots=True)
class MarkColumns:
    """Figures of marks of every group, in the order of the groups."""

    shares: list[list[Estimate]]
    pass_rate: list[Estimate]
    quality_rate: list[Estimate]
    sou_index: list[Estimate]
    mean_mark: list[Estimate]


def mark_columns(tables: GroupTables, policy: Policy) -> MarkColumns:
    """Shares of marks among those with a mark; успеваемость (3–5), качество (4–5), mean mark and СОУ (Симонов)."""
    marks, n = tables.marks, tables.marks.sum(axis=1)
    confidence = policy.confidence
    total, squares, _ = sums(marks, np.array(MARKS, np.int64))
    return MarkColumns(
        [shares(marks[:, place], n, confidence=confidence) for place in range(len(MARKS))],
        shares(marks[:, 1:].sum(axis=1), n, confidence=confidence),
        shares(marks[:, 2:].sum(axis=1), n, confidence=confidence),
        _sou(tables, policy),
        means(total, squares, n, confidence=confidence, bounds=(MARKS[0], MARKS[-1])),
    )


def _sou(tables: GroupTables, policy: Policy) -> list[Estimate]:
    """Σ c_mark·n_mark / n with a t interval; participants without a mark count only where the policy says so."""
    coefficients = [policy.sou_coefficients[mark] for mark in MARKS]
    counts = tables.marks
    if policy.sou_not_attested is not None:
        coefficients = [*coefficients, policy.sou_not_attested]
        counts = np.column_stack([counts, tables.participants - counts.sum(axis=1)])
    value, low, high, n = weighted_interval(counts, coefficients, confidence=policy.confidence)
    return estimates(value, np.maximum(low, 0.0), np.minimum(high, 1.0), n)


def mean_scores(tables: GroupTables, max_score: int, policy: Policy) -> tuple[list[Estimate], list[Estimate]]:
    """Mean raw score and mean share of the maximum, among those whose raw score is known."""
    total, squares, n = sums(tables.scores)
    top = float(tables.scores.shape[1] - 1)
    raw = means(total, squares, n, confidence=policy.confidence, bounds=(0.0, top))
    if not max_score:
        return raw, [Estimate(None, n=estimate.n) for estimate in raw]
    bounds = (0.0, top / max_score)
    return raw, means(total, squares, n, confidence=policy.confidence, scale=max_score, bounds=bounds)


def quantiles(distribution: Int64) -> dict[str, float]:
    """Named quantiles of a raw score distribution; empty without participants."""
    if not distribution.sum():
        return {}
    return {name: quantile(distribution, share) for name, share in QUANTILES.items()}


def concordances(tables: GroupTables, policy: Policy) -> list[JournalConcordance | None]:
    """Mark of the work against the mark in the journal, among those with both; None where nobody has both."""
    journal = tables.journal
    n = journal.sum(axis=(1, 2))
    step = np.arange(len(MARKS))[None, :] - np.arange(len(MARKS))[:, None]  # mark − journal mark
    lower, same, higher, by_two = [
        shares((journal * mask).sum(axis=(1, 2)), n, confidence=policy.confidence)
        for mask in (step < 0, step == 0, step > 0, np.abs(step) >= policy.journal_gap)
    ]
    return [
        JournalConcordance(int(n[g]), lower[g], same[g], higher[g], by_two[g], _pairs(journal[g])) if n[g] else None
        for g in range(n.size)
    ]


def _pairs(journal: Int64) -> dict[str, int]:
    return {
        f"{MARKS[j]}>{MARKS[m]}": int(journal[j, m])
        for j in range(len(MARKS))
        for m in range(len(MARKS))
        if journal[j, m]
    }


def scaled_scores(tables: GroupTables, blueprint: Blueprint, policy: Policy) -> list[ScaledScores | None]:
    """Test scores of the ЕГЭ kind, among those whose test score is known; None for other kinds without any."""
    total, squares, n = sums(tables.test_scores)
    if blueprint.result_kind is not ResultKind.TEST_SCORE and "test_scores" not in tables.seen:
        return [None] * n.size
    minimum = blueprint.test_score_minimum
    below = tables.test_scores[:, : minimum or 0].sum(axis=1)
    below_minimum = shares(below, n if minimum is not None else np.zeros_like(n), confidence=policy.confidence)
    mean = means(total, squares, n, confidence=policy.confidence, bounds=(0.0, TOP_TEST_SCORE))
    bands = {
        _band_name(low, high): shares(
            tables.test_scores[:, low : high + 1].sum(axis=1), n, confidence=policy.confidence
        )
        for low, high in policy.test_score_bands
    }
    return [
        ScaledScores(
            mean[g], below_minimum[g], minimum, {name: column[g] for name, column in bands.items()},
            {score: int(count) for score, count in enumerate(tables.test_scores[g]) if count},
        )
        for g in range(n.size)
    ]  # fmt: skip


def _band_name(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def passes(tables: GroupTables, blueprint: Blueprint, policy: Policy) -> list[Estimate | None]:
    """Share of those who passed among those whose outcome is known."""
    n = tables.passed.sum(axis=1)
    if blueprint.result_kind is not ResultKind.PASS_FAIL and "passed" not in tables.seen:
        return [None] * n.size
    return list(shares(tables.passed[:, 1], n, confidence=policy.confidence))


def level_shares(tables: GroupTables, blueprint: Blueprint, policy: Policy) -> list[dict[str, Estimate]]:
    """Share of each level, lowest first; from raw scores where the file names no levels but their bounds are known."""
    size = tables.participants.size
    if blueprint.levels is None:
        return [{} for _ in range(size)]
    counts = tables.levels[:, : len(blueprint.levels.names)]
    if "levels" not in tables.seen and blueprint.levels.lowest:
        counts = _levels_from_scores(tables.scores, blueprint.levels.lowest)
    n = counts.sum(axis=1)
    columns = [shares(counts[:, place], n, confidence=policy.confidence) for place in range(counts.shape[1])]
    return [
        {name: column[g] for name, column in zip(blueprint.levels.names, columns, strict=True)} for g in range(size)
    ]


def _levels_from_scores(scores: Int64, lowest: tuple[int, ...]) -> Int64:
    bounds = [0, *lowest, scores.shape[1]]
    return np.stack([scores[:, low:high].sum(axis=1) for low, high in pairwise(bounds)], axis=1)
