"""Peaks of a raw score distribution at mark boundaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

Float = npt.NDArray[np.float64]
#: Scores on either side of a boundary that are compared: c, c+1 against c−2, c−1.
WINDOW = 2
#: Degree of the smooth curve of log frequencies.
DEGREE = 4
_RIDGE = 1e-6


@dataclass(frozen=True, slots=True)
class Peak:
    """At boundary `cut`: participants at cut and cut+1, how many a smooth distribution would have, one-sided p."""

    cut: int
    observed: int
    expected: float
    p_value: float


def peaks(distribution: Sequence[int], cuts: Sequence[int]) -> list[Peak]:
    """Test of every boundary for too many just above and too few just below.

    Poisson regression of the frequencies on a polynomial of the score plus, for each boundary, a contrast of the two
    scores above against the two below it; the contrast's one-sided Wald test. A contrast estimated together with the
    curve carries the curve's own uncertainty, and overdispersion (Pearson χ²/df above 1) widens it, so that the test
    keeps its level for smooth distributions. Idea of the window: Kleven & Waseem 2013, QJE 128:669; Chetty et al. 2011.
    """
    counts = np.asarray(distribution, np.float64)
    inside = [cut for cut in cuts if WINDOW <= cut <= counts.size - WINDOW]
    if not inside or counts.size < DEGREE + len(inside) + 3:
        return []
    contrasts = np.stack([_contrast(cut, counts.size) for cut in inside], axis=1)
    design = np.column_stack([_polynomial(counts.size), contrasts])
    fit = _poisson(design, counts)
    if fit is None:
        return []
    beta, covariance, scale = fit
    first = DEGREE + 1
    smooth = np.exp(np.clip(design[:, :first] @ beta[:first], -30, 30))
    return [
        Peak(
            cut,
            int(counts[cut : cut + WINDOW].sum()),
            float(smooth[cut : cut + WINDOW].sum()),
            float(special.ndtr(-beta[first + k] / np.sqrt(scale * covariance[first + k, first + k]))),
        )
        for k, cut in enumerate(inside)
    ]


def _contrast(cut: int, size: int) -> Float:
    column = np.zeros(size)
    column[cut : cut + WINDOW] = 0.5
    column[cut - WINDOW : cut] = -0.5
    return column


def _polynomial(size: int) -> Float:
    return np.asarray(np.polynomial.legendre.legvander(np.linspace(-1, 1, size), DEGREE), np.float64)


def _poisson(design: Float, counts: Float) -> tuple[Float, Float, float] | None:
    """Coefficients, their covariance and Pearson overdispersion (at least 1) by Newton's method; None if it fails."""
    beta = np.zeros(design.shape[1])
    beta[0] = np.log(max(counts.mean(), 0.1))
    ridge = np.eye(design.shape[1]) * _RIDGE
    for _ in range(100):
        mean = np.exp(np.clip(design @ beta, -30, 30))
        information = design.T @ (design * mean[:, None]) + ridge
        step = np.linalg.solve(information, design.T @ (counts - mean) - _RIDGE * beta)
        size = float(np.abs(step).max())
        beta = beta + step * min(1.0, 2.0 / size if size else 1.0)
        if size < 1e-8:
            break
    else:
        return None
    mean = np.exp(np.clip(design @ beta, -30, 30))
    freedom = counts.size - design.shape[1]
    pearson = float((((counts - mean) ** 2) / np.maximum(mean, 0.5)).sum() / freedom) if freedom > 0 else 1.0
    return beta, np.asarray(np.linalg.inv(information), np.float64), max(1.0, pearson)
