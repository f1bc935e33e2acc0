"""What was counted, by group, in the shape the results are finished from. Arrays have one row a group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from qualimetry.frames.blueprint import Blueprint
from qualimetry.statistics.campaign import CampaignStatistics, pair_code
from qualimetry.statistics.rollup import Counters, Keys, absent_of, add_up, cells_of, rolled

Int64 = npt.NDArray[np.int64]
MARKS = (2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class GroupTables:
    """participants, absent: [G]; scores[G, r], marks[G, mark−2], journal[G, journal−2, mark−2], test_scores[G, t],
    passed[G, 0/1], levels[G, index]: numbers of participants. seen: which of marks, test_scores, passed and levels
    (those that have names) anybody in any of the groups has."""

    keys: Keys
    participants: Int64
    absent: Int64
    scores: Int64
    marks: Int64
    journal: Int64
    test_scores: Int64
    passed: Int64
    levels: Int64
    seen: frozenset[str]

    def rolled(self, keys: Keys, starts: Int64) -> GroupTables:
        """The same for larger groups, each a run of these beginning at `starts`."""
        return self._mapped(keys, lambda array: rolled(array, starts))

    def rows(self, part: slice) -> GroupTables:
        """The same for some of the groups."""
        return self._mapped(self.keys.rows(part), lambda array: array[part])

    def _mapped(self, keys: Keys, change: Callable[[Int64], Int64]) -> GroupTables:
        names = [f.name for f in fields(self) if f.name not in ("keys", "seen")]
        changed: dict[str, Any] = {name: change(getattr(self, name)) for name in names}
        return replace(self, keys=keys, **changed)


def group_tables(statistics: CampaignStatistics, blueprint: Blueprint, keys: Keys) -> GroupTables:
    """Tables of all groups of a grouping (`keys_of`)."""
    return from_counters(cells_of(statistics, keys), absent_of(statistics, keys), keys, blueprint)


def from_counters(cells: Counters, absent: Int64, keys: Keys, blueprint: Blueprint) -> GroupTables:
    size = len(keys)
    pairs = _by_value(cells, "marks", size)
    marks = [sum((pairs[code] for code in pairs if code // 10 == mark), np.zeros(size, np.int64)) for mark in MARKS]
    journal = [[pairs.get(pair_code(mark, other), np.zeros(size, np.int64)) for mark in MARKS] for other in MARKS]
    level_count = len(blueprint.levels.names) if blueprint.levels else 0
    outcomes = {
        "marks": np.stack(marks, axis=1),
        "test_scores": _distribution(cells, "test_score", size, 100),
        "passed": _distribution(cells, "passed", size, 1),
        "levels": _distribution(cells, "level", size, max(level_count - 1, 0)),
    }
    named = outcomes | {"levels": outcomes["levels"][:, :level_count]}
    return GroupTables(
        keys=keys,
        participants=add_up(cells.group, cells.n, size),
        absent=absent,
        scores=_distribution(cells, "total", size, blueprint.max_score),
        journal=np.moveaxis(np.array(journal), 2, 0),
        seen=frozenset(name for name, counts in named.items() if counts.any()),
        **outcomes,
    )


def _distribution(cells: Counters, name: str, size: int, top: int) -> Int64:
    """Participants by value 0…top, further if the data go further."""
    counts = _by_value(cells, name, size)
    out = np.zeros((max(top, *counts, 0) + 1, size), np.int64)
    for value, count in counts.items():
        out[value] = count
    return out.T


def _by_value(cells: Counters, name: str, size: int) -> dict[int, Int64]:
    return {value: add_up(cells.group, count, size) for value, count in cells.outcomes.get(name, {}).items()}


def sums(distribution: Int64, values: Int64 | None = None) -> tuple[Int64, Int64, Int64]:
    """(Σx, Σx², n) of each group from numbers of participants by value (0, 1, 2… unless given)."""
    scale = np.arange(distribution.shape[1], dtype=np.int64) if values is None else values
    return distribution @ scale, distribution @ (scale * scale), distribution.sum(axis=1)
