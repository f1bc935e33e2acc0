"""Exact quantiles from a distribution of integer scores."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def quantile(distribution: npt.NDArray[np.int64], share: float) -> float:
    """Quantile of the scores counted in `distribution` (index = score), n > 0.

    Linear between order statistics at (n−1)·share: Hyndman & Fan 1996, type 7, the default of R and NumPy.
    """
    cumulative = np.cumsum(distribution)
    place = (int(cumulative[-1]) - 1) * share
    below = int(np.floor(place))
    low = int(np.searchsorted(cumulative, below, side="right"))
    high = int(np.searchsorted(cumulative, min(below + 1, int(cumulative[-1]) - 1), side="right"))
    return low + (high - low) * (place - below)
