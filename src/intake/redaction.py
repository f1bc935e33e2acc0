"""A copy of a file without names and identity documents: what may be kept beside the results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from intake.fields.text import header_key
from intake.layouts.base import Book, Cell, Sheet
from intake.layouts.gia_columns import PERSONAL_ROLES, role_of
from intake.layouts.vocabulary import is_personal

#: What stands in place of a dropped value.
DROPPED = "удалено"


def redacted(book: Book) -> Book:
    """The book with the values of every personal column replaced, below each header row that names one.

    A blank header to the right of a personal one belongs to it (merged cells of «Фамилия Имя Отчество»).
    """
    return replace(book, sheets=tuple(_redacted_sheet(sheet) for sheet in book.sheets))


def _redacted_sheet(sheet: Sheet) -> Sheet:
    hidden: frozenset[int] = frozenset()
    rows: list[list[Cell]] = []
    for row in sheet.rows:
        named = _personal_columns(row)
        if named:
            hidden = named
            rows.append(list(row))
        elif hidden and _is_other_header(row):
            hidden = frozenset()
            rows.append(list(row))
        else:
            rows.append([DROPPED if column in hidden and cell != "" else cell for column, cell in enumerate(row)])
    return replace(sheet, rows=rows)


def _personal_columns(row: Sequence[Cell]) -> frozenset[int]:
    """Columns that the row, read as a header, calls personal; empty when it is not such a header."""
    if sum(isinstance(cell, str) and cell != "" for cell in row) < 3:
        return frozenset()
    found: set[int] = set()
    for column, cell in enumerate(row):
        is_blank = cell == "" or cell is None
        if (is_blank and column - 1 in found) or (not is_blank and _names_person(cell)):
            found.add(column)
    return frozenset(found)


def _names_person(cell: Cell) -> bool:
    return (
        isinstance(cell, str) and len(cell) <= 80 and (is_personal(header_key(cell)) or role_of(cell) in PERSONAL_ROLES)
    )


def _is_other_header(row: Sequence[Cell]) -> bool:
    """A header of results without personal columns ends the table above it."""
    roles = {role_of(cell) for cell in row if isinstance(cell, str) and cell}
    return len(roles & {"organization_code", "participant", "total", "mark", "variant"}) >= 2
