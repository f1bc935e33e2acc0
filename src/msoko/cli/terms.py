"""`msoko terms`: what a phrase of a plan means in one year. No database, no Django."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intake.terms import CalendarError, PlanYear, SchoolCalendar, Term, load_calendar, parse_term, shown_interval
from msoko.cli.screen import complain, say

_KINDS: Final = ("school", "calendar")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class TermsRequest:
    """What the command line asks for."""

    phrase: str | None
    file: Path | None
    start_year: int
    year_kind: str
    calendar: Path | None
    is_json: bool


def current_start_year(year_kind: str, today: dt.date | None = None) -> int:
    """Start of the year that goes on: schools begin it in September, their plans are written in summer."""
    day = today or dt.date.today()
    return day.year - 1 if year_kind == "school" and day.month < 7 else day.year


def show_terms(request: TermsRequest) -> int:
    """Write one answer a phrase; status 2 when the request itself is wrong."""
    trouble = _trouble(request)
    if trouble:
        complain(trouble)
        return 2
    try:
        calendar = load_calendar(request.calendar) if request.calendar else None
        phrases = list(_phrases(request))
    except (CalendarError, _UnreadableError) as error:
        complain(str(error))
        return 2
    year = PlanYear(request.start_year, "school" if request.year_kind == "school" else "calendar")
    for phrase in phrases:
        _show(parse_term(phrase, year, calendar), is_json=request.is_json, calendar=calendar)
    return 0


class _UnreadableError(Exception):
    """The file of phrases cannot be read; the message is Russian."""


def _trouble(request: TermsRequest) -> str:
    if (request.phrase is None) == (request.file is None):
        return 'Укажите либо срок в кавычках, либо файл: msoko terms "сентябрь, ежегодно" или msoko terms --file ФАЙЛ.'
    if request.year_kind not in _KINDS:
        return f"Вид года «{request.year_kind}» неизвестен. Допустимо: school (учебный) или calendar (календарный)."
    if not _FIRST_YEAR <= request.start_year <= _LAST_YEAR:
        return f"Год плана {request.start_year} вне пределов {_FIRST_YEAR}–{_LAST_YEAR}: проверьте --school-year."
    return ""


def _phrases(request: TermsRequest) -> Iterator[str]:
    if request.phrase is not None:
        yield request.phrase
        return
    assert request.file is not None
    try:
        text = sys.stdin.read() if str(request.file) == "-" else request.file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise _UnreadableError(f"Файл не найден: {request.file}. Проверьте путь.") from None
    except UnicodeDecodeError:
        raise _UnreadableError(f"Файл {request.file} не в кодировке UTF-8. Сохраните его как текст UTF-8.") from None
    yield from text.removesuffix("\n").split("\n") if text else ()


def _show(term: Term, *, is_json: bool, calendar: SchoolCalendar | None) -> None:
    if is_json:
        say(json.dumps(term.to_json(), ensure_ascii=False, allow_nan=False))
        return
    say(f"{term.phrase.strip() or '(пусто)'}")
    say(f"  {term.explanation}")
    for place, interval in enumerate(term.intervals):
        part = term.parts[place] if place < len(term.parts) and term.parts[place] else ""
        say(f"  · {shown_interval(interval)}" + (f" ({part})" if part else ""))
    for question in term.questions:
        say(f"  ? {question}")
