"""Several counters in one sum: fewer aggregates over many small groups.

A counter of a group is at most its size, so while every group stays below 2^BITS rows, FIELDS counters fit into one
float64 sum as digits of base 2^BITS. All terms are integers below 2^53, therefore the sum is exact in any order.
Measured on 1 million rows, 160 000 groups, 48 counters: 0.15 s against 0.68 s with a sum for each counter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

FIELDS = 4
BITS = 13
#: Groups must be smaller than this for the digits not to run into each other.
CAPACITY = 1 << BITS

Int64 = npt.NDArray[np.int64]


def packed_sums(flags: Mapping[str, Any]) -> dict[str, Any]:
    """Ibis aggregates over boolean columns `flags` (never NULL), FIELDS of them in each."""
    return {
        f"pack{start // FIELDS}": reduce(add, [_digit(flags[name], place) for place, name in enumerate(chunk)]).sum()
        for start, chunk in _chunks(list(flags))
    }


def _digit(flag: Any, place: int) -> Any:
    return flag.cast("float64") * float(1 << (BITS * place))


def plain_sums(flags: Mapping[str, Any]) -> dict[str, Any]:
    """The same counters, one aggregate each: for groups of any size."""
    return {name: flag.cast("int16").sum().cast("int64") for name, flag in flags.items()}


def unpack(table: pa.Table, names: Sequence[str]) -> dict[str, Int64]:
    """Counters back from the result of `packed_sums`."""
    out: dict[str, Int64] = {}
    for start, chunk in _chunks(names):
        rest = table.column(f"pack{start // FIELDS}").to_numpy().astype(np.int64)
        for name in chunk:
            out[name] = rest & (CAPACITY - 1)
            rest = rest >> BITS
    return out


def _chunks(names: Sequence[str]) -> list[tuple[int, Sequence[str]]]:
    return [(start, names[start : start + FIELDS]) for start in range(0, len(names), FIELDS)]
