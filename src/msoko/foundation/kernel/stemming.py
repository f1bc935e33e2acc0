"""Stems of Russian words (the algorithm of M. Porter for Russian): «положения», «положений» → «положен».

Search over texts stores stems of words and asks for stems of the query, so that every database finds the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msoko.foundation.kernel.text import search_key

_VOWELS = "аеиоуыэюя"
_RV = re.compile(rf"^[^{_VOWELS}]*[{_VOWELS}](.*)$")
_R1 = re.compile(rf"[{_VOWELS}][^{_VOWELS}](.*)$")
_GERUND = re.compile(r"(?:(?<=[ая])(?:вшись|вши|в)|(?:ив|ыв)(?:шись|ши)?)$")
_REFLEXIVE = re.compile(r"с[яь]$")
_ADJECTIVE = re.compile(r"(?:ее|ие|ые|ое|ими|ыми|ей|ий|ый|ой|ем|им|ым|ом|его|ого|ему|ому|их|ых|ую|юю|ая|яя|ою|ею)$")
_PARTICIPLE = re.compile(r"(?:(?<=[ая])(?:ем|нн|вш|ющ|щ)|ивш|ывш|ующ)$")
_VERB = re.compile(
    r"(?:(?<=[ая])(?:ла|на|ете|йте|ли|й|л|ем|н|ло|но|ет|ют|ны|ть|ешь|нно)"
    r"|ила|ыла|ена|ейте|уйте|ите|или|ыли|ей|уй|ил|ыл|им|ым|ен|ило|ыло|ено|ят|ует|уют|ит|ыт|ены|ить|ыть|ишь|ую|ю)$"
)
_NOUN = re.compile(
    r"(?:иями|ями|ами|иях|иям|ием|ией|ией|ах|ях|ев|ов|ие|ье|еи|ии|ей|ой|ий|ям|ем|ам|ом|ию|ью|ия|ья|а|е|и|й|о|у|ы|ь|ю|я)$"
)
_DERIVATIONAL = re.compile(r"ость?$")
_SUPERLATIVE = re.compile(r"(?:ейше|ейш)$")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a casefolded word without «ё»; words without Russian vowels stay as they are."""
    found = _RV.match(word)
    if found is None or len(word) < 4:
        return word
    tail = found.group(1)
    head = word[: len(word) - len(tail)]
    tail = _inflection_cut(tail)
    tail = tail.removesuffix("и")
    second = _R1.search(head[-1:] + tail)
    second = _R1.search(second.group(1)) if second else None
    if second and _DERIVATIONAL.search(second.group(1)):
        tail = _DERIVATIONAL.sub("", tail)
    if tail.endswith("нн"):
        tail = tail[:-1]
    elif _SUPERLATIVE.search(tail):
        tail = _SUPERLATIVE.sub("", tail)
        tail = tail[:-1] if tail.endswith("нн") else tail
    return head + tail.removesuffix("ь")


def _inflection_cut(tail: str) -> str:
    cut, times = _GERUND.subn("", tail)
    if times:
        return cut
    tail = _REFLEXIVE.sub("", tail)
    cut, times = _ADJECTIVE.subn("", tail)
    if times:
        return _PARTICIPLE.sub("", cut)
    cut, times = _VERB.subn("", tail)
    return cut if times else _NOUN.sub("", tail)


def stems(*parts: str) -> list[str]:
    """Stems of all words in their order."""
    return [stem(word) for word in _WORD.findall(search_key(*parts))]


def stem_key(*parts: str) -> str:
    """Each stem once between blanks: what a search asks with `__contains` of « stem»."""
    return f" {' '.join(dict.fromkeys(stems(*parts)))} "
