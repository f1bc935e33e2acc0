"""Conditions that choose a wording: «n >= 10», «scope == school», «reference known». Joined by « and »."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass

from qualimetry.narrative.forms import Figure
from qualimetry.narrative.patterns import Figures

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of a figure with a number, a word or another figure."""

    name: str
    sign: str
    other: str

    def holds(self, figures: Figures) -> bool:
        """An unknown figure fulfils only «unknown» and «!=»."""
        value = figures.get(self.name)
        if self.sign in ("known", "unknown"):
            return (value is not None) == (self.sign == "known")
        if self.sign in ("==", "!="):
            return _equal(value, self._right(figures)) == (self.sign == "==")
        right = self._right(figures)
        if value is None or right is None:
            return False
        return _COMPARE[self.sign](float(value), float(right))

    def _right(self, figures: Figures) -> Figure:
        return figures.get(self.other, self.other)


def parse_conditions(text: str) -> tuple[Condition, ...]:
    """Conditions of a `when`; an empty text is always true. Raises ValueError on anything else than the language."""
    return tuple(_parse(part) for part in text.split(" and ")) if text.strip() else ()


def _parse(part: str) -> Condition:
    words = part.split()
    if len(words) == 2 and words[1] in ("known", "unknown"):
        return Condition(words[0], words[1], "")
    if len(words) == 3 and (words[1] in _COMPARE or words[1] in ("==", "!=")):
        return Condition(words[0], words[1], words[2])
    raise ValueError(f"not a condition: {part!r}")


def _equal(value: Figure, other: Figure) -> bool:
    if isinstance(value, int | float) and other is not None:
        try:
            return float(value) == float(other)
        except ValueError:
            return False
    return value == other
