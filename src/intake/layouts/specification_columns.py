"""Columns of specification tables by header words; two tables may stand side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from intake.fields.text import clean, header_key
from intake.layouts.base import Cell

_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("label", r"(?:по )?ким[ау]?|(?:номер |обозначение )?задани[еяй](?: в работе| ким| по ким)?|код задания"),
        ("max_score", r"макс\w*(?: балл\w*)?(?: за .*)?|балл макс\w*"),
        ("level", r"уровень(?: сложности)?(?: задания)?"),
        ("content", r"(?:коды? )?кэс|(?:коды? )?(?:проверяем\w+ )?элемент\w* содержания|код элемента содержания"),
        ("requirement", r"(?:коды? )?кт|коды? (?:проверяем\w+ )?(?:умени\w+|требовани\w+)"),
        ("skill", r"умени[ея]\b.*|проверяем\w+ (?:умени\w+|требовани\w+).*|умение планируемый результат"),
        ("outcome", r"блоки пооп.*|планируем\w+ результат\w*.*"),
        ("section", r"раздел\w*(?: .*)?|тема|содержательный (?:раздел|блок)"),
    )
)
_DESCRIBING = frozenset({"level", "content", "requirement", "skill", "outcome", "section"})


@dataclass(frozen=True, slots=True)
class SpecificationColumns:
    """Roles → columns of one table; `position` is the column «№» when there is one beside the label."""

    roles: dict[str, int]
    position: int | None


def find_specification(row: Sequence[Cell]) -> list[SpecificationColumns]:
    """Tables whose header this row is, from left to right; none when the row is no header of a specification."""
    roles = [_role(cell) for cell in row]
    starts = [place for place, role in enumerate(roles) if role == "label"] or _numbered(row, roles)
    bounds = [*starts[1:], len(row)][: len(starts)]
    tables = [_table(row, roles, start, end) for start, end in zip(starts, bounds, strict=True)]
    return [table for table in tables if _is_specification(table) or _is_bare(row, table)]


def _role(cell: Cell) -> str:
    return _role_of_key(header_key(cell)) if isinstance(cell, str) and cell else ""


@lru_cache(maxsize=8192)
def _role_of_key(key: str) -> str:
    return next((role for role, pattern in _ROLES if pattern.fullmatch(key)), "") if key else ""


def _numbered(row: Sequence[Cell], roles: Sequence[str]) -> list[int]:
    """A lone «№» serves as the label when nothing better is there."""
    numbered = (place for place, cell in enumerate(row) if isinstance(cell, str) and clean(cell) == "№")
    return [place for place in numbered if not roles[place]]


def _table(row: Sequence[Cell], roles: Sequence[str], start: int, end: int) -> SpecificationColumns:
    found: dict[str, int] = {"label": start}
    for place in range(start, end):
        if roles[place]:
            found.setdefault(roles[place], place)
    position = next((place for place in range(start, end) if clean(row[place]) == "№" and place != start), None)
    return SpecificationColumns(found, position)


def _is_specification(table: SpecificationColumns) -> bool:
    return "max_score" in table.roles and bool(_DESCRIBING & table.roles.keys())


def _is_bare(row: Sequence[Cell], table: SpecificationColumns) -> bool:
    """Numbers and maxima of items and nothing else."""
    return table.roles.keys() == {"label", "max_score"} and sum(clean(cell) != "" for cell in row) == 2
