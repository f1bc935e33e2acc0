"""What the statistics ask of an engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

#: Name of the table of what was read last.
BATCH = "batch"


class Engine(Protocol):
    """Reads Parquet files of one schema as an Ibis table and runs an expression to Arrow."""

    name: str

    def read(self, paths: Sequence[Path]) -> Any:
        """An Ibis table over all files, known as BATCH too. The caller has checked that their schemas agree."""
        ...

    def run(self, expression: Any) -> pa.Table:
        """Result of an Ibis expression, over the table returned by `read` or an unbound table named BATCH."""
        ...

    def close(self) -> None: ...
