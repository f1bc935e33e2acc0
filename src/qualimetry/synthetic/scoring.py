"""From item scores to totals, marks, levels and test scores, in integers."""

from __future__ import annotations

import numpy as np

from qualimetry.frames.blueprint import Blueprint, CutScores
from qualimetry.synthetic.randomness import Ints
from qualimetry.synthetic.responses import Int8
from qualimetry.synthetic.results import NO_VALUE, Int16


def totals_of(items: Int8) -> Int16:
    """Raw scores: codes below zero count 0."""
    return np.asarray(np.maximum(items, 0).sum(axis=1, dtype=np.int16))


def marks_of(total: Int16, items: Int8, blueprint: Blueprint) -> Int16:
    """Marks 2…5 by the cut scores and their conditions; NO_VALUE where the blueprint has no cut scores."""
    cuts = blueprint.cut_scores
    if cuts is None:
        return np.full(len(total), NO_VALUE, dtype=np.int16)
    marks = _by_cuts(total, cuts)
    labels = [item.label for item in blueprint.items]
    for condition in cuts.conditions:
        part = np.maximum(items[:, [labels.index(label) for label in condition.labels]], 0).sum(axis=1)
        marks = np.where((part < condition.min_points) & (marks >= condition.from_mark), condition.from_mark - 1, marks)
    return np.asarray(marks, dtype=np.int16)


def _by_cuts(total: Int16, cuts: CutScores) -> Ints:
    bounds = (cuts.lowest_three, cuts.lowest_four, cuts.lowest_five)
    return np.asarray(2 + np.sum([total >= bound for bound in bounds], axis=0))


def levels_of(total: Int16, blueprint: Blueprint) -> Int16:
    """Index of the level by raw score; NO_VALUE where the work has no levels."""
    if blueprint.levels is None:
        return np.full(len(total), NO_VALUE, dtype=np.int16)
    return np.searchsorted(np.array(blueprint.levels.lowest), total, side="right").astype(np.int16)


def test_scores_of(total: Int16, max_score: int, minimum: tuple[int, int] | None) -> Int16:
    """Piecewise linear conversion through (0, 0), `minimum` = (primary, test) and (max_score, 100)."""
    if minimum is None:
        return np.full(len(total), NO_VALUE, dtype=np.int16)
    primary, test = minimum
    raw = total.astype(np.int64)
    below = raw * test // primary
    above = test + (raw - primary) * (100 - test) // (max_score - primary)
    return np.asarray(np.where(raw < primary, below, above), dtype=np.int16)
