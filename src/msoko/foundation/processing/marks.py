"""Marks from raw scores by the mark boundaries and their conditions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from intake.contracts import NO_VALUE
from qualimetry.frames.blueprint import CutScores


def marks_by_scores(
    total: npt.NDArray[np.integer], items: npt.NDArray[np.integer], labels: Sequence[str], cut_scores: CutScores
) -> npt.NDArray[np.int16]:
    """Mark of every row: 2 plus one for each boundary reached, capped by the conditions of the scale.

    A condition «marks from m need p points over these items» caps the mark at m − 1 where the points are fewer.
    Rows without a total get `NO_VALUE`; conditions are not applied to rows without item scores.
    """
    lowest = (cut_scores.lowest_three, cut_scores.lowest_four, cut_scores.lowest_five)
    marks = np.full(len(total), 2, dtype=np.int16)
    for bound in lowest:
        marks += total >= bound
    has_items = (items >= -1).any(axis=1) if items.shape[1] else np.zeros(len(total), dtype=bool)
    for condition in cut_scores.conditions:
        chosen = [labels.index(label) for label in condition.labels]
        points = np.maximum(items[:, chosen], 0).sum(axis=1, dtype=np.int16)
        capped = has_items & (points < condition.min_points) & (marks >= condition.from_mark)
        marks[capped] = condition.from_mark - 1
    return np.where(total == NO_VALUE, NO_VALUE, marks).astype(np.int16)
