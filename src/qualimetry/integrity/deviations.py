"""How far standardized values of groups lie from each other: robust, so that a strange group does not hide itself."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Float = npt.NDArray[np.float64]
#: Half of a standard normal distribution lies within so much of its middle.
MIDDLE_OF_NORMAL = 0.6744897501960817
_FEWEST_GROUPS = 5


def spread_of(z: Float) -> float:
    """Robust deviation of standardized values, at least 1: innocent differences of groups widen the null."""
    if z.size < _FEWEST_GROUPS:
        return 1.0
    return max(1.0, float(np.median(np.abs(z - np.median(z)))) / MIDDLE_OF_NORMAL)
