"""The order in which a Russian reader expects names: ё beside е, «СОШ № 2» before «СОШ № 10»."""

from __future__ import annotations

import re

SortKey = tuple[tuple[int, int, str], ...]


def sort_key(text: str) -> SortKey:
    """Key for `sorted`: letters without case, quotes and punctuation ignored, runs of digits as numbers.

    Russian letters precede Latin ones; equal words with ё stand after those with е (ties are left to the caller).
    """
    return tuple(_part(part) for part in re.findall(r"\d+|[^\W\d_]+", text))


def _part(part: str) -> tuple[int, int, str]:
    if part.isdecimal():
        return (0, int(part), "")
    word = part.casefold().replace("ё", "е")
    is_russian = "а" <= word[0] <= "я"
    return (1 if is_russian else 2, 0, word)
