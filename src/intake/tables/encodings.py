"""Bytes of a text file → text."""

from __future__ import annotations

import codecs

_RUSSIAN = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяё")
_FREQUENT = frozenset("оеаинтсрвлкмдпу")


def decode(data: bytes) -> tuple[str, bool]:
    """Text and whether the encoding is certain: by its mark, as valid UTF-8, else the likeliest of the Russian ones."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\x00" in data[:1000]:
        first = data[:1000]
        is_little = first[1::2].count(0) >= first[0::2].count(0)
        return _decoded(data, "utf-16-le" if is_little else "utf-16-be")
    try:
        return data.decode("utf-8"), True
    except UnicodeDecodeError:
        return _likeliest(data)


def _decoded(data: bytes, encoding: str) -> tuple[str, bool]:
    try:
        return data.decode(encoding), True
    except UnicodeDecodeError:
        return data.decode(encoding, errors="replace"), False


def _likeliest(data: bytes) -> tuple[str, bool]:
    """The encoding whose text looks most like Russian; Windows-1251 on a tie."""
    best, best_weight = "", -1
    for encoding in ("cp1251", "cp866", "koi8-r", "mac-cyrillic"):
        text = data.decode(encoding, errors="replace")
        weight = _russian_weight(text[:20_000])
        if weight > best_weight:
            best, best_weight = text, weight
    return best, "\ufffd" not in best


def _russian_weight(text: str) -> int:
    """Frequent small letters count most; capitals inside a word betray a wrong encoding."""
    weight, previous_is_letter = 0, False
    for letter in text:
        small = letter.lower()
        if small in _RUSSIAN:
            weight += 2 if letter in _FREQUENT else 1
            if letter != small and previous_is_letter:
                weight -= 2
        elif ord(letter) > 127 and letter not in "«»№–—\xa0…":
            weight -= 3
        previous_is_letter = small in _RUSSIAN and letter == small
    return weight
