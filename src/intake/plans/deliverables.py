"""The result cell → documents with kinds and destinations."""

from __future__ import annotations

import re

from intake.fields.text import clean_text
from intake.plans.contracts import Deliverable
from intake.plans.vocabulary import Vocabulary, folded_text

_BULLET = re.compile(r"^(?:[-–—•·*]|\d{1,2}[.)])\s*(?=\S)")
_NOTHING = re.compile(r"^[-–—.\s]*$")
#: after these words a capital letter goes on with the same document: «для включения в Доклад»
_BINDING = re.compile(r"(?:^|\s)(?:в|во|на|о|об|по|для|из|к|ко|от|и|или|с|при|проект\w*|№|г\.?|им\.?)$", re.IGNORECASE)


def deliverables_of(text: str, words: Vocabulary) -> tuple[list[Deliverable], bool]:
    """Documents of the cell, and whether some of them stood without a comma between."""
    parts, lacked = [], False
    for piece in _pieces(text, words):
        split = _by_capitals(piece, words)
        lacked = lacked or len(split) > 1
        parts += split
    return [_deliverable(part, words) for part in parts], lacked


def _deliverable(text: str, words: Vocabulary) -> Deliverable:
    folded = folded_text(text)
    destination = ""
    for match in re.finditer(r"\s", folded):
        if any(pattern.match(folded[match.end() :]) for pattern in words.destinations):
            destination = clean_text(text)[match.end() :]
            break
    return Deliverable(text, words.kind_of(text), destination)


def _pieces(text: str, words: Vocabulary) -> list[str]:
    """Parts between commas, semicolons and lines, where the next part names a document; else the text goes on."""
    pieces: list[str] = []
    for raw in re.split(r"(\n|;|,(?![^(«]*[)»])|(?<=[а-яё])\.(?=\s+[А-ЯЁ]))", text):
        part = _BULLET.sub("", clean_text(raw)).strip(" ,;")
        if _NOTHING.match(part) and not (part and part[0].isalnum()):
            continue
        begins_anew = words.kind_of(part) and not (pieces and _BINDING.search(pieces[-1]))
        if pieces and not begins_anew and (part[0].islower() or not words.kind_of(pieces[-1])) and not _is_item(raw):
            pieces[-1] = f"{pieces[-1]}{_joint(text, part)}{part}"
        else:
            pieces.append(part)
    return pieces


def _is_item(raw: str) -> bool:
    return bool(_BULLET.match(clean_text(raw)))


def _joint(text: str, part: str) -> str:
    """What stood before the part: a comma stays, a line break becomes a space."""
    before = text[: max(text.find(part), 0)].rstrip(" ")
    return f"{before[-1]} " if before and before[-1] in ",;" else " "


def _by_capitals(piece: str, words: Vocabulary) -> list[str]:
    """«Приказы Отчеты по реализации»: a capital that begins another document inside of the text."""
    for match in re.finditer(r"(?<=[а-яё»)])\s(?=[А-ЯЁ][а-яё]+)", piece):
        before, after = piece[: match.start()], piece[match.end() :]
        if not _BINDING.search(before) and words.kind_of(before) and words.kind_of(after) and _is_nominative(after):
            return [before, *_by_capitals(after, words)]
    return [piece]


def _is_nominative(text: str) -> bool:
    """Whether the first word may be a subject: «Приказа», «Доклада» go on with the word before."""
    return not re.match(
        r"^\w+(?:ка|за|да|ла|та|ма|ва|ние?м|ом|ами|ах|ов|ию|ией|кой|ки)\b(?<!справка)(?<!программа)(?<!справки)",
        text.split()[0].casefold(),
    )
