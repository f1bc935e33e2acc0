"""An official table as a workbook."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from msoko.foundation.documents.excel.sheets import write_text
from msoko.foundation.documents.excel.workbook import OPTIONS
from msoko.foundation.documents.language.typography import clean
from msoko.foundation.documents.official_table import FullRow, OfficialTable

_A4 = 9
#: characters that a sheet of A4 landscape holds beside each other, and the fewest of a column
_CHARACTERS, _NARROWEST = 130, 6
_LOOKS: dict[str, dict[str, Any]] = {
    "cell": {"text_wrap": True, "valign": "top", "border": 1},
    "head": {"text_wrap": True, "valign": "vcenter", "align": "center", "bold": True, "border": 1},
    "full": {"text_wrap": True, "bold": True, "border": 1, "align": "center"},
    "title": {"text_wrap": True, "bold": True, "align": "center", "font_size": 13},
    "plain": {"text_wrap": True, "valign": "top"},
}


def table_xlsx(table: OfficialTable, sheet_name: str) -> bytes:
    """The table on one sheet, ready to print."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **OPTIONS}) as book:
        looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
        sheet = book.add_worksheet(sheet_name)
        for place, (_, share) in enumerate(table.columns):
            sheet.set_column(place, place, max(_NARROWEST, round(share * _CHARACTERS)))
        head = _write_top(sheet, table, looks)
        _write_rows(sheet, table, head, looks)
        _set_print(sheet)
    return stream.getvalue()


def _write_top(sheet: Any, table: OfficialTable, looks: dict[str, Any]) -> int:
    """Approval, title, explanations, column titles; the row of the latter."""
    last = len(table.columns) - 1
    for number, line in enumerate(table.approval):
        write_text(sheet, number, last, line, looks["plain"])
    first = len(table.approval)
    sheet.merge_range(first, 0, first, last, clean(table.title), looks["title"])
    for number, line in enumerate(table.notes, first + 1):
        sheet.merge_range(number, 0, number, last, clean(line), looks["plain"])
    head = first + 1 + len(table.notes)
    for place, (text, _) in enumerate(table.columns):
        write_text(sheet, head, place, text, looks["head"])
    sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)
    return head


def _write_rows(sheet: Any, table: OfficialTable, head: int, looks: dict[str, Any]) -> None:
    last = len(table.columns) - 1
    for number, row in enumerate(table.rows, head + 1):
        if isinstance(row, FullRow):
            sheet.merge_range(number, 0, number, last, clean(row.text), looks["full"])
            continue
        for place, text in enumerate(row):
            write_text(sheet, number, place, text, looks["cell"])


def _set_print(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.set_footer("&C&P из &N")
