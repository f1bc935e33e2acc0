"""Looks into an XLSX before it is opened: sizes, used range, formulas without values, macros.

The reader allocates the whole rectangle up to the last used cell, so one stray value in XFD1048576 would take
gigabytes. Blank styled cells are not allocated and do not count.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from intake.contracts import Problem
from intake.tables import limits
from intake.tables.remarks import file_problem

_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
#: a reference so far out that the rectangle may be too large: three letters of a column or five digits of a row
_FAR = re.compile(rb""" r=["'](?:[A-Za-z]{3}\d|[A-Za-z]{0,2}\d{5})""")
#: an XML declaration is no longer
_DECLARATION = 200
#: attributes set apart by something else than a space would escape the quick look
_ODD_SPACES = (b"\tr=", b"\rr=", b"\nr=")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d+)["']""")
_VALUED_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Za-z]{1,3})(\d{1,7})["'][^>/]*>""")
#: what only a cell with a value has inside; without them a piece of a sheet is nothing but blanks
_VALUE_TAGS = (b"<v", b"<is", b":v", b":is")
#: Excel writes <v></v> when the result is an empty text; no <v> at all means never calculated
_VALUELESS_FORMULA = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*</(?:\w+:)?c>")
_CHUNK = 4 * limits.MEGABYTE
_OVERLAP = 4096


@dataclass(slots=True)
class Inspection:
    """What the guard saw. `is_refused` means that the workbook must not be opened."""

    problems: list[Problem] = field(default_factory=list)
    is_refused: bool = False
    has_valueless_formulas: bool = False


def inspect_xlsx(name: str, data: bytes) -> Inspection:
    """Check an XLSX or XLSM; problems are in the result."""
    found = Inspection()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _inspect_parts(name, archive, found)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error):
        found.problems.append(file_problem("file.corrupt", name))
        found.is_refused = True
    return found


def _inspect_parts(name: str, archive: zipfile.ZipFile, found: Inspection) -> None:
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        _refuse(found, "file.encrypted", name)
        return
    if sum(member.file_size for member in members) > limits.MAX_WORKBOOK_BYTES:
        _refuse(found, "archive.bomb", name)
        return
    for member in members:
        if member.filename.lower().endswith("vbaproject.bin"):
            found.problems.append(file_problem("file.macros", name))
        elif _SHEET_PART.match(member.filename):
            _inspect_sheet(name, archive, member, found)
            if found.is_refused:
                return
    if found.has_valueless_formulas:
        found.problems.append(file_problem("sheet.formulas_not_calculated", name))


def _inspect_sheet(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, found: Inspection) -> None:
    if member.file_size > limits.MAX_SHEET_BYTES:
        _refuse(found, "sheet.too_large", name)
        return
    if member.file_size <= _CHUNK:
        content = archive.read(member)
        if b"<f" in content or b":f" in content:
            found.has_valueless_formulas = found.has_valueless_formulas or bool(_VALUELESS_FORMULA.search(content))
        area = _area(content) if _FAR.search(content) or _has_odd_spaces(content) else 0
    else:
        area = _area_of_large(archive, member)
    if area > limits.MAX_SHEET_CELLS:
        _refuse(found, "sheet.too_large", name)


def _has_odd_spaces(content: bytes) -> bool:
    """Whether a reference may stand after something else than a space; as a rule no such byte follows the declaration,
    and a search for one byte is the fastest there is."""
    start = content.find(b"?>", 0, _DECLARATION) + 2 if content.startswith(b"<?xml") else 0
    while content[start : start + 1] in (b"\r", b"\n"):
        start += 1
    return any(content.find(odd[:1], start) >= 0 and odd in content for odd in _ODD_SPACES)


def _area_of_large(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """Used rectangle of a large sheet, read in pieces so that it is never in memory whole."""
    last_row = last_column = read = 0
    tail = b""
    with archive.open(member) as stream:
        while piece := stream.read(_CHUNK):
            read += len(piece)
            if read > limits.MAX_SHEET_BYTES:  # the directory of the archive lied
                return limits.MAX_SHEET_CELLS + 1
            content = tail + piece
            row, column = _extent(content)
            last_row, last_column = max(last_row, row), max(last_column, column)
            tail = content[-_OVERLAP:]
    return last_row * last_column


def _area(content: bytes) -> int:
    row, column = _extent(content)
    return row * column


def _extent(content: bytes) -> tuple[int, int]:
    if not any(tag in content for tag in _VALUE_TAGS):
        return 0, 0
    last_row = last_column = 0
    seen: set[bytes] = set()
    for letters, digits in _VALUED_CELL.findall(content):
        row = int(digits)
        last_row = max(last_row, row)
        if letters not in seen:
            seen.add(letters)
            last_column = max(last_column, column_number(letters.decode("ascii")))
    if not seen:  # cells without references take the place that their row gives them
        rows = [int(digits) for digits in _ROW.findall(content)]
        return max(rows, default=0), 1
    return last_row, last_column


def column_number(letters: str) -> int:
    """Number of a column from 1 by its letters: «A» → 1, «AA» → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _refuse(found: Inspection, code: str, name: str) -> None:
    found.problems.append(file_problem(code, name))
    found.is_refused = True
