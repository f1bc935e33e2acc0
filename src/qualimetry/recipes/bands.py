"""A group against the rest of the municipality: above, below or indistinct. No ranks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from qualimetry.descriptive.means import welch_difference
from qualimetry.descriptive.proportions import newcombe_difference
from qualimetry.frames.blueprint import Blueprint, ResultKind
from qualimetry.recipes.policy import Policy
from qualimetry.recipes.tables import MARKS, GroupTables, Int64, sums

Sums = tuple[Int64, Int64, Int64]
Float = npt.NDArray[np.float64]


def bands(part: GroupTables, whole: GroupTables, blueprint: Blueprint, policy: Policy) -> list[str | None]:
    """Band of each group by the interval of its difference from the rest, which is independent of it.

    Compared are the mean test score (ЕГЭ), the share of passes (GVE), else the mean raw score, else the mean mark, else
    the mean level. None where the group or the rest is smaller than the policy's small group.
    """
    low, high, n, rest = _difference(part, whole, blueprint, policy)
    enough = np.minimum(n, rest) >= policy.small_group
    return [_band(bool(e), float(lo), float(hi)) for e, lo, hi in zip(enough, low, high, strict=True)]


def _band(enough: bool, low: float, high: float) -> str | None:
    if not enough or np.isnan(low):
        return None
    return "above" if low > 0 else "below" if high < 0 else "indistinct"


def _difference(
    part: GroupTables, whole: GroupTables, blueprint: Blueprint, policy: Policy
) -> tuple[Float, Float, Int64, Int64]:
    if blueprint.result_kind is ResultKind.PASS_FAIL and whole.passed.any():
        return _passes(part, whole, policy)
    ours, theirs = _sums(part, whole, blueprint)
    rest = [w - p for w, p in zip(theirs, ours, strict=True)]
    _, low, high = welch_difference(ours, (rest[0], rest[1], rest[2]), confidence=policy.confidence)
    return low, high, ours[2], rest[2]


def _passes(part: GroupTables, whole: GroupTables, policy: Policy) -> tuple[Float, Float, Int64, Int64]:
    n, rest_n = part.passed.sum(axis=1), whole.passed.sum(axis=1) - part.passed.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ours, theirs = part.passed[:, 1] / n, (whole.passed[:, 1] - part.passed[:, 1]) / rest_n
    _, low, high = newcombe_difference(ours, n, theirs, rest_n, confidence=policy.confidence)
    return low, high, n, rest_n


def _sums(part: GroupTables, whole: GroupTables, blueprint: Blueprint) -> tuple[Sums, Sums]:
    marks = np.array(MARKS, np.int64)
    if blueprint.result_kind is ResultKind.TEST_SCORE and whole.test_scores.any():
        return sums(part.test_scores), sums(whole.test_scores)
    if whole.scores.any():
        return sums(part.scores), sums(whole.scores)
    if whole.marks.any():
        return sums(part.marks, marks), sums(whole.marks, marks)
    return sums(part.levels), sums(whole.levels)
