"""A schedule as a list: a row a work, columns found by their headers in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from intake.fields.text import clean_text, header_key
from intake.grids import Grid, GridRow
from intake.schedules.axes import is_numbering, role_of_row
from intake.schedules.cells import CellWork, Place, works_of_cell
from intake.schedules.contracts import ReadWork
from intake.schedules.days import Days, days_in
from intake.schedules.matrices import Context
from intake.schedules.questions import questions_of
from intake.schedules.words import (
    class_in,
    classes_above,
    classes_in,
    classes_of,
    kind_of,
    level_in,
    month_in,
    school_in,
    subject_in,
)

_SEARCHED: Final = 40
_NUMBER = re.compile(r"\d{1,3}")
_NO_DAY = "День не понят: впишите дату."


def list_columns(grid: Grid, *, has_class: bool = False) -> tuple[int, dict[str, int]] | None:
    """Index of the header row and places of columns; needs subject and date, and class unless the text above tells
    it or rows over the whole width do."""
    for index, row in enumerate(grid.rows[:_SEARCHED]):
        places = role_of_row({place: row.cells[place] for place in row.filled})
        is_told = has_class or _has_classes_in_rows(grid, index)
        wanted = {"subject", "date"} if is_told else {"subject", "class", "date"}
        if wanted <= set(places):
            return index, places
    return None


def _has_classes_in_rows(grid: Grid, header: int) -> bool:
    """Whether a row of one text names a class: under the header by nothing else, above it in a title."""
    single = [(number, row.cells[row.filled[0]]) for number, row in enumerate(grid.rows) if len(row.filled) == 1]
    return any(
        classes_above(text) if number < header else classes_in(text) and "класс" in text.casefold()
        for number, text in single
    )


def list_works(grid: Grid, header: int, places: dict[str, int], context: Context) -> Iterator[ReadWork]:
    """Works of the rows under the header; cells merged downwards speak for the rows that they cover."""
    carried: dict[str, str] = {}
    title_of_head = grid.rows[header].cells
    for row in grid.rows[header + 1 :]:
        if is_numbering(row) or row.cells == title_of_head:
            continue
        if _heads(row, context):
            carried = {}
            continue
        cells = {role: _cell(row, place) for role, place in places.items()}
        for role in ("school", "class", "subject"):
            if role in places and not cells[role] and (places[role] in row.above or not grid.knows_spans):
                cells[role] = carried.get(role, "")
        carried = cells
        if not (cells["date"] or cells["subject"]) or _is_repeated_header(cells):
            continue
        if not cells["date"] and len(row.filled) == 1:
            continue
        yield from _of_row(row, grid, cells, context)


def _heads(row: GridRow, context: Context) -> bool:
    """A row of one text that names a class or a month for the rows under it."""
    if len(row.filled) != 1:
        return False
    text = row.cells[row.filled[0]]
    if (classes := classes_in(text)) and "класс" in text.casefold():
        context.classes = classes
        return True
    if school := school_in(text):
        context.school = school
        return True
    if (month := month_in(text)) and not days_in(text, context.start_year):
        context.month = month
        return True
    return False


def _cell(row: GridRow, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _is_repeated_header(cells: dict[str, str]) -> bool:
    level = cells.get("class", "")
    return header_key(cells["subject"]) in {"предмет", "учебный предмет"} or (
        level.isdecimal() and cells["subject"].isdecimal()
    )


def _of_row(row: GridRow, grid: Grid, cells: dict[str, str], context: Context) -> Iterator[ReadWork]:
    place = f"таблица {grid.number}, строка {row.number}"
    place = f"{grid.sheet}, {place}" if grid.sheet else place
    raw = " | ".join(clean_text(cell) for cell in row.cells if cell)[:500]
    subject, is_known = subject_in(cells["subject"], context.words)
    title = clean_text(cells.get("title", ""))[:200]
    kind, level_of_kind = kind_of(title)
    level = level_in(cells.get("level", "")) or level_of_kind or level_in(title) or context.level or "school"
    base = CellWork(
        subject, is_known, kind or title, level, None, (), whole(cells.get("lesson", "")),
        whole(cells.get("minutes", "")),
    )  # fmt: skip
    for work in _dated(cells["date"], base, context):
        named: Sequence[tuple[int, str] | None]
        if work.classes:
            named = work.classes
        elif "class" in cells:
            named = [class_in(one) for one in classes_of(cells["class"]) or [""]]
        else:
            named = list(context.classes) or [None]
        for known in named:
            yield _work(place, raw, known, work, clean_text(cells.get("school", "") or context.school))


def _dated(text: str, base: CellWork, context: Context) -> list[CellWork]:
    """The work on each of the days of the cell; one without a day when there is none."""
    if not base.subject:
        days: Sequence[Days | None] = days_in(text, context.start_year, context.month) or [None]
        return [replace(base, days=one) for one in days]
    place = Place(context.start_year, context.month, base.subject, base.is_known)
    found = works_of_cell(text, place)
    return [
        replace(base, days=one.days, classes=one.classes, level=one.level or base.level, title=base.title or one.title,
                lesson=base.lesson or one.lesson)
        for one in found
    ] or [base]  # fmt: skip


def _work(place: str, raw: str, known: tuple[int, str] | None, work: CellWork, school: str) -> ReadWork:
    questions, days = list(questions_of(known, work.subject, is_known=work.is_known)), work.days
    if days is None or days.first is None:
        questions.append(days.fault if days else _NO_DAY)
    elif days.fault:
        questions.append(days.fault)
    return ReadWork(
        place, raw, known[0] if known else None, known[1] if known else "", work.subject,
        days.first if days else None, days.last if days else None, work.title, work.level, work.lesson, work.minutes,
        tuple(questions), "" if work.is_known else work.subject, school,
    )  # fmt: skip


def whole(text: str) -> int | None:
    """The first number of a cell («45 мин» → 45); None when there is none."""
    match = _NUMBER.search(text)
    number = int(match[0]) if match else 0
    return number or None
