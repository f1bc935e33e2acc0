"""Rows as they are: a workbook without styles, formulas or links."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def plain_workbook(sheets: Iterable[tuple[str, Sequence[Sequence[object]]]]) -> bytes:
    """An XLSX of (name, rows). Text is text even when it begins with «=»; unknown values are written as text."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        for number, (name, rows) in enumerate(sheets, start=1):
            sheet = book.add_worksheet(_sheet_name(name, number))
            for row_index, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, int | float) and not isinstance(value, bool):
                        sheet.write_number(row_index, column, value)
                    elif value not in ("", None):
                        sheet.write_string(row_index, column, str(value))
    return stream.getvalue()


def _sheet_name(name: str, number: int) -> str:
    """A name that Excel accepts and that no other sheet has."""
    clean = name.translate(_FORBIDDEN).strip(" '")[:27]
    return f"{clean}_{number}" if clean else f"Лист{number}"
