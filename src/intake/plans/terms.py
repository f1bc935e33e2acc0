"""The seam to the engine of terms: a phrase in, its JSON out."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from intake.plans.contracts import Json
from intake.terms import PlanYear, SchoolCalendar, parse_term

#: phrase → JSON of the term with the keys of `terms_conventions.md`
TermReader = Callable[[str], Json]

_FOOTNOTE_MARK = re.compile(r"<?\*+>?|(?<=\d)[¹²³⁴⁵]")


def term_reader(year: PlanYear, calendar: SchoolCalendar | None = None) -> TermReader:
    """The engine of terms for one plan year; `calendar` gives quarters and breaks of schools."""

    def read(phrase: str) -> Json:
        return parse_term(phrase, year, calendar).to_json()

    return read


def unread_term(phrase: str) -> Json:
    """Term that nobody has read: shown to a person as it stands."""
    return {"phrase": phrase, "status": "unspecified", "intervals": [], "review": True}


def remembering(reader: TermReader) -> TermReader:
    """The reader that reads each phrase once: plans repeat the same few phrases."""
    return lru_cache(maxsize=4096)(reader)


def phrase_for_reading(text: str) -> str:
    """Term as one line without marks of footnotes."""
    return _FOOTNOTE_MARK.sub("", text.replace("\n", " ")).strip()
