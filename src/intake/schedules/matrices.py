"""A schedule as a matrix: classes, subjects or days in rows; months, days, weeks, classes or subjects in columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from intake.fields.text import clean_text
from intake.grids import Grid, GridRow
from intake.schedules.axes import is_numbering, is_total, is_weekdays
from intake.schedules.cells import CellWork, Place, letters_alone, works_of_cell
from intake.schedules.contracts import ReadWork
from intake.schedules.days import Days, days_in
from intake.schedules.heads import Column, MatrixHead, head_at
from intake.schedules.questions import questions_of
from intake.schedules.words import Known, classes_in, level_in, month_in, school_in, subject_in

_NO_DAY = "День не понят: впишите дату."


@dataclass(slots=True)
class Context:
    """What the text above a table, a row over the whole width or a merged cell says of the rows under it."""

    start_year: int
    classes: list[Known] = field(default_factory=list)
    month: int | None = None
    level: str = ""
    subject: str = ""
    span: tuple[dt.date, dt.date] | None = None
    words: Mapping[str, str] | None = None
    school: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """What the cells to the left of a row say."""

    subject: str
    is_known: bool
    span: tuple[dt.date, dt.date] | None
    title: str


def matrix_works(grid: Grid, head: MatrixHead, start: int, context: Context) -> Iterator[ReadWork]:
    """Works of the cells under the header. Another header under it takes over; a full-width row that names a class, a
    month or a level speaks for the rows under it."""
    number = start
    while number < len(grid.rows):
        row = grid.rows[number]
        again = head_at(grid, number, context.start_year, month=context.month, current=head)
        if again is not None:
            head, number = again, again.last + 1
            continue
        number += 1
        if is_weekdays(row) or is_numbering(row) or not row.filled:
            continue
        if not any(place in head.columns for place in row.filled) or _is_heading(row):
            _headed(row, head, context)
            continue
        labels = _labels(row, head, context)
        if labels is not None:
            yield from _of_row(grid, row, head, labels, context)


def _is_heading(row: GridRow) -> bool:
    """A row of one text over the table."""
    if len(row.filled) != 1:
        return False
    text = row.cells[row.filled[0]]
    is_month = month_in(text) is not None and not text[0].isdigit()
    return is_month or bool(school_in(text)) or bool(classes_in(text) and "класс" in text.casefold())


def _headed(row: GridRow, head: MatrixHead, context: Context) -> None:
    for place in row.filled:
        text = row.cells[place]
        if classes := classes_in(text):
            context.classes = classes
        elif (month := month_in(text)) and not days_in(text, context.start_year):
            context.month = month
        elif len(row.filled) == 1 and (school := school_in(text)):
            context.school, context.classes = school, []
        elif len(row.filled) == 1 and (level := level_in(text)):
            context.level = level
        elif place == head.roles.get("subject") and subject_in(text, context.words)[1]:
            context.subject = text


def _labels(row: GridRow, head: MatrixHead, context: Context) -> Labels | None:
    """Class, subject and day of the row; None for a row of totals."""
    role_places = {head.roles[name] for name in ("class", "subject", "date") if name in head.roles}
    left = {
        place: row.cells[place]
        for place in row.filled
        if place not in head.columns and (place < head.first_column or place in role_places)
    }
    if any(is_total(text) for text in left.values()):
        return None
    place = head.roles.get("school")
    if place is not None and place in row.filled:
        context.school = row.cells[place]
    named = _classes(left, head)
    if named:
        context.classes = named[1]
    rest = {place: text for place, text in left.items() if not named or place != named[0]}
    span = _row_span(rest, head, context)
    return _subject_label(rest, head, context, span, has_class=bool(named))


def _classes(left: dict[int, str], head: MatrixHead) -> tuple[int, list[Known]] | None:
    place = head.roles.get("class")
    if place is not None and place in left and (found := classes_in(left[place])):
        return place, found
    if place is None or place not in left:
        for other, text in left.items():
            is_number = clean_text(text).rstrip(".").isdecimal()
            if (not is_number or other == place) and (found := classes_in(text)):
                return other, found
    return None


def _row_span(rest: dict[int, str], head: MatrixHead, context: Context) -> tuple[dt.date, dt.date] | None:
    """The day of a row of a table whose columns are classes or subjects."""
    if head.kind not in ("classes", "subjects", "levels"):
        return None
    for text in rest.values():
        found = days_in(text, context.start_year, context.month if clean_text(text)[:2].strip().isdecimal() else None)
        if len(found) == 1 and found[0].first and found[0].last and not found[0].fault:
            context.span = (found[0].first, found[0].last)
            return context.span
    place = head.roles.get("date")
    return context.span if place is not None and place not in rest else None


def _subject_label(
    rest: dict[int, str], head: MatrixHead, context: Context, span: object, *, has_class: bool
) -> Labels:
    words = [
        text for place, text in rest.items()
        if not clean_text(text).rstrip(".").isdecimal() and not days_in(text, context.start_year)
    ]  # fmt: skip
    place = head.roles.get("subject")
    known_span = span if isinstance(span, tuple) else None
    if place is not None:
        if place in rest:
            context.subject = rest[place]
        subject, is_known = subject_in(context.subject, context.words)
        return Labels(subject, is_known, known_span, "")
    found = next((text for text in reversed(words) if subject_in(text, context.words)[1]), "")
    if not found and words and not has_class and "class" not in head.roles and known_span is None:
        found = words[-1]
    subject, is_known = subject_in(found, context.words) if found else ("", True)
    return Labels(subject, is_known, known_span, "")


def _of_row(grid: Grid, row: GridRow, head: MatrixHead, labels: Labels, context: Context) -> Iterator[ReadWork]:
    for place, column in sorted(head.columns.items()):
        text = row.cells[place] if place < len(row.cells) else ""
        if not text:
            continue
        where = f"таблица {grid.number}, строка {row.number}, столбец {place + 1}"
        yield from _of_cell(f"{grid.sheet}, {where}" if grid.sheet else where, text, column, labels, context)


def _of_cell(where: str, text: str, column: Column, labels: Labels, context: Context) -> Iterator[ReadWork]:
    subject = column.subject or labels.subject
    span = column.span or labels.span
    classes = [column.known_class] if column.known_class else context.classes
    is_timed = span is not None or bool(column.question)
    if subject and span and (of_cell := classes_in(text)) and any(letter for _, letter in of_cell):
        known = column.subject != "" or labels.is_known
        for one in of_cell:
            yield _work(where, text, one, CellWork(subject, known), span, column, context)
        return
    if subject and span and len(context.classes) == 1 and (letters := letters_alone(text)):
        for letter in letters:
            known_letter = (context.classes[0][0], letter)
            yield _work(where, text, known_letter, CellWork(subject, labels.is_known), span, column, context)
        return
    place = Place(
        context.start_year, column.month or context.month, subject, bool(column.subject) or labels.is_known, is_timed,
        context.words,
    )  # fmt: skip
    for work in works_of_cell(text, place):
        named: Sequence[Known | None] = work.classes or classes or [None]
        for known_class in named:
            yield _work(where, text, known_class, work, span, column, context)


def _work(
    where: str, text: str, known: Known | None, work: CellWork, span: tuple[dt.date, dt.date] | None, column: Column,
    context: Context,
) -> ReadWork:  # fmt: skip
    days = work.days or (Days(*span) if span else None)
    questions = list(questions_of(known, work.subject, is_known=work.is_known))
    if column.question and work.days is None:
        questions.append(column.question)
    elif days is None or days.first is None or days.fault:
        questions.append(days.fault if days and days.fault else _NO_DAY)
    return ReadWork(
        where, clean_text(text)[:500], known[0] if known else None, known[1] if known else "", work.subject,
        days.first if days else None, days.last if days else None, work.title,
        work.level or column.level or context.level or "school", work.lesson, work.minutes, tuple(questions),
        "" if work.is_known else work.subject,
        clean_text(context.school),
    )  # fmt: skip
