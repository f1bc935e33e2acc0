"""Marks of the work against marks of the journal, school by school among the schools of a campaign.

Two opposite signs: the work lowers the journal's mark far more often than elsewhere (the journal is generous), or
almost never (the work was). Shares of honest schools differ too: on the scale asin √share, where a share has variance
1/4n (Anscombe 1948, Biometrika 35:246), the spread of schools is taken from the middle half of them, so that a school
that stands apart does not hide itself. Schools are few, so that the tails are those of Student's distribution.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from qualimetry.integrity.contracts import Evidence, Sign, Why
from qualimetry.integrity.deviations import MIDDLE_OF_NORMAL

Int64 = npt.NDArray[np.int64]
Float = npt.NDArray[np.float64]
_FEWEST_SCHOOLS = 8
#: What the middle half knows of a spread, against all observations; variance of a median against that of a mean.
_EFFICIENCY, _MEDIAN_COST = 0.37, np.pi / 2


def against_journal(lowered: Int64, compared: Int64, *, fewest: int) -> tuple[list[Evidence], list[Evidence]]:
    """Of each school the signs JOURNAL_HIGH and JOURNAL_KEPT. lowered: [S] pupils whose mark is below the journal's;
    compared: [S] pupils with both marks; `fewest` pupils."""
    tested = compared >= fewest
    why = None
    if not compared.any():
        why = Why.NO_JOURNAL
    elif int(tested.sum()) < _FEWEST_SCHOOLS:
        why = Why.FEW_SCHOOLS
    if why:
        none = [
            (Evidence(Sign.JOURNAL_HIGH, int(n), why=why), Evidence(Sign.JOURNAL_KEPT, int(n), why=why))
            for n in compared
        ]
    else:
        none = [
            (
                Evidence(Sign.JOURNAL_HIGH, int(n), why=Why.FEW_PERSONS),
                Evidence(Sign.JOURNAL_KEPT, int(n), why=Why.FEW_PERSONS),
            )
            for n in compared
        ]
        for school in np.flatnonzero(tested):
            none[school] = _pair(lowered, compared, tested, int(school))
    return [high for high, _ in none], [kept for _, kept in none]


def _pair(lowered: Int64, compared: Int64, tested: npt.NDArray[np.bool_], school: int) -> tuple[Evidence, Evidence]:
    others = tested.copy()
    others[school] = False
    n = int(compared[school])
    share, expected = float(lowered[school] / n), float(lowered[others].sum() / compared[others].sum())
    z = _standardized(lowered, compared, others, school)
    freedom = max(3.0, _EFFICIENCY * int(others.sum()))
    above, below = float(special.stdtr(freedom, -z)), float(special.stdtr(freedom, z))
    return (
        Evidence(Sign.JOURNAL_HIGH, n, share, expected, share - expected, above),
        Evidence(Sign.JOURNAL_KEPT, n, 1 - share, 1 - expected, expected - share, below),
    )


def _standardized(lowered: Int64, compared: Int64, others: npt.NDArray[np.bool_], school: int) -> float:
    place = np.arcsin(np.sqrt((lowered + 0.375) / (compared + 0.75)))
    own = 1 / (4 * compared + 2)
    middle = float(np.median(place[others]))
    between = _between(place[others] - middle, own[others])
    of_middle = float(np.median(own[others]) + between) * _MEDIAN_COST / int(others.sum())
    return float((place[school] - middle) / np.sqrt(own[school] + between + of_middle))


def _between(away: Float, own: Float) -> float:
    """Variance between schools with which half of them lie within the middle half of the normal distribution."""

    def share(variance: float) -> float:
        return float(np.median(np.abs(away) / np.sqrt(own + variance)))

    if share(0.0) <= MIDDLE_OF_NORMAL:
        return 0.0
    low, high = 0.0, 4.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if share(middle) > MIDDLE_OF_NORMAL else (low, middle)
    return high
