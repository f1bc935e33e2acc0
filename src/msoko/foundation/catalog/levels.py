"""Orders of the words for levels that works without marks use."""

from __future__ import annotations

from collections.abc import Iterable

from msoko.foundation.catalog.files import tables


def level_order(words: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """These level words from the lowest up, and whether the order is known from `definitions/scales/levels.toml`.

    Comparison ignores case, «ё» and the word «уровень». An unknown set stands in alphabetical order.
    """
    present = sorted(set(words))
    for order in tables("scales")["levels"]["orders"]:
        ranks = {_key(name): rank for rank, name in enumerate(order["names"])}
        if all(_key(word) in ranks for word in present):
            return tuple(sorted(present, key=lambda word: ranks[_key(word)])), True
    return tuple(present), False


def _key(word: str) -> str:
    return word.casefold().replace("ё", "е").replace("уровень", "").strip()
