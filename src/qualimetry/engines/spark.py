"""Apache Spark through the same Ibis expressions: proof that the statistics do not depend on the engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from qualimetry.engines.base import BATCH


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
        # a list of paths fails in Ibis on Spark: one table a file, then their union of the columns they share
        tables = [self._connection.read_parquet(str(path)) for path in paths]
        shared = [name for name in tables[0].columns if all(name in table.columns for table in tables)]
        chosen = [table.select(*shared) for table in tables]
        return self._connection.create_view(
            BATCH, ibis.union(*chosen) if len(chosen) > 1 else chosen[0], overwrite=True
        )

    def run(self, expression: Any) -> pa.Table:
        table = expression.as_table()
        found = self._session.sql(str(ibis.to_sql(table, dialect="pyspark"))).toArrow()
        return found.cast(table.schema().to_pyarrow())

    def close(self) -> None:
        self._session.stop()
