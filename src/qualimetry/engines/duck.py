"""DuckDB in this process, through Ibis."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from qualimetry.engines.base import BATCH

#: Leaves room for Python, Arrow and the result inside 500 MB of the process.
MEMORY_LIMIT = "400MB"


class DuckEngine:
    """An in-memory DuckDB connection with bounded memory; what does not fit spills to `temp_dir`.

    threads: None = as many as the machine has.
    """

    name = "duckdb"

    def __init__(
        self, *, threads: int | None = None, memory_limit: str = MEMORY_LIMIT, temp_dir: Path | None = None
    ) -> None:
        settings: dict[str, Any] = {
            "memory_limit": memory_limit,
            "temp_directory": str(temp_dir or Path(tempfile.gettempdir()) / f"msoko-duckdb-{os.getpid()}"),
            "preserve_insertion_order": False,
        }
        if threads is not None:
            settings["threads"] = threads
        with _quiet():
            self._connection = ibis.duckdb.connect(**settings)

    def read(self, paths: Sequence[Path]) -> Any:
        with _quiet():
            return self._connection.read_parquet([str(path) for path in paths], table_name=BATCH)

    def run(self, expression: Any) -> pa.Table:
        with _quiet():
            found = self._connection.con.sql(_compiled(expression.as_table().op())).to_arrow_table()
        return found.cast(expression.as_table().schema().to_pyarrow())

    def close(self) -> None:
        self._connection.disconnect()


@lru_cache(maxsize=128)
def _compiled(operation: Any) -> str:
    """SQL of an expression: Ibis takes longer to write it than DuckDB to sum the columns of 100 000 rows."""
    return str(ibis.to_sql(operation.to_expr(), dialect="duckdb", pretty=False))


@contextmanager
def _quiet() -> Iterator[None]:
    """Ibis 12 still calls methods that DuckDB 2.0 has renamed; that is between the two of them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"ibis\..*|duckdb.*")
        warnings.filterwarnings("ignore", message=r".*is deprecated, use .* instead", category=DeprecationWarning)
        yield
