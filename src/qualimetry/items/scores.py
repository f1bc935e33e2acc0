"""Items by raw score and by mark: what discrimination, correlations and expected points are computed from."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from qualimetry.frames.blueprint import Blueprint
from qualimetry.items import classical
from qualimetry.statistics.campaign import CampaignStatistics
from qualimetry.statistics.rollup import NO_VALUE, Counters, Keys, add_up, scores_of

Int64 = npt.NDArray[np.int64]
MARKS = (2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class ScoreTables:
    """applied, points, squares: [K, G, T] participants and sums of an item by raw score;
    mark_applied, mark_points, mark_squares: [K, G, 4] the same by mark 2…5."""

    keys: Keys
    applied: Int64
    points: Int64
    squares: Int64
    mark_applied: Int64
    mark_points: Int64
    mark_squares: Int64

    def total(self, keys: Keys) -> ScoreTables:
        """All groups together as one."""
        arrays = (getattr(self, f.name) for f in fields(self) if f.name != "keys")
        return ScoreTables(keys, *(array.sum(axis=1, keepdims=True) for array in arrays))


@dataclass(frozen=True, slots=True)
class ItemQuality:
    """Figures of an item as an instrument; None where undefined."""

    discrimination: float | None = None
    item_total: float | None = None
    item_rest: float | None = None


def score_tables(statistics: CampaignStatistics, blueprint: Blueprint, keys: Keys) -> ScoreTables:
    counters = scores_of(statistics, keys)
    top = max(blueprint.max_score, int(counters.total.max(initial=0)))
    by_score = np.where(counters.total == NO_VALUE, -1, counters.group * (top + 1) + counters.total)
    has_mark = (counters.mark >= MARKS[0]) & (counters.mark <= MARKS[-1])
    by_mark = np.where(has_mark, counters.group * len(MARKS) + counters.mark - 2, -1)
    columns = [item_columns(counters, position) for position in range(1, len(blueprint.items) + 1)]
    return ScoreTables(
        keys,
        *(_stacked(by_score, [c[part] for c in columns], (len(keys), top + 1)) for part in range(3)),
        *(_stacked(by_mark, [c[part] for c in columns], (len(keys), len(MARKS))) for part in range(3)),
    )


def item_columns(counters: Counters, position: int) -> tuple[Int64, Int64, Int64]:
    """(applied, Σx, Σx²) of an item in every row of the table of scores."""
    nulls = counters.nulls.get(position)
    points, squares = np.zeros_like(counters.n), np.zeros_like(counters.n)
    for (item, score), count in counters.scores.items():
        if item == position and score > 0:
            points += count * score
            squares += count * score * score
    return counters.n if nulls is None else counters.n - nulls, points, squares


def _stacked(index: Int64, columns: list[Int64], shape: tuple[int, int]) -> Int64:
    known = index >= 0
    size = shape[0] * shape[1]
    if not known.all():
        index, columns = index[known], [column[known] for column in columns]
    out = np.empty((len(columns), size), np.int64)
    for layer, column in zip(out, columns, strict=True):
        layer[:] = add_up(index, column, size)
    return out.reshape(len(columns), *shape)


def item_quality(tables: ScoreTables, group: int, item: int, *, max_score: int, share: float) -> ItemQuality:
    """Discrimination and correlations of an item (index from 0) in one group, over those the item applied to."""
    sizes, points, squares = (part[item, group] for part in (tables.applied, tables.points, tables.squares))
    scores = np.arange(sizes.size, dtype=np.int64)
    n, x, xx = int(sizes.sum()), int(points.sum()), int(squares.sum())
    t, tt, xt = int(sizes @ scores), int(sizes @ (scores * scores)), int(points @ scores)
    return ItemQuality(
        classical.upper_lower(points, sizes, max_score=max_score, share=share),
        classical.item_total(n, x, xx, t, tt, xt),
        classical.item_rest(n, x, xx, t, tt, xt),
    )
