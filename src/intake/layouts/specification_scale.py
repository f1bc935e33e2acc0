"""Sheet «Шкала» of the own specification template: mark, lowest and highest raw score, source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.contracts import Problem, Severity
from intake.fields.cells import whole
from intake.fields.text import clean, header_key
from intake.layouts.base import Cell, Sheet
from intake.layouts.specification_ranges import find_ranges

SCALE_HEADERS = ("Отметка", "От", "До", "Источник")
_COLUMNS = {
    "mark": re.compile(r"отметка|оценка"),
    "low": re.compile(r"от|с|минимум|минимальный балл|нижняя граница|балл от"),
    "high": re.compile(r"до|по|максимум|максимальный балл|верхняя граница|балл до"),
    "source": re.compile(r"источник"),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """Lowest raw score of marks 3, 4, 5 (empty when not given in full), their source, problems."""

    cut_scores: tuple[int, ...] = ()
    source: str = ""
    problems: list[Problem] = field(default_factory=list)


def read_scale(file: str, sheets: Sequence[Sheet]) -> Scale:
    """Read the first sheet that has a table of marks and raw scores, bounds in columns of their own before ranges."""
    for sheet in sheets:
        for index, row in enumerate(sheet.rows[:30]):
            columns = _columns(row)
            if "mark" in columns and "low" in columns and len(sheet.rows[index]) <= 12:
                return _read(file, sheet, index, columns)
    for sheet in sheets:
        if (found := find_ranges(sheet)) is not None:
            return _scale(file, sheet, found.bounds, (), [])
    return Scale()


def scale_start(sheet: Sheet, first: int) -> int:
    """Row from `first` on where a scale under another table begins, with its title; the end of the sheet if none."""
    found = find_ranges(sheet, first)
    start = found.first if found is not None else len(sheet.rows)
    while found is not None and start > first and sum(clean(cell) != "" for cell in sheet.rows[start - 1]) <= 1:
        start -= 1
    return start


def _columns(row: Sequence[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        key = header_key(cell) if isinstance(cell, str) else ""
        for role, pattern in _COLUMNS.items():
            if key and pattern.fullmatch(key):
                found.setdefault(role, place)
    return found


def _read(file: str, sheet: Sheet, header_row: int, columns: dict[str, int]) -> Scale:
    bounds: dict[int, tuple[int, int | None, int]] = {}
    problems: list[Problem] = []
    sources: list[str] = []
    for index in range(header_row + 1, len(sheet.rows)):
        row = sheet.rows[index]
        mark, low = whole(_cell(row, columns, "mark")), whole(_cell(row, columns, "low"))
        if source := clean(_cell(row, columns, "source")):
            sources.append(source)
        if mark is None:
            continue
        if low is None or not 2 <= mark <= 5:
            problems.append(_problem(file, sheet, index, "Строка шкалы не понята: нужны отметка 2–5 и балл «от»."))
            continue
        bounds[mark] = (low, whole(_cell(row, columns, "high")), index)
    return _scale(file, sheet, bounds, sources, problems)


def _scale(
    file: str,
    sheet: Sheet,
    bounds: dict[int, tuple[int, int | None, int]],
    sources: Sequence[str],
    problems: list[Problem],
) -> Scale:
    source = sources[0] if sources else ""
    if not bounds and not problems:  # the blank sheet of the template
        return Scale()
    if not all(mark in bounds for mark in (3, 4, 5)):
        problems.append(_problem(file, sheet, 0, "В шкале должны быть отметки 3, 4 и 5: границы не использованы."))
        return Scale((), source, problems)
    cuts = tuple(bounds[mark][0] for mark in (3, 4, 5))
    if not 0 < cuts[0] < cuts[1] < cuts[2]:
        problems.append(_problem(file, sheet, bounds[3][2], "Границы отметок не возрастают: не использованы."))
        return Scale((), source, problems)
    for mark in (2, 3, 4):
        high, index = bounds[mark][1:] if mark in bounds else (None, 0)
        if high is not None and high + 1 != bounds[mark + 1][0]:
            message = f"Между отметками {mark} и {mark + 1} разрыв или наложение баллов: взяты нижние границы."
            problems.append(_problem(file, sheet, index, message, Severity.WARNING))
    return Scale(cuts, source, problems)


def _cell(row: Sequence[Cell], columns: dict[str, int], role: str) -> Cell:
    place = columns.get(role, len(row))
    return row[place] if place < len(row) else ""


def _problem(file: str, sheet: Sheet, index: int, message: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(severity, "specification.scale", message, file, sheet.name, index + 1)
