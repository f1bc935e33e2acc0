"""What the statistics ask of an engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa


class Engine(Protocol):
    """Reads Parquet files of one schema as an Ibis table and runs an expression to Arrow."""

    name: str

    def read(self, paths: Sequence[Path]) -> Any:
        """An Ibis table over all files. The caller has checked that their schemas agree."""
        ...

    def run(self, expression: Any) -> pa.Table:
        """Result of an Ibis expression."""
        ...

    def close(self) -> None: ...
