"""Observed against expected points of a group, given its raw scores: tells a gap of its own from a weak school."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from qualimetry.frames.blueprint import Blueprint
from qualimetry.items.elements import Element
from qualimetry.items.scores import item_columns
from qualimetry.items.tables import ItemTables
from qualimetry.statistics.campaign import CampaignStatistics
from qualimetry.statistics.rollup import NO_VALUE, Keys, add_up, cells_of, keys_of, scores_of

Int64 = npt.NDArray[np.int64]
Float = npt.NDArray[np.float64]
_VARIANT_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Strata:
    """The whole campaign by variant × raw score. n: [S]; applied, points, squares: [K, S];
    group_squares[positions]: [S]."""

    codes: Int64
    n: Int64
    applied: Int64
    points: Int64
    squares: Int64
    group_squares: dict[tuple[int, ...], Int64]


@dataclass(frozen=True, slots=True)
class Members:
    """counts: [G, S] participants of each group by variant and raw score; pairs: n_s·(N_s − n_s) where N_s is everyone,
    which serves every item that all have."""

    counts: Float
    pairs: Float

    def pairs_within(self, strata: Strata, sizes: Int64, counts: Float) -> Float:
        """n_s·(N_s − n_s) where N_s is `sizes`."""
        if (sizes == strata.n).all() and counts is self.counts:
            return self.pairs
        return counts * np.maximum(sizes - counts, 0)


@dataclass(frozen=True, slots=True)
class Surplus:
    """[G] arrays of one element: expected points, variance of the observed, one-sided p of so few points.

    NaN where the expectation cannot be formed (nobody, items not taught to some of the group, no spread).
    """

    expected: Float
    variance: Float
    p_value: Float


def strata_of(statistics: CampaignStatistics, blueprint: Blueprint) -> Strata:
    """Items of everyone by variant and raw score."""
    counters = scores_of(statistics, keys_of(statistics, ()))
    known = counters.total != NO_VALUE
    codes, index = np.unique(_codes(counters.variant, counters.total)[known], return_inverse=True)
    size = codes.size
    columns = [item_columns(counters, position) for position in range(1, len(blueprint.items) + 1)]
    layers = [
        np.stack([add_up(index, column[part][known], size) for column in columns])
        if columns
        else np.zeros((0, size), np.int64)
        for part in range(3)
    ]
    zeros = np.zeros_like(counters.n)
    groups = {
        group.positions: add_up(index, counters.squares.get(number, zeros)[known], size)
        for number, group in enumerate(statistics.groups)
    }
    return Strata(codes, add_up(index, counters.n[known], size), layers[0], layers[1], layers[2], groups)


def group_strata(statistics: CampaignStatistics, keys: Keys, strata: Strata) -> Members:
    """Participants of each group by variant and raw score."""
    cells = cells_of(statistics, keys)
    by_total = cells.outcomes.get("total", {})
    out = np.zeros(len(keys) * strata.codes.size)
    for total, count in by_total.items():
        rows = np.flatnonzero(count)
        index = np.searchsorted(strata.codes, _codes(cells.variant[rows], np.int64(total)))
        np.add.at(out, cells.group[rows] * strata.codes.size + index, count[rows])
    counts = out.reshape(len(keys), strata.codes.size)
    return Members(counts, counts * np.maximum(strata.n - counts, 0))


def surplus(strata: Strata, members: Members, tables: ItemTables, element: Element) -> Surplus:
    """Expected points of an element in every group, from the pooled table, and the p-value of so few.

    Given the pooled points of those with variant and score s, the points of a group's n_s are a sample without
    replacement of N_s: mean n_s·x̄_s, variance n_s(N_s−n_s)/(N_s−1)·σ²_s (the conditional distribution of the
    generalised Mantel–Haenszel test, Mantel 1963, JASA 58:690). So the group may stay in the pooled table. Normal
    approximation of the sum over strata with a continuity correction of half a point.
    """
    index = [position - 1 for position in element.positions]
    parts = [_moments(strata, members, k) for k in index]
    expected, variance = sum(part[0] for part in parts), sum(part[1] for part in parts)
    together = strata.group_squares.get(element.positions)
    if len(index) > 1 and together is not None and (strata.applied[index] == strata.n).all():
        variance = _variance(members.pairs, strata.n, strata.points[index].sum(axis=0), together)
    observed = tables.points[:, index].sum(axis=1)
    answered = (tables.applied[:, index] > 0).all(axis=1) & (tables.not_taught[:, index] == 0).all(axis=1)
    defined = answered & (np.asarray(variance) > 1e-9)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (observed - expected + 0.5) / np.sqrt(variance)
    return Surplus(*(np.where(defined, array, np.nan) for array in (expected, variance, special.ndtr(z))))


def _moments(strata: Strata, members: Members, k: int) -> tuple[Float, Float]:
    """Expected points of an item in each group and their variance, over the strata that have the item."""
    has_item = strata.applied[k] > 0
    inside = members.counts if has_item.all() else np.where(has_item, members.counts, 0)
    sizes, points = strata.applied[k], strata.points[k]
    expected = inside @ (points / np.maximum(sizes, 1))
    pairs = members.pairs_within(strata, sizes, inside)
    return expected, _variance(pairs, sizes, points, strata.squares[k])


def _variance(pairs: Float, sizes: Int64, points: Int64, squares: Int64) -> Float:
    safe = np.maximum(sizes, 1)
    spread = np.maximum(squares / safe - (points / safe) ** 2, 0) / np.maximum(sizes - 1, 1)
    return np.asarray(pairs @ spread, np.float64)


def _codes(variant: Int64, total: Int64 | np.int64) -> Int64:
    return variant.astype(np.int64) * _VARIANT_STEP + total
