"""One cell of a matrix → the works in it: subjects, kinds, days, classes, levels in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from intake.fields.subjects import subject_named, subject_words
from intake.fields.text import clean_text, header_key
from intake.schedules.days import Days, days_in
from intake.schedules.words import (
    MARK,
    Known,
    class_in,
    classes_in,
    kind_of,
    level_in,
    level_of_mark,
    month_in,
    subject_in,
)

_NOTHING = re.compile(r"[\s\-–—_.×]*|0|нет", re.IGNORECASE)
_TICK = re.compile(r"[+*✓vVхХxX1]+|да", re.IGNORECASE)
_LETTERS = "[А-ЕЖЗИКЛМа-ежзиклм]"
_ONE_CLASS = rf"(?:1[01]|[1-9])\s?[\"«]?{_LETTERS}[\"»]?"
_CLASS_FIRST = re.compile(
    rf"^\s*({_ONE_CLASS}(?:\s*(?:,|и)\s*{_ONE_CLASS})*)\s*(?:кл\.?|класс[а-я]*)?\s*[-–—:]?\s*(?=\d|с\s*\d)"
)
_NEXT_CLASS = re.compile(rf"(?:,|\s(?={_ONE_CLASS}\s*[-–—:]\s*\d))(?=\s*{_ONE_CLASS}(?!\w))(?![^(]*\))")
_SHORTEST_TITLE = 4
#: a line that goes on with the next one, and one that goes on with the one before
_TORN_END, _TORN_START = re.compile(r"(?:[-–—(]|(?<!\w)(?:с|по|и))\s*$"), re.compile(r"\s*(?:[-–—)]|(?:по|до|и)(?!\w))")
#: words that tie days to each other
_LINKS = frozenset({"с", "по", "и", "г.", "г"})
_LETTERS_ALONE = re.compile(rf"{_LETTERS}(?:\s*[,и]\s*{_LETTERS})*")
_CLASS_LAST = re.compile(rf"(?:\(\s*|[-–—]\s*)((?:(?:1[01]|[1-9])\s?{_LETTERS}\s*(?:,|и)?\s*)+)\)?\s*$")
_LESSON = re.compile(r"\(?\s*(\d{1,2})\s*(?:-?й\s*)?урок[а-я]*\.?\s*\)?")
_MINUTES = re.compile(r"\(?\s*(\d{2,3})\s*мин[а-я.]*\s*\)?")
_NUMBER_OF_WORK = re.compile(r"№\s*(\d+)")
_NUMERIC = re.compile(r"[\d.,;:/–—\-]+")


@dataclass(frozen=True, slots=True)
class CellWork:
    """A work of a cell. `subject` is "" when the cell names none; `is_known` tells whether it was recognised;
    `classes` are those that the cell itself names; `days` None means «those of the column or not told»."""

    subject: str
    is_known: bool
    title: str = ""
    level: str = ""
    days: Days | None = None
    classes: tuple[Known, ...] = ()
    lesson: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What is known before the cell is read: year, month of its column, subject of its row or column, whether the
    column says the day, short forms that people have explained."""

    start_year: int
    month: int | None = None
    subject: str = ""
    is_known: bool = True
    is_timed: bool = False
    words: Mapping[str, str] | None = None


def letters_alone(text: str) -> list[str]:
    """Letters of classes when a cell has nothing else: «А, Б»."""
    known = clean_text(text)
    return re.findall(_LETTERS, known.upper()) if _LETTERS_ALONE.fullmatch(known) else []


def works_of_cell(text: str, place: Place) -> list[CellWork]:
    """Works of the cell in its order; empty for «–» and the like."""
    if _NOTHING.fullmatch(text):
        return []
    if place.subject:
        return list(_of_subject(text, place))
    return [work for line in _lines(text, place) for work in _of_line(line, place)]


def _lines(text: str, place: Place) -> list[str]:
    """Lines of a cell that each name a subject: a line that a narrow column has torn off («КР», «(М)», «язык») goes
    with its neighbour."""
    if "\n" not in text or subject_words(whole := clean_text(text))[1] == header_key(whole) or _is_torn(whole, place):
        return [clean_text(text)]
    found: list[str] = []
    for line in text.split("\n"):
        if found and not (_names_subject(found[-1], place) and _names_subject(line, place)):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found


def _is_torn(whole: str, place: Place) -> bool:
    """Whether the whole cell is one name of a subject in pieces: «Математи ка»."""
    return subject_named(whole) is None and subject_in(whole, place.words)[1]


def _names_subject(line: str, place: Place) -> bool:
    return bool(_without_days(_details(line, CellWork("", False))[0]).strip(" ().,"))


def _of_subject(text: str, place: Place) -> Iterator[CellWork]:
    """A cell of a row of a subject: days, or a tick on the day of the column."""
    base = CellWork(place.subject, place.is_known)
    if place.is_timed and not days_in(text, place.start_year):
        words, found = _details(text, base)
        is_tick = bool(_TICK.fullmatch(words)) or not words
        yield found if is_tick or found.title else replace(found, title=clean_text(words)[:200])
        return
    for piece in _pieces(text):
        rest, classes = _classes_of_piece(piece)
        days = days_in(rest, place.start_year, place.month)
        words, found = _details(rest, replace(base, classes=classes))
        if not days and _NOTHING.fullmatch(piece):
            continue
        if days and not found.title:
            found = replace(found, title=_title_of(_without_days(words)))
        for one in _or_none(days):
            yield replace(found, days=one, level=(one.level if one else "") or found.level)


def _pieces(text: str) -> list[str]:
    """Parts of a cell: lines, parts between semicolons, and what follows a comma after a day when it names a class."""
    found: list[str] = []
    for part in re.split(r"[\n;]+", _unwrapped(text)):
        ends = [match.start() for match in _NEXT_CLASS.finditer(part) if re.search(r"\d[.,]\d", part[: match.start()])]
        for first, last in zip([0, *(end + 1 for end in ends)], [*ends, len(part)], strict=True):
            found.append(part[first:last])
    return found


def _unwrapped(text: str) -> str:
    """Lines that a narrow column has torn are one: «5А –», «30 сентября» before «– 2 октября»."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and (_TORN_END.search(lines[-1]) or _TORN_START.match(line)):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return "\n".join(lines)


def _title_of(words: str) -> str:
    """What a cell says of the work besides its day: «контрольный диктант»."""
    known = clean_text(words).strip(" ().,:;–—-")
    return known[:200] if len(known) >= _SHORTEST_TITLE and known.casefold() not in {"числа", "урок"} else ""


def _classes_of_piece(piece: str) -> tuple[str, tuple[Known, ...]]:
    """«5А – 12.09» and «12.09 (5А, 5Б)»: the days and the classes."""
    if match := _CLASS_FIRST.match(piece):
        return piece[match.end() :], tuple(classes_in(match[1]))
    if match := _CLASS_LAST.search(piece):
        found = [class_in(one) for one in re.split(r",|\bи\b|(?<=[А-Яа-я])\s+(?=\d)", match[1]) if one.strip()]
        if all(found):
            return piece[: match.start()], tuple(one for one in found if one)
    return piece, ()


def _of_line(line: str, place: Place) -> Iterator[CellWork]:
    """A line of a cell whose row and column name no subject: «КР МАТ», «11.09 математика», «МА, РЯ»."""
    if _NOTHING.fullmatch(line):
        return
    whole, is_known = subject_in(line, place.words)
    if is_known and subject_named(clean_text(line)) == whole and not days_in(line, place.start_year, place.month):
        words, found = _details(line, CellWork(whole, True))
        yield replace(found, subject=whole) if not kind_of(words)[0] else found
        return
    last: Sequence[tuple[str, bool]] = []
    for token in re.split(r"\s*[,;/+]\s*(?![^(]*\))", line):
        rest, found = _details(token, CellWork("", False))
        days = days_in(token, place.start_year, place.month)
        words = _without_days(rest) if days else rest
        last = last if not words and days and last else _subjects(words, place.words)
        for subject, known in last:
            for one in _or_none(days):
                level = (one.level if one else "") or found.level
                yield replace(found, subject=subject, is_known=known, days=one, level=level)


def _or_none(days: Sequence[Days]) -> Sequence[Days | None]:
    return days or [None]


def _without_days(text: str) -> str:
    """The words of a text that are no days."""
    kept = [word for word in clean_text(text).split() if not any(mark.isdigit() for mark in word)]
    kept = [word for word in kept if not month_in(word)]
    while kept and kept[0].casefold() in _LINKS:
        del kept[0]
    while kept and kept[-1].casefold() in _LINKS:
        del kept[-1]
    return " ".join(kept)


def _details(text: str, work: CellWork) -> tuple[str, CellWork]:
    """The text without level, lesson, minutes and kind, and the work with them."""
    level = ""
    if match := MARK.search(text):
        level, text = level_of_mark(match[1]), MARK.sub(" ", text)
    lesson, minutes = _LESSON.search(text), _MINUTES.search(text)
    text = _MINUTES.sub(" ", _LESSON.sub(" ", text))
    number = _NUMBER_OF_WORK.search(text)
    kept, titles = [], []
    for word in _NUMBER_OF_WORK.sub(" ", text).split():
        bare = word.strip("().,:–—-")
        title, of_kind = kind_of(bare) if bare and not _NUMERIC.fullmatch(bare) else ("", "")
        if title and not (work.subject == "" and _is_only_subject(text, bare)):
            titles.append(title)
            level = level or of_kind
        else:
            kept.append(word)
    title = titles[0] if titles else ""
    if title and number:
        title = f"{title} № {number[1]}"
    found = replace(
        work, title=title or work.title, level=level or work.level or (level_in(title) if title else ""),
        lesson=int(lesson[1]) if lesson else work.lesson, minutes=int(minutes[1]) if minutes else work.minutes,
    )  # fmt: skip
    return clean_text(" ".join(kept)), found


def _is_only_subject(text: str, word: str) -> bool:
    """A kind that is the only word of a cell may be a short subject: then it is the subject («ЛИТ»)."""
    return clean_text(text) == word and subject_in(word)[1]


def _subjects(words: str, known_words: Mapping[str, str] | None) -> Sequence[tuple[str, bool]]:
    """One subject, or several short forms in a row («МА РЯ»)."""
    bare = words.strip(" ().:–—-")
    if not bare:
        return [("", False)]
    subject, is_known = subject_in(bare, known_words)
    if is_known:
        return [(subject, True)]
    parts = [subject_in(part, known_words) for part in bare.split()]
    if len(parts) > 1 and all(known for _, known in parts):
        return parts
    return [(bare[:100], False)]
