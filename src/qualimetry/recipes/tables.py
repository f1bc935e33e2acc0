"""What was counted, by group, in the shape the results are finished from. Arrays have one row a group."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from qualimetry.frames.blueprint import Blueprint
from qualimetry.statistics.campaign import CampaignStatistics
from qualimetry.statistics.rollup import NO_VALUE, Keys, Profiles, add_up, cross, profiles_of, rolled

Int64 = npt.NDArray[np.int64]
MARKS = (2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class GroupTables:
    """participants, absent: [G]; scores[G, r], marks[G, mark−2], journal[G, journal−2, mark−2], test_scores[G, t],
    passed[G, 0/1], levels[G, index]: numbers of participants."""

    keys: Keys
    participants: Int64
    absent: Int64
    scores: Int64
    marks: Int64
    journal: Int64
    test_scores: Int64
    passed: Int64
    levels: Int64

    def rolled(self, keys: Keys, starts: Int64) -> GroupTables:
        """The same for larger groups, each a run of these beginning at `starts`."""
        arrays = (getattr(self, f.name) for f in fields(self) if f.name != "keys")
        return GroupTables(keys, *(rolled(array, starts) for array in arrays))


def group_tables(statistics: CampaignStatistics, blueprint: Blueprint, keys: Keys) -> GroupTables:
    """Tables of all groups of a grouping (`keys_of`)."""
    return from_profiles(profiles_of(statistics, keys), keys, blueprint)


def from_profiles(rows: Profiles, keys: Keys, blueprint: Blueprint) -> GroupTables:
    size = len(keys)
    present = rows.n * rows.present
    has_mark = (rows.mark >= MARKS[0]) & (rows.mark <= MARKS[-1])
    has_both = has_mark & (rows.journal_mark >= MARKS[0]) & (rows.journal_mark <= MARKS[-1])
    pair = (rows.journal_mark - 2) * len(MARKS) + rows.mark - 2
    level_count = len(blueprint.levels.names) if blueprint.levels else 0
    return GroupTables(
        keys,
        add_up(rows.group, present, size),
        add_up(rows.group, rows.n, size) - add_up(rows.group, present, size),
        _counted(rows, rows.total, present, size, blueprint.max_score),
        _where(rows, rows.mark - 2, np.where(has_mark, present, 0), (size, len(MARKS))),
        _where(rows, pair, np.where(has_both, present, 0), (size, len(MARKS) ** 2)).reshape(
            size, len(MARKS), len(MARKS)
        ),
        _counted(rows, rows.test_score, present, size, 100),
        _counted(rows, rows.passed, present, size, 1),
        _counted(rows, rows.level, present, size, max(level_count - 1, 0)),
    )


def _counted(rows: Profiles, values: Int64, n: Int64, size: int, top: int) -> Int64:
    """Participants by value 0…top (further if the data go further); unknown values are left out."""
    highest = int(values.max(initial=NO_VALUE))
    if highest == NO_VALUE:
        return np.zeros((size, top + 1), np.int64)
    return _where(rows, values, np.where(values == NO_VALUE, 0, n), (size, max(top, highest) + 1))


def _where(rows: Profiles, index: Int64, n: Int64, shape: tuple[int, int]) -> Int64:
    """Participants by group and index; rows that do not count have n = 0 and may have any index."""
    return cross(rows.group, np.where(n > 0, index, 0), n, shape)


def sums(distribution: Int64, values: Int64 | None = None) -> tuple[Int64, Int64, Int64]:
    """(Σx, Σx², n) of each group from numbers of participants by value (0, 1, 2… unless given)."""
    scale = np.arange(distribution.shape[1], dtype=np.int64) if values is None else values
    return distribution @ scale, distribution @ (scale * scale), distribution.sum(axis=1)
