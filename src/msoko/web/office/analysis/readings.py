"""Readings of items and elements in words, with the colour of a cell that repeats them."""

from __future__ import annotations

from dataclasses import dataclass

from qualimetry.narrative.sections.elements import ELEMENT_WORDS
from qualimetry.narrative.sections.items import READING_WORDS
from qualimetry.recipes.contracts import Reading


@dataclass(frozen=True, slots=True)
class Word:
    """`tone` is that of a status, `css` of a heat cell."""

    text: str
    tone: str
    css: str


_LOOKS = {
    Reading.SUFFICIENT: ("good", "heat-4"),
    Reading.BORDERLINE: ("wait", "heat-2"),
    Reading.INSUFFICIENT: ("warn", "heat-0"),
    Reading.NOT_ENOUGH_DATA: ("wait", ""),
    Reading.NO_NORM: ("wait", ""),
}


def item_word(reading: Reading) -> Word:
    """«достаточный» …"""
    return Word(READING_WORDS[reading], *_LOOKS[reading])


def element_word(reading: Reading) -> Word:
    """«освоено», «на границе», «не освоено», «данных недостаточно»."""
    return Word(ELEMENT_WORDS[reading], *_LOOKS[reading])


#: discrimination (upper minus lower 27 %) in plain words, after Ebel 1965
_DISCRIMINATION = (
    (0.40, "хорошо отличает сильных участников от слабых"),
    (0.30, "отличает сильных участников от слабых"),
    (0.20, "отличает сильных от слабых слабо"),
    (0.00, "почти не отличает сильных от слабых: проверьте формулировку и критерии"),
)


def discrimination_words(value: float | None) -> str:
    """What the discrimination of an item says about it."""
    if value is None:
        return "участников слишком мало, чтобы судить"
    if value < 0:
        return "слабые участники выполняют задание лучше сильных: проверьте ключ и критерии"
    return next(words for least, words in _DISCRIMINATION if value >= least)
