"""Item sums by group from the stored counters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualimetry.frames.blueprint import Blueprint
from qualimetry.statistics.campaign import CampaignStatistics, ItemGroup
from qualimetry.statistics.rollup import Counters, Keys, add_up, cells_of

Int64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ItemTables:
    """[G, K] arrays: applied = participants whose item applied, points = Σx, squares = Σx²; the rest are counts.

    not_taught leaves out items that a variant does not have at all (`design`[variant][K]).
    group_squares[positions] = [G] Σ (points over the items together)².
    """

    keys: Keys
    n: Int64
    applied: Int64
    points: Int64
    squares: Int64
    not_attempted: Int64
    not_taught: Int64
    zero: Int64
    full: Int64
    group_squares: dict[tuple[int, ...], Int64]


def item_tables(
    statistics: CampaignStatistics, blueprint: Blueprint, keys: Keys, design: dict[int, Bool] | None = None
) -> ItemTables:
    """Item sums of each group. design: from the whole campaign when `statistics` is a part of it."""
    counters = cells_of(statistics, keys)
    size, positions = len(keys), range(1, len(blueprint.items) + 1)
    known = design if design is not None else variant_design(counters, len(blueprint.items))
    n = add_up(counters.group, counters.n, size)
    nulls = _columns(counters, [counters.nulls.get(k) for k in positions], size)
    asked = _columns(counters, [_asked(counters, known, k) for k in positions], size)
    left = _columns(counters, [counters.scores.get((k, -1)) for k in positions], size)
    full = [counters.scores.get((k, blueprint.items[k - 1].max_score)) for k in positions]
    positive = _columns(counters, [_power(counters, k, 0) for k in positions], size)
    applied = n[:, None] - nulls
    return ItemTables(
        keys,
        n,
        applied,
        _columns(counters, [_power(counters, k, 1) for k in positions], size),
        _columns(counters, [_power(counters, k, 2) for k in positions], size),
        left,
        asked,
        applied - left - positive,
        _columns(counters, full, size),
        _group_squares(counters, statistics.groups, size),
    )


def variant_design(counters: Counters, item_count: int) -> dict[int, Bool]:
    """Which items each variant has: those that applied to anyone who wrote it."""
    design: dict[int, Bool] = {}
    for variant in np.unique(counters.variant).tolist():
        rows = counters.variant == variant
        n = int(counters.n[rows].sum())
        empty = [int(counters.nulls[k][rows].sum()) if k in counters.nulls else 0 for k in range(1, item_count + 1)]
        design[variant] = np.array([count < n for count in empty], np.bool_)
    return design


def _asked(counters: Counters, design: dict[int, Bool], position: int) -> Int64 | None:
    """NULLs of an item where the variant has the item."""
    nulls = counters.nulls.get(position)
    if nulls is None:
        return None
    has_item = np.array([design[v][position - 1] if v in design else True for v in counters.variant.tolist()], np.bool_)
    return np.where(has_item, nulls, 0)


def _power(counters: Counters, position: int, power: int) -> Int64:
    """Σ x^power over the positive scores of an item in each row."""
    out = np.zeros_like(counters.n)
    for (item, score), count in counters.scores.items():
        if item == position and score > 0:
            out += count * score**power
    return out


def _columns(counters: Counters, columns: Sequence[Int64 | None], size: int) -> Int64:
    if not columns:
        return np.zeros((size, 0), np.int64)
    zero = np.zeros(size, np.int64)
    return np.stack([zero if c is None else add_up(counters.group, c, size) for c in columns], axis=1)


def _group_squares(counters: Counters, groups: Sequence[ItemGroup], size: int) -> dict[tuple[int, ...], Int64]:
    zeros = np.zeros_like(counters.n)
    return {
        group.positions: add_up(counters.group, counters.squares.get(number, zeros), size)
        for number, group in enumerate(groups)
    }
