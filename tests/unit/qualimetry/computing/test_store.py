"""Stored batches: named by content, whole or not at all, refused with the name of the column."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from qualimetry.frames.store import BatchSchemaError, check_schema, read_batch, write_batch
from tests.factories.batches import batch

ROWS = [
    {"organization": 2, "items": [1, 2], "mark": 4},
    {"organization": 1, "class_group": "Б", "items": [None, -1]},
    {"organization": 1, "class_group": "А", "items": [0, 1], "has_sen": True},
]


def test_rows_are_sorted_and_come_back(tmp_path: Path) -> None:
    stored = read_batch(write_batch(batch(ROWS, 2), tmp_path))
    assert stored.column("organization").to_pylist() == [1, 1, 2]
    assert stored.column("class_group").to_pylist() == ["А", "Б", "А"]
    assert stored.column("i1").to_pylist() == [0, None, 1]


def test_order_of_rows_and_a_second_writing_change_nothing(tmp_path: Path) -> None:
    table = batch(ROWS, 2)
    first = write_batch(table, tmp_path)
    stamp = first.stat().st_mtime_ns
    assert write_batch(table.take([2, 0, 1]), tmp_path) == first
    assert first.stat().st_mtime_ns == stamp
    assert [path.name for path in tmp_path.iterdir()] == [first.name]


def test_other_content_gets_another_name(tmp_path: Path) -> None:
    changed = [ROWS[0] | {"mark": None}, *ROWS[1:]]
    assert write_batch(batch(ROWS, 2), tmp_path) != write_batch(batch(changed, 2), tmp_path)
    assert write_batch(batch([], 2), tmp_path).exists()


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_batch(batch(ROWS, 2), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "column"),
    [
        (lambda t: t.drop_columns(["mark"]), "mark"),
        (lambda t: t.append_column("name", pa.array(["x"] * 3)), "name"),
        (lambda t: t.set_column(t.column_names.index("total"), "total", pa.array([1, 2, 99_999])), "total"),
        (lambda t: t.set_column(t.column_names.index("present"), "present", pa.array([True, None, True])), "present"),
        (lambda t: t.set_column(t.column_names.index("i2"), "i2", pa.array(["a", "b", "c"])), "i2"),
    ],
)
def test_the_offending_column_is_named(change: object, column: str, tmp_path: Path) -> None:
    with pytest.raises(BatchSchemaError, match=column) as caught:
        write_batch(change(batch(ROWS, 2)), tmp_path)  # type: ignore[operator]
    assert caught.value.column == column
    assert list(tmp_path.iterdir()) == []


def test_files_are_checked_before_a_scan(tmp_path: Path) -> None:
    path = write_batch(batch(ROWS, 2), tmp_path)
    check_schema(path, 2)
    with pytest.raises(BatchSchemaError, match="i3"):
        check_schema(path, 3)
    with pytest.raises(BatchSchemaError, match="i2"):
        check_schema(path, 1)
    other = tmp_path / "other.parquet"
    pq.write_table(batch(ROWS, 2).set_column(9, "total", pa.array([1.0, 2.0, 3.0])), other)
    with pytest.raises(BatchSchemaError, match="total"):
        read_batch(other)
