"""An official table as a workbook."""

from __future__ import annotations

import io
import math
from typing import Any

import xlsxwriter

from msoko.foundation.documents.excel.sheets import write_text
from msoko.foundation.documents.excel.workbook import OPTIONS
from msoko.foundation.documents.language.typography import clean
from msoko.foundation.documents.official_table import FullRow, HeadRow, OfficialTable, cells_of

_A4 = 9
#: characters that a sheet of A4 landscape holds beside each other, and the fewest of a column
_CHARACTERS, _NARROWEST = 130, 6
#: the same of a compact sheet that stands upright, and points of its line; Excel has no taller rows than `_TALLEST`
_COMPACT_CHARACTERS, _LINE, _TALLEST = 118, 12.5, 409
_COMPACT = {"font_size": 9}
#: points of a line of a sheet that lies, and the share of a line that text takes: words do not break in the middle
_WIDE_LINE, _HELD = 15.0, 0.85
#: the same of a title, whose type is large and bold
_TITLE_LINE, _TITLE_HELD = 18.0, 0.75
#: letters of small type that stand where one of the usual would
_SMALL = 1.15
#: the approval block is at least so many characters wide
_APPROVAL = 40
_LOOKS: dict[str, dict[str, Any]] = {
    "cell": {"text_wrap": True, "valign": "top", "border": 1},
    "head": {"text_wrap": True, "valign": "vcenter", "align": "center", "bold": True, "border": 1},
    "bold": {"text_wrap": True, "valign": "top", "border": 1, "bold": True},
    "full": {"text_wrap": True, "bold": True, "border": 1, "align": "center"},
    "title": {"text_wrap": True, "bold": True, "align": "center", "font_size": 13},
    "plain": {"text_wrap": True, "valign": "top"},
}


def table_xlsx(table: OfficialTable, sheet_name: str) -> bytes:
    """The table on one sheet, ready to print."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **OPTIONS}) as book:
        is_small = table.is_compact or table.is_dense
        extra = _COMPACT if is_small else {}
        looks = {name: book.add_format(extra | look) for name, look in _LOOKS.items()}
        sheet = book.add_worksheet(sheet_name)
        for place, width in enumerate(_widths(table)):
            sheet.set_column(place, place, width)
        head = _write_top(sheet, table, looks)
        _write_rows(sheet, table, head, looks)
        _set_heights(sheet, table, head)
        for number, line in enumerate(table.closing, head + 2 + len(table.rows)):
            _across(sheet, number, 0, line, table, looks["plain"])
        _set_print(sheet, is_upright=table.is_compact)
    return stream.getvalue()


def _write_top(sheet: Any, table: OfficialTable, looks: dict[str, Any]) -> int:
    """Approval, title, explanations, column titles; the row of the latter."""
    last = len(table.columns) - 1
    widths = _widths(table)
    start = next((place for place in range(last, -1, -1) if sum(widths[place:]) >= _APPROVAL), 0)
    for number, line in enumerate(table.approval):
        _across(sheet, number, start, line, table, looks["plain"])
    first = len(table.approval)
    _across(sheet, first, 0, table.title, table, looks["title"])
    titles = math.ceil(len(table.title) / (sum(_widths(table)) * _TITLE_HELD))
    sheet.set_row(first, min(_TALLEST, titles * _TITLE_LINE))
    for number, line in enumerate(table.notes, first + 1):
        _across(sheet, number, 0, line, table, looks["plain"])
    head = first + 1 + len(table.notes)
    for place, (text, _) in enumerate(table.columns):
        write_text(sheet, head, place, text, looks["head"])
    sheet.freeze_panes(head + 1, 0)
    sheet.repeat_rows(head)
    return head


def _across(sheet: Any, number: int, start: int, text: str, table: OfficialTable, look: Any) -> None:
    """A text from a column to the last one, with a row that is high enough for it."""
    last = len(table.columns) - 1
    if start == last:
        write_text(sheet, number, last, text, look)
    else:
        sheet.merge_range(number, start, number, last, clean(text), look)
    lines = _lines(text, sum(_widths(table)[start:]), table)
    if lines > 1:
        sheet.set_row(number, min(_TALLEST, lines * _line_height(table) + 2))


def _lines(text: str, width: int, table: OfficialTable) -> int:
    """How many lines a text takes in so many characters."""
    held = width if table.is_compact or table.is_dense else max(1, width * _HELD)
    return sum(max(1, math.ceil(len(line) / held)) for line in text.split("\n"))


def _line_height(table: OfficialTable) -> float:
    return _LINE if table.is_compact or table.is_dense else _WIDE_LINE


def _widths(table: OfficialTable) -> list[int]:
    whole = _COMPACT_CHARACTERS if table.is_compact else _CHARACTERS
    return [max(_NARROWEST, round(share * whole)) for _, share in table.columns]


def _write_rows(sheet: Any, table: OfficialTable, head: int, looks: dict[str, Any]) -> None:
    last = len(table.columns) - 1
    for number, row in enumerate(table.rows, head + 1):
        if isinstance(row, FullRow):
            sheet.merge_range(number, 0, number, last, clean(row.text), looks["full"])
            continue
        for place, text in enumerate(cells_of(row)):
            if text is None:
                continue
            look = looks["bold"] if isinstance(row, HeadRow) and place == 0 else looks["cell"]
            rows = table.span(number - head - 1, place)
            if rows > 1:
                sheet.merge_range(number, place, number + rows - 1, place, clean(text), look)
            else:
                write_text(sheet, number, place, text, look)


def _set_heights(sheet: Any, table: OfficialTable, head: int) -> None:
    """Excel fits no row to a merged cell: heights are told by the number of lines."""
    letters = _SMALL if table.is_dense else 1.0
    widths = [round(width * letters) for width in _widths(table)]
    lines = [1] * len(table.rows)
    spans: list[tuple[int, int, int]] = []
    for number, row in enumerate(table.rows):
        cells = cells_of(row)
        whole = [sum(widths)] if isinstance(row, FullRow) else widths
        for place, (text, width) in enumerate(zip(cells, whole, strict=True)):
            needed = _lines(text or "", width, table)
            rows = 1 if text is None else table.span(number, place)
            if rows > 1:
                spans.append((number, rows, needed))
            else:
                lines[number] = max(lines[number], needed)
    for number, rows, needed in spans:
        lacking = needed - sum(lines[number : number + rows])
        for place in range(max(0, lacking)):
            lines[number + place % rows] += 1
    for number, count in enumerate(lines, head + 1):
        sheet.set_row(number, min(_TALLEST, count * _line_height(table) + 2))


def _set_print(sheet: Any, *, is_upright: bool) -> None:
    if not is_upright:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.set_footer("&C&P из &N")
