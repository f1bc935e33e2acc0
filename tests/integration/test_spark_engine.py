"""Spark and DuckDB count the same: equal hashes of the statistics from the same expressions."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualimetry.frames.store import write_batch
from qualimetry.recipes.campaign import scan
from tests.factories.batches import answers, batch, blueprint

pytestmark = pytest.mark.spark


def test_spark_counts_as_duckdb(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    from qualimetry.engines.spark import SparkEngine

    rows = answers([[1, 2], [None, -1], [0, 1]] * 5, organization=[1, 2, 3] * 5, sex=[0, 1, 2] * 5)
    specification = blueprint([1, 2])
    paths = [write_batch(batch(part, 2), tmp_path / name) for name, part in (("a", rows[:8]), ("b", rows[8:]))]
    engine = SparkEngine()
    try:
        found = scan(paths, 2, engine, blueprint=specification)
    finally:
        engine.close()
    assert found.sha256() == scan(paths, 2, blueprint=specification).sha256()
