"""XLSX, XLSM, XLSB, XLS and ODS by calamine."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Sequence

import python_calamine as calamine

from intake.contracts import Problem
from intake.layouts.base import Cell, Sheet
from intake.tables import limits
from intake.tables.remarks import file_problem
from intake.tables.sniffing import Kind
from intake.tables.xlsx_guard import inspect_xlsx

Read = tuple[tuple[Sheet, ...], list[Problem]]
#: BIFF8 record DIMENSIONS: first row, last row + 1, first column, last column + 1
_BIFF_DIMENSIONS = re.compile(rb"\x00\x02\x0e\x00(.{12})", re.DOTALL)
#: record BOF of the globals of a BIFF8 workbook, record FILEPASS, how near to the first the second stands
_BIFF_GLOBALS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_BIFF_FILEPASS = 0x002F
_FIRST_RECORDS = 8
_ODS_REPEATED = re.compile(
    rb'<table:table-cell\b[^>]*number-columns-repeated="(\d+)"[^>]*>|<table:table-row\b[^>]*number-rows-repeated="(\d+)"[^>]*>'
)


def read_workbook(name: str, data: bytes, kind: Kind) -> Read:
    """Sheets of the workbook and problems of the file; no sheets when it cannot be read."""
    problems, is_refused = _inspect(name, data, kind)
    if is_refused:
        return (), problems
    try:
        sheets, found = _read_sheets(name, data)
    except calamine.PasswordError:
        return (), [*problems, file_problem("file.encrypted", name)]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the native reader is not an Exception
        return (), [*problems, file_problem("file.corrupt", name)]
    return sheets, problems + found


def _inspect(name: str, data: bytes, kind: Kind) -> tuple[list[Problem], bool]:
    if kind is Kind.XLSX:
        inspection = inspect_xlsx(name, data)
        return inspection.problems, inspection.is_refused
    if kind is Kind.XLS and _xls_is_locked(data):
        return [file_problem("file.encrypted", name)], True
    if kind is Kind.XLS and _xls_area(data) > limits.MAX_SHEET_CELLS:
        return [file_problem("sheet.too_large", name)], True
    if kind in (Kind.ODS, Kind.XLSB):
        return _inspect_zipped(name, data, kind)
    return [], False


def _xls_is_locked(data: bytes) -> bool:
    """Whether a record FILEPASS stands among the first records of the workbook: the rest is encrypted then."""
    place = data.find(_BIFF_GLOBALS)
    for _ in range(_FIRST_RECORDS):
        if place < 0 or place + 4 > len(data):
            return False
        record, length = struct.unpack_from("<HH", data, place)
        if record == _BIFF_FILEPASS:
            return True
        place += 4 + length
    return False


def _xls_area(data: bytes) -> int:
    largest = 0
    for record in _BIFF_DIMENSIONS.findall(data):
        first_row, end_row, first_column, end_column = struct.unpack("<IIHH", record)
        if first_row <= end_row <= 65536 and first_column <= end_column <= 256:
            largest = max(largest, end_row * end_column)
    return largest


def _inspect_zipped(name: str, data: bytes, kind: Kind) -> tuple[list[Problem], bool]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(member.flag_bits & 1 for member in archive.infolist()):
                return [file_problem("file.encrypted", name)], True
            if sum(member.file_size for member in archive.infolist()) > limits.MAX_SHEET_BYTES:
                return [file_problem("sheet.too_large", name)], True
            if kind is Kind.XLSB:
                return [], False
            if b"manifest:encryption-data" in _member(archive, "META-INF/manifest.xml"):
                return [file_problem("file.encrypted", name)], True
            is_large = _ods_is_exploding(_member(archive, "content.xml"))
    except Exception:
        return [file_problem("file.corrupt", name)], True
    return ([file_problem("sheet.too_large", name)], True) if is_large else ([], False)


def _member(archive: zipfile.ZipFile, path: str) -> bytes:
    return archive.read(path) if path in archive.namelist() else b""


def _ods_is_exploding(content: bytes) -> bool:
    """Whether cells with values are repeated so often that the table would not fit."""
    row_repeat = 1
    for match in _ODS_REPEATED.finditer(content):
        columns, rows = match.groups()
        if rows is not None:
            row_repeat = int(rows)
        elif b"value-type=" in match.group(0) and int(columns) * max(row_repeat, 1) > limits.MAX_SHEET_CELLS:
            return True
        if rows is not None and row_repeat > 100_000:
            row_end = content.find(b"</table:table-row>", match.end())
            if b"value-type=" in content[match.end() : row_end]:
                return True
    return False


def _read_sheets(name: str, data: bytes) -> Read:
    workbook = calamine.load_workbook(io.BytesIO(data))
    metadata = [one for one in workbook.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
    if len(metadata) > limits.MAX_SHEETS:
        return (), [file_problem("file.too_many_sheets", name)]
    sheets, problems = [], []
    for one in metadata:
        try:
            rows: Sequence[Sequence[Cell]] = workbook.get_sheet_by_name(one.name).to_python(skip_empty_area=False)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # a panic of the native reader is not an Exception
            problems.append(file_problem("file.corrupt", name, sheet=one.name))
            continue
        sheets.append(Sheet(one.name, rows, is_hidden=one.visible != calamine.SheetVisibleEnum.Visible))
    return tuple(sheets), problems
