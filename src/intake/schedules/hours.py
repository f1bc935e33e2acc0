"""Hours of the curriculum from a table: subjects in rows and classes in columns, or a row a class and subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from intake.contracts import Problem, Severity
from intake.fields.text import header_key
from intake.grids import Document, Grid, read_document, read_pasted_document
from intake.schedules.axes import is_total
from intake.schedules.words import class_in, classes_in, subject_in

_MOST_HOURS, _SEARCHED = Decimal(999), 40
_SUBJECT, _CLASS, _HOURS = ("предмет", "дисциплина"), ("класс",), ("час", "количество")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_WEEKLY, _YEARLY = re.compile(r"(?<!\w)(?:в|за) неделю|недельн"), re.compile(r"(?<!\w)(?:в|за) год(?!\w)|годов")


@dataclass(frozen=True, slots=True)
class ReadHours:
    """Hours of a subject in a class or a whole grade; `per` is «week» or «year», "" when the file does not say."""

    grade_level: int
    letter: str
    subject: str
    hours: Decimal
    per: str = ""


@dataclass(slots=True)
class HoursReading:
    """Rows in the order of the file, a later row of the same class and subject wins."""

    file: str
    rows: list[ReadHours] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_hours(name: str, data: bytes) -> HoursReading:
    """Hours of a file; nothing here raises."""
    try:
        return _read(read_document(name, data))
    except Exception as error:  # a defect of one reader must not lose the request
        hint = f"Скачайте бланк и заполните его. Сведения для поддержки: {type(error).__name__}."
        return HoursReading(
            name, problems=[Problem(Severity.ERROR, "hours.defect", "Файл не прочитан.", name, hint=hint)]
        )


def read_pasted_hours(text: str, name: str = "Вставленная таблица") -> HoursReading:
    """Hours of a table pasted from Word or Excel."""
    return _read(read_pasted_document(text, name))


def _read(document: Document) -> HoursReading:
    reading = HoursReading(document.file, problems=list(document.problems))
    above = _per(one.text for one in document.paragraphs)
    for grid in document.grids:
        reading.rows += _of_grid(grid, _per([grid.sheet]) or above)
    if not reading.rows and not reading.problems:
        hint = "Нужны столбец «Предмет» и столбцы классов («5А», «6») с часами. Скачайте бланк."
        reading.problems.append(
            Problem(Severity.ERROR, "hours.none", "Часов в файле не найдено.", document.file, hint=hint)
        )
    return reading


def _per(texts: Iterable[str]) -> str:
    """What the hours are counted by: told once and in one way, else ""."""
    keys = [header_key(text) for text in texts]
    weekly, yearly = any(_WEEKLY.search(key) for key in keys), any(_YEARLY.search(key) for key in keys)
    return "week" if weekly and not yearly else "year" if yearly and not weekly else ""


def _of_grid(grid: Grid, above: str) -> list[ReadHours]:
    for index, row in enumerate(grid.rows[:_SEARCHED]):
        keys = {place: header_key(row.cells[place]) for place in row.filled}
        subject = _place(keys, _SUBJECT)
        if subject is None:
            continue
        found = list(_rows(grid, index, subject, keys, above))
        if found:
            return found
    return []


def _rows(grid: Grid, index: int, subject: int, keys: dict[int, str], above: str) -> Iterator[ReadHours]:
    """Rows under a header of one or two lines: classes may stand under «Количество часов в неделю»."""
    per = _per(cell for line in grid.rows[: index + 2] for cell in line.cells) or above
    hours, level = _place(keys, _HOURS), _place(keys, _CLASS)
    for number in (index, index + 1):
        line = grid.rows[number] if number < len(grid.rows) else None
        classes = {p: known for p in line.filled if (known := class_in(line.cells[p]))} if line else {}
        if classes and min(classes) > subject:
            yield from (
                one for row in grid.rows[number + 1 :] for place, known in classes.items()
                if (one := _row(row.cells, subject, place, known, per))
            )  # fmt: skip
            return
    if hours is not None and level is not None:
        for row in grid.rows[index + 1 :]:
            for known in classes_in(row.cells[level]) if level < len(row.cells) else ():
                if one := _row(row.cells, subject, hours, known, per):
                    yield one


def _place(keys: dict[int, str], words: tuple[str, ...]) -> int | None:
    return next(
        (
            place
            for place, key in keys.items()
            if any(re.search(rf"(?<!\w){word}", key) for word in words) and "област" not in key
        ),
        None,
    )


def _row(cells: tuple[str, ...], subject: int, place: int, known: tuple[int, str] | None, per: str) -> ReadHours | None:
    if known is None or max(subject, place) >= len(cells) or not cells[subject].strip() or is_total(cells[subject]):
        return None
    match = _NUMBER.search(cells[place])
    hours = Decimal(match[0].replace(",", ".")) if match else Decimal(0)
    if not 0 < hours <= _MOST_HOURS:
        return None
    return ReadHours(known[0], known[1], subject_in(cells[subject])[0], hours, per)
