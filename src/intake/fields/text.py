"""Cells and headers as comparable text."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

_SPACES = re.compile(r"\s+")
#: marks that are not seen: soft hyphen, zero-width spaces and joiners, byte order mark, directions
_INVISIBLE: dict[int, str | None] = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])
#: control characters of broken files; databases refuse the first of them
_INVISIBLE |= dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F], " ")
#: how a spreadsheet stores control characters: _x000D_, _x0002_
_ESCAPED = re.compile(r"_x00[01][0-9A-Fa-f]_")
_LATIN = "abcehkmoptxyABCEHKMOPTXY"
_CYRILLIC = "авсенкмортхуАВСЕНКМОРТХУ"
#: Latin letters → Cyrillic letters of the same look
LOOKALIKES = str.maketrans(_LATIN, _CYRILLIC)
_WORD = re.compile(r"[^\W_]+")
_LOOKALIKE_SET = frozenset(_LATIN)


def clean(value: object) -> str:
    """Cell as one line of text: spaces and line breaks folded, «1.0» → «1», dates as dd.mm.yyyy."""
    if isinstance(value, str):
        return clean_text(value)
    if type(value) is float:
        return _number_text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, dt.datetime):
        return value.strftime("%d.%m.%Y %H:%M:%S") if value.time() != dt.time() else value.strftime("%d.%m.%Y")
    if isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    return clean_text(str(value))


@lru_cache(maxsize=4096)
def _number_text(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


@lru_cache(maxsize=8192)
def clean_text(text: str) -> str:
    """Text without invisible marks, with single plain spaces."""
    if text.isascii() and text.isalnum():
        return text
    if "_x00" in text:
        text = _ESCAPED.sub(" ", text)
    return _SPACES.sub(" ", text.translate(_INVISIBLE)).strip()


def header_text(value: object) -> str:
    """Header cell as text; a label «5.1» that the spreadsheet turned into the fifth of January is «5.1» again."""
    if isinstance(value, dt.date):
        return f"{value.day}.{value.month}"
    return clean(value)


@lru_cache(maxsize=8192)
def key_of_text(text: str) -> str:
    """`header_key` of a text."""
    words = _WORD.findall(clean_text(text).casefold().replace("ё", "е"))
    return " ".join(_cyrillic_word(word) for word in words)


def header_key(value: object) -> str:
    """Words of a header for comparison: lower case, ё = е, punctuation dropped, Latin look-alikes as Cyrillic.

    A word is turned into Cyrillic when it has a Cyrillic letter or nothing but look-alikes («OO», «Kод», «k1»),
    so `header_key("sum") == "sum"`, and both sides of a comparison must go through this function.
    """
    return key_of_text(value if isinstance(value, str) else header_text(value))


def _cyrillic_word(word: str) -> str:
    if word.isascii() and not all(letter in _LOOKALIKE_SET or letter.isdecimal() for letter in word):
        return word
    return word.translate(LOOKALIKES)


def column_letters(index: int) -> str:
    """Letters of the column with this index from 0: 0 → «A», 26 → «AA»."""
    letters, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
