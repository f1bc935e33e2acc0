"""Abbreviations: explained by the document, then by dictionaries of the caller; unknown ones become questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.fields.text import clean_text

_LIST = re.compile(
    r"(?:перечень|список|принятые|используемые|условн\w*).{0,40}сокращени|^(?:условные )?сокращения", re.IGNORECASE
)
_ENTRY = re.compile(r"^[\s•·*–—-]*([А-ЯЁA-Z][\w./-]{1,14}?)\s*(?:[–—=:]|\s-|-\s)\s*(\S.{3,200}?)[\s;.,]*$")
_ABOVE = re.compile(
    r"\(\s*(?:далее|сокращ[её]нно)(?:\s+по\s+тексту)?(?:\s+также)?\s*[–—:-]*\s*[«\"]?([А-ЯЁ][А-Яа-яЁё]{1,12})[»\"]?\s*\)"
)
_ABBREVIATION = re.compile(r"(?<![\w-])[А-ЯЁ][А-ЯЁа-яё]*[А-ЯЁ][А-Яа-яЁё]{0,3}(?![\w])")
#: name of the dictionary that everybody shares: a document may well differ from it
GENERAL = "general"
_WORD = re.compile(r"[^\W\d_]+")
#: words that an abbreviation usually leaves out
_SMALL = frozenset({"и", "в", "по", "с", "на", "для", "или", "о", "об", "к"})


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A dictionary of the caller: its name for people («municipality», «general»…), meanings by abbreviation."""

    name: str
    meanings: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, name: str, meanings: Mapping[str, str | Sequence[str]]) -> Dictionary:
        """From meanings given as one text or several."""
        return cls(
            name,
            {key: (value,) if isinstance(value, str) else tuple(value) for key, value in meanings.items()},
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an abbreviation was found to mean. `text` is None when nobody may guess; `reason` says why."""

    text: str | None
    source: str
    candidates: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """The document's own meanings and, after them, the dictionaries in order of trust."""

    own: Mapping[str, str]
    known: tuple[Dictionary, ...]

    def meaning(self, abbreviation: str) -> Meaning:
        """The first meaning found; several meanings in one dictionary are a question."""
        others = {one.name: one.meanings[abbreviation] for one in self.known if abbreviation in one.meanings}
        if own := self.own.get(abbreviation):
            local = [text for name, texts in others.items() if name != GENERAL for text in texts]
            rest = tuple(text for text in local if not _agree(own, text))
            return Meaning(own, "document", rest, "collision" if rest and len(rest) == len(local) else "")
        for name, texts in others.items():
            if len(texts) == 1:
                return Meaning(texts[0], name)
            return Meaning(None, "", tuple(texts), "ambiguous")
        return Meaning(None, "", (), "unknown")


def own_abbreviations(texts: Iterable[str], known: Sequence[Dictionary] = ()) -> dict[str, str]:
    """Meanings that the document gives: its list of abbreviations and «(далее – …)» in the text."""
    found: dict[str, str] = {}
    is_list = False
    later: dict[str, str] = {}
    for raw in texts:
        text = clean_text(raw)
        if not text:
            continue
        if _LIST.search(text) and len(text) < 120:
            is_list = True
            continue
        entry = _ENTRY.match(text)
        if entry and is_abbreviation(entry[1]) and (is_list or _spells(entry[1], entry[2])):
            found.setdefault(entry[1], entry[2].strip())
        elif is_list and not entry:
            is_list = False
        for match in _ABOVE.finditer(text):
            phrase = _phrase_before(text[: match.start()], match[1])
            if phrase and is_abbreviation(match[1]):
                later.setdefault(match[1], _nominative(match[1], phrase, known))
    return {**later, **found}


def abbreviations_in(text: str, ignored: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Words of the text that look like abbreviations, in order, each once; those inside quotes are parts of names."""
    outside = re.sub(r"«[^»]*»|\"[^\"]*\"", " ", text)
    words = (match[0] for match in _ABBREVIATION.finditer(outside))
    return tuple(dict.fromkeys(word for word in words if word not in ignored and is_abbreviation(word)))


def is_abbreviation(word: str) -> bool:
    """Whether the word has at least two capitals, and they are not a whole word written loudly."""
    capitals = sum(letter.isupper() for letter in word)
    return capitals >= 2 and len(word) <= 14 and (capitals * 2 >= len(word) or len(word) <= 8)


def _spells(abbreviation: str, text: str) -> bool:
    """Whether the capitals of the abbreviation begin the words of the text, small words left out."""
    letters = [letter.casefold() for letter in abbreviation if letter.isupper()]
    initials = [word[0].casefold() for word in _WORD.findall(text.replace("-", " ")) if word.casefold() not in _SMALL]
    place = 0
    for letter in letters:
        while place < len(initials) and initials[place] != letter:
            place += 1
        if place == len(initials):
            return False
        place += 1
    return True


def _phrase_before(text: str, abbreviation: str) -> str:
    """The words before the brackets that the abbreviation stands for: from the word of its first letter on."""
    words = text.split()[-14:]
    for count in range(1, len(words) + 1):
        phrase = " ".join(words[-count:])
        first = _WORD.search(phrase)
        if first and first[0][0].casefold() == abbreviation[0].casefold() and _spells(abbreviation, phrase):
            return phrase.strip(" ,;:–—-")
    return ""


def _nominative(abbreviation: str, phrase: str, known: Sequence[Dictionary]) -> str:
    """The phrase as a dictionary has it, when it is the same words in another case."""
    candidates = (text for one in known for text in one.meanings.get(abbreviation, ()))
    return next((text for text in candidates if _agree(phrase, text)), phrase)


def _agree(first: str, second: str) -> bool:
    """Whether two meanings are the same words up to endings; one may go on («управление образования администрации»)."""
    mine, other = (_WORD.findall(text.casefold().replace("ё", "е")) for text in (first, second))
    pairs = list(zip(mine, other, strict=False))
    return bool(pairs) and all(
        a[: max(3, min(len(a), len(b)) - 3)] == b[: max(3, min(len(a), len(b)) - 3)] for a, b in pairs
    )
