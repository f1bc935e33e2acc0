"""Reliability of the whole work from item sums."""

from __future__ import annotations

import numpy as np

from qualimetry.items import classical
from qualimetry.items.scores import ScoreTables


def reliability(tables: ScoreTables, group: int, *, confidence: float) -> tuple[float, float, float, int] | None:
    """(α, low, high, n) of one group; None where α is undefined.

    Items that applied to nobody are left out. Where an item did not apply to some, its variance is taken over those
    it applied to (the total counts what is missing as zero), so α is approximate there.
    """
    applied, points, squares = (part[:, group].sum(axis=1) for part in (tables.applied, tables.points, tables.squares))
    used = applied > 1
    if used.sum() < 2:
        return None
    widest = int(np.argmax(applied))
    sizes = tables.applied[widest, group]
    scores = np.arange(sizes.size, dtype=np.int64)
    n, t, tt = int(sizes.sum()), int(sizes @ scores), int(sizes @ (scores * scores))
    variances = [_variance(int(m), int(x), int(xx)) for m, x, xx in zip(applied, points, squares, strict=True) if m > 1]
    value = classical.alpha(variances, _variance(n, t, tt))
    if value is None:
        return None
    bounds = classical.alpha_interval(value, n, int(used.sum()), confidence=confidence)
    return (value, *bounds, n) if bounds else None


def _variance(n: int, x: int, xx: int) -> float:
    return (n * xx - x * x) / (n * (n - 1))
