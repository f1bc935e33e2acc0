"""Result masks of state examinations: `++++2+--`, `1(2)2(3)0(2)`, and both in one string `+-+1(2)0(3)`.

Short answers: one character an item: `+` the full score of a one-point item, `-` zero, a digit = points of an item
worth several. Detailed answers: `points(maximum)` repeated. Dash look-alikes count as minus, spaces and
separators are ignored, `X`, `Х`, `Н`, `N` mean «not attempted».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from intake.contracts import MISSING, NOT_ATTEMPTED

_MINUSES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d_"
_PLUSES = "+\uff0b"
_NOT_ATTEMPTED = "xXхХнНnN"
#: Text guards of spreadsheets, invisible marks, punctuation between items.
_SEPARATORS = "'\u200b\ufeff\u00ad;,|"
_LONG = re.compile(r"(?P<points>\d+|[xXхХнНnN]|-)\((?P<maximum>\d{1,2})\)")
_MASK = re.compile(r"(?:\d{1,2}\(\d{1,2}\)|[-+0-9xXхХ])+")
_MAX_POINTS = 127
_SIGNS = {
    **{ord(char): "-" for char in _MINUSES},
    **{ord(char): "+" for char in _PLUSES},
    **{ord(char): None for char in _SEPARATORS},
}


@dataclass(frozen=True, slots=True)
class MaskItem:
    """One item: points (or NOT_ATTEMPTED, MISSING), maximum when printed, how it was written.

    `mark`: «+», «-», «d» (a digit), «x» (not attempted), «(» (points with a maximum), «?» (unreadable).
    """

    points: int
    mark: str
    max_score: int | None = None


_UNREADABLE = MaskItem(points=MISSING, mark="?")
_SHORT_ITEMS = {
    "+": MaskItem(points=1, mark="+"),
    "-": MaskItem(points=0, mark="-"),
    **{digit: MaskItem(points=int(digit), mark="d") for digit in "0123456789"},
    **{letter: MaskItem(points=NOT_ATTEMPTED, mark="x") for letter in _NOT_ATTEMPTED},
}


@dataclass(frozen=True, slots=True)
class MaskFault:
    """A place that could not be read: `position` of the item from 1 and the offending text."""

    position: int
    text: str


@dataclass(frozen=True, slots=True)
class Mask:
    """Items of a mask in order, and the faults met; an unreadable item stands as MISSING."""

    items: tuple[MaskItem, ...] = ()
    faults: tuple[MaskFault, ...] = ()

    def __len__(self) -> int:
        return len(self.items)

    @property
    def points(self) -> tuple[int, ...]:
        return tuple(item.points for item in self.items)


def parse_short_mask(text: object) -> Mask:
    """Read a mask with one character an item."""
    cleaned = clean_mask(text)
    items = tuple(map(_short_item, cleaned))
    if _UNREADABLE not in items:
        return Mask(items)
    return _mask(list(zip(items, cleaned, strict=True)))


def parse_long_mask(text: object) -> Mask:
    """Read a mask of `points(maximum)` only; anything between two such groups is a fault."""
    cleaned = clean_mask(text)
    read: list[tuple[MaskItem, str]] = []
    end = 0
    for match in _LONG.finditer(cleaned):
        if match.start() > end:
            read.append((_UNREADABLE, cleaned[end : match.start()]))
        read.append((_long_item(match["points"], int(match["maximum"])), match[0]))
        end = match.end()
    if end < len(cleaned):
        read.append((_UNREADABLE, cleaned[end:]))
    return _mask(read)


def parse_mixed_mask(text: object) -> Mask:
    """Read a string where one-character items and `points(maximum)` stand together.

    Digits before a bracket are shared out so: the longest end of the run that is not above the maximum (and has no
    leading zero) belongs to the bracket, the rest are one-character items: `21(2)` is an item of 2 and `1(2)`.
    """
    cleaned = clean_mask(text)
    read: list[tuple[MaskItem, str]] = []
    end = 0
    for match in _LONG.finditer(cleaned):
        digits, maximum = match["points"], int(match["maximum"])
        own = _own_digits(digits, maximum)
        shorts = cleaned[end : match.start()] + digits[: len(digits) - len(own)]
        read.extend((_short_item(char), char) for char in shorts)
        read.append((_long_item(own, maximum), match[0]))
        end = match.end()
    read.extend((_short_item(char), char) for char in cleaned[end:])
    return _mask(read)


def looks_like_mask(text: object) -> bool:
    """Whether a cell is nothing but a mask of four signs or more; dates and telephone numbers are not."""
    cleaned = clean_mask(text)
    if len(cleaned) < 4 or _MASK.fullmatch(cleaned) is None:
        return False
    short = _LONG.sub("", cleaned)
    signs = sum(char in "+-" for char in short)
    return 2 * signs >= len(short) and (signs > 0 or len(short) < len(cleaned))


def clean_mask(text: object) -> str:
    """The mask as text without spaces and guards; whole numbers lose the «.0» that a spreadsheet adds."""
    if text is None or isinstance(text, bool):
        return ""
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    return "".join(str(text).translate(_SIGNS).split())


def write_short_mask(points: Sequence[int], maxima: Sequence[int]) -> str:
    """The inverse of `parse_short_mask` for items of at most 9 points."""
    return "".join(_short_char(point, maximum) for point, maximum in zip(points, maxima, strict=True))


def write_long_mask(points: Sequence[int], maxima: Sequence[int]) -> str:
    """The inverse of `parse_long_mask`."""
    pairs = zip(points, maxima, strict=True)
    return "".join(f"{'X' if point == NOT_ATTEMPTED else point}({maximum})" for point, maximum in pairs)


def _short_char(point: int, maximum: int) -> str:
    if point == NOT_ATTEMPTED:
        return "X"
    if maximum > 1:
        return str(point)
    return "+" if point else "-"


def _short_item(char: str) -> MaskItem:
    return _SHORT_ITEMS.get(char, _UNREADABLE)


@lru_cache(maxsize=4096)
def _long_item(points: str, maximum: int) -> MaskItem:
    if points in _NOT_ATTEMPTED:
        return MaskItem(points=NOT_ATTEMPTED, mark="(", max_score=maximum)
    value = 0 if points == "-" else int(points)
    if value > _MAX_POINTS:
        return MaskItem(points=MISSING, mark="?", max_score=maximum)
    return MaskItem(points=value, mark="(", max_score=maximum)


def _own_digits(digits: str, maximum: int) -> str:
    if not digits.isdigit() or len(digits) == 1:
        return digits
    for length in (2, 1):
        own = digits[-length:]
        if int(own) <= maximum and (length == 1 or own[0] != "0"):
            return own
    return digits[-1]


def _mask(read: Sequence[tuple[MaskItem, str]]) -> Mask:
    faults = tuple(MaskFault(place, text) for place, (item, text) in enumerate(read, start=1) if item.mark == "?")
    return Mask(items=tuple(item for item, _ in read), faults=faults)
