"""What a row of a header says of the columns under it: months, days, weeks, dates, classes, subjects, levels."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import dataclass
from typing import Final

from intake.fields.text import header_key
from intake.grids import GridRow
from intake.schedules.days import days_in
from intake.schedules.words import Known, class_in, classes_in, level_in, month_in, subject_in

_FEWEST, _FEWEST_DAYS, _LONGEST = 2, 4, 60
TOTALS: Final = ("всего", "итого", "часов", "доля", "количество", "кол во", "процент", "соотношение", "объем")
ROLES: Final = (
    ("subject", ("предмет", "дисциплина", "наименование предмета")),
    ("class", ("класс", "классы", "параллель")),
    ("date", ("дата", "срок", "сроки", "период", "день", "месяц", "число")),
    ("school", ("школа", "организаци", "общеобразовательн")),
    ("level", ("уровень",)),
    ("lesson", ("урок", "номер урока")),
    ("minutes", ("минут", "длительность", "продолжительность")),
    ("title", ("вид", "форма", "работа", "наименование", "процедура", "название", "тема")),
)
#: rows that could be chance, and plain words of their other columns
_STRICT: Final = ("dates", "levels", "periods")
_PLAIN: Final = ("", "п п", "n п п", "n", "номер", "примечание", "учитель", "фио учителя", "классный руководитель")
_WEEKDAY = r"(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота)\.?"
_DAY = re.compile(rf"(?:{_WEEKDAY}\s*,?\s*)?0?(\d{{1,2}})(?:\s*,?\s*{_WEEKDAY})?", re.IGNORECASE)
_WEEKDAYS = re.compile(_WEEKDAY, re.IGNORECASE)
_WEEK = re.compile(r"([1-6]|iv|v|i{1,3})\s*(?:-?[ая]я?)?\s*(?:нед\.?|неделя)", re.IGNORECASE)
_WEEK_DAYS = re.compile(r"0?(\d{1,2})\s*[-–—]\s*0?(\d{1,2})")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_TEACHER = re.compile(r"(?<!\w)(?:руководител|учител|педагог|фио)")
_PERIOD = re.compile(r"(?<!\w)(?:четверт|полугоди|триместр)")


@dataclass(frozen=True, slots=True)
class Axis:
    """A row of a header: what it names and what stands in which place. `values` of «days» are numbers, of «weeks»
    (first, last) numbers or (number,), of «dates» spans, of «periods» nothing."""

    kind: str
    values: dict[int, object]


def axis_of(row: GridRow, start_year: int) -> Axis | None:
    """What the row names, None when it is no row of a header."""
    if not row.filled:
        return None
    cells = {place: row.cells[place].strip() for place in row.filled}
    for kind, values in _candidates(cells, start_year):
        fewest = _FEWEST_DAYS if kind == "days" else 1 if kind == "months" else _FEWEST
        if len(values) < fewest or not _is_labelled(cells, values, start_year):
            continue
        if kind not in _STRICT or _is_all_header(cells, values):
            return Axis(kind, values)
    return None


def _candidates(cells: dict[int, str], start_year: int) -> list[tuple[str, dict[int, object]]]:
    short = {place: text for place, text in cells.items() if len(text) <= _LONGEST}
    found: list[tuple[str, dict[int, object]]] = [
        ("months", _months(short, start_year)),
        ("levels", {p: level for p, t in short.items() if (level := level_in(t)) and not is_total(t)}),
        ("periods", {p: None for p, t in short.items() if _PERIOD.search(header_key(t)) and not is_total(t)}),
        ("weeks", _weeks(short)),
        ("days", _days(short)),
        ("dates", {p: span for p, t in short.items() if (span := _date(t, start_year))}),
        ("classes", _classes(short)),
    ]
    if role_of_row(cells).keys() & {"class", "date"}:
        found.append(("subjects", {p: name for p, t in short.items() if (name := _subject(t))}))
    return found


def _months(cells: dict[int, str], start_year: int) -> dict[int, object]:
    """Months over columns; a month that stands alone at the left heads rows, not columns."""
    found = {place: month for place, text in cells.items() if (month := _pure_month(text, start_year))}
    return {} if set(found) == {0} else dict(found)


def _pure_month(text: str, start_year: int) -> int | None:
    return month_in(text) if not days_in(text, start_year) else None


def _subject(text: str) -> str:
    name, is_known = subject_in(text)
    return name if is_known and not class_in(text) else ""


def _classes(cells: dict[int, str]) -> dict[int, object]:
    """Numbers alone count columns («1 2 3 4»); classes have a letter or the word somewhere in the row."""
    found: dict[int, Known] = {place: known for place, text in cells.items() if (known := class_in(text))}
    is_named = any(letter for _, letter in found.values()) or "класс" in header_key(" ".join(cells.values()))
    if not is_named or (found and min(found) == min(cells) and 0 in found):
        return {}
    return dict(found)


def _days(cells: dict[int, str]) -> dict[int, object]:
    """Numbers of days that grow from the left; they start again with another month."""
    found = {
        place: int(match[1]) for place, text in cells.items() if (match := _DAY.fullmatch(text)) and is_day(match[1])
    }
    numbers = list(found.values())
    if 0 in found or not numbers:
        return {}
    falls = sum(later <= earlier for earlier, later in itertools.pairwise(numbers))
    return dict(found) if falls * _FEWEST_DAYS <= len(numbers) else {}


def is_day(number: str) -> bool:
    return 1 <= int(number) <= 31


def _weeks(cells: dict[int, str]) -> dict[int, object]:
    found: dict[int, object] = {}
    for place, text in cells.items():
        if match := _WEEK.fullmatch(text):
            word = match[1].casefold()
            found[place] = (_ROMAN.get(word) or int(word),)
        elif (span := _WEEK_DAYS.fullmatch(text)) and is_day(span[1]) and is_day(span[2]):
            found[place] = (int(span[1]), int(span[2]))
    return found


def _date(text: str, start_year: int) -> tuple[dt.date, dt.date] | None:
    days = days_in(text, start_year) if len(text) <= 30 else []
    if len(days) != 1 or days[0].first is None or days[0].last is None:
        return None
    return days[0].first, days[0].last


def _is_labelled(cells: dict[int, str], values: dict[int, object], start_year: int) -> bool:
    """Whether the cells before the first value are words of a header and not a class, a subject or a day of data."""
    first = min(values)
    before = [text for place, text in cells.items() if place < first]
    return not any(_is_data(text, start_year) for text in before)


def _is_all_header(cells: dict[int, str], values: dict[int, object]) -> bool:
    """Whether the other cells are words of a header: a line «Утверждено 29.08.2026, изменено 06.09.2026» is none."""
    others = [text for place, text in cells.items() if place not in values]
    return all(role_of(text) or is_total(text) or header_key(text) in _PLAIN for text in others)


def _is_data(text: str, start_year: int) -> bool:
    if role_of(text) or is_total(text):
        return False
    return bool(classes_in(text) or subject_in(text)[1] or days_in(text, start_year))


def is_total(text: str) -> bool:
    key = header_key(text)
    return any(key.startswith(word) for word in TOTALS)


def is_weekdays(row: GridRow) -> bool:
    """A row of names of weekdays, which says nothing of dates."""
    words = [row.cells[place].strip() for place in row.filled]
    named = sum(bool(_WEEKDAYS.fullmatch(word)) for word in words)
    return named >= _FEWEST and named >= len(words) - 1


def is_numbering(row: GridRow) -> bool:
    """The row «1 2 3 4» under a header."""
    words = [row.cells[place].strip() for place in row.filled]
    return len(words) >= 3 and words == [str(number) for number in range(1, len(words) + 1)] and row.filled[0] == 0


def role_of(text: str) -> str:
    """What a column holds by the words of its header: subject, class, date, level, lesson, minutes, title, or ""."""
    key = header_key(text)
    if len(key) > _LONGEST or is_total(text) or _TEACHER.search(key):
        return ""
    return next((role for role, words in ROLES if any(re.search(rf"(?<!\w){word}", key) for word in words)), "")


def role_of_row(cells: dict[int, str]) -> dict[str, int]:
    """Places of columns by their roles; the first of a role counts."""
    places: dict[str, int] = {}
    for place, text in cells.items():
        role = role_of(text)
        if role and role not in places and class_in(text) is None:
            places[role] = place
    return places
