"""Apache Spark through the same Ibis expressions: proof that the statistics do not depend on the engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa


class SparkEngine:
    """A local Spark session (extra `spark`). master: `local[2]` or the address of a cluster."""

    name = "spark"

    def __init__(self, *, master: str = "local[2]") -> None:
        from pyspark.sql import SparkSession  # noqa: PLC0415 -- optional dependency

        builder = SparkSession.builder.master(master).appName("msoko")
        session = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "4").getOrCreate()
        self._session = session
        self._connection = ibis.pyspark.connect(session)

    def read(self, paths: Sequence[Path]) -> Any:
        # a list of paths fails in Ibis on Spark: one table a file, then their union
        tables = [self._connection.read_parquet(str(path)) for path in paths]
        return ibis.union(*tables) if len(tables) > 1 else tables[0]

    def run(self, expression: Any) -> pa.Table:
        return self._connection.to_pyarrow(expression)

    def close(self) -> None:
        self._session.stop()
