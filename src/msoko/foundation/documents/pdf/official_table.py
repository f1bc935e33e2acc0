"""An official table as a PDF, by the same values as the Word file."""

from __future__ import annotations

from pathlib import Path

from msoko.foundation.documents.official_table import FullRow, HeadRow, OfficialTable, cells_of
from msoko.foundation.documents.pdf.official_paper import bound, compiled

TEMPLATE = Path(__file__).resolve().parent / "table.typ"


def table_pdf(table: OfficialTable) -> bytes:
    """The table with its approval block, title and explanations."""
    values = {
        "title": table.title, "compact": table.is_compact, "approval": list(table.approval), "notes": list(table.notes),
        "columns": [list(column) for column in table.columns],
        "rows": [_row(table, number) for number in range(len(table.rows))],
    }  # fmt: skip
    return compiled(TEMPLATE, "table", bound(values))


def _row(table: OfficialTable, number: int) -> dict[str, object]:
    row = table.rows[number]
    kind = "full" if isinstance(row, FullRow) else "head" if isinstance(row, HeadRow) else "plain"
    cells = [
        {"text": text, "rows": table.span(number, place)}
        for place, text in enumerate(cells_of(row))
        if text is not None
    ]
    return {"kind": kind, "cells": cells}
