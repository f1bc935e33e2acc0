"""Raw scores of a school that lie too close together for its level.

Under the model the scores of a school of level μ have moments of their own; the sample variance has the variance
(μ₄ − (n−3)/(n−1) σ⁴)/n (Cramér 1946). The lower tail is taken after the cube root of Wilson & Hilferty 1931, which
makes the variance of few scores nearly normal.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from qualimetry.integrity.contracts import Evidence, Sign, Why
from qualimetry.integrity.deviations import spread_of
from qualimetry.rasch.two_level import TwoLevel

Float = npt.NDArray[np.float64]


def narrow(schools: TwoLevel, *, fewest: int) -> list[Evidence]:
    """Of each school, by the booklet that most of its pupils took."""
    booklets = [model.booklet for model in schools.models]
    sizes = np.stack([booklet.scores.sum(axis=1) for booklet in booklets])
    rows = []
    for school in range(sizes.shape[1]):
        best = int(np.argmax(sizes[:, school]))
        chances = schools.posterior[school] @ schools.models[best].chances
        rows.append((int(sizes[best, school]), *_ratio(booklets[best].scores[school], chances)))
    z = np.array([row[3] if row[0] >= fewest else np.nan for row in rows])
    scale = spread_of(z[np.isfinite(z)])
    return [
        Evidence(
            Sign.SPREAD, n, observed, expected, observed / expected - 1 if expected > 0 else None,
            float(special.ndtr(value / scale)),
        )
        if np.isfinite(z[place])
        else Evidence(Sign.SPREAD, n, why=Why.FEW_PERSONS)
        for place, (n, observed, expected, value) in enumerate(rows)
    ]  # fmt: skip


def _ratio(scores: npt.NDArray[np.int64], chances: Float) -> tuple[float, float, float]:
    """Sample variance, that of the model, and the standardized cube root of their ratio."""
    n = int(scores.sum())
    if n < 4:
        return 0.0, 0.0, np.nan
    values = np.arange(scores.size)
    mean = float(scores @ values) / n
    observed = float(scores @ (values - mean) ** 2) / (n - 1)
    centre = float(chances @ values)
    expected, fourth = float(chances @ (values - centre) ** 2), float(chances @ (values - centre) ** 4)
    if not expected > 0:
        return observed, expected, np.nan
    relative = (fourth / expected**2 - (n - 3) / (n - 1)) / n  # variance of the ratio
    third = relative / 9
    return observed, expected, ((observed / expected) ** (1 / 3) - (1 - third)) / np.sqrt(third)
