"""From stored batches to `CampaignStatistics`: three scans."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from qualimetry.engines.base import Engine
from qualimetry.frames.store import check_schema
from qualimetry.statistics import canonical, expressions, packing
from qualimetry.statistics.campaign import CELL_KEYS, PROFILE_KEYS, SCORE_KEYS, CampaignStatistics, ItemGroup
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
    profiles = engine.run(expressions.profiles(batch, shape, slices=slices))
    return CampaignStatistics(
        item_count,
        tuple(groups),
        slices,
        canonical.typed(_with_all_keys(profiles, PROFILE_KEYS), PROFILE_KEYS),
        _counted(engine, batch, shape, CELL_KEYS, groups, slices=slices),
        _counted(engine, batch, shape, SCORE_KEYS, groups, slices=slices),
    )


def _counted(
    engine: Engine, batch: Any, shape: BatchShape, keys: Sequence[str], groups: Sequence[ItemGroup], *, slices: bool
) -> pa.Table:
    rows = expressions.writers(batch)
    kept = expressions.kept_keys(keys, shape, slices=slices)
    flags = expressions.item_flags(rows, shape, with_not_attempted="class_group" in keys)
    squares = expressions.group_squares(rows, shape, groups)
    found = engine.run(expressions.counted(rows, kept, packing.packed_sums(flags), squares))
    if _largest(found) < packing.CAPACITY:
        counts = packing.unpack(found, list(flags))
    else:  # groups too large for packed counters: they are few, so plain sums are cheap
        found = engine.run(expressions.counted(rows, kept, packing.plain_sums(flags), squares))
        counts = {name: found.column(name).to_numpy().astype(np.int64) for name in flags}
    columns = {name: found.column(name) for name in [*kept, "n", *squares]}
    return canonical.typed(_with_all_keys(pa.table(columns | counts), keys), keys)


def _largest(table: pa.Table) -> int:
    return int(max(table.column("n").to_numpy(), default=0))


def _with_all_keys(table: pa.Table, keys: Sequence[str]) -> pa.Table:
    """The table with the keys that were left out of the grouping: NULL, or 0 for sex."""
    columns: dict[str, Any] = {name: table.column(name) for name in table.column_names}
    for key in keys:
        if key not in columns:
            value = pa.scalar(_CONSTANT.get(key), canonical.KEY_TYPES[key])
            columns[key] = pa.repeat(value, table.num_rows)
    return pa.table(columns)
