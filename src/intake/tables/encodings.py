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
    if unmarked := unmarked_utf16(data):
        return _decoded(data, unmarked)
    try:
        return data.decode("utf-8"), True
    except UnicodeDecodeError:
        return _likeliest(data)


def unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: nearly every second byte is 0 (Latin, digits) or 4 (Cyrillic)."""
    head = data[:2000]
    if len(head) < 4 or 0 not in head:
        return None
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if (high.count(0) + high.count(4)) * 10 >= len(high) * 9:
            return encoding
    return None


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
