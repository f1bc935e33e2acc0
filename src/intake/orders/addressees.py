"""Whom a point is for: a circle of organizations, organizations by name, people by name."""

from __future__ import annotations

import re

from intake.orders.contracts import Circle
from intake.orders.phrases import CONTROL, STATEMENT

_HEADS = r"руководител|директор|заведующ|начальник"
#: words of organizations with pupils
_KINDS: tuple[tuple[str, str], ...] = (
    ("school", r"общеобразоват|\bшкол"),
    ("preschool", r"дошкольн|детск\w+ сад"),
    ("supplementary", r"дополнительн\w+ образован"),
)
#: bodies and posts of the authority itself
_OWN = re.compile(
    r"отдел|специалист|методист|консультант|бухгалтер|секретар|заместител|начальник|сектор|"
    r"управлени\w* образовани|методическ\w+ (?:служб|центр)|структурн\w+ подразделени",
)
_MANY = re.compile(r"руководителям|директорам|заведующим|организациям|учреждениям|координаторам|школам|садам")
_ONE = re.compile(r"руководителю|директору|заведующе(?:му|й)|школе\b|координатору")
_PARENTHESES = re.compile(r"\([^()]*\)")
_LEADING = re.compile(rf"^(?:и\.\s?о\.\s*)?(?:{_HEADS}|школам|организациям|учреждениям)\w*\s+", re.IGNORECASE)
_APART = re.compile(
    r"\s*(?:[,;]|\bи\b)\s*(?:(?:директору|директорам|заведующему|заведующей|руководителю)\s+)?", re.IGNORECASE
)
_BARE_NUMBER = re.compile(r"^(?:№\s*)?(\d+)$")
_NAMED = re.compile(r"№\s*\d|«[^»]+»|\"[^\"]+\"|\bд/с\b|(?:СОШ|ООШ|НОШ|гимнази|лице|школ)\w*\s*\d", re.IGNORECASE)
_PERSON = re.compile(
    r"(?P<last>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)\s+(?P<first>[А-ЯЁ])\.\s?(?P<middle>[А-ЯЁ])\."
    r"|(?P<first2>[А-ЯЁ])\.\s?(?P<middle2>[А-ЯЁ])\.\s?(?P<last2>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)"
)


def circle_of(addressee: str, text: str) -> Circle:
    """Which organizations a point is for, by the words of its addressee; «ask» where the words do not tell."""
    if CONTROL.search(text) or (not addressee and STATEMENT.match(text)):
        return "none"
    if not addressee:
        return "owner"
    words = _PARENTHESES.sub(" ", addressee).casefold()
    if organizations_in(addressee):
        return "ask"
    kinds = [kind for kind, pattern in _KINDS if re.search(pattern, words)]
    if kinds and (_MANY.search(words) or not _ONE.search(words)):
        return "all" if len(kinds) == len(_KINDS) else "+".join(kinds)
    if _OWN.search(words):
        return "owner"
    if _MANY.search(words):
        return "all"
    return "ask"


def organizations_in(addressee: str) -> tuple[str, ...]:
    """Names of organizations: «Директорам СОШ № 1, № 2 и лицея «Исток»» → three names, a bare number after its kind."""
    text = _LEADING.sub("", _PERSON.sub("", _PARENTHESES.sub(" ", addressee)).strip())
    found: list[str] = []
    for piece in (" ".join(part.split()) for part in _APART.split(text)):
        bare = _BARE_NUMBER.match(piece)
        if bare and found:
            piece = re.sub(r"№?\s*\d+.*$", f"№ {bare.group(1)}", found[-1])
        if _NAMED.search(piece):
            found.append(piece)
    return tuple(dict.fromkeys(found))


def people_in(addressee: str) -> tuple[str, ...]:
    """People as «Фамилия И.О.», in the case of the text."""
    found = []
    for match in _PERSON.finditer(addressee):
        last = match["last"] or match["last2"]
        first, middle = match["first"] or match["first2"], match["middle"] or match["middle2"]
        found.append(f"{last} {first}.{middle}.")
    return tuple(dict.fromkeys(found))
