"""Assembled rows as an Arrow table of the batch schema, participants as keyed hashes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from intake.contracts import MISSING, NO_VALUE
from msoko.foundation.processing.pseudonyms import KEY_BYTES, participant_keys
from msoko.foundation.processing.rows import Rows
from qualimetry.frames.batch import batch_schema
from qualimetry.frames.blueprint import Blueprint


@dataclass(frozen=True, slots=True)
class Attempts:
    """Number of the attempt in order of exam days, and whether it is the one that counts."""

    number: npt.NDArray[np.int16]
    is_valid: npt.NDArray[np.bool_]


def batch_table(
    rows: Rows,
    total: npt.NDArray[np.int16],
    attempts: Attempts,
    blueprint: Blueprint,
    *,
    campaign: str,
    secret: bytes,
) -> pa.Table:
    """Table sorted by organization and class, otherwise in order of files and rows."""
    order = np.lexsort((rows.class_group, rows.organization))
    rows = rows.take(order)
    columns = [
        pa.array(rows.organization, pa.int32()),
        pa.DictionaryArray.from_arrays(pa.array(rows.class_group), pa.array(rows.class_groups)).dictionary_decode(),
        _participants(rows, campaign, secret),
        pa.array(rows.variant, pa.int16()),
        pa.array(rows.sex, pa.int8()),
        pa.nulls(len(rows), pa.bool_()),
        pa.array(rows.present, pa.bool_()),
        pa.array(attempts.is_valid[order], pa.bool_()),
        pa.array(attempts.number[order], pa.int16()),
        _nullable(total[order], pa.int16()),
        _nullable(rows.file_total, pa.int16()),
        _nullable(rows.mark, pa.int8()),
        _nullable(rows.journal_mark, pa.int8()),
        _nullable(rows.test_score, pa.int16()),
        _nullable(rows.passed, pa.int8()).cast(pa.bool_()),
        _levels(rows, blueprint),
    ]
    columns += [_item(rows.items[:, place]) for place in range(rows.items.shape[1])]
    return pa.Table.from_arrays(columns, schema=batch_schema(rows.items.shape[1]))


def _participants(rows: Rows, campaign: str, secret: bytes) -> pa.Array:
    """Keyed hashes; a row without a code gets a key of its own from its place in the file."""
    codes = [rows.codes[index] for index in rows.code.tolist()]
    for position in np.flatnonzero(rows.code == 0).tolist():
        work = rows.works[int(rows.work[position])]
        codes[position] = f"row:{work.file}:{work.sheet}:{int(rows.row[position])}"
    keys = participant_keys(secret, campaign, zip(rows.organization.tolist(), codes, strict=True))
    return pa.Array.from_buffers(pa.binary(KEY_BYTES), len(rows), [None, pa.py_buffer(keys)])


def _nullable(values: npt.NDArray[np.integer], kind: pa.DataType) -> pa.Array:
    missing = values == NO_VALUE
    return pa.array(np.where(missing, 0, values), kind, mask=missing)


def _item(values: npt.NDArray[np.integer]) -> pa.Array:
    return pa.array(np.ascontiguousarray(values), pa.int8(), mask=values == MISSING)


def _levels(rows: Rows, blueprint: Blueprint) -> pa.Array:
    names = blueprint.levels.names if blueprint.levels is not None else ()
    places = np.array([names.index(word) if word in names else NO_VALUE for word in rows.levels], dtype=np.int16)
    return _nullable(places[rows.level], pa.int8())
