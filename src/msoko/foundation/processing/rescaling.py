"""Marks and levels of a stored batch by the specification that is chosen now.

A batch keeps what the files say. Where they give no marks (or levels), these follow from raw scores, so a scale that
becomes known later, or is corrected, must reach the results without the files being loaded again.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from intake.contracts import MISSING, NO_VALUE
from msoko.foundation.processing.marks import marks_by_scores
from qualimetry.frames.batch import item_column
from qualimetry.frames.blueprint import Blueprint, LevelCuts


def rescaled(table: pa.Table, blueprint: Blueprint, *, marks: bool, levels: bool) -> pa.Table:
    """The batch with marks and levels derived anew; `marks`, `levels` say which of them the files did not give."""
    if marks:
        table = _with_column(table, "mark", _marks(table, blueprint))
    if levels:
        table = _with_column(table, "level", _levels(table, blueprint.levels))
    return table


def _marks(table: pa.Table, blueprint: Blueprint) -> npt.NDArray[np.int16]:
    total = _filled(table, "total", NO_VALUE)
    if blueprint.cut_scores is None:
        return np.full(len(total), NO_VALUE, dtype=np.int16)
    places = range(1, len(blueprint.items) + 1)
    columns = [_filled(table, item_column(place), MISSING) for place in places]
    items = np.stack(columns, axis=1) if columns else np.zeros((len(total), 0), dtype=np.int16)
    labels = [item.label for item in blueprint.items]
    return marks_by_scores(total, items, labels, blueprint.cut_scores)


def _levels(table: pa.Table, levels: LevelCuts | None) -> npt.NDArray[np.int16]:
    total = _filled(table, "total", NO_VALUE)
    if levels is None or len(levels.lowest) != len(levels.names) - 1:
        return np.full(len(total), NO_VALUE, dtype=np.int16)
    reached = np.searchsorted(np.array(levels.lowest), total, side="right").astype(np.int16)
    return np.where(total == NO_VALUE, NO_VALUE, reached).astype(np.int16)


def _filled(table: pa.Table, name: str, absent: int) -> npt.NDArray[np.int16]:
    """A column as int16 with `absent` in place of NULL."""
    filled: npt.NDArray[np.int16] = table.column(name).cast(pa.int16()).fill_null(absent).to_numpy()
    return filled


def _with_column(table: pa.Table, name: str, values: npt.NDArray[np.int16]) -> pa.Table:
    missing = values == NO_VALUE
    column = pa.array(np.where(missing, 0, values), pa.int8(), mask=missing)
    return table.set_column(table.column_names.index(name), table.schema.field(name), column)
