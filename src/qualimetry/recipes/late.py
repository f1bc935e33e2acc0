"""Results of very many groups, finished when they are asked for: a region has tens of thousands of classes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from qualimetry.frames.blueprint import Blueprint
from qualimetry.recipes.contracts import GroupResult
from qualimetry.recipes.groups import Prepared, group_results
from qualimetry.recipes.policy import Policy

#: So many groups are finished at once.
PORTION = 1024


@dataclass(frozen=True, slots=True, eq=False)
class LateResults(Sequence[GroupResult]):
    """Results of the groups of `part` compared with the rest of `whole`; nothing is kept between readings."""

    part: Prepared
    whole: Prepared
    blueprint: Blueprint
    policy: Policy
    bands: tuple[str | None, ...]

    def __len__(self) -> int:
        return len(self.part.groups)

    def __iter__(self) -> Iterator[GroupResult]:
        for start in range(0, len(self), PORTION):
            yield from self._finished(slice(start, start + PORTION))

    @overload
    def __getitem__(self, place: int) -> GroupResult: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[GroupResult]: ...
    def __getitem__(self, place: int | slice) -> GroupResult | Sequence[GroupResult]:
        if isinstance(place, slice):
            return self._finished(place)
        number = range(len(self))[place]
        return self._finished(slice(number, number + 1))[0]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != len(self):
            return NotImplemented if not isinstance(other, Sequence) else False
        return all(ours == theirs for ours, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def _finished(self, rows: slice) -> tuple[GroupResult, ...]:
        return group_results(
            self.part.rows(rows), self.blueprint, self.policy, whole=self.whole, bands=self.bands[rows],
            minimum=self.policy.correlation_minimum,
        )  # fmt: skip
