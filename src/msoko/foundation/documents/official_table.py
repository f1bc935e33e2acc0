"""An official table on A4 landscape: approval block, title, explanations, a header that repeats, full-width rows.

Plans, matrices of functions and schedules are printed in this form, in Word and in Excel; both are read back by the
product's own readers to the same rows. The printers are loaded when something is printed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FullRow:
    """A heading over all columns."""

    text: str


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """`approval`: lines at the right top («УТВЕРЖДЁН», «приказом …»); `notes`: lines between title and table;
    `columns`: titles with shares of the width."""

    title: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[FullRow | tuple[str, ...], ...]
    approval: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def official_docx(table: OfficialTable) -> bytes:
    """The table as a Word file."""
    from msoko.foundation.documents.word.official_table import table_docx  # noqa: PLC0415 -- slow import

    return table_docx(table)


def official_xlsx(table: OfficialTable, sheet_name: str) -> bytes:
    """The table as a workbook, ready to print on A4 landscape."""
    from msoko.foundation.documents.excel.official_table import table_xlsx  # noqa: PLC0415 -- slow import

    return table_xlsx(table, sheet_name)
