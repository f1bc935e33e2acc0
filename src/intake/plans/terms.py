"""The seam to the engine of terms: a phrase in, its JSON out."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from intake.plans.contracts import Json
from intake.terms import PlanYear, SchoolCalendar, is_ditto, parse_term

#: phrase → JSON of the term with the keys of `terms_conventions.md`
TermReader = Callable[[str], Json]

_MONTH = r"(?:январ|феврал|март|апрел|ма[йяюе]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]{0,2}"
_MONTHS_ALONE = re.compile(
    rf"(?:(?:до |с |по |к )?(?:\d{{1,2}} )?{_MONTH}(?:\s*[,–—-]\s*| и )?)+|(?:I{{1,3}}|IV|[1-4]) квартал", re.IGNORECASE
)
_SAME = re.compile(r"(?:то|те|тот|та) же\.?|там же\.?", re.IGNORECASE)
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


def with_year(phrase: str, year: int | None) -> str:
    """A phrase of months alone with the year of its heading: «май» under «2027 год» is «май 2027 года»."""
    return f"{phrase} {year} года" if year is not None and _MONTHS_ALONE.fullmatch(phrase) else phrase


def says_the_same(text: str) -> bool:
    """«-//-», «то же», «те же»: the cell repeats the one above."""
    text = " ".join(text.split())
    return bool(text) and (is_ditto(text) or bool(_SAME.fullmatch(text)))


def phrase_for_reading(text: str) -> str:
    """Term as one line without marks of footnotes."""
    return _FOOTNOTE_MARK.sub("", text.replace("\n", " ")).strip()
