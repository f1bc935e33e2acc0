"""The machinery of the grammar: patterns over coded tokens, written as regular expressions with named pieces.

Spaces in a pattern mean nothing; `{NAME}` stands for another pattern. A recogniser is a pattern with a function that
makes nodes of what matched; at each token the longest match wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from intake.terms.tokens import Token, encoded

Made = TypeVar("Made")


@dataclass(frozen=True)
class Found(Generic[Made]):
    """What a recogniser made of the tokens from `start` to `end` (not included)."""

    made: Made
    start: int
    end: int


@dataclass(frozen=True)
class Match:
    """Groups of a pattern: their codes and the words that stand behind them."""

    groups: Mapping[str, str | None]
    words: Mapping[str, str]

    def text(self, name: str) -> str:
        """Codes of a group, empty when it is absent."""
        return self.groups.get(name) or ""

    def number(self, name: str, default: int = 0) -> int:
        """The first number within a group."""
        found = re.search(r"\d+", self.text(name))
        return int(found.group()) if found else default

    def said(self, name: str) -> str:
        """Words of a group as they stand in the phrase."""
        return self.words.get(name, "")

    def has(self, name: str) -> bool:
        return bool(self.groups.get(name))


def expand(pattern: str, macros: Mapping[str, str]) -> str:
    """Pattern with its `{NAME}` replaced; groups of the replacements lose their names."""
    while found := re.search(r"\{([A-Z_]+)\}", pattern):
        inner = re.sub(r"\(\?P<\w+>", "(?:", macros[found.group(1)])
        pattern = pattern[: found.start()] + f"(?:{inner})" + pattern[found.end() :]
    return pattern


class Grammar(Generic[Made]):
    """An ordered list of recognisers; earlier ones win ties."""

    def __init__(self, macros: Mapping[str, str]) -> None:
        self.macros = macros
        self.rules: list[tuple[re.Pattern[str], Callable[[Match], Made | None]]] = []

    def rule(self, *patterns: str) -> Callable[[Callable[[Match], Made | None]], Callable[[Match], Made | None]]:
        """Decorator: the function makes a node of what any of the patterns matches, or refuses with None."""

        def register(make: Callable[[Match], Made | None]) -> Callable[[Match], Made | None]:
            for pattern in patterns:
                self.rules.append((re.compile(re.sub(r"\s+", "", expand(pattern, self.macros))), make))
            return make

        return register

    def read(self, tokens: Sequence[Token]) -> tuple[list[Found[Made]], list[int]]:
        """Nodes from left to right and the places of tokens that no recogniser took."""
        text, starts = _laid_out(tokens)
        found: list[Found[Made]] = []
        left: list[int] = []
        place = 0
        while place < len(tokens):
            best = self._longest(text, starts, tokens, place)
            if best is None:
                left.append(place)
                place += 1
            else:
                found.append(best)
                place = best.end
        return found, left

    def _longest(self, text: str, starts: Mapping[int, int], tokens: Sequence[Token], place: int) -> Found[Made] | None:
        offset = next(at for at, index in starts.items() if index == place)
        matches = [
            (match, make)
            for pattern, make in self.rules
            if (match := pattern.match(text, offset)) and match.end() > offset
        ]
        for match, make in sorted(matches, key=lambda pair: -pair[0].end()):
            made = make(_match(match, starts, tokens))
            if made is not None:
                return Found(made, place, starts[match.end()])
        return None


def _laid_out(tokens: Sequence[Token]) -> tuple[str, dict[int, int]]:
    starts, offset = {}, 0
    for index, token in enumerate(tokens):
        starts[offset] = index
        offset += len(token.mark)
    starts[offset] = len(tokens)
    return encoded(list(tokens)), starts


def _match(match: re.Match[str], starts: Mapping[int, int], tokens: Sequence[Token]) -> Match:
    words = {}
    for name in match.groupdict():
        start, end = match.span(name)
        if start >= 0 and start in starts and end in starts:
            words[name] = " ".join(token.raw for token in tokens[starts[start] : starts[end]])
    return Match(match.groupdict(), words)
