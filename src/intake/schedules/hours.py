"""Hours of the curriculum from a table: subjects in rows and classes in columns, or a row a class and subject."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from intake.contracts import Problem, Severity
from intake.fields.text import header_key
from intake.grids import Grid, read_document
from intake.schedules.lists import whole
from intake.schedules.words import class_in, subject_in

_MOST_HOURS = 999
_SUBJECT, _CLASS, _HOURS = ("предмет", "дисциплина"), ("класс",), ("час", "количество")


@dataclass(frozen=True, slots=True)
class ReadHours:
    """Hours a year of a subject in a class or a whole grade."""

    grade_level: int
    letter: str
    subject: str
    hours: int


@dataclass(slots=True)
class HoursReading:
    """Rows in the order of the file, a later row of the same class and subject wins."""

    file: str
    rows: list[ReadHours] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_hours(name: str, data: bytes) -> HoursReading:
    """Hours of a file; nothing here raises."""
    try:
        document = read_document(name, data)
        reading = HoursReading(name, problems=list(document.problems))
        for grid in document.grids:
            reading.rows += _of_grid(grid)
    except Exception as error:  # a defect of one reader must not lose the request
        hint = f"Скачайте бланк и заполните его. Сведения для поддержки: {type(error).__name__}."
        return HoursReading(
            name, problems=[Problem(Severity.ERROR, "hours.defect", "Файл не прочитан.", name, hint=hint)]
        )
    if not reading.rows and not reading.problems:
        hint = "Нужны столбец «Предмет» и столбцы классов («5А», «6») с часами в год. Скачайте бланк."
        reading.problems.append(Problem(Severity.ERROR, "hours.none", "Часов в файле не найдено.", name, hint=hint))
    return reading


def _of_grid(grid: Grid) -> list[ReadHours]:
    for index, row in enumerate(grid.rows[:40]):
        keys = {place: header_key(row.cells[place]) for place in row.filled}
        subject = _place(keys, _SUBJECT)
        if subject is None:
            continue
        hours, level = _place(keys, _HOURS), _place(keys, _CLASS)
        classes = {place: known for place in row.filled if (known := class_in(row.cells[place]))}
        if classes:
            return [found for line in grid.rows[index + 1 :] for place, known in classes.items()
                    if (found := _row(line.cells, subject, place, known))]  # fmt: skip
        if hours is not None and level is not None:
            return [found for line in grid.rows[index + 1 :] if level < len(line.cells)
                    and (found := _row(line.cells, subject, hours, class_in(line.cells[level])))]  # fmt: skip
    return []


def _place(keys: dict[int, str], words: tuple[str, ...]) -> int | None:
    return next(
        (place for place, key in keys.items() if any(re.search(rf"(?<!\w){word}", key) for word in words)), None
    )


def _row(cells: tuple[str, ...], subject: int, place: int, known: tuple[int, str] | None) -> ReadHours | None:
    if known is None or max(subject, place) >= len(cells) or not cells[subject].strip():
        return None
    hours = whole(cells[place])
    if hours is None or hours > _MOST_HOURS:
        return None
    return ReadHours(known[0], known[1], subject_in(cells[subject])[0], hours)
