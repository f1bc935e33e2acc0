"""XLSX, XLSB and XLS → one table a sheet, merged cells known. Guards are those of tables of results."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import python_calamine as calamine

from intake.contracts import Problem
from intake.fields.text import clean
from intake.grids.building import MAX_WIDTH, cell_text, grid_of
from intake.grids.contracts import Block, Document, Grid, GridRow
from intake.grids.remarks import document_problem
from intake.grids.workbook_marks import SheetMarks, marks_of_workbook
from intake.layouts.base import Sheet
from intake.tables.markup import read_xml_spreadsheet
from intake.tables.remarks import file_problem
from intake.tables.sniffing import Kind, kind_of
from intake.tables.workbooks import read_workbook

Ranges = dict[str, list[tuple[tuple[int, int], tuple[int, int]]]]
_MAX_ROWS = 60_000
_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip


def read_workbook_document(name: str, data: bytes) -> Document:
    """Visible sheets with values, each a table."""
    kind = kind_of(data)
    if kind is Kind.XML_SPREADSHEET:
        book, problems = read_xml_spreadsheet(name, data)
        sheets: Sequence[Sheet] = book.sheets
    else:
        sheets, problems = read_workbook(name, data, kind)
    ranges = _merged(data) if sheets and kind in (Kind.XLSX, Kind.XLS) else {}
    marks = marks_of_workbook(data) if sheets and kind is Kind.XLSX else {}
    blocks: list[Block] = []
    for sheet in sheets:
        if sheet.is_hidden:
            continue
        if len(sheet.rows) > _MAX_ROWS:
            return Document(name, problems=[*problems, document_problem("document.too_many_rows", name)])
        own = marks.get(sheet.name, SheetMarks())
        grid = _grid(sheet.rows, len(blocks) + 1, sheet.name, ranges.get(sheet.name, []), own.months)
        if any(row.filled for row in grid.rows):
            blocks.append(grid)
            problems = [*problems, *_remarks(name, sheet.name, own)]
    if sheets and not blocks:
        problems = [*problems, file_problem("file.no_data", name)]
    return Document(name, blocks, _worded(problems), kind="workbook")


def _remarks(name: str, sheet: str, marks: SheetMarks) -> list[Problem]:
    """Warnings of what a person does not see in the sheet, or of what the file does not hold."""
    found = []
    if marks.hidden:
        detail = f"Лист «{sheet}», строки: {', '.join(map(str, marks.hidden[:20]))}."
        found.append(document_problem("document.hidden_rows", name, detail=detail))
    if marks.unread:
        detail = f"Лист «{sheet}», ячейки: {', '.join(marks.unread[:20])}."
        found.append(document_problem("document.formulas_without_values", name, detail=detail))
    return found


def _worded(problems: Sequence[Problem]) -> list[Problem]:
    return [document_problem(one.code, one.file) if one.code == "file.corrupt" else one for one in problems]


def _merged(data: bytes) -> Ranges:
    """Merged areas by sheet; none when the reader does not know them."""
    try:
        workbook = calamine.load_workbook(io.BytesIO(data))
        return {name: list(workbook.get_sheet_by_name(name).merged_cell_ranges or ()) for name in workbook.sheet_names}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the native reader is not an Exception
        return {}


def _grid(
    rows: Sequence[Sequence[object]],
    number: int,
    sheet: str,
    ranges: list[tuple[tuple[int, int], tuple[int, int]]],
    months: set[tuple[int, int]],
) -> Grid:
    spans: dict[tuple[int, int], int] = {}
    above: dict[int, set[int]] = {}
    for (top, left), (bottom, right) in ranges:
        width = min(right, MAX_WIDTH - 1) - left + 1
        if left >= MAX_WIDTH or width < 1:
            continue
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            spans[row, left] = width
            if row > top:
                above.setdefault(row, set()).update(range(left, left + width))
    if months:
        rows = [
            [_month(cell, (row, column) in months) for column, cell in enumerate(cells)]
            for row, cells in enumerate(rows)
        ]
    result = [_row(cells, index, spans, above.get(index, set())) for index, cells in enumerate(rows)]
    return grid_of(result, number, sheet=sheet, knows_spans=bool(ranges))


def _row(cells: Sequence[object], index: int, spans: dict[tuple[int, int], int], above: set[int]) -> GridRow:
    texts = tuple(_text(cell) for cell in cells[:MAX_WIDTH])
    widths = [1] * len(texts)
    for column in range(len(texts)):
        width = spans.get((index, column), 1)
        if width > 1:
            widths[column : column + width] = [width, *[0] * (len(widths[column : column + width]) - 1)]
    return GridRow(texts, index + 1, tuple(widths), frozenset(above))


def _month(cell: object, is_month: bool) -> object:
    """«Май 2027» for the first of May that the sheet shows as a month."""
    if is_month and isinstance(cell, dt.date) and cell.day == 1:
        return f"{_MONTHS[cell.month - 1]} {cell.year}"
    return cell


def _text(cell: object) -> str:
    return cell_text(cell) if isinstance(cell, str) else clean(cell)
