"""Responses as counts: who took which items, how many reached each raw score, how many each category of an item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualimetry.rasch.errors import RaschError

Int64 = npt.NDArray[np.int64]
#: An item that a person was not given.
NOT_GIVEN = -1


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Persons of one group who took the same items.

    items: positions of the items. group: position of the group. scores: [R+1] persons by raw score 0…R.
    cells: [R+1, Σ(mᵢ+1)] persons by raw score and category of each item in turn; None when only margins are known.
    """

    items: tuple[int, ...]
    group: int
    scores: Int64
    cells: Int64 | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """labels, counts: an item's name and its persons by category 0…m over all blocks; groups: names of groups.

    empty: persons who were given nothing; they say nothing and are left out.
    """

    labels: tuple[str, ...]
    counts: tuple[Int64, ...]
    blocks: tuple[Block, ...]
    groups: tuple[str, ...] = ("",)
    empty: int = 0

    @property
    def persons(self) -> int:
        return sum(int(block.scores.sum()) for block in self.blocks)

    def top(self, block: Block) -> int:
        """The greatest raw score of a block."""
        return sum(self.counts[item].size - 1 for item in block.items)


def from_margins(counts: Sequence[Sequence[int]], scores: Sequence[int], labels: Sequence[str] = ()) -> Responses:
    """Everybody took everything: counts[i][x] persons with category x of item i, scores[r] persons with raw score r.

    Raises RaschError: negative counts, margins that cannot belong to the same persons.
    """
    items = tuple(_row(row, f"item {number}") for number, row in enumerate(counts, 1))
    if not items:
        raise RaschError("no_data", "no items")
    by_score = _row(scores, "scores")
    top = sum(row.size - 1 for row in items)
    if by_score.size > top + 1 and by_score[top + 1 :].any():
        raise RaschError("counts_disagree", f"raw scores above {top}", top=top)
    by_score = np.pad(by_score, (0, max(0, top + 1 - by_score.size)))[: top + 1]
    _same_persons(items, by_score)
    names = tuple(labels) or tuple(str(number) for number in range(1, len(items) + 1))
    return Responses(names, items, (Block(tuple(range(len(items))), 0, by_score),))


def _row(values: Sequence[int], what: str) -> Int64:
    row = np.asarray(values, np.int64)
    if row.ndim != 1 or row.size == 0:
        raise RaschError("no_data", f"{what}: no counts")
    if (row < 0).any():
        raise RaschError("negative", f"{what}: negative count")
    return row


def _same_persons(items: Sequence[Int64], scores: Int64) -> None:
    persons = int(scores.sum())
    for number, row in enumerate(items, 1):
        if int(row.sum()) != persons:
            raise RaschError("counts_disagree", f"item {number}: {row.sum()} persons, {persons} by raw score")
    points = sum(int(row @ np.arange(row.size)) for row in items)
    if points != int(scores @ np.arange(scores.size)):
        raise RaschError("counts_disagree", f"{points} points by items, not so many by raw scores")


def from_matrix(matrix: npt.NDArray[np.int64], labels: Sequence[str], groups: Sequence[str] | None = None) -> Responses:
    """Persons × items of categories, NOT_GIVEN where an item was not in the person's booklet; `groups`: of each person.

    Persons with the same items and group make a block; whatever is blank is taken as not given by design.

    Raises RaschError for a category below NOT_GIVEN or an empty table.
    """
    if matrix.ndim != 2 or not matrix.size:
        raise RaschError("no_data", "no responses")
    if (matrix < NOT_GIVEN).any():
        raise RaschError("negative", "negative category")
    tops = np.maximum(matrix.max(axis=0), 0)
    given = matrix != NOT_GIVEN
    names = sorted(set(groups)) if groups is not None else [""]
    place = {name: number for number, name in enumerate(names)}
    group = np.array([place[name] for name in groups] if groups is not None else [0] * len(matrix), np.int64)
    keys, where = np.unique(np.column_stack([given, group]), axis=0, return_inverse=True)
    where = where.reshape(-1)
    blocks = []
    for number, key in enumerate(keys):
        items = np.flatnonzero(key[:-1])
        if items.size:
            blocks.append(_block(matrix[where == number][:, items], items, tops, int(key[-1])))
    counts = tuple(
        np.bincount(column[column >= 0], minlength=int(top) + 1) for column, top in zip(matrix.T, tops, strict=True)
    )
    return Responses(tuple(labels), counts, tuple(blocks), tuple(names), int((~given.any(axis=1)).sum()))


def _block(rows: Int64, items: Int64, tops: Int64, group: int) -> Block:
    widths = tops[items] + 1
    starts = np.concatenate([[0], np.cumsum(widths)[:-1]])
    totals = rows.sum(axis=1)
    size, width = int(tops[items].sum()) + 1, int(widths.sum())
    cells = np.zeros((size, width), np.int64)
    for column, start in zip(rows.T, starts, strict=True):
        np.add.at(cells, (totals, start + column), 1)
    return Block(tuple(int(item) for item in items), group, np.bincount(totals, minlength=size), cells)
