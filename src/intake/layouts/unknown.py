"""Tables that no layout knows: what a person is shown to map their columns once, and reading by that mapping."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from intake.contracts import MAPPING_ROLES, ColumnGuess, ColumnMapping, ItemClaim, UnknownTable, Work
from intake.fields.items import distinct_labels, parse_item_header
from intake.fields.text import clean, column_letters, header_key, header_text
from intake.layouts.base import Book, Cell, Sheet
from intake.layouts.generic_header import FoundTable
from intake.layouts.headers import HEADER_DEPTH, readable_sheets
from intake.layouts.participant_list import read_table
from intake.layouts.row_table import TableColumns
from intake.layouts.rows_left_out import holds_person_names, is_person_name
from intake.layouts.vocabulary import is_personal, may_hold_names, role_of

_EXAMPLES = 3
_SAMPLE = 40
_FEWEST_COLUMNS = 3


def unknown_tables(book: Book) -> list[UnknownTable]:
    """The likeliest table of every sheet."""
    found = ((sheet, likely_header(sheet)) for sheet in readable_sheets(book))
    return [_described(book, sheet, row) for sheet, row in found if row is not None]


def likely_header(sheet: Sheet) -> int | None:
    """Row with the most words that has a table under it."""
    best, best_count = None, _FEWEST_COLUMNS - 1
    for index, row in enumerate(sheet.rows[:HEADER_DEPTH]):
        count = sum(isinstance(cell, str) and bool(header_key(cell)) for cell in row)
        if count > best_count and _has_rows_below(sheet.rows, index):
            best, best_count = index, count
    return best


def _has_rows_below(rows: Sequence[Sequence[Cell]], index: int) -> bool:
    return any(sum(cell != "" for cell in row) >= 2 for row in rows[index + 1 : index + 6])


def fingerprint(header: Sequence[Cell]) -> str:
    """Stable key of the header words in their order."""
    keys = [header_key(cell) for cell in header]
    while keys and not keys[-1]:
        keys.pop()
    return hashlib.sha256("|".join(keys).encode()).hexdigest()[:20]


def _described(book: Book, sheet: Sheet, row: int) -> UnknownTable:
    header, body = sheet.rows[row], sheet.rows[row + 1 :]
    width = max(len(header), max((len(one) for one in body[:_SAMPLE]), default=0))
    columns = [_guessed(header[index] if index < len(header) else "", index, body) for index in range(width)]
    return UnknownTable(
        file=book.file,
        sheet=sheet.name,
        header_row=row + 1,
        columns=[guess for guess in columns if guess is not None],
        row_count=sum(any(cell != "" for cell in one) for one in body),
        fingerprint=fingerprint(header),
    )


def _guessed(header: Cell, index: int, body: Sequence[Sequence[Cell]]) -> ColumnGuess | None:
    values = [row[index] for row in body[:_SAMPLE] if index < len(row) and row[index] != ""]
    text, key = header_text(header), header_key(header)
    if not text and not values:
        return None
    if is_personal(key) or holds_person_names(values):
        return ColumnGuess(column_letters(index), text, (), "ignore")
    role = "participant" if may_hold_names(key) else role_of(key) or ("item" if parse_item_header(text) else "")
    is_suspect = may_hold_names(key)
    examples = tuple(dict.fromkeys(clean(value) for value in values if not _may_be_person(value, is_suspect)))[
        :_EXAMPLES
    ]
    return ColumnGuess(
        column_letters(index), text, examples, role if role in MAPPING_ROLES else "ignore" if role else ""
    )


def _may_be_person(value: Cell, is_suspect: bool) -> bool:
    """Full names anywhere; any word without digits where names are usual."""
    if not isinstance(value, str):
        return False
    text = clean(value)
    return (" " in text and is_person_name(text)) or (is_suspect and not any(map(str.isdecimal, text)))


class MappedTable:
    """Tables whose columns a person has mapped: their decision goes before every layout."""

    id = "mapped_table"

    def read(self, book: Book) -> list[Work] | None:
        if not book.mappings:
            return None
        known = {mapping.fingerprint: mapping for mapping in book.mappings}
        works: list[Work] = []
        for sheet in readable_sheets(book):
            row = likely_header(sheet)
            mapping = None if row is None else known.get(fingerprint(sheet.rows[row]))
            if row is not None and mapping is not None:
                works += _read(book, sheet, row, mapping, self.id)
        return works or None


def _read(book: Book, sheet: Sheet, row: int, mapping: ColumnMapping, layout: str) -> list[Work]:
    header = list(sheet.rows[row])
    titles = [line for one in sheet.rows[:row] if (line := "\t".join(filter(None, map(clean, one))))]
    table = FoundTable(header, row, row + 1, len(sheet.rows), titles)
    return read_table(book, sheet, layout, table, _mapped_columns(header, mapping), titles)


def _mapped_columns(header: Sequence[Cell], mapping: ColumnMapping) -> TableColumns:
    roles: dict[str, int] = {}
    items: list[tuple[int, ItemClaim]] = []
    dropped: list[str] = []
    for index, cell in enumerate(header):
        letters = column_letters(index)
        role = mapping.roles.get(letters, "ignore")
        if is_personal(header_key(cell)):
            dropped.append(header_text(cell))
        elif role == "item":
            items.append(
                (index, parse_item_header(cell, letters) or ItemClaim(header_text(cell) or letters, column=letters))
            )
        elif role in MAPPING_ROLES and role != "ignore":
            roles.setdefault(role, index)
    claims = distinct_labels([claim for _, claim in items])
    return TableColumns(
        roles, [(index, claim) for (index, _), claim in zip(items, claims, strict=True)], dropped=dropped
    )
