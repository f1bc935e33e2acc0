"""The scans as Ibis expressions: what is counted, by what keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis

from qualimetry.frames.batch import item_column
from qualimetry.statistics.campaign import CELL_KEYS, PROFILE_KEYS, SCORE_KEYS, ItemGroup
from qualimetry.statistics.shape import BatchShape

#: Keys that `slices=False` leaves out.
SLICE_KEYS = frozenset({"sex", "has_sen"})


def kept_keys(keys: Sequence[str], shape: BatchShape, *, slices: bool) -> list[str]:
    """Keys worth grouping by: not those that are empty throughout, nor the slices when they are not wanted."""
    optional = {"sex", "has_sen", "total", "mark", "journal_mark", "test_score", "passed", "level"}
    dropped = {key for key in optional if key not in shape.filled} | (set() if slices else SLICE_KEYS)
    return [key for key in keys if key not in dropped]


def profiles(batch: Any, shape: BatchShape, *, slices: bool) -> Any:
    """Number of participants by everything but the items."""
    keys = kept_keys(PROFILE_KEYS, shape, slices=slices)
    return batch.filter(batch.is_valid_attempt).group_by(keys).aggregate(n=ibis._.count())


def writers(batch: Any) -> Any:
    """Rows of those who wrote and whose attempt counts."""
    return batch.filter(batch.is_valid_attempt, batch.present)


def counted(rows: Any, keys: Sequence[str], sums: Mapping[str, Any], groups: Mapping[str, Any]) -> Any:
    """One GROUP BY of `rows` with size, counters and squares of item groups."""
    return rows.group_by(list(keys)).aggregate(n=rows.count(), **sums, **groups)


def item_flags(rows: Any, shape: BatchShape, *, with_not_attempted: bool) -> dict[str, Any]:
    """Boolean columns, never NULL, whose sums are the counters `i{k}={x}` and `i{k}=null`."""
    flags: dict[str, Any] = {}
    for position, found in enumerate(shape.items, start=1):
        name = item_column(position)
        column = rows[name]
        if found.has_null:
            flags[f"{name}=null"] = column.isnull()
        if found.low is None or found.high is None:
            continue
        values = [-1] * (with_not_attempted and found.low < 0) + list(range(1, found.high + 1))
        for value in values:
            flag = column == value
            flags[f"{name}={value}"] = flag.fill_null(False) if found.has_null else flag
    return flags


def group_squares(rows: Any, shape: BatchShape, groups: Sequence[ItemGroup]) -> dict[str, Any]:
    """Σ (points of the group)² as `g{j}`; −1 and NULL are zero points."""
    return {
        f"g{number}": (points := _points(rows, shape, group)).__mul__(points).sum().cast("int64")
        for number, group in enumerate(groups)
    }


def _points(rows: Any, shape: BatchShape, group: ItemGroup) -> Any:
    total: Any = ibis.literal(0, "int32")
    for position in group.positions:
        found = shape.items[position - 1]
        column = rows[item_column(position)].cast("int32")
        if found.has_null:
            column = column.fill_null(0)
        total = total + (column.clip(lower=0) if (found.low or 0) < 0 else column)
    return total


__all__ = ["CELL_KEYS", "SCORE_KEYS", "counted", "group_squares", "item_flags", "kept_keys", "profiles", "writers"]
