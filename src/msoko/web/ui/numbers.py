"""Numbers in addresses and forms, where anybody may write anything."""

from __future__ import annotations

_LONGEST = 9  # digits: fits every integer column


def whole_number(text: str) -> int:
    """The whole number that `text` is; 0 where it is none, or none that a row can have."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST else 0
