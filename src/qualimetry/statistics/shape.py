"""What the footers of Parquet files already say: rows, ranges of the items, empty columns. Saves counters and scans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from qualimetry.frames.batch import item_column
from qualimetry.frames.words import word_column, word_count

#: Result columns that a kind of work may not have at all; sex and needs are often unknown.
FLAGS = ("is_valid_attempt", "present")
OPTIONAL = ("sex", "has_sen", "total", "mark", "journal_mark", "test_score", "passed", "level")


@dataclass(frozen=True, slots=True)
class ColumnRange:
    """Least and greatest value of an integer column (None when it holds no value) and whether it has NULLs."""

    low: int | None
    high: int | None
    has_null: bool


@dataclass(frozen=True, slots=True)
class BatchShape:
    """Ranges of the items and of other columns by name, and whether all files hold the items as words too."""

    items: tuple[ColumnRange, ...]
    others: tuple[tuple[str, ColumnRange], ...]
    has_words: bool

    @classmethod
    def of(cls, paths: Sequence[Path], item_count: int) -> BatchShape:
        """Read from the footers; a file written without column statistics has those columns read once."""
        files = [pq.ParquetFile(path) for path in paths]
        items = tuple(_range(files, item_column(k)) for k in range(1, item_count + 1))
        others = tuple((name, _range(files, name)) for name in (*FLAGS, *OPTIONAL))
        words = {word_column(number) for number in range(1, word_count(item_count) + 1)}
        return cls(items, others, all(words <= set(file.schema_arrow.names) for file in files))

    def range_of(self, name: str) -> ColumnRange:
        """Range of a flag or an optional column."""
        return dict(self.others)[name]

    def is_filled(self, name: str) -> bool:
        """Whether an optional column holds any value."""
        return self.range_of(name).high is not None

    def is_all_true(self, name: str) -> bool:
        """Whether a flag is never false."""
        return self.range_of(name).low == 1


def _range(files: Sequence[pq.ParquetFile], name: str) -> ColumnRange:
    lows: list[int] = []
    highs: list[int] = []
    has_null = False
    for file in files:
        low, high, nulls = _file_range(file, name)
        has_null = has_null or nulls
        if low is not None and high is not None:
            lows.append(low)
            highs.append(high)
    return ColumnRange(min(lows, default=None), max(highs, default=None), has_null)


def _file_range(file: pq.ParquetFile, name: str) -> tuple[int | None, int | None, bool]:
    lows, highs, has_null = [], [], False
    position = file.schema_arrow.names.index(name)
    for group in range(file.metadata.num_row_groups):
        column = file.metadata.row_group(group).column(position)
        statistics = column.statistics
        if statistics is None or not statistics.has_null_count:
            return _read_range(file, name)
        has_null = has_null or statistics.null_count > 0
        if statistics.null_count == column.num_values:
            continue
        if not statistics.has_min_max:
            return _read_range(file, name)
        lows.append(int(statistics.min))
        highs.append(int(statistics.max))
    return min(lows, default=None), max(highs, default=None), has_null


def _read_range(file: pq.ParquetFile, name: str) -> tuple[int | None, int | None, bool]:
    column = file.read(columns=[name]).column(0)
    bounds = pc.min_max(column).as_py()
    low, high = bounds["min"], bounds["max"]
    return (None if low is None else int(low)), (None if high is None else int(high)), column.null_count > 0
