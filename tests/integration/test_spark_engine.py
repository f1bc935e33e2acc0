"""Spark and DuckDB count the same: equal hashes of the statistics from the same expressions."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualimetry.frames.store import write_batch
from qualimetry.recipes.campaign import scan
from tests.factories.batches import answers, batch, blueprint

#: PySpark leaves its sockets to the garbage collector
pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


def test_spark_counts_as_duckdb(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    from qualimetry.engines.spark import SparkEngine

    rows = answers(
        [[1, 2, 9], [None, -1, 0], [0, 1, 4]] * 25,
        class_group=["5А"] * 70 + ["5Б"] * 5,  # one class too large for the narrowest digits
        sex=[0, 1, 2] * 25,
        mark=[3, None, 5] * 25,
        journal_mark=[3, 4, None] * 25,
        present=[True] * 74 + [False],
    )
    specification = blueprint([1, 2, 9])
    paths = [write_batch(batch(part, 3), tmp_path / name) for name, part in (("a", rows[:30]), ("b", rows[30:]))]
    engine = SparkEngine()
    try:
        found = scan(paths, 3, engine, slices=False, blueprint=specification)
    finally:
        engine.close()
    assert found.sha256() == scan(paths, 3, slices=False, blueprint=specification).sha256()
