"""Classical test theory from sums: correlations, discrimination, reliability. Exact integers in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import special

Int64 = npt.NDArray[np.int64]
Float = npt.NDArray[np.float64]


def item_total(n: int, x: int, xx: int, t: int, tt: int, xt: int) -> float | None:
    """Pearson correlation of an item with the total, from n, Σx, Σx², Σt, Σt², Σxt. None without spread."""
    return _ratio(n * xt - x * t, (n * xx - x * x) * (n * tt - t * t))


def item_rest(n: int, x: int, xx: int, t: int, tt: int, xt: int) -> float | None:
    """Correlation of an item with the total without it (corrected).

    (Cov(x,t) − Var x) / √(Var x · (Var t + Var x − 2 Cov(x,t))): the sums of rest = t − x put into `item_total`.
    """
    return item_total(n, x, xx, t - x, tt - 2 * xt + xx, xt - xx)


def _ratio(covariance: int, variances: int) -> float | None:
    return covariance / float(variances) ** 0.5 if variances > 0 else None


def upper_lower(points: Int64, sizes: Int64, *, max_score: int, share: float) -> float | None:
    """Discrimination: mean share of the maximum in the upper `share` of participants minus that in the lower.

    points[r], sizes[r]: sum of the item's points and number of participants at total r (ascending). The group at the
    boundary is taken in proportion, which makes the index exact and independent of the order of rows (Kelley 1939,
    27 %). None without participants or without maximum.
    """
    n = int(sizes.sum())
    if n == 0 or max_score <= 0:
        return None
    wanted = share * n
    return (_tail(points[::-1], sizes[::-1], wanted) - _tail(points, sizes, wanted)) / (wanted * max_score)


def _tail(points: Int64, sizes: Int64, wanted: float) -> float:
    """Sum of points of the first `wanted` participants."""
    before = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    taken = np.clip(wanted - before, 0, sizes)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.where(sizes > 0, points / np.maximum(sizes, 1), 0.0)
    return float((taken * means).sum())


def alpha(item_variances: Sequence[float], total_variance: float) -> float | None:
    """Cronbach's α = K/(K−1)·(1 − Σ Var x / Var t). None for fewer than two items or without spread."""
    k = len(item_variances)
    if k < 2 or not total_variance > 0:
        return None
    return k / (k - 1) * (1 - float(np.sum(item_variances)) / total_variance)


def alpha_interval(value: float, n: int, items: int, *, confidence: float) -> tuple[float, float] | None:
    """Feldt 1965 interval of α: 1 − (1−α)·F quantiles with n−1 and (n−1)(K−1) degrees of freedom."""
    if n < 3 or items < 2:
        return None
    tail = (1 - confidence) / 2
    first, second = n - 1, (n - 1) * (items - 1)
    low = 1 - (1 - value) * float(special.fdtri(first, second, 1 - tail))
    high = 1 - (1 - value) * float(special.fdtri(first, second, tail))
    return low, high
