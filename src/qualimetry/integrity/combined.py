"""Several signs of one school as one p-value, and which schools stand out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def cauchy_combination(p_values: Sequence[float]) -> float | None:
    """One p of several dependent ones: ½ − arctan(mean tan((½ − p)π))/π, Liu & Xie 2020, JASA 115:393. None of none.

    Holds for any dependence as p goes to 0, which is where it matters; signs are not counted, so that two weak ones do
    not make a strong one.
    """
    known = np.clip(np.array(p_values, np.float64), 1e-15, 1 - 1e-15)
    if not known.size:
        return None
    # tan((½ − p)π) loses digits for small p, where it is 1/(pπ)
    terms = np.where(known < 1e-8, 1 / (known * np.pi), np.tan((0.5 - known) * np.pi))
    mean = float(terms.mean())
    return float(1 / (mean * np.pi)) if mean > 1e8 else float(0.5 - np.arctan(mean) / np.pi)
