"""Arrays of counts to `Estimate`s with the interval that suits the figure."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from qualimetry.descriptive.means import mean_interval
from qualimetry.descriptive.proportions import effective_size, wilson
from qualimetry.recipes.contracts import Estimate

Float = npt.NDArray[np.float64]


def shares(counts: Any, n: Any, *, confidence: float) -> list[Estimate]:
    """Shares counts / n with Wilson intervals."""
    size = np.asarray(n, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.asarray(counts, np.float64) / size
    low, high = wilson(value, size, confidence=confidence)
    return estimates(value, low, high, n)


def means(
    total: Any, squares: Any, n: Any, *, confidence: float, scale: float = 1.0, bounds: tuple[float, float]
) -> list[Estimate]:
    """Means of scores divided by `scale` with t intervals, cut to the possible values `bounds`."""
    value, low, high = mean_interval(total, squares, n, confidence=confidence)
    clipped_low, clipped_high = np.maximum(low / scale, bounds[0]), np.minimum(high / scale, bounds[1])
    return estimates(value / scale, clipped_low, clipped_high, n)


def facilities(points: Any, squares: Any, n: Any, maximum: Any, *, confidence: float) -> list[Estimate]:
    """Shares of the maximum, Σ points / (max·n), with Wilson intervals at the effective size.

    The effective size (`descriptive.proportions.effective_size`) makes the interval that of the score's own variance
    and equal to the plain Wilson interval for items of one point.
    """
    value, low, high = facility_interval(points, squares, n, maximum, confidence=confidence)
    return estimates(value, low, high, n)


def facility_interval(
    points: Any, squares: Any, n: Any, maximum: Any, *, confidence: float
) -> tuple[Float, Float, Float]:
    """Facility and its bounds as arrays."""
    value, size = facility_size(points, squares, n, maximum)
    low, high = wilson(value, size, confidence=confidence)
    return value, low, high


def facility_size(points: Any, squares: Any, n: Any, maximum: Any) -> tuple[Float, Float]:
    """Facility and the effective number of yes-or-no answers behind it."""
    size, top = np.asarray(n, np.float64), np.asarray(maximum, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.asarray(points, np.float64) / (size * top)
        variance = np.maximum(np.asarray(squares, np.float64) / (size * top * top) - value * value, 0)
    return value, effective_size(value, variance, size, top)


def estimates(value: Any, low: Any, high: Any, n: Any) -> list[Estimate]:
    """One Estimate an element; NaN becomes None."""
    arrays = (np.ravel(np.asarray(array, np.float64)).tolist() for array in (value, low, high))
    sizes = np.ravel(np.asarray(n)).astype(np.int64).tolist()
    return [Estimate(_known(v), _known(lo), _known(hi), size) for v, lo, hi, size in zip(*arrays, sizes, strict=True)]


def _known(value: float) -> float | None:
    return None if value != value else value
