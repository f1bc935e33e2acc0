"""Words by which activities «по графику» are offered procedures (`definitions/plans/bindings.toml`)."""

from __future__ import annotations

from functools import cache

from intake.fields.text import header_key
from msoko.foundation.catalog.files import tables


@cache
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    table = tables("plans")["bindings"]["words"]
    return {procedure: tuple(tuple(phrase.split()) for phrase in phrases) for procedure, phrases in table.items()}


def procedures_named(text: str) -> list[str]:
    """Procedures that a text names by a phrase: words that begin so, one after another."""
    words = header_key(text).split()
    return [code for code, phrases in _phrases().items() if any(_stands(phrase, words) for phrase in phrases)]


def _stands(phrase: tuple[str, ...], words: list[str]) -> bool:
    return any(
        all(_fits(stem, word) for stem, word in zip(phrase, words[start:], strict=False))
        for start in range(len(words) - len(phrase) + 1)
    )


def _fits(stem: str, word: str) -> bool:
    """A short stem is a whole word («впр», «9»), a longer one the beginning of it."""
    return word == stem if len(stem) <= _WHOLE else word.startswith(stem)


_WHOLE = 4
