"""Bytes of one file → a book of sheets."""

from __future__ import annotations

from collections.abc import Sequence

from intake.contracts import Problem
from intake.layouts.base import Book, Cell
from intake.tables import limits
from intake.tables.delimited import read_delimited
from intake.tables.remarks import file_problem
from intake.tables.sniffing import Kind, kind_of

_REFUSALS = {
    Kind.EMPTY: "file.empty",
    Kind.ENCRYPTED: "file.encrypted",
    Kind.BROKEN_ZIP: "file.corrupt",
    Kind.OTHER_ARCHIVE: "file.unsupported_archive",
    Kind.UNSUPPORTED: "file.unsupported",
    Kind.ZIP: "file.unsupported",
}


def read_book(name: str, data: bytes) -> tuple[Book, list[Problem]]:
    """Sheets of the file with its problems; a file that cannot be read is a book without sheets."""
    book, problems = _read(name, data)
    is_blank = bool(book.sheets) and not any(_has_values(sheet.rows) for sheet in book.sheets)
    if is_blank:
        problems = [*problems, file_problem("file.no_data", name)]
    return book, problems


def _read(name: str, data: bytes) -> tuple[Book, list[Problem]]:
    kind = kind_of(data)
    if kind in _REFUSALS:
        return Book(name, ()), [file_problem(_REFUSALS[kind], name)]
    is_text = kind in (Kind.TEXT, Kind.HTML, Kind.XML_SPREADSHEET)
    if len(data) > (limits.MAX_TEXT_BYTES if is_text else limits.MAX_FILE_BYTES):
        return Book(name, ()), [file_problem("file.too_large", name)]
    if kind is Kind.TEXT:
        return read_delimited(name, data)
    if is_text:
        return _read_markup(name, data, kind)
    return _read_workbook(name, data, kind)


def _read_markup(name: str, data: bytes, kind: Kind) -> tuple[Book, list[Problem]]:
    from intake.tables.markup import read_html, read_xml_spreadsheet  # noqa: PLC0415 -- slow import

    return read_html(name, data) if kind is Kind.HTML else read_xml_spreadsheet(name, data)


def _read_workbook(name: str, data: bytes, kind: Kind) -> tuple[Book, list[Problem]]:
    from intake.tables.workbooks import read_workbook  # noqa: PLC0415 -- slow import

    sheets, problems = read_workbook(name, data, kind)
    return Book(name, sheets), problems


def _has_values(rows: Sequence[Sequence[Cell]]) -> bool:
    return any(cell.strip() if isinstance(cell, str) else cell is not None for row in rows for cell in row)
