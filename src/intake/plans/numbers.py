"""Numbers as printed: «2.1.1.», «III.», «3.2.10», «4. Анализ, адресные рекомендации»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from intake.fields.text import clean_text

_ROMAN = {"I": 1, "V": 5, "X": 10}
#: Cyrillic letters that are typed in place of Roman digits
_TYPED = str.maketrans("ІХ", "IX")
_NUMBER = re.compile(
    r"^((?:[IVXІХ]{1,6}|\d{1,3})(?:\.\d{1,3}){0,5})(\.?[.)]?)(?=$|[\s.:)]|(?<=[.)])\S)\s*(.*)$", re.DOTALL
)
_SPACED = re.compile(r"^\d{1,3}(?: ?\. ?\d{1,3})* ?\.?$")
_DATE = re.compile(r"^(\d\d)\.(\d\d)\.\d{4}$")
_HEADING_WORDS = re.compile(
    r"^(?:раздел|глава|блок|модуль|этап|часть|направление|задача|цель)\s*(?:№\s*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Number:
    """`raw` as printed (with its dot), `parts` as numbers («III.1» → (3, 1)), `rest` what follows it in the cell."""

    raw: str
    parts: tuple[int, ...]
    rest: str
    is_roman: bool = False

    @property
    def dotted(self) -> str:
        return ".".join(map(str, self.parts))


@lru_cache(maxsize=8192)
def number_of(text: str) -> Number:
    """The number that the text begins with; `parts` is empty when there is none."""
    text = clean_text(text)
    if date := _DATE.match(text):  # a spreadsheet took «2.1» for the second of January
        text = f"{int(date[1])}.{int(date[2])}"
    if _SPACED.match(text):
        text = text.replace(" ", "")
    match = _NUMBER.match(text)
    if match is None:
        return Number("", (), text)
    digits = [part.strip() for part in match[1].split(".")]
    is_roman = not digits[0].isdecimal()
    first = _roman(digits[0]) if is_roman else int(digits[0])
    if first is None:
        return Number("", (), text)
    return Number(match[1] + match[2], (first, *map(int, digits[1:])), match[3].lstrip(" –—-:").strip(), is_roman)


def heading_number(text: str) -> Number:
    """Number of a heading, also after «Раздел», «Этап» and the like; the word itself is not part of the title."""
    text = clean_text(text)
    worded = _HEADING_WORDS.match(text)
    if worded is not None:
        number = number_of(text[worded.end() :])
        if number.parts and number.rest:
            return Number(number.raw, number.parts, number.rest.lstrip(".: "), number.is_roman)
    return number_of(text)


def is_worded(text: str) -> bool:
    """Whether the text begins as a heading does: «Раздел 1.», «Этап II»."""
    worded = _HEADING_WORDS.match(clean_text(text))
    return worded is not None and bool(number_of(clean_text(text)[worded.end() :]).parts)


def _roman(text: str) -> int | None:
    values = [_ROMAN.get(letter) for letter in text.translate(_TYPED)]
    if any(value is None for value in values):
        return None
    known = [value for value in values if value is not None]
    total = sum(-value if value < max(known[place:]) else value for place, value in enumerate(known))
    return total if total > 0 else None
