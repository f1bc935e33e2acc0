"""Rules by which dependencies of activities are proposed (`definitions/plans/dependencies.toml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from msoko.foundation.catalog.files import tables

#: letters of a word that tell it apart whatever its ending
STEM = 6
Words = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Feeds:
    """Results whose destination names a document, titles of those who make documents."""

    destination: re.Pattern[str]
    maker: re.Pattern[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A document and the meetings where it is heard."""

    document: str
    meeting: re.Pattern[str]
    reason: str


@dataclass(frozen=True, slots=True)
class DependencyRules:
    """`look_back`: expressions with the group `object` and the reason; `stages`: expressions in order of stages."""

    look_back: tuple[tuple[Words, str], ...]
    stages: tuple[Words, ...]
    feeds: tuple[Feeds, ...]
    heard: tuple[Heard, ...]
    synonyms: Mapping[str, str]
    empty_words: frozenset[str]
    likeness: float
    object_likeness: float
    most: int


@cache
def dependency_rules() -> DependencyRules:
    """The rules, compiled once."""
    table = tables("plans")["dependencies"]
    return DependencyRules(
        look_back=tuple((_compiled(one["words"]), one["reason"]) for one in table["look_back"]),
        stages=tuple(_compiled(one["words"]) for one in table["stage"]),
        feeds=tuple(
            Feeds(re.compile(one["destination"]), re.compile(one["maker"]), one["reason"]) for one in table["feeds"]
        ),
        heard=tuple(Heard(one["document"], re.compile(one["meeting"]), one["reason"]) for one in table["heard"]),
        synonyms=table["synonyms"],
        empty_words=frozenset(word[:STEM] for word in table["empty_words"]),
        likeness=float(table["likeness"]),
        object_likeness=float(table["object_likeness"]),
        most=int(table["most"]),
    )


def _compiled(words: Any) -> Words:
    return tuple(re.compile(word) for word in words)
