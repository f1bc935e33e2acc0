"""Results lifted to the boundary of a mark: too many at the boundary, too few just below it.

The scores of a school near a boundary are compared with what the partial credit model expects of a school of its level:
P(r | school) = Σ_m P(level m | scores) π_r(m). Given how many are in the window {c−2, c−1, c, c+1}, the number at c and
c+1 is binomial; windows of all boundaries are added up, and the upper tail is taken with half of its first term (mid-p,
Lancaster 1961). Windows: Kleven & Waseem 2013; use on marks: Dee et al. 2019, AEJ: Applied 11(3):382.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qualimetry.integrity.contracts import Evidence, Sign, Why
from qualimetry.rasch.two_level import TwoLevel

Int64 = npt.NDArray[np.int64]
Float = npt.NDArray[np.float64]
#: Scores on either side of a boundary.
WINDOW = 2


def lifted(schools: TwoLevel, cuts: Sequence[int], *, fewest: int) -> list[Evidence]:
    """Of each school; `fewest`: persons in all windows below which the check does not apply."""
    parts: list[tuple[Int64, Int64, Float]] = []  # [S] above, in the window, chance to be above
    for model in schools.models:
        chances = schools.posterior @ model.chances
        scores = model.booklet.scores
        for below, above in windows(cuts, scores.shape[1]):
            inside = scores[:, [*below, *above]].sum(axis=1)
            share = chances[:, above].sum(axis=1) / chances[:, [*below, *above]].sum(axis=1)
            parts.append((scores[:, above].sum(axis=1), inside, share))
    if not parts:
        return [Evidence(Sign.LIFTED, 0, why=Why.NO_CUTS)] * len(schools.posterior)
    return [
        _evidence([(int(above[s]), int(inside[s]), float(share[s])) for above, inside, share in parts], fewest)
        for s in range(len(schools.posterior))
    ]


def windows(cuts: Sequence[int], size: int) -> list[tuple[list[int], list[int]]]:
    """Scores below and at each boundary; where boundaries stand close their windows share the scores between them."""
    found = []
    inside = sorted({cut for cut in cuts if 0 < cut < size})
    for place, cut in enumerate(inside):
        low = max(cut - WINDOW, inside[place - 1] + 1 if place else 0)
        high = min(cut + WINDOW, inside[place + 1] - WINDOW if place + 1 < len(inside) else size)
        high = max(high, cut + 1)
        if low < cut:
            found.append((list(range(low, cut)), list(range(cut, min(high, size)))))
    return found


def _evidence(parts: Sequence[tuple[int, int, float]], fewest: int) -> Evidence:
    inside = sum(n for _, n, _ in parts)
    if inside < fewest:
        return Evidence(Sign.LIFTED, inside, why=Why.FEW_PERSONS)
    observed = sum(above for above, _, _ in parts)
    expected = sum(n * share for _, n, share in parts)
    p = upper_tail(observed, [(n, share) for _, n, share in parts])
    return Evidence(Sign.LIFTED, inside, float(observed), expected, (observed - expected) / inside, p)


def upper_tail(observed: int, binomials: Sequence[tuple[int, float]]) -> float:
    """P(sum > observed) + ½ P(sum = observed) of independent binomials, exact."""
    from scipy import stats  # noqa: PLC0415 -- slow import

    mass = np.ones(1)
    for n, share in binomials:
        mass = np.convolve(mass, stats.binom.pmf(np.arange(n + 1), n, share))
    return float(min(1.0, mass[observed + 1 :].sum() + mass[observed] / 2))
