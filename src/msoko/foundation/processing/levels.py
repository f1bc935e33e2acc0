"""Levels of a work without marks from raw scores, where the files do not give them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from intake.contracts import NO_VALUE
from msoko.foundation.processing.rows import Rows
from qualimetry.frames.blueprint import LevelCuts


def settle_levels(rows: Rows, total: npt.NDArray[np.int16], levels: LevelCuts | None) -> None:
    """The level of the file counts; where there is none it is the highest whose lowest raw score is reached.

    Nothing is done when the specification gives no boundaries of levels.
    """
    if levels is None or len(levels.lowest) != len(levels.names) - 1:
        return
    missing = rows.present & (rows.level == 0) & (total != NO_VALUE)
    if not missing.any():
        return
    rows.levels = [*rows.levels, *(name for name in levels.names if name not in rows.levels)]
    places = np.array([rows.levels.index(name) for name in levels.names], dtype=rows.level.dtype)
    reached = np.searchsorted(np.array(levels.lowest), total[missing], side="right")
    rows.level[missing] = places[reached]
