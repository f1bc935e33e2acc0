"""Maximum of every item: from the specification, from the header, or inferred from the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: A value above the rest is doubted when it is rare …
RARE_SHARE = 0.003
RARE_COUNT = 5
#: … not simply one of few rows …
RARE_SHARE_OF_FEW = 0.05
#: … and stands apart: fewer than this share of the next lower score, or with a gap below it.
ISOLATION = 0.06


@dataclass(frozen=True, slots=True)
class InferredMaximum:
    """`maximum` of the scores believed; `doubtful` scores above it from the lowest up with their counts."""

    maximum: int
    doubtful: tuple[tuple[int, int], ...] = ()


def infer_maximum(counts: Sequence[int]) -> InferredMaximum:
    """Maximum of an item from the counts of scores 0, 1, 2, …

    The highest score is doubted while it is rare (under 0.3 %, or under 5 cells and 5 %) and isolated (under 6 % of
    the count of the next lower score, or that score never occurs). An item without a score above 0 has maximum 1.
    """
    left = np.asarray(counts, dtype=np.int64).copy()
    total = int(left.sum())
    doubtful: list[tuple[int, int]] = []
    while True:
        met = np.flatnonzero(left)
        top = int(met[-1]) if len(met) else 0
        if len(met) < 2 or top <= 1 or not _is_doubtful(int(left[top]), int(left[top - 1]), total):
            return InferredMaximum(max(top, 1), tuple(reversed(doubtful)))
        doubtful.append((top, int(left[top])))
        left[top] = 0


def infer_maxima(items: npt.NDArray[np.integer], known_total: int | None, is_keyed: bool) -> list[int]:
    """Maxima of the columns of `items` (n × K).

    `is_keyed`: scores come from a machine («+», digits), nothing is doubted. `known_total` (maximum of the whole work
    by its scale) settles doubts: doubtful scores, the least rare first, are believed when they bring the sum of maxima
    exactly to it.
    """
    found = [infer_maximum(_counts(column)) for column in items.T]
    if is_keyed:
        return [max([one.maximum, *(score for score, _ in one.doubtful)]) for one in found]
    maxima = [one.maximum for one in found]
    return _completed(maxima, found, known_total) if known_total is not None else maxima


def _completed(maxima: list[int], found: Sequence[InferredMaximum], known_total: int) -> list[int]:
    raised = list(maxima)
    doubts = [(count, place, score) for place, one in enumerate(found) for score, count in one.doubtful]
    for _, place, score in sorted(doubts, reverse=True):
        if score > raised[place] and sum(raised) - raised[place] + score <= known_total:
            raised[place] = score
    return raised if sum(raised) == known_total else maxima


def _is_doubtful(count: int, below: int, total: int) -> bool:
    is_rare = count < RARE_SHARE * total or (count < RARE_COUNT and count < RARE_SHARE_OF_FEW * total)
    return is_rare and (below == 0 or count < ISOLATION * below)


def _counts(column: npt.NDArray[np.integer]) -> list[int]:
    counts: list[int] = np.bincount(column[column >= 0].astype(np.int64), minlength=2).tolist()
    return counts
