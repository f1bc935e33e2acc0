"""A phrase → nodes, labels of parts, words that nothing explains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from intake.terms.deadline_grammar import add_deadlines
from intake.terms.event_grammar import add_events
from intake.terms.folded import fold
from intake.terms.frequency_grammar import add_frequencies
from intake.terms.grammar import Found, Grammar
from intake.terms.list_grammar import add_lists
from intake.terms.nodes import Frequency, Node, Note, Windows
from intake.terms.repair import repaired
from intake.terms.roman_months import with_roman_months
from intake.terms.token_order import in_usual_order
from intake.terms.tokens import Token, joined, tokens_of
from intake.terms.undated_grammar import add_undated
from intake.terms.vocabulary import MACROS
from intake.terms.window_grammar import add_windows

#: tokens that may stand alone without a meaning of their own
_SILENT: Final = frozenset(
    ("в", "на", "и", "год", "срок", "число", "период", "включительно", "месяц", "дата", "время", "с", "но", "те", "же",
     ",", ";", ":", "-", "/", "(", ")", "учебный", "день", "весь")
)  # fmt: skip
#: words that change the meaning of what stands beside them
_TURNING: Final = frozenset(
    ("не", "без", "кроме", "исключение", "после", "перед", "накануне", "через", "до", "за", "раз", "реже", "чаще",
     "ранее", "позднее", "следующий", "прошлый", "при", "случай", "от", "к", "по", "каждый", "отмена")
)  # fmt: skip
_DENYING: Final = frozenset(("не", "без", "кроме", "исключение"))
_PUNCTUATION: Final = frozenset((",", ";", ":", "-", "/", "(", ")"))
_DIVIDERS: Final = frozenset((",", ";", "и"))
_TIES: Final = frozenset(("-", ":", "("))


@dataclass
class Phrase:
    """What was found in one part of a phrase between semicolons."""

    nodes: list[Node] = field(default_factory=list)
    #: for every node, the words that name it
    labels: list[str] = field(default_factory=list)
    #: places among the nodes after which a comma stands
    commas: set[int] = field(default_factory=set)
    strange: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    #: words that change the meaning are left over; a denial or an exception is among them; a choice is named
    is_turned: bool = False
    is_denied: bool = False
    is_choice: bool = False


@lru_cache(maxsize=1)
def _grammar() -> Grammar[Node]:
    grammar: Grammar[Node] = Grammar(MACROS)
    add_lists(grammar)
    add_windows(grammar)
    add_deadlines(grammar)
    add_frequencies(grammar)
    add_events(grammar)
    add_undated(grammar)
    return grammar


@lru_cache(maxsize=4096)
def read_phrase(text: str) -> tuple[Phrase, ...]:
    """Parts of the phrase between semicolons, each with its nodes. Plans repeat their phrases, hence the memory."""
    tokens = joined(repaired(in_usual_order(with_roman_months(tokens_of(fold(text))))))
    return tuple(_read(part) for part in _parts(tokens))


def _parts(tokens: Sequence[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.code == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if any(token.code not in _PUNCTUATION for token in part)]


def _read(tokens: list[Token]) -> Phrase:
    found, left = _grammar().read(tokens)
    phrase = Phrase(doubts=[token.raw for token in tokens if token.is_doubtful])
    phrase.doubts += _stray_months(tokens, found)
    covered = {index: one for one in found for index in range(one.start, one.end)}
    loose = _Loose(tokens, set(left))
    for one in found:
        if isinstance(one.made, Note) and one.made.kind == "label":
            loose.add(one.start, one.end)
    for one in found:
        if isinstance(one.made, Note) and one.made.kind in ("label", "filler"):
            continue
        label = loose.take_before(one.start) or loose.take_after(one.end, covered)
        phrase.nodes.append(one.made)
        phrase.labels.append(label)
        if one.end < len(tokens) and tokens[one.end].code == ",":
            phrase.commas.add(len(phrase.nodes) - 1)
    phrase.strange = loose.words()
    phrase.is_turned = loose.has(_TURNING)
    phrase.is_denied = loose.has(_DENYING)
    phrase.is_choice = any(token.raw in ("или", "либо") for token in tokens)
    return phrase


def _stray_months(tokens: Sequence[Token], found: Sequence[Found[Node]]) -> list[str]:
    """«1–15 октября, ноября»: the second month may share the days of the first."""
    stray = []
    for before, one in pairwise(found):
        token, last = tokens[one.start], tokens[before.end - 1]
        is_alone = one.end == one.start + 1 and re.fullmatch(r"[а-я]+[ая]", token.raw)
        is_next = before.end == one.start - 1 and before.end - before.start > 1
        if is_alone and is_next and token.code[0] == last.code[0] == "M" and not _starts_with_month(tokens, before):
            stray.append(token.raw)
    return stray


def _starts_with_month(tokens: Sequence[Token], found: Found[Node]) -> bool:
    codes = [token.code for token in tokens[found.start : found.end]]
    return not any(code[0] in "NORWC" or code in ("неделя", "декада", "половина", "конец", "начало") for code in codes)


class _Loose:
    """Tokens that no recogniser took: labels of parts or strange words."""

    def __init__(self, tokens: Sequence[Token], places: set[int]) -> None:
        self._tokens = tokens
        self._places = {place for place in places if tokens[place].code not in _SILENT}
        self._labels: set[int] = set()

    def add(self, start: int, end: int) -> None:
        """Tokens of a recognised label: they are no strange words even when they stand apart."""
        self._labels |= set(range(start, end))

    def _is_loose(self, place: int) -> bool:
        return place in self._places or place in self._labels

    def take_before(self, place: int) -> str:
        """Words before a window, tied to it by a dash or colon, or being a known label."""
        end = place
        is_tied = end > 0 and self._tokens[end - 1].code in _TIES
        end -= is_tied
        start = end
        while start > 0 and (self._is_loose(start - 1) or self._is_inside(start - 1)):
            start -= 1
        return self._take(start, end, is_tied)

    def take_after(self, place: int, covered: dict[int, Found[Node]]) -> str:
        """Words after a window in brackets, or a known label after a dash."""
        if place >= len(self._tokens) or self._tokens[place].code not in ("(", "-"):
            return ""
        end = place + 1
        while end < len(self._tokens) and (self._is_loose(end) or self._is_inside(end)):
            end += 1
        closes = end >= len(self._tokens) or self._tokens[end].code in (")", ",")
        return self._take(place + 1, end, closes) if closes else ""

    def _is_inside(self, place: int) -> bool:
        """Small words inside a label."""
        token = self._tokens[place]
        has_next = place + 1 < len(self._tokens)
        goes_on = has_next and (self._is_loose(place + 1) or self._tokens[place + 1].code in _TIES)
        neighbours = self._is_loose(place - 1) and goes_on
        return (
            token.code in _SILENT
            and token.code not in _DIVIDERS
            and token.code not in ("-", ":", "(", ")")
            and neighbours
        )

    def _take(self, start: int, end: int, is_tied: bool) -> str:
        places = range(start, end)
        if not places:
            return ""
        words = " ".join(self._tokens[place].raw for place in places)
        if any(self._tokens[place].code in _TURNING for place in places):
            return ""
        if is_tied or all(place in self._labels for place in places):
            self._places -= set(places)
        return re.sub(r" ([,.)])", r"\1", words)

    def words(self) -> list[str]:
        return [self._tokens[place].raw for place in sorted(self._places - self._labels)]

    def has(self, codes: frozenset[str]) -> bool:
        return any(self._tokens[place].code in codes for place in self._places)


def has_frequency(phrase: Phrase) -> bool:
    return any(isinstance(node, Frequency) for node in phrase.nodes)


def has_windows(phrase: Phrase) -> bool:
    return any(isinstance(node, Windows) for node in phrase.nodes)
