"""Search in the register: stems of words of title, number, summary and text; pieces of text around what was found."""

from __future__ import annotations

import re

from django.db.models import Q

from msoko.cycle.regulations.models import RegisteredDocument
from msoko.foundation.catalog.documents import kind_title
from msoko.foundation.kernel.stemming import stem, stem_key, stems
from msoko.foundation.kernel.text import search_key

_WORD = re.compile(r"\w+")
_AROUND = 90
_SHORTEST = 2


def key_of(document: RegisteredDocument) -> str:
    """What `search_key` of a document holds."""
    return stem_key(document.title, document.number, kind_title(document.kind), document.summary, document.text)


def words_filter(asked: str) -> Q:
    """Documents with all words of the question in any form; a word may be the beginning of a longer one."""
    found = Q()
    for one in _asked(asked):
        found &= Q(search_key__contains=f" {one}")
    return found


def snippet(text: str, asked: str) -> list[tuple[str, bool]]:
    """Pieces of the text around the first word that was found; True marks the word itself. Empty when none is there."""
    wanted = _asked(asked)
    if not wanted or not text:
        return []
    first = next((one for one in _WORD.finditer(text) if _is_wanted(one.group(), wanted)), None)
    if first is None:
        return []
    start, end = max(0, first.start() - _AROUND), min(len(text), first.end() + _AROUND)
    window = re.sub(r"\s", " ", text[start:end])
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    place = 0
    for one in _WORD.finditer(window):
        if _is_wanted(one.group(), wanted):
            pieces += [(window[place : one.start()], False), (one.group(), True)]
            place = one.end()
    pieces.append((window[place:] + ("…" if end < len(text) else ""), False))
    return [piece for piece in pieces if piece[0]]


def _asked(text: str) -> tuple[str, ...]:
    """Stems that are looked for: prepositions and other words of one or two letters stand in every text."""
    found = dict.fromkeys(stems(text[:200]))
    return tuple(one for one in found if len(one) > _SHORTEST or one.isdecimal())


def _is_wanted(word: str, wanted: tuple[str, ...]) -> bool:
    return stem(search_key(word)).startswith(wanted)
