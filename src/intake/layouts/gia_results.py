"""Result cells of a protocol row: primary score, test score, mark, pass, absence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from intake.contracts import NO_VALUE
from intake.fields.cells import is_absence, mark_value, number, passed_value, test_score_value, total_value
from intake.fields.text import clean, header_key
from intake.layouts.base import Cell

_VOID = re.compile(r"(?:\w+ )*(?:аннулир\w*|удален\w*|не завершил\w*|не закончил\w*)(?: .*)?")


_READERS: dict[str, Callable[[object], int | None]] = {
    "total": total_value,
    "test_score": test_score_value,
    "mark": mark_value,
    "passed": passed_value,
}


@dataclass(slots=True)
class Results:
    """Values of one row; NO_VALUE where the protocol is silent. `faults`: (role, message) by cell."""

    total: int = NO_VALUE
    test_score: int = NO_VALUE
    mark: int = NO_VALUE
    passed: int = NO_VALUE
    present: bool = True
    is_void: bool = False
    faults: tuple[tuple[str, str], ...] = ()


def read_results(cells: dict[str, Cell], *, has_answers: bool) -> Results:
    """Read the result cells of a row (roles total, test_score, mark, passed).

    `has_answers`: some mask of the row is filled in. A row without answers and results is an absence.
    """
    if any(isinstance(cell, str) and _VOID.fullmatch(header_key(cell)) for cell in cells.values()):
        return Results(present=False, is_void=True)
    if any(is_absence(cell) for cell in cells.values()):
        return Results(present=False)
    results = Results(present=has_answers or any(clean(cell) for cell in cells.values()))
    faults = [(role, fault) for role, cell in cells.items() if (fault := _put(results, role, cell))]
    results.faults = tuple(faults)
    return results


def _put(results: Results, role: str, cell: Cell) -> str:
    """Put the value of a cell into its place; the message when the cell cannot be read."""
    shown = clean(cell)[:30]
    if role in ("mark", "passed") and isinstance(cell, str) and (passed := _passed_in_words(cell)) is not None:
        results.passed = passed
        return ""
    value = _READERS[role](cell)
    if value is not None:
        setattr(results, role, value)
        return ""
    if role == "mark":
        return f"отметка «{shown}» вне 2–5"
    if role == "passed":
        return f"непонятный результат «{shown}»: ожидался «зачёт» или «незачёт»"
    kind = "дробный балл" if _is_fraction(cell) else "балл не прочитан"
    return f"{kind}: «{shown}»"


def _passed_in_words(cell: str) -> int | None:
    value = passed_value(cell) if header_key(cell)[:1].isalpha() else None
    return None if value == NO_VALUE else value


def _is_fraction(cell: Cell) -> bool:
    value = number(cell)
    return value is not None and not value.is_integer()
