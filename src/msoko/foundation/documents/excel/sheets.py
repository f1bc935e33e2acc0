"""One sheet of a workbook: title, header, rows, totals; frozen, filtered, ready to print."""

from __future__ import annotations

import datetime as dt
import math
import re
import textwrap
from collections.abc import Iterable
from decimal import Decimal
from numbers import Real
from typing import Any

from msoko.foundation.documents.cells import cell_text
from msoko.foundation.documents.excel.formats import Formats
from msoko.foundation.documents.grid import check_shape
from msoko.foundation.documents.language.typography import clean
from qualimetry.narrative.blocks import Column, Table

_LONGEST_CELL = 32_767
_LONGEST_NAME = 31
_NARROWEST, _WIDEST = 9, 60
_A4, _TITLE_ROWS = 9, 3
_SAMPLE_ROWS = 2_000
_LINE_POINTS = 15


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """A name that Excel accepts and that is not taken: 31 characters, without []:*?/\\."""
    words = re.sub(r"[\[\]:*?/\\]+", " ", clean(wanted)).split()
    base = " ".join(words).strip("' ")[:_LONGEST_NAME].strip("' ") or "Лист"
    used = {name.casefold() for name in taken} | {"history"}
    name, number = base, 2
    while name.casefold() in used:
        tail = f" ({number})"
        name, number = f"{base[: _LONGEST_NAME - len(tail)]}{tail}", number + 1
    return name


def fill_sheet(sheet: Any, title: str, table: Table, formats: Formats) -> None:
    """Writes the table; the filter covers its rows without the totals."""
    check_shape(table)
    write_text(sheet, 0, 0, title, formats.title)
    if table.note:
        write_text(sheet, 1, 0, f"Примечание. {table.note}", formats.note)
    head = _write_header(sheet, table, formats)
    first_total = len(table.rows) - table.total_rows
    for number, row in enumerate(table.rows):
        for place, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            _write_value(sheet, head + 1 + number, place, value, column, formats, is_total=number >= first_total)
    _set_up(sheet, head, table)


def write_text(sheet: Any, row: int, column: int, text: str, form: Any) -> None:
    """Always a string: what begins with = + - @ is shown and never computed."""
    sheet.write_string(row, column, clean(text)[:_LONGEST_CELL], form)


def _write_header(sheet: Any, table: Table, formats: Formats) -> int:
    """Returns the row of the column titles."""
    row = _TITLE_ROWS - 1
    if table.header_groups:
        place = 0
        for title, span in table.header_groups:
            if span > 1:
                sheet.merge_range(row, place, row, place + span - 1, "", formats.head)
            write_text(sheet, row, place, title, formats.head)
            place += span
        row += 1
    for place, column in enumerate(table.columns):
        write_text(sheet, row, place, column.title, formats.head)
    return row


def _write_value(
    sheet: Any, row: int, place: int, value: Any, column: Column, formats: Formats, *, is_total: bool
) -> None:
    form = formats.cell(column, is_total=is_total)
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        sheet.write_blank(row, place, None, form)
    elif isinstance(value, dt.date):
        day = value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
        sheet.write_datetime(row, place, day, formats.date(is_total=is_total))
    elif isinstance(value, Real | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, place, float(value), form)
    else:
        write_text(sheet, row, place, cell_text(value, column) if isinstance(value, bool) else str(value), form)


def _set_up(sheet: Any, head: int, table: Table) -> None:
    last = len(table.columns) - 1
    widths = [_width(place, column, table) for place, column in enumerate(table.columns)]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.set_row(head, _LINE_POINTS * _header_lines(table, widths) + 3)
    sheet.freeze_panes(head + 1, 1)
    body = len(table.rows) - table.total_rows
    if body > 0:
        sheet.autofilter(head, 0, head + body, last)
    sheet.repeat_rows(_TITLE_ROWS - 1, head)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&CСтраница &P из &N")


def _header_lines(table: Table, widths: list[float]) -> int:
    """Lines of the highest title; not every program finds the height of a row itself."""
    lines = (
        textwrap.wrap(column.title, max(int(width) - 3, 5)) for column, width in zip(table.columns, widths, strict=True)
    )
    return max(1, *map(len, lines))


def _width(place: int, column: Column, table: Table) -> float:
    longest_word = max(map(len, column.title.split()), default=0) + 4  # the arrow of the filter
    cells = (len(cell_text(row[place], column)) for row in table.rows[:_SAMPLE_ROWS])
    return float(min(max(_NARROWEST, longest_word, max(cells, default=0) + 2), _WIDEST))
