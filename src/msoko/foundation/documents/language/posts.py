"""Cases of posts and of names of bodies: the head noun with its adjectives is declined, what depends on it stays.

«заместитель начальника управления» → «заместителю начальника управления»; «исполняющий обязанности директора» →
«исполняющему обязанности директора»; after a comma or a dash a second head follows («глава, председатель комиссии»).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_ADJECTIVES = {"ADJF", "PRTF"}
#: «план мероприятий («дорожная карта»)»: a common noun that explains the head stands in its case
_EXPLAINED = re.compile(r"\(«([а-яё][^«»]*)»\)")


@cache
def _analyzer() -> Any:
    import pymorphy3  # noqa: PLC0415 -- slow import

    return pymorphy3.MorphAnalyzer()


@cache
def decline_post(post: str, case: str) -> str:
    """The post or body in the case given by pymorphy's name (`gent`, `datv`, `accs`, `ablt`, `loct`)."""
    if case == "nomn":
        return post
    parts = re.split(r"(\s*,\s*|\s+[—–-]\s+)", post)
    text = "".join(part if index % 2 else _decline_phrase(part, case) for index, part in enumerate(parts))
    return _EXPLAINED.sub(lambda match: f"(«{_decline_phrase(match.group(1), case)}»)", text)


@cache
def head_gender(phrase: str) -> str:
    """«masc», «femn», «neut» by the head noun of a post or a title («План …» – masc); empty when it is not known."""
    words = phrase.split(" ")
    head = _head(words)
    if head is None:
        return ""
    parses = _nominatives(_last(words[head]), {"NOUN"}) or _nominatives(_last(words[head]))
    return str(parses[0].tag.gender or "") if parses else ""


@cache
def is_stressed_ending(word: str) -> bool:
    """Whether a noun that ends in a hushing sound or «ц» has «-ом»: «ткачом», «швецом», but «Ковачем»."""
    if word[-1:] not in "жшчщц":
        return False
    known = [parse for parse in _analyzer().parse(word) if parse.is_known and "NOUN" in parse.tag]
    forms = [parse.inflect({"ablt", "sing"}) for parse in known if parse.tag.case == "nomn"]
    return any(form is not None and form.word.endswith("ом") for form in forms)


def _decline_phrase(phrase: str, case: str) -> str:
    words = phrase.split(" ")
    head = _head(words)
    if head is None:
        return phrase
    is_animate = _is_animate(words[head])
    for index in range(head + 1):
        words[index] = "-".join(
            _inflect(part, case, is_adjective=index < head, is_animate=is_animate) for part in words[index].split("-")
        )
    return " ".join(words)


def _head(words: list[str]) -> int | None:
    """Place of the head: the last word of the run of nominatives the phrase begins with."""
    head = None
    for index, word in enumerate(words):
        if head is None and _is_adverb(word):
            continue
        last = _last(word)
        if _is_preposition(word) or not _nominatives(last):
            break
        head = index
        if not _nominatives(last, _ADJECTIVES):
            break
    return head


def _nominatives(word: str, kinds: set[str] | None = None) -> list[Any]:
    """Readings of the word as a nominative singular; none for an abbreviation, a number or a word in quotes."""
    if not word.isalpha() or (len(word) > 1 and word.isupper()):
        return []
    kinds = kinds or {"NOUN", *_ADJECTIVES}
    parses = [parse for parse in _analyzer().parse(word) if parse.tag.case == "nomn" and parse.tag.number == "sing"]
    return [parse for parse in parses if parse.tag.POS in kinds]


def _last(word: str) -> str:
    """The part that decides: «учитель-логопед», «информационно-методический»."""
    return word.rsplit("-", 1)[-1]


def _is_adverb(word: str) -> bool:
    return word.isalpha() and bool(_analyzer().parse(word)[0].tag.POS == "ADVB")


def _is_preposition(word: str) -> bool:
    return word.isalpha() and any(parse.tag.POS == "PREP" for parse in _analyzer().parse(word))


def _is_animate(word: str) -> bool:
    """Posts are people, bodies are not; a substantivised participle («заведующий») is a person."""
    nouns = _nominatives(_last(word), {"NOUN"})
    if _last(word).endswith(("ый", "ий", "ой")):  # «уполномоченный», «управляющий»: a person who is called so
        return True
    return "anim" in nouns[0].tag if nouns else bool(_nominatives(_last(word), _ADJECTIVES))


def _inflect(word: str, case: str, *, is_adjective: bool, is_animate: bool) -> str:
    parses = (_nominatives(word, _ADJECTIVES) if is_adjective else []) or _nominatives(word)
    if not parses:
        return word
    parse = parses[0]
    grammemes = {case, "sing"}
    if case == "accs" and parse.tag.POS in _ADJECTIVES and parse.tag.gender == "masc":
        grammemes = {"gent" if is_animate else "nomn", "sing"}
    inflected = parse.inflect(grammemes)
    if inflected is None:
        return word
    text = str(inflected.word)
    return text.capitalize() if word[0].isupper() else text
