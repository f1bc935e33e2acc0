"""Random numbers of the generator: named PCG64 streams and integers, so that every platform draws the same.

A stream is named by the seed and words («campaign id», «items»): adding a campaign does not disturb another one.
Quantities on the logit scale are integers in thousandths («milli-logits»); floating point enters only in the
response tables, whose entries are rounded to 30 bits.
"""

from __future__ import annotations

import zlib

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

#: Uniform integers in [0, SCALE) are compared with probabilities rounded to multiples of 1 / SCALE.
SCALE = 1 << 30
_IRWIN_HALL_TERMS = 12


def stream(seed: int, *words: str | int) -> np.random.Generator:
    """An independent generator for the purpose that `words` name."""
    keys = [zlib.crc32(str(word).encode()) for word in words]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *keys])))


def normal(generator: np.random.Generator, count: int, deviation: int) -> Ints:
    """`count` integers of mean about 0 and standard deviation `deviation`, bounded by 6 deviations.

    Sum of 12 uniforms (Irwin–Hall) has variance 1 on the unit scale; integers keep it exact.
    """
    parts = generator.integers(0, 1001, size=(count, _IRWIN_HALL_TERMS), dtype=np.int64)
    sums: Ints = (parts.sum(axis=1) - 500 * _IRWIN_HALL_TERMS) * deviation // 1000
    return sums


def flags(generator: np.random.Generator, count: int, per_thousand: int) -> Flags:
    """`count` independent coins, each True with probability `per_thousand` / 1000."""
    coins: Flags = generator.integers(0, 1000, size=count, dtype=np.int64) < per_thousand
    return coins


def between(generator: np.random.Generator, low: int, high: int) -> int:
    """A whole number from `low` to `high`, both included."""
    return int(generator.integers(low, high + 1, dtype=np.int64))
