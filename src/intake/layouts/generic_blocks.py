"""Several subjects side by side: «РУССКИЙ ЯЗЫК | 1 | 2 | … | МАТЕМАТИКА | 1 | 2 | …», a mark under each of them."""

from __future__ import annotations

from dataclasses import dataclass

from intake.fields.cells import number
from intake.fields.subjects import subject_named
from intake.fields.text import clean
from intake.layouts.base import Cell, Sheet
from intake.layouts.generic_header import FoundTable

_LONGEST_NAME = 40
_ROWS_ABOVE = 3


@dataclass(frozen=True, slots=True)
class Block:
    """Columns `start…end` of one subject; `first` is where the first of all blocks begins."""

    subject: str
    raw_subject: str
    first: int
    start: int
    end: int
    #: header of a block of one column: what stands under the name of the subject itself
    outcome: str = ""

    def header(self, header: list[Cell]) -> list[Cell]:
        """Header with the columns of the other subjects blanked."""
        if self.outcome:
            named = {place for place, cell in enumerate(header) if isinstance(cell, str) and subject_named(clean(cell))}
            return [
                self.outcome if place == self.start else "" if place in named else cell
                for place, cell in enumerate(header)
            ]
        return [
            cell if index < self.first or self.start <= index < self.end else "" for index, cell in enumerate(header)
        ]


def subject_blocks(sheet: Sheet, table: FoundTable) -> list[Block]:
    """Blocks of the table when a row of its header names two subjects or more over items; none otherwise."""
    for index in range(table.header_row, max(table.header_row - _ROWS_ABOVE, -1), -1):
        named = [(place, text, subject) for place, text, subject in _subjects(sheet, index)]
        if len({subject for _, _, subject in named}) >= 2 and index == table.header_row:
            return [
                Block(subject, text, place, place, place + 1, _outcome(sheet, table, place))
                for place, text, subject in named
            ]
        if len({subject for _, _, subject in named}) >= 2:
            ends = [*(place for place, _, _ in named[1:]), len(table.header)]
            first = named[0][0]
            return [
                Block(subject, text, first, place, end) for (place, text, subject), end in zip(named, ends, strict=True)
            ]
    return []


def _outcome(sheet: Sheet, table: FoundTable, place: int) -> str:
    """Marks when nothing but 2 to 5 stands under the subject, else scores."""
    cells = [row[place] for row in sheet.rows[table.first : table.end] if place < len(row)]
    values = [value for cell in cells if (value := number(cell)) is not None]
    return "Отметка" if values and all(2 <= value <= 5 for value in values) else "Балл"


def _subjects(sheet: Sheet, index: int) -> list[tuple[int, str, str]]:
    found = []
    for place, cell in enumerate(sheet.rows[index]):
        text = clean(cell) if isinstance(cell, str) else ""
        if text and len(text) <= _LONGEST_NAME and (subject := subject_named(text)):
            found.append((place, text, subject))
    return found
