"""Writing and reading stored batches: immutable Parquet files named by the hash of what they hold."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qualimetry.frames.batch import batch_schema, item_column
from qualimetry.frames.words import with_words

#: Order of rows; `attempt` tells the attempts of one participant apart.
SORT_KEYS = ("organization", "class_group", "participant", "attempt")
ROW_GROUP = 122_880


class BatchSchemaError(ValueError):
    """The table does not fit the schema of a batch; the message names the column."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(f"{column}: {message}")
        self.column = column


def item_count_of(schema: pa.Schema) -> int:
    """How many item columns `i1`, `i2`… a schema has without a break."""
    count = 0
    while item_column(count + 1) in schema.names:
        count += 1
    return count


def conform(table: pa.Table, item_count: int | None = None) -> pa.Table:
    """The table cast to the schema of a batch, columns in order.

    Raises BatchSchemaError naming the first column that is missing, extra, of a wrong type or holds a forbidden NULL.
    """
    count = item_count if item_count is not None else item_count_of(table.schema)
    schema = batch_schema(count)
    extra = [name for name in table.column_names if name not in schema.names]
    if extra:
        raise BatchSchemaError(extra[0], "unknown column")
    return pa.table([_conform_column(table, field) for field in schema], schema=schema)


def check_schema(path: Path, item_count: int) -> None:
    """Raise BatchSchemaError when the file at `path` is not a batch of `item_count` items (reads the footer only)."""
    found = pq.read_schema(path)
    for field in batch_schema(item_count):
        if field.name not in found.names:
            raise BatchSchemaError(field.name, f"missing in {path.name}")
        if found.field(field.name).type != field.type:
            raise BatchSchemaError(field.name, f"is {found.field(field.name).type} in {path.name}, not {field.type}")
    beyond = item_column(item_count + 1)
    if beyond in found.names:
        raise BatchSchemaError(beyond, f"beyond the {item_count} items of the blueprint in {path.name}")


def write_batch(table: pa.Table, folder: Path) -> Path:
    """Store a batch in `folder` and return its path; the same rows in any order give the same file.

    The file is written beside, synced and renamed: a killed process leaves at most a `.tmp` file, never half a batch.
    Raises BatchSchemaError.
    """
    canonical = _sorted(conform(table))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{content_hash(canonical)}.parquet"
    if not path.exists():
        _write_atomically(with_words(canonical, item_count_of(canonical.schema)), path)
    return path


def read_batch(path: Path) -> pa.Table:
    """The batch stored at `path`. Raises BatchSchemaError when it is not one."""
    count = item_count_of(pq.read_schema(path))
    check_schema(path, count)
    return pq.read_table(path, columns=batch_schema(count).names)


def content_hash(table: pa.Table) -> str:
    """SHA-256 over names, types and values of a conformed table, independent of chunks and of the Parquet writer."""
    digest = hashlib.sha256()
    for name in table.column_names:
        column = table.column(name).combine_chunks()
        digest.update(f"{name}:{column.type}:{len(column)}:{column.null_count}\n".encode())
        digest.update(_value_bytes(column))
    return digest.hexdigest()


def _value_bytes(column: pa.Array) -> bytes:
    valid = pc.is_valid(column).to_numpy(zero_copy_only=False).tobytes() if column.null_count else b""
    if pa.types.is_string(column.type):
        return valid + "\0".join(column.to_pylist()).encode()
    if pa.types.is_fixed_size_binary(column.type):
        return valid + b"".join(column.to_pylist())
    filled = column.fill_null(False if pa.types.is_boolean(column.type) else 0)
    return bytes(valid + filled.to_numpy(zero_copy_only=False).tobytes())


def _conform_column(table: pa.Table, field: pa.Field) -> pa.ChunkedArray:
    if field.name not in table.column_names:
        raise BatchSchemaError(field.name, "missing column")
    column = table.column(field.name)
    try:
        cast = column.cast(field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError) as error:
        raise BatchSchemaError(field.name, f"cannot be {field.type}: {error}") from error
    if not field.nullable and cast.null_count:
        raise BatchSchemaError(field.name, f"{cast.null_count} empty values")
    return cast


def _sorted(table: pa.Table) -> pa.Table:
    """Rows in canonical order: by the keys, ties broken by all other columns so that the order of input is lost."""
    rest = [name for name in table.column_names if name not in SORT_KEYS]
    keys: Sequence[tuple[str, str]] = [(name, "ascending") for name in (*SORT_KEYS, *rest)]
    readable = table.set_column(
        table.column_names.index("participant"), "participant", table.column("participant").cast(pa.binary())
    )
    flat = _booleans_as_numbers(readable)
    return table.take(pc.sort_indices(flat, sort_keys=keys)).combine_chunks()


def _booleans_as_numbers(table: pa.Table) -> pa.Table:
    fields = [pa.field(f.name, pa.int8() if pa.types.is_boolean(f.type) else f.type) for f in table.schema]
    return table.cast(pa.schema(fields))


def _write_atomically(table: pa.Table, path: Path) -> None:
    temporary = path.with_name(f".{path.stem[:16]}-{uuid4().hex}.tmp")
    try:
        with temporary.open("wb") as stream:
            pq.write_table(table, stream, compression="zstd", row_group_size=ROW_GROUP, write_statistics=True)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # directories cannot be synced there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
