"""Canonical form of tables of counts: order of rows and columns, sums, bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

KEY_TYPES = {
    "organization": pa.int32(),
    "class_group": pa.string(),
    "variant": pa.int16(),
    "sex": pa.int8(),
    "has_sen": pa.bool_(),
    "present": pa.bool_(),
    "total": pa.int16(),
    "mark": pa.int8(),
    "journal_mark": pa.int8(),
    "test_score": pa.int16(),
    "passed": pa.bool_(),
    "level": pa.int8(),
}
_NO_VALUE = -32768


def counters(table: pa.Table, keys: Sequence[str]) -> list[str]:
    """Names of the counters that are anywhere above zero, `n` first, then sorted."""
    names = [name for name in table.column_names if name not in keys and name != "n"]
    used = [name for name in names if pc.any(pc.not_equal(table.column(name), 0)).as_py()]
    return ["n", *sorted(used)]


def typed(table: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Keys in their types, then `n` and the counters that are used: int32, or int64 where a value needs it."""
    columns = {key: table.column(key).cast(KEY_TYPES[key]) for key in keys}
    columns |= {name: _narrowed(table.column(name)) for name in counters(table, keys)}
    return pa.table(columns)


def _narrowed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Half the memory for counts; the value decides, so equal contents have equal types."""
    greatest = pc.max(column).as_py() or 0
    return column.cast(pa.int32() if greatest < 1 << 31 else pa.int64())


def ordered(table: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Rows sorted by the keys (NULL first, FALSE before TRUE)."""
    sortable = pa.table({key: _sortable(table.column(key)) for key in keys})
    order = pc.sort_indices(sortable, sort_keys=[(key, "ascending") for key in keys])
    return typed(table, keys).take(order).combine_chunks()


def summed(tables: Sequence[pa.Table], keys: Sequence[str]) -> pa.Table:
    """Counters of equal keys added over all tables; a counter that a table lacks is zero there."""
    names = sorted({name for table in tables for name in table.column_names} - set(keys))
    pooled = pa.concat_tables([_widened(table, keys, names) for table in tables])
    grouped = pooled.group_by(list(keys)).aggregate([(name, "sum") for name in names])
    renamed = grouped.rename_columns([name.removesuffix("_sum") for name in grouped.column_names])
    return ordered(renamed, keys)


def _widened(table: pa.Table, keys: Sequence[str], names: Sequence[str]) -> pa.Table:
    zeros = pa.array(np.zeros(table.num_rows, np.int64))
    columns = {key: table.column(key).cast(KEY_TYPES[key]) for key in keys}
    present = set(table.column_names)
    return pa.table(
        columns | {name: table.column(name).cast(pa.int64()) if name in present else zeros for name in names}
    )


def _sortable(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_string(column.type):
        return column
    return pc.fill_null(column.cast(pa.int32()), _NO_VALUE)


def update_digest(digest: Any, table: pa.Table, keys: Sequence[str]) -> None:
    """Feed names and values of the canonical form to a hash, independent of Arrow's buffers."""
    rows = ordered(table, keys)
    for name in rows.column_names:
        digest.update(f"\n{name}:{rows.num_rows}\n".encode())
        column = rows.column(name)
        if pa.types.is_string(column.type):
            digest.update("\0".join(column.to_pylist()).encode())
        else:
            digest.update(pc.fill_null(column.cast(pa.int64()), _NO_VALUE).to_numpy().astype("<i8").tobytes())


def write(sink: io.BytesIO, table: pa.Table) -> None:
    """Append the table as a length and a compressed Arrow stream."""
    buffer = pa.BufferOutputStream()
    with pa.ipc.new_stream(buffer, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    data = buffer.getvalue()
    sink.write(data.size.to_bytes(8, "little"))
    sink.write(data)


def read_all(data: bytes) -> list[pa.Table]:
    """All tables written one after another."""
    tables, place = [], 0
    while place < len(data):
        size = int.from_bytes(data[place : place + 8], "little")
        with pa.ipc.open_stream(pa.py_buffer(data[place + 8 : place + 8 + size])) as reader:
            tables.append(reader.read_all())
        place += 8 + size
    return tables
