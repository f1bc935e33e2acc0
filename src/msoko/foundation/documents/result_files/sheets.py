"""Workbooks written row by row in constant memory, byte for byte the same on every run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import xlsxwriter

from msoko.foundation.documents.result_files.printed import Cell

_CREATED = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
_SHEET_NAME_LIMIT = 31


class Worksheet(Protocol):
    """The part of an XlsxWriter worksheet used here."""

    def write_string(self, row: int, column: int, text: str) -> int: ...
    def write_number(self, row: int, column: int, value: float) -> int: ...
    def write_formula(self, row: int, column: int, formula: str, cell_format: None, value: float) -> int: ...


class Workbook(Protocol):
    """The part of an XlsxWriter workbook used here."""

    def add_worksheet(self, name: str) -> Worksheet: ...


@contextmanager
def new_workbook(path: Path) -> Iterator[Workbook]:
    """A workbook that is written to `path` when the block ends."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    book.set_properties({"created": _CREATED})
    try:
        yield book
    finally:
        book.close()


def sheet_name(text: str) -> str:
    """Names of sheets are cut at 31 characters, as the federal system does."""
    return text[:_SHEET_NAME_LIMIT]


def write_row(sheet: Worksheet, row: int, cells: Sequence[Cell], first_column: int = 0) -> None:
    """One row; None leaves the cell out."""
    for column, cell in enumerate(cells, start=first_column):
        if isinstance(cell, str):
            sheet.write_string(row, column, cell)
        elif cell is not None:
            sheet.write_number(row, column, cell)


def write_rows(sheet: Worksheet, rows: Iterable[Sequence[Cell]], first_row: int = 0) -> int:
    """Rows one under another from `first_row` (0 = the first); returns the number of the next free row."""
    number = first_row
    for number, cells in enumerate(rows, start=first_row):
        write_row(sheet, number, cells)
    return number + 1


def write_table(path: Path, name: str, rows: Iterable[Sequence[Cell]]) -> None:
    """A workbook of one sheet."""
    with new_workbook(path) as book:
        write_rows(book.add_worksheet(sheet_name(name)), rows)
