"""Days and windows that texts of schedules name. A day is never guessed: what is no day gives nothing."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Final

from intake.schedules.words import MARK, level_of_mark, month_number

_DAY = r"(?<![\d.])(\d{1,2})\s*([./])\s*(\d{1,2})(?:\s*[./]\s*(\d{4}|\d{2})(?![./]?\d))?(?:\s*г\.?)?(?!\d)"
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")
_WINDOW = re.compile(rf"(?:с\s*)?{_DAY}\s*(?:[-–—]|по|до)\s*{_DAY}")
_ONE = re.compile(_DAY)
_SHORT_WINDOW = re.compile(
    r"(?<![\d.])(?:с\s*)?(\d{1,2})\s*(?:[-–—]|по|до)\s*(\d{1,2})\s*[./]\s*(\d{1,2})(?:\s*[./]\s*(\d{4}|\d{2}))?(?!\d)"
)
_WORDY_WINDOW = re.compile(
    r"(?:с\s*)?(?<!\d)(\d{1,2})(?:\s+([а-я]{3,9}))?\s*(?:[-–—]|по|до)\s*(\d{1,2})\s+([а-я]{3,9})(?:\s+(\d{4}))?"
)
_WORDY = re.compile(r"(?<!\d)(\d{1,2})\s+([а-я]{3,9})(?:\s+(\d{4}))?")
_BARE = re.compile(r"(?<![\d.])(\d{1,2})(?:\s*(?:[-–—]|по)\s*(\d{1,2}))?(?![\d.а-я])")
#: a list whose last member alone names the month: «12, 19 и 26 сентября», «12, 19.09»
_SHARED = re.compile(r"((?:(?<![\d./])\d{1,2}\s*(?:,|;|и)\s*)+)(\d{1,2})\s*(?:[./]\s*(\d{1,2})(?!\d)|\s([а-я]{3,9}))")
_NUMBERED = re.compile(r"№\s*\d+|\(?\d+\s*(?:-?й\s*)?урок[а-я]*\)?|\d+\s*(?:мин|ч)\b[а-я.]*")
#: words that make a number something other than a day
_NO_DAYS: Final = ("недел", "декад", "четверт", "полугод", "триместр", "класс")
#: words after which a date is a bound, not the day of a work
_BOUND = re.compile(r"(?<![а-я\d])(?:не\s+позднее|не\s+ранее|после|около|примерно|до)\s+\d")


@dataclass(frozen=True, slots=True)
class Days:
    """A day or a window that a text names. `fault` says why the days cannot be used."""

    first: dt.date | None
    last: dt.date | None
    level: str = ""
    fault: str = ""


def days_in(text: str, start_year: int, month: int | None = None) -> list[Days]:
    """All days and windows that a cell names. `month` is that of the column: «11» and «11–13» are its days then."""
    known = _shared(_NUMBERED.sub(" ", text.replace("\xa0", " ").casefold()))
    found: list[Days] = []
    for piece in re.split(r"[\n;,]+", known):
        mark = MARK.search(piece)
        level = level_of_mark(mark[1]) if mark else ""
        found += [replace(days, level=level) for days in _piece(MARK.sub(" ", piece), start_year, month)]
    return found


def _shared(text: str) -> str:
    """«12, 19.09» → «12.09, 19.09»."""

    def spread(match: re.Match[str]) -> str:
        month = match[3] or month_number(match[4] or "")
        if not month:
            return match[0]
        days = re.findall(r"\d{1,2}", match[1])
        tail = match[0][len(match[1]) :]
        return "; ".join([*(f"{day}.{month}" for day in days), tail])

    return _SHARED.sub(spread, text)


def _piece(text: str, start_year: int, month: int | None) -> list[Days]:
    if _BOUND.search(text) and "с " not in f" {text}":
        return []
    iso = _ISO.findall(text)
    if iso:
        return [_days((int(d), int(m), int(y)), (int(d), int(m), int(y)), start_year) for y, m, d in iso]
    windows = [_window(match, start_year) for match in _WINDOW.finditer(text)]
    if windows:
        return windows
    short = _SHORT_WINDOW.search(text)
    if short:
        a, b, m, y = short.groups()
        return [_days(_numbers(a, m, y), _numbers(b, m, y), start_year)]
    ones = [_of_day(*match.groups(), year_of_other=None) for match in _ONE.finditer(text)]
    if ones:
        return [_days(one, one, start_year) for one in ones]
    return _wordy(text, start_year) or _bare(text, start_year, month)


def _window(match: re.Match[str], start_year: int) -> Days:
    first, last = match.groups()[:4], match.groups()[4:]
    return _days(_of_day(*first, year_of_other=last[3]), _of_day(*last, year_of_other=None), start_year)


def _of_day(day: str, mark: str, month: str, year: str | None, *, year_of_other: str | None) -> Numbers:
    """Numbers of a written day; «8/28/2025» can only be the American order."""
    if mark == "/" and int(month) > 12 >= int(day):
        day, month = month, day
    return _numbers(day, month, year or year_of_other)


def _wordy(text: str, start_year: int) -> list[Days]:
    window = _WORDY_WINDOW.search(text)
    if window and (last := month_number(window[4])):
        first = month_number(window[2]) if window[2] else last
        if first:
            year = window[5]
            return [_days(_numbers(window[1], str(first), year), _numbers(window[3], str(last), year), start_year)]
    found = []
    for match in _WORDY.finditer(text):
        if number := month_number(match[2]):
            day = _numbers(match[1], str(number), match[3])
            found.append(_days(day, day, start_year))
    return found


def _bare(text: str, start_year: int, month: int | None) -> list[Days]:
    if month is None or any(word in text for word in _NO_DAYS):
        return []
    return [
        _days((int(match[1]), month, None), (int(match[2] or match[1]), month, None), start_year)
        for match in _BARE.finditer(text)
    ]


Numbers = tuple[int, int, int | None]


def _numbers(day: str, month: str, year: str | None) -> Numbers:
    number = int(year) if year else None
    if number is not None and number < 100:
        number += 2000
    return int(day), int(month), number


def _days(first: Numbers, last: Numbers, start_year: int) -> Days:
    one, other = _date(first, start_year), _date(last, start_year)
    if one is None or other is None:
        wrong = first if one is None else last
        return Days(None, None, fault=f"Даты {wrong[0]:02}.{wrong[1]:02} не существует.")
    if other < one:
        return Days(one, other, fault=f"Окончание {other:%d.%m.%Y} раньше начала {one:%d.%m.%Y}.")
    return Days(one, other)


def _date(numbers: Numbers, start_year: int) -> dt.date | None:
    """A day without a year lies in the school year."""
    day, month, year = numbers
    if year is None:
        year = start_year if month >= 9 else start_year + 1
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def day_of_month(number: int, month: int, start_year: int) -> dt.date | None:
    """The day of a month of the school year; None when the month has no such day."""
    return _date((number, month, None), start_year)
