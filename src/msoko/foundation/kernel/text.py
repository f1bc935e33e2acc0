"""Keys for searching and sorting Russian text: SQLite compares Cyrillic by code, so keys are stored."""

from __future__ import annotations

import re

_SPACES = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")
_NOISE = re.compile(r"[«»\"'„“”.,()№]+")


def search_key(*parts: str) -> str:
    """Casefolded text without quotes and punctuation, «ё» as «е»: what `__contains` is asked about."""
    joined = " ".join(part for part in parts if part).casefold().replace("ё", "е")
    return _SPACES.sub(" ", _NOISE.sub(" ", joined)).strip()


def sort_key(text: str) -> str:
    """A key under which «СОШ № 2» stands before «СОШ № 10» and «Ё» beside «Е»."""
    return _DIGITS.sub(lambda found: found.group().zfill(6), search_key(text))
