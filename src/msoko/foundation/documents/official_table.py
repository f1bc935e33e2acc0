"""An official table on A4: approval block, title, explanations, a header that repeats, full-width rows.

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
class HeadRow:
    """A heading that has something in the other columns too."""

    cells: tuple[str, ...]


Cells = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """`approval`: lines at the right top («УТВЕРЖДЁН», «приказом …»); `notes`: lines between title and table;
    `columns`: titles with shares of the width; `closing`: lines under the table (who made it).
    A cell None is one with the cell above.

    `is_compact`: small type on a page that stands upright with narrow margins, for tables of much text; else the page
    lies. `is_dense`: small type on a page that lies, for tables of many narrow columns.
    """

    title: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[FullRow | HeadRow | Cells, ...]
    approval: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_compact: bool = False
    closing: tuple[str, ...] = ()
    is_dense: bool = False

    def span(self, first: int, place: int) -> int:
        """How many rows the cell of a row takes: its own and those below whose cell goes on with it."""
        count = 1
        for row in self.rows[first + 1 :]:
            cells = cells_of(row)
            if place >= len(cells) or cells[place] is not None:
                break
            count += 1
        return count


def cells_of(row: FullRow | HeadRow | Cells) -> Cells:
    """Texts of a row, one for a full-width row."""
    if isinstance(row, FullRow):
        return (row.text,)
    return row.cells if isinstance(row, HeadRow) else row


def official_docx(table: OfficialTable) -> bytes:
    """The table as a Word file."""
    from msoko.foundation.documents.word.official_table import table_docx  # noqa: PLC0415 -- slow import

    return table_docx(table)


def official_xlsx(table: OfficialTable, sheet_name: str) -> bytes:
    """The table as a workbook, ready to print on A4 landscape."""
    from msoko.foundation.documents.excel.official_table import table_xlsx  # noqa: PLC0415 -- slow import

    return table_xlsx(table, sheet_name)


def official_pdf(table: OfficialTable) -> bytes:
    """The table as a PDF."""
    from msoko.foundation.documents.pdf.official_table import table_pdf  # noqa: PLC0415 -- slow import

    return table_pdf(table)
