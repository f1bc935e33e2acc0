"""The scans as Ibis expressions: what is counted, by what keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

import ibis
import pyarrow as pa

from qualimetry.engines.base import BATCH
from qualimetry.frames.batch import batch_schema, item_column
from qualimetry.frames.words import ZERO, word_column, word_count
from qualimetry.statistics.campaign import ItemGroup, pair_code
from qualimetry.statistics.packing import Sums, Tally
from qualimetry.statistics.shape import BatchShape, ColumnRange

#: Keys that `slices=False` leaves out.
SLICE_KEYS = frozenset({"sex", "has_sen"})
MARKS = (2, 3, 4, 5)


def batch_of(shape: BatchShape) -> Any:
    """The rows of the batches that an engine has read, whichever they are."""
    words = [pa.field(word_column(n), pa.int64()) for n in range(1, word_count(len(shape.items)) + 1)]
    fields = [field for field in batch_schema(len(shape.items)) if field.name != "participant"]  # nobody is counted by
    schema = pa.schema([*fields, *(words if shape.has_words else [])])
    return ibis.table(ibis.Schema.from_pyarrow(schema), name=BATCH)


def kept_keys(keys: Sequence[str], shape: BatchShape, *, slices: bool) -> tuple[str, ...]:
    """Keys worth grouping by: not those that are empty throughout, nor the slices when they are not wanted."""
    optional = {"sex", "has_sen", "total", "mark"}
    dropped = {key for key in optional if not shape.is_filled(key)} | (set() if slices else SLICE_KEYS)
    return tuple(key for key in keys if key not in dropped)


def absentees(batch: Any, keys: Sequence[str]) -> Any:
    """Number of those who did not come."""
    return batch.filter(batch.is_valid_attempt, ~batch.present).group_by(list(keys)).aggregate(n=ibis._.count())


def writers(batch: Any, shape: BatchShape) -> Any:
    """Rows of those who wrote and whose attempt counts."""
    conditions = [batch[name] for name in ("is_valid_attempt", "present") if not shape.is_all_true(name)]
    return batch.filter(*conditions) if conditions else batch


def counted(rows: Any, keys: Sequence[str], sums: Sums, squares: Mapping[str, Any]) -> Any:
    """One GROUP BY of `rows` with size, counters and squares of item groups. Sums are float64 of integers: exact."""
    prepared = rows.select(*keys, **sums.columns(), **squares)
    totals = {name: term(prepared).cast("float64").sum() for name, term in sums.terms().items()}
    totals |= {name: prepared[name].cast("float64").sum() for name in squares}
    return prepared.group_by(list(keys)).aggregate(n=prepared.count(), **totals)


def item_tallies(rows: Any, shape: BatchShape, *, with_not_attempted: bool) -> list[Tally]:
    """Counters `i{k}={x}` (x = −1 where wanted, 1…) and `i{k}=null`; NULL goes before −1 as in the stored words."""
    found = [_item_tally(rows, position, part, with_not_attempted) for position, part in enumerate(shape.items, 1)]
    return [tally for tally in found if tally is not None]


def _item_tally(rows: Any, position: int, found: ColumnRange, with_not_attempted: bool) -> Tally | None:
    name = item_column(position)
    low, high = min(found.low or 0, 0), max(found.high or 0, 0)
    least = -1 if with_not_attempted else 1
    names = {score: f"{name}={score}" for score in range(low, high + 1) if score and score >= least}
    column = rows[name]
    if found.has_null:
        low = -ZERO
        names[low] = f"{name}=null"
        column = column.cast("int16").fill_null(low)
    if not names:
        return None
    return Tally(column, low, high - low, {score - low: label for score, label in names.items()}, position)


def outcome_tallies(rows: Any, shape: BatchShape) -> list[Tally]:
    """Counters `total={r}`, `test_score={t}`, `passed={0, 1}`, `level={index}` and those of marks."""
    found = [_values(rows, name, shape.range_of(name)) for name in ("total", "test_score", "passed", "level")]
    return [tally for tally in (*found, _mark_pairs(rows, shape)) if tally is not None]


def _values(rows: Any, name: str, found: ColumnRange) -> Tally | None:
    if found.high is None or found.high < 0:
        return None
    column = rows[name].cast("int16")
    known = column if (found.low or 0) >= 0 else (column >= 0).ifelse(column, None)
    return Tally(known, 0, found.high, {value: f"{name}={value}" for value in range(found.high + 1)})


def _mark_pairs(rows: Any, shape: BatchShape) -> Tally | None:
    """Counters `marks={mark}{journal mark}`, 0 where the journal has none."""
    marks, journal = shape.range_of("mark"), shape.range_of("journal_mark")
    if marks.high is None:
        return None
    step = len(MARKS) + 1
    code = (_within(rows.mark, marks) - MARKS[0]).cast("int16") * step
    if journal.high is not None:
        code = code + (_within(rows.journal_mark, journal) - 1).fill_null(0)
    pairs = {(mark, other) for mark in MARKS for other in (0, *MARKS)}
    names = {(mark - 2) * step + max(other - 1, 0): f"marks={pair_code(mark, other)}" for mark, other in pairs}
    return Tally(code, 0, len(MARKS) * step - 1, names)


def _within(column: Any, found: ColumnRange) -> Any:
    """Marks 2…5; anything else is no mark."""
    is_mark = (found.low or 0) >= MARKS[0] and (found.high or 0) <= MARKS[-1]
    return column if is_mark else column.between(MARKS[0], MARKS[-1]).ifelse(column, None)


def group_squares(rows: Any, shape: BatchShape, groups: Sequence[ItemGroup]) -> dict[str, Any]:
    """(Points of the group)² as `g{j}`; −1 and NULL are zero points."""
    squares = {}
    for number, group in enumerate(groups):
        points = _points(rows, shape, group)
        squares[f"g{number}"] = points * points
    return squares


def _points(rows: Any, shape: BatchShape, group: ItemGroup) -> Any:
    return reduce(add, [_item_points(rows, shape, position) for position in group.positions]).cast("int32")


def _item_points(rows: Any, shape: BatchShape, position: int) -> Any:
    found = shape.items[position - 1]
    column = rows[item_column(position)].cast("int16")
    if found.has_null:
        column = column.fill_null(0)
    return column.clip(lower=0) if (found.low or 0) < 0 else column
