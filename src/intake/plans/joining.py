"""Rows broken over pages put together again; words broken at the edge of a page or a line too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from intake.grids.pdf_lines import LITTLE_WORDS
from intake.plans.rows import PlanRow, RowKind

_WORD = re.compile(r"[^\W\d_]+")
_LAST = re.compile(r"([^\W\d_]+)(-?)$")
_FIRST = re.compile(r"^([^\W\d_]+)")
#: no Russian word begins with these letters: the piece belongs to the word before
_ORPHAN = re.compile(r"(?<=[а-яё]) (?=[ьъы][а-яё]*\b)")
#: «с руководителям и ОО»: a preposition that cannot stand with the dative shows the torn ending
_TORN_DATIVE = re.compile(
    r"\b((?:с|со|над|между|перед)\s(?:[а-яё-]+[ыи]ми\s){0,2}[а-яё]{4,}(?:ам|ям)) и(?=\s)", re.IGNORECASE
)
_NAMES = {
    "number": "номер",
    "title": "мероприятие",
    "number_title": "мероприятие",
    "term": "срок",
    "responsible": "ответственные",
    "executor": "исполнители",
    "result": "результат",
}


def join_tails(rows: Iterable[PlanRow], words: frozenset[str]) -> list[PlanRow]:
    """Rows without tails: each tail is put to the activity above it, cell by cell; `joined` names the cells."""
    result: list[PlanRow] = []
    for row in rows:
        head = next((one for one in reversed(result) if one.kind is not RowKind.FOOTNOTE), None)
        if row.kind is not RowKind.TAIL:
            result.append(row)
        elif head is not None and head.kind is RowKind.ACTIVITY:
            _join(head, row, words)
        elif head is not None and head.kind is RowKind.SECTION and not row.has("responsible", "result"):
            head.heading = join_texts(head.heading, row.text("title") or row.text("number_title"), words)
            head.last = row.last
        else:
            row.kind = RowKind.ACTIVITY
            result.append(row)
    return result


def _join(head: PlanRow, tail: PlanRow, words: frozenset[str]) -> None:
    for role, texts in tail.texts.items():
        mine = head.texts.setdefault(role, [""] * len(texts))
        for place, text in enumerate(texts):
            if not text:
                continue
            if place >= len(mine):
                mine.append("")
            mine[place] = join_texts(mine[place], text, words)
            name = _NAMES.get(role, "")
            if name and name not in head.joined:
                head.joined.append(name)
    head.last = tail.last
    head.extra += [one for one in tail.extra if one not in head.extra]


def join_texts(first: str, second: str, words: frozenset[str]) -> str:
    """Two parts of a text as one; `words` of the document tell a word torn in two from two words."""
    if not first or not second:
        return first or second
    last, begin = _LAST.search(first), _FIRST.match(second)
    if last is None or begin is None:
        return f"{first} {second}"
    whole = (last[1] + begin[1]).casefold()
    pieces = (last[1].casefold(), begin[1].casefold())
    if begin[1][0].isupper() and not begin[1].isupper():
        return f"{first} {second}" if not last[2] else first + second
    if last[2]:
        hyphenated = not (whole in words and pieces[0] not in words)
        return (first if hyphenated else first[:-1]) + second
    if whole in words and not (pieces[0] in words and pieces[1] in words) and pieces[0] not in LITTLE_WORDS:
        return first + second
    return f"{first} {second}"


def without_line_hyphens(text: str, words: frozenset[str]) -> str:
    """Text of a cell whose lines end in hyphens: «плана-/графика» keeps its hyphen, «меропри-/ятие» loses it."""
    first, *others = text.split("\n")
    for line in others:
        first = join_texts(first, line, words) if first.endswith("-") else f"{first}\n{line}"
    return first


@lru_cache(maxsize=8192)
def mended(text: str) -> str:
    """Text whose words were torn inside of a line («Сентябр ь», «с руководителям и ОО») put together."""
    if " " not in text:
        return text
    return _TORN_DATIVE.sub(r"\1и", _ORPHAN.sub("", text))


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Words of the document in lower case, but for those at the edges of cells, which may be pieces."""
    found: set[str] = set()
    for text in texts:
        inner = _WORD.findall(text.casefold())
        found.update(inner[1:-1])
    return frozenset(found)
