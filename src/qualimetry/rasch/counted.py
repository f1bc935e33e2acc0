"""Responses of a campaign from its stored statistics: nothing is scanned again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualimetry.frames.blueprint import Blueprint
from qualimetry.rasch.responses import Block, Responses
from qualimetry.statistics.campaign import CampaignStatistics
from qualimetry.statistics.rollup import NO_VALUE, Counters, Keys, add_up, keys_of, scores_of

Int64 = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Booklet:
    """Those who took the same items. scores: [S, R+1] persons of each organization by raw score."""

    items: tuple[int, ...]
    scores: Int64


@dataclass(frozen=True, slots=True, eq=False)
class CountedResponses:
    """organizations: keys in order. points_by_organization: [S, K] sums of points of an item. left_out: persons whose
    total is not the sum of their items or who missed some."""

    responses: Responses
    organizations: tuple[int, ...]
    booklets: tuple[Booklet, ...]
    points_by_organization: Int64
    left_out: int


def counted_responses(statistics: CampaignStatistics, blueprint: Blueprint) -> CountedResponses:
    """Counts by raw score and category of each item, by variants with the same items; «не приступал» is 0 points."""
    keys = keys_of(statistics, ("organization",))
    counters = scores_of(statistics, keys)
    tops = [item.max_score for item in blueprint.items]
    categories = [_categories(counters, position, top) for position, top in enumerate(tops, 1)]
    given = np.stack([counters.nulls.get(position, np.zeros_like(counters.n)) for position in range(1, len(tops) + 1)])
    counts = [np.zeros(top + 1, np.int64) for top in tops]
    points = np.zeros((len(keys), len(tops)), np.int64)
    blocks: list[Block] = []
    booklets: list[Booklet] = []
    kept = 0
    for items, rows in _designs(counters, given):
        fitting = _that_add_up(counters, categories, tops, items, rows)
        if not fitting.size:
            continue
        block, booklet = _block(counters, categories, tops, items, fitting, keys)
        blocks.append(block)
        booklets.append(booklet)
        kept += int(block.scores.sum())
        for item in items:
            found = categories[item][:, fitting]
            counts[item] += found.sum(axis=1)
            points[:, item] += add_up(counters.group[fitting], np.arange(tops[item] + 1) @ found, len(keys))
    labels = tuple(item.label for item in blueprint.items)
    organizations = tuple(int(key) for key in keys.organizations if key is not None)
    left_out = int(counters.n.sum()) - kept
    return CountedResponses(
        Responses(labels, tuple(counts), tuple(blocks)), organizations, tuple(booklets), points, left_out
    )


def _categories(counters: Counters, position: int, top: int) -> Int64:
    """[top+1, rows] persons by points of an item among those who were given it."""
    found = np.zeros((top + 1, counters.n.size), np.int64)
    for points in range(1, top + 1):
        if (position, points) in counters.scores:
            found[points] = counters.scores[position, points]
    found[0] = counters.n - counters.nulls.get(position, np.zeros_like(counters.n)) - found[1:].sum(axis=0)
    return found


def _designs(counters: Counters, nulls: Int64) -> Iterator[tuple[tuple[int, ...], Int64]]:
    """Rows of the table by the items that all their persons were given; rows where some missed an item are left."""
    absent, partly = nulls == counters.n, (nulls > 0) & (nulls < counters.n)
    whole = ~partly.any(axis=0) & (counters.total != NO_VALUE) & (counters.n > 0)
    designs, where = np.unique(~absent[:, whole].T, axis=0, return_inverse=True)
    rows = np.flatnonzero(whole)
    for number, design in enumerate(designs):
        items = tuple(int(item) for item in np.flatnonzero(design))
        if items:
            yield items, rows[where.reshape(-1) == number]


def _that_add_up(
    counters: Counters, categories: list[Int64], tops: list[int], items: tuple[int, ...], rows: Int64
) -> Int64:
    """Rows whose total is the sum of their items."""
    top = sum(tops[item] for item in items)
    totals, n = counters.total[rows].astype(np.int64), counters.n[rows].astype(np.int64)
    points = sum(
        (np.arange(tops[item] + 1) @ categories[item][:, rows] for item in items), np.zeros(rows.size, np.int64)
    )
    return np.asarray(rows[(totals >= 0) & (totals <= top) & (points == totals * n)], np.int64)


def _block(
    counters: Counters, categories: list[Int64], tops: list[int], items: tuple[int, ...], rows: Int64, keys: Keys
) -> tuple[Block, Booklet]:
    top = sum(tops[item] for item in items)
    totals, n = counters.total[rows].astype(np.int64), counters.n[rows].astype(np.int64)
    scores = add_up(totals, n, top + 1)
    cells = np.concatenate(
        [np.stack([add_up(totals, row, top + 1) for row in categories[item][:, rows]], axis=1) for item in items],
        axis=1,
    )
    by_organization = add_up(counters.group[rows] * (top + 1) + totals, n, len(keys) * (top + 1))
    return Block(items, 0, scores, cells), Booklet(items, by_organization.reshape(len(keys), top + 1))
