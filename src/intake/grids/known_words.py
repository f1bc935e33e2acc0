"""Whether a string is a Russian word, for telling a cut word from two words."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=4096)
def is_word(text: str) -> bool:
    """Whether the dictionary has the form; case is ignored."""
    return bool(_dictionary().word_is_known(text.casefold()))


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    import pymorphy3  # noqa: PLC0415 -- slow import

    return pymorphy3.MorphAnalyzer()
