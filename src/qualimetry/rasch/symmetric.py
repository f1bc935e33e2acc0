"""Elementary symmetric functions γᵣ of item weights: the number of ways to reach a raw score, weighted.

Summation algorithm (Verhelst, Glas & van der Sluis 1984): only products and sums of positive numbers, so that every
value keeps its relative precision. Functions without one or two items come from products of those before, between and
behind them, never by division.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Float = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """values × e^log_scale: the greatest of the values is 1."""

    values: Float
    log_scale: float

    def times(self, other: Scaled) -> Scaled:
        return scaled(np.convolve(self.values, other.values), self.log_scale + other.log_scale)

    def log(self) -> Float:
        with np.errstate(divide="ignore"):
            return np.log(self.values) + self.log_scale


def scaled(values: Float, log_scale: float = 0.0) -> Scaled:
    top = float(values.max())
    return Scaled(values / top, log_scale + float(np.log(top)))


ONE = Scaled(np.ones(1), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Symmetric:
    """All products that a gradient and a Hessian need. before[i]: items 0…i−1; behind[i]: items i…K−1."""

    weights: tuple[Scaled, ...]
    before: tuple[Scaled, ...]
    behind: tuple[Scaled, ...]

    @classmethod
    def of(cls, weights: Sequence[Float]) -> Symmetric:
        parts = tuple(scaled(np.asarray(row, np.float64)) for row in weights)
        return cls(parts, tuple(_running(parts)), tuple(reversed(list(_running(parts[::-1])))))

    @property
    def all(self) -> Scaled:
        """γᵣ of all items."""
        return self.behind[0]

    def without(self, item: int) -> Scaled:
        """γᵣ of all items but one."""
        return self.before[item].times(self.behind[item + 1])

    def left_of_pairs(self, item: int) -> Iterator[tuple[int, Scaled]]:
        """For each later item j the product of all items before j but `item`."""
        product = self.before[item]
        for other in range(item + 1, len(self.weights)):
            yield other, product
            product = product.times(self.weights[other])


def _running(parts: Sequence[Scaled]) -> Iterator[Scaled]:
    product = ONE
    yield product
    for part in parts:
        product = product.times(part)
        yield product
