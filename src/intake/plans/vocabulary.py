"""Words by which plans are understood, as the caller gives them (`definitions/plans`), compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from intake.fields.text import clean_text, header_key

Patterns = tuple[re.Pattern[str], ...]
#: prefix of the files with editions of directions
_DIRECTIONS = "directions_"


def compiled(patterns: Sequence[str]) -> Patterns:
    """Patterns over folded text, case-insensitive."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


@dataclass(frozen=True, slots=True)
class ColumnWords:
    role: str
    weight: int
    patterns: Patterns


@dataclass(frozen=True, slots=True)
class RowWords:
    amendments: Patterns
    repealed: Patterns
    footnotes: Patterns
    totals: Patterns
    continued: Patterns


@dataclass(frozen=True, slots=True)
class Kind:
    id: str
    title: str
    patterns: Patterns


@dataclass(frozen=True, slots=True)
class UnitWords:
    qualifiers: Patterns
    #: words that begin a unit of their own at the start of a line, and those that may go on with a unit instead
    nouns: Patterns
    adjectives: Patterns
    genitives: Patterns
    not_abbreviations: frozenset[str]
    groups: frozenset[str]

    @property
    def heads(self) -> Patterns:
        """Words that begin a unit in the nominative."""
        return (*self.nouns, *self.adjectives)


@dataclass(frozen=True, slots=True)
class Direction:
    id: str
    number: str
    title: str
    sections: Patterns
    keywords: Patterns


@dataclass(frozen=True, slots=True)
class Edition:
    """One published list of directions. `fold`: parts of other editions → the part that holds them here."""

    id: str
    title: str
    year: int
    directions: tuple[Direction, ...]
    parts: tuple[str, ...]
    fold: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CyclePart:
    id: str
    title: str
    labels: Patterns
    keywords: Patterns


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words. `abbreviations`: the general dictionary, meanings by abbreviation."""

    columns: tuple[ColumnWords, ...]
    periods: Patterns
    period_marks: frozenset[str]
    period_blanks: frozenset[str]
    rows: RowWords
    term_headings: Patterns
    year_headings: Patterns
    genitive: Mapping[str, str]
    kinds: tuple[Kind, ...]
    destinations: Patterns
    units: UnitWords
    abbreviations: Mapping[str, tuple[str, ...]]
    editions: tuple[Edition, ...]
    parts: tuple[CyclePart, ...]

    @classmethod
    def from_tables(cls, tables: Mapping[str, Mapping[str, Any]]) -> Vocabulary:
        """From the TOML files of `definitions/plans` by name without the ending."""
        headers, terms, results = tables["headers"], tables["terms"], tables["results"]
        period, units = headers["period"], tables["units"]
        return cls(
            columns=tuple(
                ColumnWords(one["role"], one.get("weight", 1), compiled(one["patterns"])) for one in headers["column"]
            ),
            periods=compiled(period["patterns"]),
            period_marks=frozenset(mark.casefold() for mark in period["marks"]),
            period_blanks=frozenset(period["blanks"]),
            rows=RowWords(**{name: compiled(patterns) for name, patterns in headers["rows"].items()}),
            term_headings=compiled(terms["headings"]),
            year_headings=compiled(terms["years"]),
            genitive=dict(terms["genitive"]),
            kinds=tuple(Kind(one["id"], one["title"], compiled(one["patterns"])) for one in results["kind"]),
            destinations=compiled(results["destination"]),
            units=UnitWords(
                compiled([f"^(?:{one})" for one in units["qualifiers"]]),
                compiled([f"^(?:{one})" for one in units["nouns"]]),
                compiled([f"^(?:{one})" for one in units["adjectives"]]),
                compiled([f"^(?:{one})" for one in units["genitives"]]),
                frozenset(units["not_abbreviations"]),
                frozenset(units["groups"]),
            ),
            abbreviations={key: tuple(values) for key, values in tables["abbreviations"]["meanings"].items()},
            editions=tuple(
                _edition(name.removeprefix(_DIRECTIONS), table)
                for name, table in sorted(tables.items())
                if name.startswith(_DIRECTIONS)
            ),
            parts=tuple(
                CyclePart(one["id"], one["title"], compiled(one["labels"]), compiled(one["keywords"]))
                for one in tables["cycle_parts"]["part"]
            ),
        )

    def kind_of(self, text: str) -> str:
        """Kind of the document that a result text begins with, "" when unknown."""
        folded = header_words(text)
        return next((kind.id for kind in self.kinds if any(one.match(folded) for one in kind.patterns)), "")

    def year_of_heading(self, text: str) -> int | None:
        """The calendar year that a heading is, None for other headings."""
        folded = folded_text(text).strip(" .:;")
        matches = (pattern.fullmatch(folded) for pattern in self.year_headings)
        return next((int(match[1]) for match in matches if match), None)

    def is_term_heading(self, text: str) -> bool:
        """Whether the text is nothing but a period or a regularity."""
        folded = folded_text(text).strip(" .:;")
        return len(folded) <= 80 and any(pattern.fullmatch(folded) for pattern in self.term_headings)


def _edition(id_: str, table: Mapping[str, Any]) -> Edition:
    directions = tuple(
        Direction(one["id"], one["number"], one["title"], compiled(one["sections"]), compiled(one["keywords"]))
        for one in table["direction"]
    )
    return Edition(id_, table["title"], table["year"], directions, tuple(table["parts"]), dict(table.get("fold", {})))


@lru_cache(maxsize=8192)
def folded_text(text: str) -> str:
    """Text for comparison with patterns: one line, lower case, ё as е."""
    return clean_text(text).casefold().replace("ё", "е")


@lru_cache(maxsize=8192)
def header_words(text: str) -> str:
    """Folded header, where «№» is the word «номер»."""
    return header_key(text.replace("№", " номер "))
