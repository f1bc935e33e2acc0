"""Control of false discoveries over many tests."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def benjamini_hochberg(p_values: Sequence[float] | npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Adjusted p-values q; rejecting q ≤ α keeps the expected share of false discoveries at α.

    q₍ᵢ₎ = min_{j ≥ i} m·p₍ⱼ₎/j: Benjamini & Hochberg 1995, JRSS B 57:289. NaN stays NaN and is no test.
    """
    p = np.asarray(p_values, np.float64)
    adjusted = np.full(p.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    if not tested.size:
        return adjusted
    order = tested[np.argsort(p[tested], kind="stable")]
    scaled = p[order] * order.size / np.arange(1, order.size + 1)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted
