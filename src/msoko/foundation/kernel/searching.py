"""A search as a filter over a stored search key: every word must be there, a short number as a whole word."""

from __future__ import annotations

from django.db.models import Q

from msoko.foundation.kernel.text import search_key

#: «2» in «СОШ № 2» is a number; longer digits are parts of codes
_SHORT_NUMBER = 3


def search_filter(asked: str, field: str = "search_key") -> Q:
    """All words of `asked` in any order; empty asks for everything."""
    found = Q()
    for word in search_key(asked).split():
        found &= _word(word, field)
    return found


def _word(word: str, field: str) -> Q:
    if not (word.isdecimal() and len(word) <= _SHORT_NUMBER):
        return Q(**{f"{field}__contains": word})
    return (
        Q(**{field: word})
        | Q(**{f"{field}__startswith": f"{word} "})
        | Q(**{f"{field}__endswith": f" {word}"})
        | Q(**{f"{field}__contains": f" {word} "})
    )
