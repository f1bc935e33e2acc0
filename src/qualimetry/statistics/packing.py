"""Many counters in few sums: a GROUP BY over many small groups costs as much as it has aggregates.

A counter of a group is at most the group's size, so while every group is smaller than 2^bits, several counters fit into
one float64 sum as digits of base 2^bits. All terms are integers below 2^53, therefore the sum is exact in any order.
(Sums of int64 hold more digits, but their states are twice as large, which costs more than it saves.)

Two ways to put digits together. *Packs*: codes of several columns side by side in one integer P, one digit each. A sum
of P & mask counts the codes with bit 0 of all these columns at once, that of P >> 1 bit 1, that of their conjunction
both bits; the counts of the codes follow by inclusion and exclusion. *Histograms*: a column with many codes adds
2^(bits·place of its code) to the sum of its word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, and_
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Integers = npt.NDArray[Any]
Term = Callable[[Any], Any]

#: Columns with greater codes have a histogram of their own.
GREATEST_PACKED = 7


@dataclass(frozen=True, slots=True)
class Width:
    """Digits of `bits`, 2^`shift` of them in a sum. Groups must be smaller than `capacity`."""

    bits: int
    shift: int

    @property
    def fields(self) -> int:
        return int(1 << self.shift)

    @property
    def capacity(self) -> int:
        return int(1 << self.bits)


#: From the cheapest: for classes, then for schools. Larger groups are few and are counted by plain sums.
WIDTHS = (Width(6, 3), Width(13, 2))


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each code of an integer column occurs: `names[code]` are the counters wanted.

    Codes are 0…top, that of a value is value − low. is_complete: the column is never NULL; else NULL is no code at all.
    """

    column: Any
    low: int
    top: int
    names: Mapping[int, str]
    is_complete: bool

    @property
    def is_packed(self) -> bool:
        return self.is_complete and self.top <= GREATEST_PACKED

    def code(self, kind: str) -> Any:
        column = self.column.cast(kind)
        return column - self.low if self.low else column

    def supersets(self, code: int) -> list[int]:
        """Sets of bits, as numbers, that hold those of `code` and occur in any code."""
        return [bits for bits in range(max(code, 1), self.top + 1) if bits & code == code]


class PackedSums:
    """Counters of tallies by sums of digits: `columns` are computed for each row, `terms` summed over a group."""

    def __init__(self, tallies: Sequence[Tally], width: Width) -> None:
        small = sorted((tally for tally in tallies if tally.is_packed and tally.names), key=lambda tally: tally.top)
        self._packs = [small[start : start + width.fields] for start in range(0, len(small), width.fields)]
        self._wide = [tally for tally in tallies if not tally.is_packed]
        self._width = width

    def columns(self) -> dict[str, Any]:
        packed = {f"pack{number}": self._packed(pack) for number, pack in enumerate(self._packs)}
        codes = {f"code{number}": tally.code("int32") for number, tally in enumerate(self._wide)}
        return packed | codes

    def terms(self) -> dict[str, Term]:
        packed = {
            f"pack{number}_{bits}": self._conjunction(f"pack{number}", bits, len(pack))
            for number, pack in enumerate(self._packs)
            for bits in sorted({bits for tally in pack for code in tally.names for bits in tally.supersets(code)})
        }
        words = {
            f"code{number}_{word}": self._word(f"code{number}", word)
            for number, tally in enumerate(self._wide)
            for word in range(self._words(tally))
        }
        return packed | words

    def unpack(self, table: pa.Table) -> dict[str, Integers]:
        """Counters by name from the table of the summed terms, `n` and anything else."""
        found: dict[str, Integers] = {}
        for number, pack in enumerate(self._packs):
            for place, tally in enumerate(pack):
                found |= self._packed_counts(table, f"pack{number}", place, tally)
        for number, tally in enumerate(self._wide):
            words = [_integers(table, f"code{number}_{word}") for word in range(self._words(tally))]
            for code, name in tally.names.items():
                word, place = divmod(code, self._width.fields)
                found[name] = self._digit(words[word], place)
        return found

    def _packed(self, pack: Sequence[Tally]) -> Any:
        bases = [1 << (place * self._width.bits) for place in range(len(pack))]
        values = reduce(add, [tally.column.cast("int64") * base for tally, base in zip(pack, bases, strict=True)])
        return values - sum(tally.low * base for tally, base in zip(pack, bases, strict=True))

    def _conjunction(self, name: str, bits: int, size: int) -> Term:
        mask = sum(1 << (place * self._width.bits) for place in range(size))
        shifts = [bit for bit in range(bits.bit_length()) if bits >> bit & 1]
        return lambda rows: (reduce(and_, [rows[name] >> bit if bit else rows[name] for bit in shifts]) & mask).cast(
            "float64"
        )

    def _word(self, name: str, word: int) -> Term:
        shift, bits, fields = self._width.shift, self._width.bits, self._width.fields

        def term(rows: Any) -> Any:
            code = rows[name]
            return (((code >> shift) == word).cast("int64") << ((code & (fields - 1)) * bits)).cast("float64")

        return term

    def _words(self, tally: Tally) -> int:
        return tally.top // self._width.fields + 1

    def _packed_counts(self, table: pa.Table, name: str, place: int, tally: Tally) -> dict[str, Integers]:
        needed = {bits for code in tally.names for bits in tally.supersets(code)}
        having = {bits: self._digit(_integers(table, f"{name}_{bits}"), place) for bits in needed}
        if 0 in tally.names:
            having[0] = _integers(table, "n").astype(np.int16)
        return {
            label: reduce(
                add,
                [
                    -having[bits] if (bits ^ code).bit_count() % 2 else having[bits]
                    for bits in ([0] if code == 0 else []) + tally.supersets(code)
                ],
            )
            for code, label in tally.names.items()
        }

    def _digit(self, word: Integers, place: int) -> Integers:
        digit = (word >> (place * self._width.bits)) & (self._width.capacity - 1)
        return digit.astype(np.int16)


class PlainSums:
    """The same counters, one sum each: for groups of any size."""

    def __init__(self, tallies: Sequence[Tally]) -> None:
        self._tallies = tallies

    def columns(self) -> dict[str, Any]:
        return {f"code{number}": tally.code("int16") for number, tally in enumerate(self._tallies)}

    def terms(self) -> dict[str, Term]:
        return {
            name: self._flag(f"code{number}", code)
            for number, tally in enumerate(self._tallies)
            for code, name in tally.names.items()
        }

    def unpack(self, table: pa.Table) -> dict[str, Integers]:
        return {name: _integers(table, name) for tally in self._tallies for name in tally.names.values()}

    def _flag(self, column: str, code: int) -> Term:
        return lambda rows: (rows[column] == code).cast("int16")


Sums = PackedSums | PlainSums


def _integers(table: pa.Table, name: str) -> Integers:
    """A sum as integers; that of a group without any value is 0."""
    return np.asarray(pc.fill_null(table.column(name), 0).to_numpy(), np.int64)
