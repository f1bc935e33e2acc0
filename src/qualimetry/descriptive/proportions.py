"""Intervals of shares. All functions are vectorised: numbers or arrays in, arrays out; NaN where n = 0."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

Float = npt.NDArray[np.float64]


def normal_quantile(confidence: float) -> float:
    """z of a two-sided interval: 1.96 for 0.95."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def wilson(share: Any, n: Any, *, confidence: float) -> tuple[Float, Float]:
    """Wilson score interval of `share` = successes / n; n may be an effective size.

    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n): Wilson 1927, JASA 22:209; Newcombe 1998, SIM 17:857, method 3.
    """
    p, size = _floats(share, n)
    z = normal_quantile(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = p + z * z / (2 * size)
        half = z * np.sqrt(np.maximum(p * (1 - p), 0) / size + z * z / (4 * size * size))
        scale = 1 + z * z / size
        low, high = (centre - half) / scale, (centre + half) / scale
    return np.where(p <= 0, 0.0, np.maximum(low, 0))[()] + 0 * p, np.where(p >= 1, 1.0, np.minimum(high, 1))[()] + 0 * p


def wilson_corrected(successes: Any, n: Any, *, confidence: float) -> tuple[Float, Float]:
    """Wilson interval with continuity correction: Newcombe 1998, SIM 17:857, method 4."""
    r, size = _floats(successes, n)
    z = normal_quantile(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = r / size
        scale = 2 * (size + z * z)
        lower = z * np.sqrt(np.maximum(z * z - 2 - 1 / size + 4 * p * (size * (1 - p) + 1), 0))
        upper = z * np.sqrt(np.maximum(z * z + 2 - 1 / size + 4 * p * (size * (1 - p) - 1), 0))
        low = (2 * size * p + z * z - 1 - lower) / scale
        high = (2 * size * p + z * z + 1 + upper) / scale
    return np.where(r == 0, 0.0, np.maximum(low, 0)), np.where(r == size, 1.0, np.minimum(high, 1))


def newcombe_difference(
    first: Any, first_n: Any, second: Any, second_n: Any, *, confidence: float
) -> tuple[Float, Float, Float]:
    """Difference of two independent shares with its hybrid score interval.

    (d, d − √((p₁−l₁)² + (u₂−p₂)²), d + √((u₁−p₁)² + (p₂−l₂)²)): Newcombe 1998, SIM 17:873, method 10.
    """
    p1, n1 = _floats(first, first_n)
    p2, n2 = _floats(second, second_n)
    low1, high1 = wilson(p1, n1, confidence=confidence)
    low2, high2 = wilson(p2, n2, confidence=confidence)
    difference = p1 - p2
    low = difference - np.sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    high = difference + np.sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    return difference, low, high


def effective_size(share: Any, variance: Any, n: Any, steps: Any) -> Float:
    """How many yes-or-no answers are worth `n` scores with mean `share` and population `variance` (both of score/max).

    n·p(1−p)/variance: n for items of one point, more where points spread less than all-or-nothing. It never exceeds
    n·steps (a maximum of `steps` points as independent answers), so that a group with equal scores keeps an interval.
    """
    p, size = _floats(share, n)
    spread, limit = _floats(variance, steps)
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = size * p * (1 - p) / spread
    worth = np.where((p <= 0) | (p >= 1) | (limit <= 1), size, worth)
    return np.clip(np.where(np.isnan(worth), size, worth), size, size * limit)


def _floats(first: Any, second: Any) -> tuple[Float, Float]:
    return np.asarray(first, np.float64), np.asarray(second, np.float64)
