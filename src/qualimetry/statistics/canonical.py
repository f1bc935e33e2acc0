"""Canonical form of tables of counts: order of rows and columns, sums, bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

KEY_TYPES = {
    "organization": pa.int32(),
    "class_group": pa.string(),
    "variant": pa.int16(),
    "sex": pa.int8(),
    "has_sen": pa.bool_(),
    "total": pa.int16(),
    "mark": pa.int8(),
}
_COUNTS = (pa.int8(), pa.int16(), pa.int32(), pa.int64())
_NO_VALUE = -32768


def typed(table: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Keys in their types, then `n` and the counters that are anywhere above zero, sorted by name.

    Counters are in the least type that holds their values: equal contents have equal types.
    """
    columns = {key: table.column(key).cast(KEY_TYPES[key]) for key in keys}
    names = sorted(set(table.column_names) - {*keys, "n"})
    for name in ("n", *names):
        greatest = pc.max(table.column(name)).as_py() or 0
        if greatest or name == "n":
            columns[name] = table.column(name).cast(
                next(kind for kind in _COUNTS if greatest < 1 << kind.bit_width - 1)
            )
    return pa.table(columns)


def ordered(table: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Rows sorted by the keys (NULL first, FALSE before TRUE)."""
    sortable = pa.table({key: _sortable(table.column(key)) for key in keys})
    order = pc.sort_indices(sortable, sort_keys=[(key, "ascending") for key in keys])
    return typed(table, keys).take(order).combine_chunks()


def summed(tables: Sequence[pa.Table], keys: Sequence[str]) -> pa.Table:
    """Counters of equal keys added over all tables; a counter that a table lacks is zero there."""
    names = sorted({name for table in tables for name in table.column_names} - set(keys))
    kinds = {name: _widest(tables, name) for name in names}
    pooled = pa.concat_tables([_widened(table, keys, kinds) for table in tables])
    grouped = pooled.group_by(list(keys)).aggregate([(name, "sum") for name in names])
    renamed = grouped.rename_columns([name.removesuffix("_sum") for name in grouped.column_names])
    return ordered(renamed, keys)


def _widest(tables: Sequence[pa.Table], name: str) -> pa.DataType:
    known = [table.schema.field(name).type for table in tables if name in table.column_names]
    return max(known, key=lambda kind: kind.bit_width)


def _widened(table: pa.Table, keys: Sequence[str], kinds: Mapping[str, pa.DataType]) -> pa.Table:
    present = set(table.column_names)
    columns = {key: table.column(key).cast(KEY_TYPES[key]) for key in keys}
    columns |= {
        name: table.column(name).cast(kind) if name in present else pa.repeat(pa.scalar(0, kind), table.num_rows)
        for name, kind in kinds.items()
    }
    return pa.table(columns)


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
