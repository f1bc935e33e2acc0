"""What a gap is in, as a sentence names it; the whole wording of a planned result stands in the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from qualimetry.narrative.russian import quote

#: longer names are cut in sentences
BRIEF = 80
_KINDS = {"content_element": "элемент содержания", "skill": "умение", "section": "раздел", "item": "задание"}
_BRACKETS = re.compile(r"\s*\([^()]*\)")


def topic(kind: str, code: str, name: str) -> str:
    """«задание 9», «элемент содержания 3» where only a code is known, else the name in quotes, cut when long."""
    if kind == "item" or name == code:
        word = _KINDS.get(kind, "")
        return f"{word} {name}" if name.isascii() and word else quote(brief(name))
    return quote(brief(name))


def brief(name: str, width: int = BRIEF) -> str:
    """The name without brackets and what follows a semicolon, cut between words, «…» where something is left out."""
    if len(name) <= width:
        return name
    short = _BRACKETS.sub("", name).split(";")[0].strip(" ,.")
    if len(short) > width:
        short = short[: width + 1].rsplit(" ", 1)[0].strip(" ,.–(")
    return f"{short}…"


def absorbed(kind: str, labels: Sequence[str], others: Iterable[tuple[str, Sequence[str]]]) -> bool:
    """Whether a skill is named already by a content element among `others` whose items are all of its and more."""
    own = set(labels)
    return kind != "content_element" and any(
        other == "content_element" and own < set(theirs) for other, theirs in others
    )
