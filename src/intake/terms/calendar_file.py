"""A school calendar from YAML, with errors that say in Russian what to mend."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import yaml

from intake.terms.school_calendar import BREAK_NAMES, SchoolCalendar, Span

_EXAMPLE: Final = "quarters: [[2026-09-01, 2026-10-23], …] и breaks: {autumn: [2026-10-24, 2026-11-01], …}"
_BREAK_WORDS: Final = {
    "autumn": ("autumn", "осен"),
    "winter": ("winter", "зим"),
    "spring": ("spring", "весен"),
    "summer": ("summer", "лет"),
    "first_grade": ("first", "extra", "доп", "перв", "1"),
}
_REQUIRED: Final = ("autumn", "winter", "spring")
_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4})")


class CalendarError(ValueError):
    """The calendar cannot be used; the message is a Russian sentence with the place and the remedy."""


def load_calendar(path: Path) -> SchoolCalendar:
    """Read a calendar file; `CalendarError` says what is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CalendarError(f"Файл школьного календаря не найден: {path}. Проверьте путь.") from None
    except (OSError, UnicodeDecodeError):
        raise CalendarError(
            f"Файл школьного календаря не читается: {path}. Нужен текст YAML в кодировке UTF-8."
        ) from None
    return calendar_of_text(text, str(path))


def calendar_of_text(text: str, source: str = "календарь") -> SchoolCalendar:
    """The calendar that YAML text describes."""
    try:
        document = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f", строка {mark.line + 1}" if mark else ""
        raise CalendarError(f"{source}{place}: это не YAML. Образец: {_EXAMPLE}.") from None
    if not isinstance(document, Mapping):
        raise CalendarError(f"{source}: нет ни четвертей, ни каникул. Образец: {_EXAMPLE}.")
    return _calendar(document, source)


def _calendar(document: Mapping[Any, Any], source: str) -> SchoolCalendar:
    flat = _flattened(document)
    quarters = _quarters(flat, source)
    breaks = _breaks(flat, source)
    start_year = quarters[0][0].year
    if quarters[0][0].month < 8:
        raise CalendarError(
            f"{source}: 1-я четверть начинается {_shown(quarters[0][0])}, а должна – с начала учебного года."
        )
    _check_order([*((f"{n}-я четверть", span) for n, span in enumerate(quarters, 1))], source)
    if "summer" not in breaks:
        breaks["summer"] = (quarters[3][1] + dt.timedelta(days=1), dt.date(start_year + 1, 8, 31))
    for name, span in breaks.items():
        if not dt.date(start_year, 8, 1) <= span[0] <= dt.date(start_year + 1, 8, 31):
            raise CalendarError(
                f"{source}: {BREAK_NAMES[name]} не относятся к {start_year}/{start_year + 1} учебному году."
            )
    return SchoolCalendar(start_year, quarters, breaks)


def _flattened(document: Mapping[Any, Any]) -> dict[str, Any]:
    """Keys of all depths in one place: «quarters» and «breaks» may be groups or not."""
    flat: dict[str, Any] = {}
    for key, value in document.items():
        name = str(key).strip().casefold()
        if isinstance(value, Mapping) and not _is_span(value):
            inner = "q" if re.search(r"quarter|четверт", name) else ""
            flat |= {f"{inner}{one}": content for one, content in _flattened(value).items()}
        elif re.search(r"quarters|четверти$", name) and isinstance(value, list):
            flat |= {f"q{place}": content for place, content in enumerate(value, 1)}
        else:
            flat[name] = value
    return flat


def _is_span(value: Mapping[Any, Any]) -> bool:
    return {str(key).casefold() for key in value} <= {"start", "end", "from", "to", "начало", "конец", "с", "по"}


def _quarters(flat: Mapping[str, Any], source: str) -> tuple[Span, Span, Span, Span]:
    found: dict[int, Span] = {}
    for key, value in flat.items():
        match = re.fullmatch(
            r"q+(?:q|uarter)?[ _]?([1-4])(?:.*четверть)?|([1-4])(?:-я)?[ _]?четверть|четверть[ _]?([1-4])", key
        )
        if match:
            number = int(next(group for group in match.groups() if group))
            found[number] = _span(value, f"{number}-я четверть", source)
    missing = [str(number) for number in (1, 2, 3, 4) if number not in found]
    if missing:
        raise CalendarError(f"{source}: нет дат четвертей: {', '.join(missing)}. Образец: {_EXAMPLE}.")
    return found[1], found[2], found[3], found[4]


def _breaks(flat: Mapping[str, Any], source: str) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for key, value in flat.items():
        for name, words in _BREAK_WORDS.items():
            if name not in found and not key.startswith("q") and "четверт" not in key and key.startswith(words):
                found[name] = _span(value, BREAK_NAMES[name], source)
                break
    missing = [BREAK_NAMES[name] for name in _REQUIRED if name not in found]
    if missing:
        raise CalendarError(f"{source}: нет дат: {', '.join(missing)}. Образец: {_EXAMPLE}.")
    return found


def _span(value: Any, name: str, source: str) -> Span:
    if isinstance(value, Mapping):
        value = list(value.values())
    days = [
        _date(match, name, source)
        for match in _DATE.finditer(" ".join(map(str, value)) if isinstance(value, list) else str(value))
    ]
    if len(days) != 2:
        raise CalendarError(f"{source}: {name} – нужны две даты, начало и конец, например [2026-09-01, 2026-10-23].")
    if days[0] > days[1]:
        raise CalendarError(f"{source}: {name} – конец {_shown(days[1])} раньше начала {_shown(days[0])}.")
    return days[0], days[1]


def _date(match: re.Match[str], name: str, source: str) -> dt.date:
    year, month, day, other_day, other_month, other_year = match.groups()
    try:
        return dt.date(int(year or other_year), int(month or other_month), int(day or other_day))
    except ValueError:
        raise CalendarError(f"{source}: {name} – даты «{match.group()}» не существует.") from None


def _check_order(spans: list[tuple[str, Span]], source: str) -> None:
    for (first, before), (second, after) in pairwise(spans):
        if after[0] <= before[1]:
            raise CalendarError(
                f"{source}: {second} начинается {_shown(after[0])}, а {first} кончается {_shown(before[1])}."
            )


def _shown(day: dt.date) -> str:
    return day.strftime("%d.%m.%Y")
