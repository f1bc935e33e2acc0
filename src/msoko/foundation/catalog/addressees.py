"""Words by which the addressee of a plan is known (`definitions/plans/addressees.toml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from msoko.foundation.catalog.files import tables


@dataclass(frozen=True, slots=True)
class AddresseeWords:
    """Rules in their order: kinds of organizations with their words, then departments, authority, service, outside."""

    groups: tuple[tuple[tuple[str, ...], tuple[re.Pattern[str], ...]], ...]
    departments: tuple[re.Pattern[str], ...]
    authority: tuple[re.Pattern[str], ...]
    advisory: tuple[re.Pattern[str], ...]
    external: tuple[re.Pattern[str], ...]

    def group(self, text: str) -> tuple[str, ...]:
        """Kinds of organizations that the text means all of; empty when it means none."""
        return next((kinds for kinds, words in self.groups if fits(text, words)), ())


def fits(text: str, words: tuple[re.Pattern[str], ...]) -> bool:
    """Whether any of the expressions is found in the text."""
    return any(word.search(text) for word in words)


@cache
def addressee_words() -> AddresseeWords:
    """The rules as compiled expressions."""
    table = tables("plans")["addressees"]
    return AddresseeWords(
        groups=tuple((tuple(one["kinds"]), _compiled(one["words"])) for one in table["groups"]),
        departments=_compiled(table["departments"]["words"]),
        authority=_compiled(table["authority"]["words"]),
        advisory=_compiled(table["advisory"]["words"]),
        external=_compiled(table["external"]["words"]),
    )


def _compiled(words: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(word) for word in words)
