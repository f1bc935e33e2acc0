"""Published lists of schools with signs of biased results (1.13): shown as they came, never computed here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.contracts import Problem, Severity
from intake.fields.cells import whole
from intake.fields.subjects import subject_by_code
from intake.fields.text import clean, column_letters, header_key
from intake.layouts.base import Book, Cell, Sheet

_WORK = re.compile(r"(?P<grade>1[01]|[1-9]) ?(?P<code>[а-я]{2})")
_ROLES = {
    "year": re.compile(r"год"),
    "login": re.compile(r"логин(?: оо)?"),
    "municipality": re.compile(r"муниципалитет|муниципальное образование"),
    "name": re.compile(r"оо|наименование оо|название оо"),
    "count": re.compile(r"количество маркеров|кол во маркеров"),
}


@dataclass(frozen=True, slots=True)
class BiasSigns:
    """Signs of one organization in one year. `works`: (grade, subject) with a sign. `row` counts from 1."""

    year: int
    login: str
    name: str = ""
    municipality: str = ""
    works: tuple[tuple[int, str], ...] = ()
    row: int = 0


@dataclass(slots=True)
class BiasSignList:
    """The list as it came, and rows where the printed number of signs is not their count."""

    file: str
    rows: list[BiasSigns] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_bias_signs(book: Book) -> BiasSignList:
    """Read every visible sheet with «Год», «Логин» and columns like «4 РУ»; an ERROR problem when none has them."""
    result = BiasSignList(book.file)
    for sheet in book.sheets:
        for index, row in enumerate(sheet.rows[:30] if not sheet.is_hidden else ()):
            roles, works = _columns(row)
            if {"year", "login"} <= roles.keys() and works:
                _read(result, sheet, index, roles, works)
                break
    if not result.rows and not result.problems:
        message = "В файле не найден список признаков: нужны столбцы «Год», «Логин» и столбцы работ («4 РУ»)."
        result.problems.append(Problem(Severity.ERROR, "signs.header_missing", message, book.file))
    return result


def _columns(row: Sequence[Cell]) -> tuple[dict[str, int], dict[int, tuple[int, str]]]:
    roles: dict[str, int] = {}
    works: dict[int, tuple[int, str]] = {}
    for place, cell in enumerate(row):
        key = header_key(cell) if isinstance(cell, str) else ""
        match = _WORK.fullmatch(key)
        if match and (subject := subject_by_code(match["code"])):
            works[place] = (int(match["grade"]), subject)
        role = next((role for role, pattern in _ROLES.items() if key and pattern.fullmatch(key)), None)
        if role:
            roles.setdefault(role, place)
    return roles, works


def _read(
    result: BiasSignList, sheet: Sheet, header: int, roles: dict[str, int], works: dict[int, tuple[int, str]]
) -> None:
    def text(row: Sequence[Cell], role: str) -> str:
        place = roles.get(role, len(row))
        return clean(row[place]) if place < len(row) else ""

    for index in range(header + 1, len(sheet.rows)):
        row = sheet.rows[index]
        year, login = whole(text(row, "year")), text(row, "login").lower()
        if year is None or not login:
            continue
        found = tuple(work for place, work in works.items() if place < len(row) and whole(row[place]) == 1)
        result.rows.append(BiasSigns(year, login, text(row, "name"), text(row, "municipality"), found, index + 1))
        printed = whole(text(row, "count"))
        if printed is not None and printed != len(found):
            message = f"Указано признаков: {printed}, отмечено: {len(found)}."
            letters = column_letters(roles["count"])
            result.problems.append(
                Problem(Severity.WARNING, "signs.count", message, result.file, sheet.name, index + 1, letters)
            )
