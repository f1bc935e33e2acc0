"""Counts rolled up to groups (the whole, organizations, classes) as NumPy arrays with one row a group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from qualimetry.statistics.campaign import CampaignStatistics

Int64 = npt.NDArray[np.int64]

#: Stands for NULL in the integer columns below.
NO_VALUE = -1
#: More than there are names of classes.
_CLASSES = 1 << 24
_ITEM = re.compile(r"i(\d+)")
_SQUARES = re.compile(r"g\d+")


@dataclass(frozen=True, slots=True)
class Keys:
    """Groups in order: organization and class of each (None where the grouping does not have it)."""

    organizations: tuple[int | None, ...]
    classes: tuple[str | None, ...]

    def __len__(self) -> int:
        return len(self.organizations)

    def rows(self, part: slice) -> Keys:
        return Keys(self.organizations[part], self.classes[part])


@dataclass(frozen=True, slots=True)
class Counters:
    """Counters of a table as arrays with one number a row; `group` is the row of the rolled-up arrays.

    scores by (position, score) and nulls by position of items, squares by number of the item group; outcomes by name
    of the column (`total`, `marks`…) and value. Counters that are zero throughout are left out. `total` and `mark` are
    the keys of the table of scores.
    """

    group: Int64
    n: Int64
    variant: Int64
    total: Int64
    mark: Int64
    scores: dict[tuple[int, int], Int64]
    nulls: dict[int, Int64]
    squares: dict[int, Int64]
    outcomes: dict[str, dict[int, Int64]]


def keys_of(statistics: CampaignStatistics, by: tuple[str, ...]) -> Keys:
    """Groups of a grouping by () | ("organization",) | ("organization", "class_group"), sorted."""
    if not by:
        return Keys((None,), (None,))
    tables = (statistics.cells, statistics.absences)
    if "class_group" not in by:
        found = np.unique(np.concatenate([_ints(table, "organization") for table in tables])).tolist()
        return Keys(tuple(found), (None,) * len(found))
    names = sorted({name for table in tables for name in pc.unique(table.column("class_group")).to_pylist()})
    pairs = np.unique(np.concatenate([_pairs_of(table, names) for table in tables]))
    classes = [names[code] for code in (pairs % _CLASSES).tolist()]
    return Keys(tuple((pairs // _CLASSES).tolist()), tuple(classes))


def absent_of(statistics: CampaignStatistics, keys: Keys) -> Int64:
    """[G] participants who did not come."""
    table = statistics.absences
    return add_up(_group_index(table, keys), _ints(table, "n"), len(keys))


def cells_of(statistics: CampaignStatistics, keys: Keys) -> Counters:
    """Counters by group and variant."""
    return _counters(statistics.cells, keys)


def scores_of(statistics: CampaignStatistics, keys: Keys) -> Counters:
    """Item counters by group, variant, total and mark; `keys` must not go below organizations."""
    return _counters(statistics.scores, keys)


def _counters(table: pa.Table, keys: Keys) -> Counters:
    scores: dict[tuple[int, int], Int64] = {}
    nulls: dict[int, Int64] = {}
    squares: dict[int, Int64] = {}
    outcomes: dict[str, dict[int, Int64]] = {}
    for name in table.column_names:
        kind, _, value = name.partition("=")
        if _SQUARES.fullmatch(name):
            squares[int(name[1:])] = _ints(table, name)
        elif value and (column := _ints(table, name)).any():
            if item := _ITEM.fullmatch(kind):
                _put_item(scores, nulls, int(item[1]), value, column)
            else:
                outcomes.setdefault(kind, {})[int(value)] = column
    empty = np.full(table.num_rows, NO_VALUE, np.int64)
    total, mark = (_ints(table, name) if name in table.column_names else empty for name in ("total", "mark"))
    group, n, variant = _group_index(table, keys), _ints(table, "n"), _ints(table, "variant")
    return Counters(group, n, variant, total, mark, scores, nulls, squares, outcomes)


def _put_item(
    scores: dict[tuple[int, int], Int64], nulls: dict[int, Int64], position: int, value: str, column: Int64
) -> None:
    if value == "null":
        nulls[position] = column
    else:
        scores[position, int(value)] = column


def _ints(table: pa.Table, name: str) -> Int64:
    """A column as integers: int32 where its type fits (half the memory and time of int64), NULL as NO_VALUE."""
    column = table.column(name)
    kind = pa.int64() if pa.types.is_int64(column.type) else pa.int32()
    if column.null_count == len(column):
        column = pa.chunked_array([pa.repeat(pa.scalar(NO_VALUE, kind), len(column))])
    if column.null_count:
        column = pc.fill_null(column.cast(kind), NO_VALUE)
    return np.asarray(column.cast(kind).to_numpy())


def _group_index(table: pa.Table, keys: Keys) -> Int64:
    """Row of each table row in `keys`."""
    if keys.organizations == (None,):
        return np.zeros(table.num_rows, np.int64)
    if keys.classes[:1] == (None,) or "class_group" not in table.column_names:
        return np.searchsorted(np.array(keys.organizations, np.int64), _ints(table, "organization")).astype(np.int64)
    names = sorted({name for name in keys.classes if name is not None})
    codes = {name: code for code, name in enumerate(names)}
    known = _pair(np.array(keys.organizations, np.int64), np.array([codes[n] for n in keys.classes if n is not None]))
    return np.searchsorted(known, _pairs_of(table, names)).astype(np.int64)


def _pairs_of(table: pa.Table, names: Sequence[str]) -> Int64:
    """Organization and class of each row as one number; `names` are all classes, sorted."""
    codes = {name: code for code, name in enumerate(names)}
    encoded = table.column("class_group").combine_chunks().dictionary_encode()
    lookup = np.array([codes[name] for name in encoded.dictionary.to_pylist()], np.int64)
    return _pair(_ints(table, "organization"), lookup[encoded.indices.to_numpy()])


def _pair(organization: Int64, klass: Int64) -> Int64:
    return organization.astype(np.int64) * _CLASSES + klass


def add_up(index: Int64, values: Int64, size: int) -> Int64:
    """Sum of `values` by `index` 0…size−1; exact while sums stay below 2^53."""
    return np.bincount(index, weights=values, minlength=size).astype(np.int64)


def rolled(values: Int64, starts: Int64) -> Int64:
    """Rows of `values` added up in runs that begin at `starts`: classes to their organizations."""
    if not len(values):
        return np.zeros((starts.size, *values.shape[1:]), np.int64)
    return np.asarray(np.add.reduceat(values, starts, axis=0), np.int64)
