"""Partial credit model (Masters 1982): scores of pupils on items from abilities and difficulties.

P(X = x | θ) ∝ exp Σ_{k=1..x} (θ − δ_k), δ_k = b + spread · (k − (m + 1) / 2); for m = 1 it is the Rasch model.
All on a grid of milli-logits, so that a response is one look-up and one comparison of integers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qualimetry.synthetic.randomness import SCALE, Ints

Int8 = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]

_LOWEST, _STEP, _NODES = -8000, 10, 1601
_SPREAD = 500


def _category_probabilities(max_score: int) -> Floats:
    """P(X = x) on the grid of θ − b: nodes × (max_score + 1)."""
    theta = (_LOWEST + _STEP * np.arange(_NODES)) / 1000
    steps = _SPREAD * (np.arange(1, max_score + 1) - (max_score + 1) / 2) / 1000
    logits = np.cumsum(theta[:, None] - steps[None, :], axis=1)
    weights = np.exp(np.hstack([np.zeros((_NODES, 1)), logits]))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


class ResponseTables:
    """Look-up tables by maximum score, made once."""

    def __init__(self) -> None:
        self._cumulative: dict[int, Ints] = {}
        self._expected: dict[int, Floats] = {}

    def cumulative(self, max_score: int) -> Ints:
        """P(X ≤ x), x = 0…max − 1, as integers of SCALE: nodes × max_score."""
        if max_score not in self._cumulative:
            shares = np.cumsum(_category_probabilities(max_score), axis=1)[:, :-1]
            self._cumulative[max_score] = np.rint(shares * SCALE).astype(np.int64)
        return self._cumulative[max_score]

    def expected(self, max_score: int) -> Floats:
        """Expected score on the grid."""
        if max_score not in self._expected:
            self._expected[max_score] = _category_probabilities(max_score) @ np.arange(max_score + 1)
        return self._expected[max_score]


TABLES = ResponseTables()


def _node(distance: Ints) -> Ints:
    """Number of the grid node of θ − b given in milli-logits."""
    return np.clip((distance - _LOWEST + _STEP // 2) // _STEP, 0, _NODES - 1)


def draw_scores(generator: np.random.Generator, distance: Ints, max_score: int) -> Int8:
    """Scores 0…max_score of pupils whose ability exceeds the item's difficulty by `distance`."""
    uniform = generator.integers(0, SCALE, size=len(distance), dtype=np.int64)
    passed: Int8 = (uniform[:, None] >= TABLES.cumulative(max_score)[_node(distance)]).sum(axis=1, dtype=np.int8)
    return passed


def expected_scores(abilities: Ints, difficulties: Ints, max_scores: Sequence[int]) -> Floats:
    """Expected raw score of each of `abilities` on the items."""
    parts = [
        TABLES.expected(top)[_node(abilities - difficulty)]
        for difficulty, top in zip(difficulties, max_scores, strict=True)
    ]
    return np.asarray(np.sum(parts, axis=0))


def _expected_total(abilities: Ints, difficulties: Ints, max_scores: Sequence[int]) -> float:
    """Mean expected raw score of `abilities` on the items."""
    return float(expected_scores(abilities, difficulties, max_scores).mean())


def calibrated_shift(abilities: Ints, difficulties: Ints, max_scores: Sequence[int], target: float) -> int:
    """Milli-logits to add to all difficulties so that the mean expected raw score is `target` (bisection)."""
    low, high = -4000, 4000
    while high - low > 1:
        middle = (low + high) // 2
        if _expected_total(abilities, difficulties + middle, max_scores) > target:
            low = middle
        else:
            high = middle
    return high
