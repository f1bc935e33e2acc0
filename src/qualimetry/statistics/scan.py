"""From stored batches to `CampaignStatistics`: three scans."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from qualimetry.engines.base import Engine
from qualimetry.frames.store import check_schema
from qualimetry.statistics import canonical, expressions, packing
from qualimetry.statistics.campaign import CELL_KEYS, SCORE_KEYS, CampaignStatistics, ItemGroup
from qualimetry.statistics.packing import Tally
from qualimetry.statistics.shape import BatchShape

#: Values of keys that were not grouped by.
_CONSTANT = {"sex": 0}


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
    batch = engine.read(paths)
    rows = expressions.writers(batch, shape)
    items = expressions.item_tallies(rows, shape, with_not_attempted=True)
    by_cell = [*items, *expressions.outcome_tallies(rows, shape)]
    by_score = expressions.item_tallies(rows, shape, with_not_attempted=False)
    squares = expressions.group_squares(rows, shape, groups)
    cell_keys = expressions.kept_keys(CELL_KEYS, shape, slices=slices)
    score_keys = expressions.kept_keys(SCORE_KEYS, shape, slices=slices)
    absences = engine.run(expressions.absentees(batch, cell_keys))
    return CampaignStatistics(
        item_count,
        tuple(groups),
        slices,
        _complete(absences, CELL_KEYS),
        _complete(_counted(engine, rows, cell_keys, by_cell, squares), CELL_KEYS),
        _complete(_counted(engine, rows, score_keys, by_score, squares), SCORE_KEYS),
    )


def _counted(
    engine: Engine, rows: Any, keys: Sequence[str], tallies: Sequence[Tally], squares: dict[str, Any]
) -> pa.Table:
    """Counters by `keys`: with the narrowest digits that hold the largest group."""
    for width in packing.WIDTHS:
        sums = packing.PackedSums(tallies, width)
        found = engine.run(expressions.counted(rows, keys, sums, squares))
        if _largest(found) < width.capacity:
            return _unpacked(found, keys, sums, squares)
    plain = packing.PlainSums(tallies)
    return _unpacked(engine.run(expressions.counted(rows, keys, plain, squares)), keys, plain, squares)


def _unpacked(found: pa.Table, keys: Sequence[str], sums: packing.Sums, squares: dict[str, Any]) -> pa.Table:
    columns = {name: found.column(name) for name in [*keys, "n", *squares]}
    return pa.table(columns | sums.unpack(found))


def _largest(table: pa.Table) -> int:
    return int(max(table.column("n").to_numpy(), default=0))


def _complete(table: pa.Table, keys: Sequence[str]) -> pa.Table:
    """The table with the keys that were left out of the grouping (NULL, or 0 for sex) and the columns it needs."""
    columns: dict[str, Any] = {name: table.column(name) for name in table.column_names}
    for key in keys:
        if key not in columns:
            value = pa.scalar(_CONSTANT.get(key), canonical.KEY_TYPES[key])
            columns[key] = pa.repeat(value, table.num_rows)
    return canonical.typed(pa.table(columns), keys)
