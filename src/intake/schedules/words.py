"""Words of schedules: months, levels, classes, days."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from intake.fields.classes import class_letter
from intake.fields.subjects import subject_named
from intake.fields.text import clean_text, header_key

_MONTH_STEMS: Final = (
    "январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр",
)  # fmt: skip
_MONTH = re.compile(
    r"(январ[ьяе]|феврал[ьяе]|март[ае]?|апрел[ьяе]|ма[йяе]|июн[ьяе]|июл[ьяе]|август[ае]?|сентябр[ьяе]|октябр[ьяе]"
    r"|ноябр[ьяе]|декабр[ьяе])"
)
_LEVEL_WORDS: Final = (
    ("federal", ("федеральн", "впр", "нико", "всероссийск")),
    ("regional", ("региональн", "рдр", "ркр", "краев", "областн", "республиканск")),
    ("municipal", ("муниципальн", "мдр", "мкр")),
    ("school", ("инициатив", "школьн", "внутренн", "по инициативе", "учрежденч", "оо", "шк")),
)
_LEVEL_MARKS: Final = {"ф": "federal", "р": "regional", "м": "municipal", "ш": "school"}
_MARK = re.compile(r"\(\s*([фрмш])\s*\)", re.IGNORECASE)
_CLASS = re.compile(
    r"(?<![\d.])0?(1[01]|[1-9])\s*[-–—]?\s*(?:(?:е|х|ые|ых)\s*)?[\"«]?([А-ЕЖЗИКЛМа-ежзиклмA-Za-z])?[\"»]?"
    r"\s*(?:класс[а-яё]*|кл\.?)?"
)
_DAY = r"(?<![\d.])(\d{1,2})\s*[./]\s*(\d{1,2})(?:\s*[./]\s*(\d{4}|\d{2}))?(?:\s*г\.?)?(?!\d)"
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")
_WINDOW = re.compile(rf"(?:с\s*)?{_DAY}\s*(?:[-–—]|по|до)\s*{_DAY}")
_ONE = re.compile(_DAY)
_SHORT_WINDOW = re.compile(
    r"(?<![\d.])(\d{1,2})\s*[-–—]\s*(\d{1,2})\s*[./]\s*(\d{1,2})(?:\s*[./]\s*(\d{4}|\d{2}))?(?!\d)"
)
_WORDY_WINDOW = re.compile(r"(?:с\s*)?(?<!\d)(\d{1,2})\s*(?:[-–—]|по)\s*(\d{1,2})\s+([а-я]{3,9})(?:\s+(\d{4}))?")
_WORDY = re.compile(r"(?<!\d)(\d{1,2})\s+([а-я]{3,9})(?:\s+(\d{4}))?")
_BARE = re.compile(r"(?<![\d.])(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?(?![\d.])")


@dataclass(frozen=True, slots=True)
class Days:
    """A day or a window that a text names. `fault` says why the days cannot be used."""

    first: dt.date | None
    last: dt.date | None
    level: str = ""
    letter: str = ""
    fault: str = ""


def month_in(text: str) -> int | None:
    """The month that a header names («Сентябрь», «сентябрь 2026»); None when it names none or several."""
    found: set[int | None] = {month_number(match.group(1)) for match in _MONTH.finditer(header_key(text))}
    return found.pop() if len(found) == 1 else None


def month_number(word: str) -> int | None:
    """«сентября» → 9."""
    found = [number for number, stem in enumerate(_MONTH_STEMS, 1) if word.startswith(stem)]
    return min(found, key=lambda number: -len(_MONTH_STEMS[number - 1])) if found else None


def level_in(text: str) -> str:
    """The level that a text names, "" when none."""
    key = f" {header_key(text)}"
    return next((level for level, stems in _LEVEL_WORDS if any(f" {stem}" in key for stem in stems)), "")


def class_in(text: str) -> tuple[int, str] | None:
    """Grade and letter of a text that is a class and nothing else: «5А», «5 «б» класс», «5-е классы», «5»."""
    known = clean_text(text)
    match = _CLASS.fullmatch(known)
    if match is None:
        return None
    letter = match[2] or ""
    if letter and re.fullmatch(r"[ех]", letter) and re.search(r"-\s*[ех]", known):
        letter = ""
    grade = int(match[1])
    return grade, class_letter(letter, grade) if letter else ""


def subject_in(text: str) -> tuple[str, bool]:
    """Canonical name when the subject is known, else the text; whether it is known."""
    known = clean_text(text)
    found = subject_named(known)
    return (found, True) if found else (known[:100], False)


def days_in(text: str, start_year: int, month: int | None = None) -> list[Days]:
    """All days and windows that a cell names. `month` is that of the column: «11» and «11–13» are its days then."""
    found: list[Days] = []
    for piece in re.split(r"[\n;,]+", text.replace("\xa0", " ")):
        mark = _MARK.search(piece)
        level = _LEVEL_MARKS[mark[1].lower()] if mark else ""
        found += [
            Days(days.first, days.last, level, days.letter, days.fault)
            for days in _piece(_MARK.sub(" ", piece).casefold(), start_year, month)
        ]
    return found


def _piece(text: str, start_year: int, month: int | None) -> list[Days]:
    iso = _ISO.findall(text)
    if iso:
        return [_days((int(d), int(m), int(y)), (int(d), int(m), int(y)), start_year) for y, m, d in iso]
    window = _WINDOW.search(text)
    if window:
        first, last = window.groups()[:3], window.groups()[3:]
        return [_days(_numbers(first, last[2]), _numbers(last, None), start_year)]
    short = _SHORT_WINDOW.search(text)
    if short:
        a, b, m, y = short.groups()
        return [_days(_numbers((a, m, y), None), _numbers((b, m, y), None), start_year)]
    ones = _ONE.findall(text)
    if ones:
        return [_days(_numbers(one, None), _numbers(one, None), start_year) for one in ones]
    return _wordy(text, start_year) or _bare(text, start_year, month)


def _wordy(text: str, start_year: int) -> list[Days]:
    window = _WORDY_WINDOW.search(text)
    if window and (number := month_number(window[3])):
        year = window[4]
        return [
            _days(
                _numbers((window[1], str(number), year), None),
                _numbers((window[2], str(number), year), None),
                start_year,
            )
        ]
    found = []
    for match in _WORDY.finditer(text):
        if number := month_number(match[2]):
            day = _numbers((match[1], str(number), match[3]), None)
            found.append(_days(day, day, start_year))
    return found


def _bare(text: str, start_year: int, month: int | None) -> list[Days]:
    if month is None:
        return []
    match = _BARE.search(text)
    if match is None:
        return []
    first = (int(match[1]), month, None)
    return [_days(first, (int(match[2] or match[1]), month, None), start_year)]


Numbers = tuple[int, int, int | None]


def _numbers(groups: tuple[str | None, ...], year_of_other: str | None) -> Numbers:
    year = groups[2] or year_of_other
    number = int(year) if year else None
    if number is not None and number < 100:
        number += 2000
    return int(groups[0] or 0), int(groups[1] or 0), number


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
