"""Item sums by group from the stored counters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from qualimetry.frames.blueprint import Blueprint
from qualimetry.statistics.campaign import CampaignStatistics, ItemGroup
from qualimetry.statistics.rollup import Counters, Keys, add_up, cells_of, rolled

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

    def rolled(self, keys: Keys, starts: Int64) -> ItemTables:
        """The same for larger groups, each a run of these beginning at `starts`."""
        return self._mapped(keys, lambda values: rolled(values, starts))

    def rows(self, part: slice) -> ItemTables:
        """The same for some of the groups."""
        return self._mapped(self.keys.rows(part), lambda values: values[part])

    def _mapped(self, keys: Keys, change: Callable[[Int64], Int64]) -> ItemTables:
        names = [f.name for f in fields(self) if f.name not in ("keys", "group_squares")]
        squares = {positions: change(values) for positions, values in self.group_squares.items()}
        return replace(self, keys=keys, group_squares=squares, **{name: change(getattr(self, name)) for name in names})


def item_tables(
    statistics: CampaignStatistics, blueprint: Blueprint, keys: Keys, design: dict[int, Bool] | None = None
) -> ItemTables:
    """Item sums of each group. design: from the whole campaign when `statistics` is a part of it."""
    return items_from(cells_of(statistics, keys), statistics.groups, blueprint, keys, design)


def items_from(
    counters: Counters, groups: Sequence[ItemGroup], blueprint: Blueprint, keys: Keys,
    design: dict[int, Bool] | None = None,
) -> ItemTables:  # fmt: skip
    """The same from cells that are at hand."""
    size, positions = len(keys), range(1, len(blueprint.items) + 1)
    known = design if design is not None else variant_design(counters, len(blueprint.items))
    n = add_up(counters.group, counters.n, size)
    nulls = _columns(counters, [counters.nulls.get(k) for k in positions], size)
    asked = _columns(counters, [_asked(counters, known, k) for k in positions], size)
    by_score = {key: add_up(counters.group, count, size) for key, count in counters.scores.items()}
    applied = n[:, None] - nulls
    left = _powers(by_score, positions, size, lambda score: int(score < 0))
    positive = _powers(by_score, positions, size, lambda score: int(score > 0))
    full = [by_score.get((k, blueprint.items[k - 1].max_score), np.zeros(size, np.int64)) for k in positions]
    return ItemTables(
        keys,
        n,
        applied,
        _powers(by_score, positions, size, lambda score: max(score, 0)),
        _powers(by_score, positions, size, lambda score: max(score, 0) ** 2),
        left,
        asked,
        applied - left - positive,
        np.stack(full).T if full else np.zeros((size, 0), np.int64),
        _group_squares(counters, groups, size),
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


def _powers(
    by_score: dict[tuple[int, int], Int64], positions: Sequence[int], size: int, weight: Callable[[int], int]
) -> Int64:
    """[G, K] Σ weight(score) over the participants of each group."""
    out = np.zeros((len(positions), size), np.int64)
    for (position, score), count in by_score.items():
        if position <= len(positions) and (times := weight(score)):
            out[position - 1] += count if times == 1 else count * times
    return out.T


def _columns(counters: Counters, columns: Sequence[Int64 | None], size: int) -> Int64:
    out = np.zeros((len(columns), size), np.int64)
    for layer, column in zip(out, columns, strict=True):
        if column is not None:
            layer[:] = add_up(counters.group, column, size)
    return out.T


def _group_squares(counters: Counters, groups: Sequence[ItemGroup], size: int) -> dict[tuple[int, ...], Int64]:
    zeros = np.zeros_like(counters.n)
    return {
        group.positions: add_up(counters.group, counters.squares.get(number, zeros), size)
        for number, group in enumerate(groups)
    }
