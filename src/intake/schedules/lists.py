"""A schedule as a list: a row a work, columns found by their headers in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from intake.fields.text import clean_text, header_key
from intake.grids import Grid, GridRow
from intake.schedules.contracts import ReadWork
from intake.schedules.words import Days, class_in, days_in, level_in, subject_in

_HEADERS: Final = (
    ("subject", ("предмет", "дисциплина", "наименование предмета")),
    ("class", ("класс", "классы", "параллель")),
    ("date", ("дата", "срок", "сроки", "период", "день", "месяц")),
    ("level", ("уровень",)),
    ("lesson", ("урок", "номер урока")),
    ("minutes", ("минут", "длительность", "продолжительность")),
    ("title", ("вид", "форма", "работа", "наименование", "процедура", "название", "тема")),
)
_SEARCHED = 40
_NUMBER = re.compile(r"\d{1,3}")


def list_columns(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Index of the header row and places of columns; needs class, subject and date."""
    for index, row in enumerate(grid.rows[:_SEARCHED]):
        places = _places(row)
        if {"subject", "class", "date"} <= set(places):
            return index, places
    return None


def _places(row: GridRow) -> dict[str, int]:
    places: dict[str, int] = {}
    for place in row.filled:
        key = header_key(row.cells[place])
        if len(key) > 60:
            continue
        for role, words in _HEADERS:
            if role not in places and any(re.search(rf"(?<!\w){word}", key) for word in words):
                places[role] = place
                break
    return places


def list_works(grid: Grid, header: int, places: dict[str, int], start_year: int) -> Iterator[ReadWork]:
    """Works of the rows under the header; cells merged downwards speak for the rows that they cover."""
    carried: dict[str, str] = {}
    for row in grid.rows[header + 1 :]:
        cells = {role: _cell(row, place) for role, place in places.items()}
        for role in ("class", "subject"):
            if not cells[role] and (places[role] in row.above or not grid.knows_spans):
                cells[role] = carried.get(role, "")
        carried = cells
        if not (cells["date"] or cells["subject"]) or _is_repeated_header(cells):
            continue
        if not cells["date"] and len(row.filled) == 1:
            continue
        yield from _of_row(row, grid, cells, start_year)


def _cell(row: GridRow, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _is_repeated_header(cells: dict[str, str]) -> bool:
    return header_key(cells["subject"]) in {"предмет", "учебный предмет"} or (
        cells["class"].isdecimal() and cells["subject"].isdecimal()
    )


def _of_row(row: GridRow, grid: Grid, cells: dict[str, str], start_year: int) -> Iterator[ReadWork]:
    place = f"таблица {grid.number}, строка {row.number}"
    raw = " | ".join(clean_text(cell) for cell in row.cells if cell)[:500]
    subject, is_known = subject_in(cells["subject"])
    title = clean_text(cells.get("title", ""))[:200]
    level = level_in(cells.get("level", "")) or level_in(title) or "school"
    found: Sequence[Days | None] = days_in(cells["date"], start_year) or [None]
    for class_text in classes_of(cells["class"]) or [""]:
        known = class_in(class_text)
        for days in found:
            questions = list(questions_of(known, subject, is_known=is_known))
            if days is None or days.first is None:
                questions.append(days.fault if days else "День не понят: впишите дату.")
            elif days.fault:
                questions.append(days.fault)
            yield ReadWork(
                place, raw, known[0] if known else None, known[1] if known else "", subject,
                days.first if days else None, days.last if days else None, title,
                (days.level if days else "") or level, whole(cells.get("lesson", "")), whole(cells.get("minutes", "")),
                tuple(questions),
            )  # fmt: skip


def classes_of(text: str) -> Sequence[str]:
    """«5А, 5Б» → two classes; «5А,Б,В» → three of the same grade."""
    found: list[str] = []
    for piece in re.split(r"[,;/\n]+|(?<=\w)\s+и\s+", text):
        known = clean_text(piece)
        if not known:
            continue
        if re.fullmatch(r"[А-Яа-я]", known) and found and (grade := re.match(r"\d+", found[-1])):
            known = f"{grade[0]}{known}"
        found.append(known)
    return found


def questions_of(known: tuple[int, str] | None, subject: str, *, is_known: bool) -> Iterator[str]:
    """What a person has to say about the class and the subject."""
    if known is None:
        yield "Класс не понят: впишите, например, 5А."
    if not subject:
        yield "Предмет не указан."
    elif not is_known:
        yield f"Предмет «{subject[:60]}» не найден в справочнике: проверьте название."


def whole(text: str) -> int | None:
    """The first number of a cell («45 мин» → 45); None when there is none."""
    match = _NUMBER.search(text)
    number = int(match[0]) if match else 0
    return number or None
