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

from qualimetry.frames.words import DIGIT_BITS, DIGITS, ZERO, word_column

Integers = npt.NDArray[Any]
Term = Callable[[Any], Any]

#: Columns with greater codes have a histogram of their own.
GREATEST_PACKED = 4


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
WIDTHS = (Width(DIGIT_BITS, 3), Width(13, 2))


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each code of an integer column occurs: `names[code]` are the counters wanted.

    Codes are 0…top, that of a value is value − low. position: of the item that is counted (its column is never NULL),
    None for any other column (its NULL is no code at all).
    """

    column: Any
    low: int
    top: int
    names: Mapping[int, str]
    position: int | None = None

    @property
    def is_packed(self) -> bool:
        return self.position is not None and self.top <= GREATEST_PACKED

    def code(self, kind: str) -> Any:
        column = self.column.cast(kind)
        return column - self.low if self.low else column

    def supersets(self, code: int) -> list[int]:
        """Sets of bits, as numbers, that hold those of `code` and occur in any code."""
        return [bits for bits in range(code, self.top + 1) if bits & code == code]


@dataclass(frozen=True, slots=True)
class Pack:
    """Tallies by their places in one integer column `name`."""

    name: str
    column: Any
    tallies: dict[int, Tally]


class PackedSums:
    """Counters of tallies by sums of digits: `columns` are computed for each row, `terms` summed over a group.

    words: rows that hold the items as words (`frames.words`), which serve as packs where their digits suffice.
    """

    def __init__(self, tallies: Sequence[Tally], width: Width, words: Any = None) -> None:
        small = [tally for tally in tallies if tally.is_packed]
        self._width = width
        self._wide = [tally for tally in tallies if not tally.is_packed]
        has_words = words is not None and width.bits == DIGIT_BITS
        self._packs = _stored(words, small) if has_words else _computed(small, width)

    def columns(self) -> dict[str, Any]:
        packed = {pack.name: pack.column for pack in self._packs}
        codes = {f"code{number}": tally.code("int32") for number, tally in enumerate(self._wide)}
        return packed | codes

    def terms(self) -> dict[str, Term]:
        packed = {f"{p.name}_{bits}": self._conjunction(p, bits) for p in self._packs for bits in _needed(p)}
        words = {
            f"code{number}_{word}": self._word(f"code{number}", word)
            for number, tally in enumerate(self._wide)
            for word in range(self._words(tally))
        }
        return packed | words

    def unpack(self, table: pa.Table) -> dict[str, Integers]:
        """Counters by name from the table of the summed terms, `n` and anything else."""
        found: dict[str, Integers] = {}
        for pack in self._packs:
            sums = {bits: integers(table, f"{pack.name}_{bits}") for bits in _needed(pack)}
            for place, tally in pack.tallies.items():
                having = {bits: self._digit(word, place) for bits, word in sums.items()}
                found |= _exact({0: integers(table, "n").astype(np.int16)} | having, tally)
        for number, tally in enumerate(self._wide):
            words = [integers(table, f"code{number}_{word}") for word in range(self._words(tally))]
            for code, name in tally.names.items():
                word, place = divmod(code, self._width.fields)
                found[name] = self._digit(words[word], place)
        return found

    def _conjunction(self, pack: Pack, bits: int) -> Term:
        mask = sum(1 << (place * self._width.bits) for place in pack.tallies)
        shifts = [bit for bit in range(bits.bit_length()) if bits >> bit & 1]
        return lambda rows: reduce(and_, [rows[pack.name] >> bit if bit else rows[pack.name] for bit in shifts]) & mask

    def _word(self, name: str, word: int) -> Term:
        shift, bits, fields = self._width.shift, self._width.bits, self._width.fields
        return lambda rows: (
            ((rows[name] >> shift) == word).cast("int64") << ((rows[name] & (fields - 1)) * bits)
        )  # fmt: skip

    def _words(self, tally: Tally) -> int:
        return tally.top // self._width.fields + 1

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
        return {name: integers(table, name) for tally in self._tallies for name in tally.names.values()}

    def _flag(self, column: str, code: int) -> Term:
        return lambda rows: rows[column] == code


Sums = PackedSums | PlainSums


def integers(table: pa.Table, name: str) -> Integers:
    """A sum as integers; that of a group without any value is 0."""
    return np.asarray(pc.fill_null(table.column(name), 0).to_numpy(), np.int64)


def _stored(rows: Any, tallies: Sequence[Tally]) -> list[Pack]:
    """Packs that a word holds already; digits become codes by one subtraction, where no digit borrows."""
    by_word: dict[int, dict[int, Tally]] = {}
    for tally in tallies:
        word, place = divmod((tally.position or 1) - 1, DIGITS)
        by_word.setdefault(word + 1, {})[place] = tally
    return [
        Pack(f"pack{word}", rows[word_column(word)] - _shift(found, DIGIT_BITS, ZERO), found)
        for word, found in by_word.items()
    ]


def _computed(tallies: Sequence[Tally], width: Width) -> list[Pack]:
    """Packs put together from the columns, those with few codes first: a pack has as many sums as its greatest code."""
    ordered = sorted(tallies, key=lambda tally: tally.top)
    packs = [ordered[start : start + width.fields] for start in range(0, len(ordered), width.fields)]
    return [_pack(f"pack{number}", dict(enumerate(pack)), width) for number, pack in enumerate(packs)]


def _pack(name: str, tallies: dict[int, Tally], width: Width) -> Pack:
    digits = [tally.column.cast("int64") * (1 << (place * width.bits)) for place, tally in tallies.items()]
    return Pack(name, reduce(add, digits) - _shift(tallies, width.bits, 0), tallies)


def _shift(tallies: Mapping[int, Tally], bits: int, zero: int) -> int:
    return sum((tally.low + zero) << (place * bits) for place, tally in tallies.items())


def _needed(pack: Pack) -> list[int]:
    return sorted({bits for t in pack.tallies.values() for code in t.names for bits in t.supersets(code)} - {0})


def _exact(having: Mapping[int, Integers], tally: Tally) -> dict[str, Integers]:
    """Counts of codes from counts of codes that have given bits: Σ (−1)^|further bits| over all sets of bits."""
    return {
        name: reduce(add, [-having[s] if (s ^ code).bit_count() % 2 else having[s] for s in tally.supersets(code)])
        for code, name in tally.names.items()
    }
