"""A schedule as a matrix: subjects or classes in rows, months (with levels under them) or classes in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from intake.fields.text import clean_text, header_key
from intake.grids import Grid, GridRow
from intake.schedules.contracts import ReadWork
from intake.schedules.lists import questions_of
from intake.schedules.words import Days, class_in, days_in, level_in, month_in, subject_in

_SEARCHED, _FEWEST = 40, 2
_TOTALS: Final = ("всего", "итого", "часов", "доля", "количество", "кол во", "процент", "соотношение")


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of a column belong to."""

    month: int | None = None
    level: str = ""
    known_class: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class MatrixHead:
    """`index` is the last row of the header; `kind` is «months» or «classes»."""

    index: int
    kind: str
    columns: dict[int, Column]


def matrix_head(grid: Grid) -> MatrixHead | None:
    """The header of a matrix: a row that names at least two months or two classes."""
    for index, row in enumerate(grid.rows[:_SEARCHED]):
        months = {place: month for place in row.filled if (month := month_in(row.cells[place]))}
        if len(months) >= _FEWEST and not _has_days(row):
            return _with_levels(grid, index, months)
        classes = {place: known for place in row.filled if (known := class_in(row.cells[place]))}
        if len(classes) >= _FEWEST and _names_classes(row, classes) and row.filled[0] not in classes:
            return MatrixHead(index, "classes", {place: Column(known_class=one) for place, one in classes.items()})
    return None


def _has_days(row: GridRow) -> bool:
    return any(
        any(mark.isdigit() for mark in row.cells[place]) and days_in(row.cells[place], 2000) for place in row.filled
    )


def _names_classes(row: GridRow, classes: dict[int, tuple[int, str]]) -> bool:
    """Numbers alone count columns («1 2 3 4»); classes have a letter or the word somewhere in the row."""
    is_lettered = any(letter for _, letter in classes.values())
    return is_lettered or "класс" in header_key(" ".join(row.cells))


def _with_levels(grid: Grid, index: int, months: dict[int, int]) -> MatrixHead:
    """Months over their columns; levels under them when the next row names some."""
    row = grid.rows[index]
    ends = [*sorted(months)[1:], grid.width]
    spread: dict[int, Column] = {}
    for place, end in zip(sorted(months), ends, strict=True):
        span = row.span(place) if grid.knows_spans else _blank_after(row, place, end)
        for column in range(place, min(place + max(1, span), grid.width)):
            spread[column] = Column(months[place])
    below = grid.rows[index + 1] if index + 1 < len(grid.rows) else None
    levels = {p: level_in(below.cells[p]) for p in spread if below is not None and p < len(below.cells)}
    if below is None or sum(bool(level) for level in levels.values()) < _FEWEST:
        return MatrixHead(index, "months", spread)
    kept = {
        place: Column(column.month, levels.get(place, ""))
        for place, column in spread.items()
        if levels.get(place) and not _is_total(below.cells[place])
    }
    return MatrixHead(index + 1, "months", kept)


def _blank_after(row: GridRow, place: int, end: int) -> int:
    count = 1
    while place + count < end and (place + count >= len(row.cells) or not row.cells[place + count]):
        count += 1
    return count


def _is_total(text: str) -> bool:
    key = header_key(text)
    return any(key.startswith(word) for word in _TOTALS)


def matrix_works(grid: Grid, head: MatrixHead, start_year: int) -> Iterator[ReadWork]:
    """Works of the cells under the header. A full-width row that names a class speaks for the rows under it."""
    current: tuple[int, str] | None = None
    for row in grid.rows[head.index + 1 :]:
        titles = [row.cells[place] for place in row.filled if place < min(head.columns, default=0)]
        named = next((known for text in titles if (known := class_in(text))), None)
        data = [place for place in row.filled if place in head.columns]
        if (named is not None and (not data or len(titles) == 1)) or named is not None:
            current = named
        if not data:
            continue
        rest = [text for text in titles if class_in(text) is None and not clean_text(text).rstrip(".").isdecimal()]
        yield from _of_row(grid, row, head, current, rest[-1] if rest else "", start_year)


def _of_row(
    grid: Grid, row: GridRow, head: MatrixHead, current: tuple[int, str] | None, label: str, start_year: int
) -> Iterator[ReadWork]:
    for place, column in sorted(head.columns.items()):
        text = row.cells[place] if place < len(row.cells) else ""
        if not text:
            continue
        where = f"таблица {grid.number}, строка {row.number}, столбец {place + 1}"
        known = column.known_class or current
        yield from _of_cell(where, text, label, known, column, start_year)


def _of_cell(
    where: str, text: str, label: str, known: tuple[int, str] | None, column: Column, start_year: int
) -> Iterator[ReadWork]:
    """Days of a cell; a row labelled by a class has subjects in its cells: «11.09 математика»."""
    found = days_in(text, start_year, column.month)
    if not found and (not any(mark.isdigit() for mark in text) and not label):
        return
    for line in text.split("\n") if not label else [text]:
        subject, is_known = subject_in(label or _words_of(line))
        days_of_line: Sequence[Days | None] = days_in(line, start_year, column.month) or [None]
        for days in days_of_line:
            if days is None and not clean_text(line).strip("-–— "):
                continue
            questions = list(questions_of(known, subject, is_known=is_known))
            if days is None or days.first is None or days.fault:
                questions.append(days.fault if days and days.fault else "День не понят: впишите дату.")
            yield ReadWork(
                where, clean_text(line)[:500], known[0] if known else None, known[1] if known else "", subject,
                days.first if days else None, days.last if days else None,
                level=(days.level if days else "") or column.level or "school", questions=tuple(questions),
            )  # fmt: skip


def _words_of(text: str) -> str:
    return " ".join(word for word in clean_text(text).split() if not any(mark.isdigit() for mark in word))
