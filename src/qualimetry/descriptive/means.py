"""Means with t intervals from exact sums. Vectorised; NaN where undefined."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Float = npt.NDArray[np.float64]


def t_quantile(degrees: Any, *, confidence: float) -> Float:
    """Two-sided quantile of Student's t; NaN where there is no degree of freedom."""
    from scipy import special  # noqa: PLC0415 -- slow import

    df = np.asarray(degrees, np.float64)
    with np.errstate(invalid="ignore"):
        return np.where(df > 0, special.stdtrit(np.maximum(df, 1e-9), 0.5 + confidence / 2), np.nan)


def sample_variance(total: Any, squares: Any, n: Any) -> Float:
    """(Σx² − (Σx)²/n) / (n − 1); from integers the numerator n·Σx² − (Σx)² is exact before the only division."""
    s, q, size = (np.asarray(value, np.float64) for value in (total, squares, n))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.maximum(size * q - s * s, 0) / size
        return np.where(size > 1, spread / (size - 1), np.nan)


def mean_interval(total: Any, squares: Any, n: Any, *, confidence: float) -> tuple[Float, Float, Float]:
    """Mean and x̄ ± t_{n−1}·s/√n; no interval for n < 2 and no mean for n = 0."""
    s, size = np.asarray(total, np.float64), np.asarray(n, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = s / size
    return (mean, *t_interval(mean, sample_variance(total, squares, n), size, confidence=confidence))


def weighted_interval(counts: Any, values: Any, *, confidence: float) -> tuple[Float, Float, Float, Float]:
    """(mean, low, high, n) of `values` taken counts[G, value] times. For values that are no integers: the spread is
    summed around the mean, because Σx² − (Σx)²/n would lose it to rounding."""
    weights, points = np.asarray(counts, np.float64), np.asarray(values, np.float64)
    n = weights.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = weights @ points / n
        spread = (weights * (points - mean[:, None]) ** 2).sum(axis=1)
        variance = np.where(n > 1, spread / (n - 1), np.nan)
    return (mean, *t_interval(mean, variance, n, confidence=confidence), n)


def t_interval(mean: Any, variance: Any, n: Any, *, confidence: float) -> tuple[Float, Float]:
    """x̄ ± t_{n−1}·√(variance/n)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        half = t_quantile(np.asarray(n) - 1, confidence=confidence) * np.sqrt(variance / n)
    return mean - half, mean + half


def welch_difference(
    first: tuple[Any, Any, Any], second: tuple[Any, Any, Any], *, confidence: float
) -> tuple[Float, Float, Float]:
    """Difference of means of two independent groups given as (Σx, Σx², n), Welch 1947 interval."""
    (s1, q1, n1), (s2, q2, n2) = ([np.asarray(v, np.float64) for v in group] for group in (first, second))
    with np.errstate(divide="ignore", invalid="ignore"):
        e1, e2 = sample_variance(s1, q1, n1) / n1, sample_variance(s2, q2, n2) / n2
        difference = s1 / n1 - s2 / n2
        degrees = (e1 + e2) ** 2 / (e1**2 / (n1 - 1) + e2**2 / (n2 - 1))
        degrees = np.where(e1 + e2 > 0, degrees, n1 + n2 - 2)
        half = t_quantile(degrees, confidence=confidence) * np.sqrt(e1 + e2)
    return difference, difference - half, difference + half
