"""Sheets «Уровни» and «Условия» of the own specification template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from intake.contracts import Problem, Severity, SpecificationCondition
from intake.fields.cells import whole
from intake.fields.items import parse_item_header
from intake.fields.text import clean, header_key
from intake.layouts.base import Cell, Sheet

LEVEL_HEADERS = ("Уровень", "От", "До", "Источник")
CONDITION_HEADERS = ("Отметка не ниже", "Задания", "Сумма баллов не меньше")
_SEPARATORS = re.compile(r"[;,\s]+")


@dataclass(frozen=True, slots=True)
class Levels:
    """Names from the lowest up and the lowest raw score of each but the first; both empty when not given in full."""

    names: tuple[str, ...] = ()
    lowest: tuple[int, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def read_levels(file: str, sheets: Sequence[Sheet]) -> Levels:
    """The first table with a column «Уровень» followed by «От»."""
    for sheet, header_row, columns in _tables(sheets, {"уровень": "name", "название уровня": "name", "от": "low"}):
        met = [(clean(_cell(row, columns["name"])), whole(_cell(row, columns["low"])), index)
               for index, row in _body(sheet, header_row)]  # fmt: skip
        return _levels(file, sheet, [one for one in met if one[0]])
    return Levels()


def read_conditions(
    file: str, sheets: Sequence[Sheet], labels: Sequence[str]
) -> tuple[tuple[SpecificationCondition, ...], list[Problem]]:
    """Conditions of marks over items that the specification has; lines that are not understood become problems."""
    keys = {header_key(title): role for title, role in zip(CONDITION_HEADERS, ("mark", "items", "points"), strict=True)}
    found: list[SpecificationCondition] = []
    problems: list[Problem] = []
    for sheet, header_row, columns in _tables(sheets, keys):
        for index, row in _body(sheet, header_row):
            condition = _condition(row, columns, labels)
            if condition is not None:
                found.append(condition)
            elif any(clean(cell) for cell in row):
                message = "Условие не понято: нужны отметка 3–5, номера заданий этой работы и сумма баллов больше 0."
                problems.append(_problem(file, sheet, index, message))
        break
    return tuple(found), problems


def _tables(sheets: Sequence[Sheet], roles: dict[str, str]) -> Iterator[tuple[Sheet, int, dict[str, int]]]:
    wanted = set(roles.values())
    for sheet in sheets:
        for index, row in enumerate(sheet.rows[:10]):
            met = {roles[key]: place for place, cell in enumerate(row) if (key := header_key(cell)) in roles}
            if set(met) == wanted:
                yield sheet, index, met


def _body(sheet: Sheet, header_row: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    return ((index, sheet.rows[index]) for index in range(header_row + 1, len(sheet.rows)))


def _levels(file: str, sheet: Sheet, met: list[tuple[str, int | None, int]]) -> Levels:
    if not met:
        return Levels()
    if len(met) < 2:
        return Levels(problems=[_problem(file, sheet, 0, "Уровней должно быть не меньше двух: не использованы.")])
    lowest = [low for _, low, _ in met[1:]]
    if any(low is None for low in lowest):
        index = next(place for _, low, place in met[1:] if low is None)
        return Levels(problems=[_problem(file, sheet, index, "У уровня нет нижнего балла: уровни не использованы.")])
    bounds = [0, *(low for low in lowest if low is not None)]
    if any(upper <= lower for lower, upper in pairwise(bounds)):
        return Levels(problems=[_problem(file, sheet, met[0][2], "Нижние баллы уровней не возрастают.")])
    return Levels(tuple(name for name, _, _ in met), tuple(bounds[1:]))


def _condition(row: Sequence[Cell], columns: dict[str, int], known: Sequence[str]) -> SpecificationCondition | None:
    mark, points = whole(_cell(row, columns["mark"])), whole(_cell(row, columns["points"]))
    labels = condition_labels(clean(_cell(row, columns["items"])))
    if mark not in (3, 4, 5) or points is None or points < 1 or not labels or not set(labels) <= set(known):
        return None
    return SpecificationCondition(labels, points, mark)


def condition_labels(text: str) -> tuple[str, ...]:
    """«ГК1; гк2, 15» → labels of items as the specification spells them."""
    parsed = (parse_item_header(part) for part in _SEPARATORS.split(text) if part)
    return tuple(dict.fromkeys(claim.label for claim in parsed if claim is not None))


def _cell(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else ""


def _problem(file: str, sheet: Sheet, index: int, message: str) -> Problem:
    return Problem(Severity.ERROR, "specification.scale", message, file, sheet.name, index + 1)
