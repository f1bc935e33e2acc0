"""From stored batches to `CampaignStatistics`: two scans, and a look at who was absent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from qualimetry.engines.base import Engine
from qualimetry.frames.store import check_schema
from qualimetry.statistics import canonical, expressions, packing
from qualimetry.statistics.campaign import CELL_KEYS, SCORE_KEYS, CampaignStatistics, ItemGroup
from qualimetry.statistics.shape import BatchShape

#: Values of keys that were not grouped by.
_CONSTANT = {"sex": 0}


class Query(NamedTuple):
    """What is asked of batches of one shape: equal questions are the same expression, compiled once."""

    shape: BatchShape
    keys: tuple[str, ...]
    groups: tuple[ItemGroup, ...]
    with_outcomes: bool


def scan_batches(
    paths: Sequence[Path],
    item_count: int,
    engine: Engine,
    *,
    groups: Sequence[ItemGroup] = (),
    slices: bool = True,
) -> CampaignStatistics:
    """Count the batches at `paths` (one blueprint). Raises BatchSchemaError naming the column that does not fit.

    groups: items counted together, for exact intervals of content elements. slices: keep sex and special needs.
    """
    for path in paths:
        check_schema(path, item_count)
    shape = BatchShape.of(paths, item_count)
    engine.read(paths)
    cell_keys = expressions.kept_keys(CELL_KEYS, shape, slices=slices)
    score_keys = expressions.kept_keys(SCORE_KEYS, shape, slices=slices)
    return CampaignStatistics(
        item_count,
        tuple(groups),
        slices,
        _complete(engine.run(_absentees(shape, cell_keys)), CELL_KEYS),
        _complete(_counted(engine, Query(shape, cell_keys, tuple(groups), True)), CELL_KEYS),
        _complete(_counted(engine, Query(shape, score_keys, tuple(groups), False)), SCORE_KEYS),
    )


def _counted(engine: Engine, query: Query) -> pa.Table:
    """Counters by the keys: with the narrowest digits that hold the largest group."""
    for width in (*packing.WIDTHS, None):
        sums, expression = _question(query, width)
        found = engine.run(expression)
        if width is None or _largest(found) < width.capacity:
            break
    squares = {f"g{number}": packing.integers(found, f"g{number}") for number in range(len(query.groups))}
    columns = {name: found.column(name) for name in (*query.keys, "n")}
    return pa.table(columns | squares | sums.unpack(found))


@lru_cache(maxsize=64)
def _question(query: Query, width: packing.Width | None) -> tuple[packing.Sums, Any]:
    rows = expressions.writers(expressions.batch_of(query.shape), query.shape)
    tallies = expressions.item_tallies(rows, query.shape, with_not_attempted=query.with_outcomes)
    if query.with_outcomes:
        tallies += expressions.outcome_tallies(rows, query.shape)
    words = rows if query.shape.has_words else None
    sums = packing.PackedSums(tallies, width, words) if width else packing.PlainSums(tallies)
    squares = expressions.group_squares(rows, query.shape, query.groups)
    return sums, expressions.counted(rows, query.keys, sums, squares)


@lru_cache(maxsize=64)
def _absentees(shape: BatchShape, keys: tuple[str, ...]) -> Any:
    return expressions.absentees(expressions.batch_of(shape), keys)


def _largest(table: pa.Table) -> int:
    return int(table.column("n").to_numpy().max(initial=0))


def _complete(table: pa.Table, keys: Sequence[str]) -> pa.Table:
    """The table with the keys that were left out of the grouping (NULL, or 0 for sex), in the types of the counts."""
    columns: dict[str, Any] = {name: table.column(name) for name in table.column_names}
    for key in keys:
        if key not in columns:
            value = pa.scalar(_CONSTANT.get(key), canonical.KEY_TYPES[key])
            columns[key] = pa.repeat(value, table.num_rows)
    return canonical.typed(pa.table(columns), keys)
