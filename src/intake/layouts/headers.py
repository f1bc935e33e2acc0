"""Where a table begins and what its columns are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from intake.contracts import ItemClaim
from intake.fields.cells import passed_value
from intake.fields.items import distinct_labels, fraction_headers, parse_item_header
from intake.fields.text import clean, column_letters, header_key, header_text, key_of_text
from intake.layouts.base import Book, Cell, Sheet
from intake.layouts.row_table import TableColumns
from intake.layouts.rows_left_out import holds_person_names
from intake.layouts.vocabulary import is_personal, may_hold_names, role_of

#: how deep a header may stand
HEADER_DEPTH = 30
#: rows whose cells are looked at to tell names from codes
_SAMPLE = 40
#: headers whose cells tell what they are
_RESULT = frozenset({"результат", "итоговый результат"})

Keys = list[str]


def _result_role(cells: Sequence[Cell]) -> str | None:
    """«Результат» is passed or not, or a number of points: the cells tell."""
    filled = [cell for cell in cells if clean(cell)]
    if filled and all(passed_value(cell) in (0, 1) for cell in filled if not isinstance(cell, int | float)):
        return "total" if all(isinstance(cell, int | float) for cell in filled) else "passed"
    return None


def text_keys(row: Sequence[Cell]) -> Keys:
    """Folded words of the text cells of a row, "" for everything else."""
    return [key_of_text(cell) if type(cell) is str and cell else "" for cell in row]


def header_rows(sheet: Sheet) -> list[tuple[int, Keys]]:
    """Rows that may be headers (two words or more) with their keys, from the top; worked out once for all layouts."""
    known = sheet.memo.get("header_rows")
    if known is None:
        rows = enumerate(top_keys(sheet))
        known = sheet.memo["header_rows"] = [(index, keys) for index, keys in rows if sum(map(bool, keys)) >= 2]
    return known  # type: ignore[return-value]


def top_keys(sheet: Sheet) -> list[Keys]:
    """Keys of the rows where a header may stand, worked out once for all layouts."""
    known = sheet.memo.get("top_keys")
    if known is None:
        known = sheet.memo["top_keys"] = [text_keys(row) for row in sheet.rows[:HEADER_DEPTH]]
    return known  # type: ignore[return-value]


def readable_sheets(book: Book) -> list[Sheet]:
    """Visible sheets; hidden ones only when nothing is visible."""
    visible = [sheet for sheet in book.sheets if not sheet.is_hidden]
    return visible or list(book.sheets)


def table_columns(
    header: Sequence[Cell],
    *,
    sample: Sequence[Sequence[Cell]] = (),
    roles: dict[str, str] | None = None,
    end: int | None = None,
) -> TableColumns:
    """Columns of a table by its header. `roles`: words of this layout that mean something else than usual;
    `end`: columns from this index on are not part of the table; `sample`: first data rows."""
    own = roles or {}
    found: dict[str, int] = {}
    items: list[tuple[int, ItemClaim]] = []
    dropped: list[str] = []
    unknown: dict[int, str] = {}
    fractions = fraction_headers(header[:end])
    for index, cell in enumerate(header[:end]):
        text = header_text(cell)
        if not text:
            continue
        key = header_key(text)
        role = own.get(key) or role_of(key)
        if key in _RESULT:
            role = _result_role([row[index] for row in sample[:_SAMPLE] if index < len(row)]) or role
        if may_hold_names(key):
            values = [row[index] for row in sample[:_SAMPLE] if index < len(row)]
            role = None if holds_person_names(values) else "participant"
            if role is None:
                dropped.append(text)
                continue
        if role is None and is_personal(key):
            dropped.append(text)
        elif role is not None:
            found.setdefault(role, index)
        elif index in fractions:
            items.append((index, replace(fractions[index], column=column_letters(index))))
        elif claim := parse_item_header(text, column_letters(index)):
            items.append((index, claim))
        elif any(map(str.isalpha, text)):
            unknown[index] = text
    claims = distinct_labels([claim for _, claim in items])
    return TableColumns(
        found, [(index, claim) for (index, _), claim in zip(items, claims, strict=True)],
        dropped=dropped, unknown=unknown,
    )  # fmt: skip
