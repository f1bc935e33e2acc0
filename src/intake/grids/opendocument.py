"""ODS and ODT → paragraphs and tables, merged cells known."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from intake.fields.text import clean
from intake.grids.building import MAX_WIDTH, RawCell, cell_text, grid_of, laid_out
from intake.grids.contracts import Block, Document, Paragraph
from intake.grids.remarks import document_problem

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_GROUPS = frozenset({f"{_TABLE}table-row-group", f"{_TABLE}table-header-rows", f"{_TABLE}table-rows"})
_MAX_ROWS = 60_000
#: rows repeated more often are the blank end of a sheet
_MAX_REPEATED = 1000


def read_opendocument(name: str, data: bytes) -> Document:
    """Blocks of a text document or sheets of a workbook, in order."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            body = etree.fromstring(archive.read("content.xml"), parser).find(f"{_OFFICE}body")
    except Exception:  # whatever is wrong inside, the file cannot be opened
        body = None
    if body is None or not len(body):
        return Document(name, problems=[document_problem("file.corrupt", name)])
    blocks: list[Block] = []
    if not _read(body[0], blocks, is_sheet=body[0].tag == f"{_OFFICE}spreadsheet"):
        return Document(name, problems=[document_problem("document.too_many_rows", name)])
    return Document(name, blocks, kind="odf")


def _read(parent: etree._Element, blocks: list[Block], *, is_sheet: bool) -> bool:
    for child in parent:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            if text := cell_text(_text(child)).replace("\n", " "):
                level = _number(child, "outline-level", _TEXT) if child.tag == f"{_TEXT}h" else 0
                blocks.append(Paragraph(text, len(blocks) + 1, level=min(level, 9)))
        elif child.tag == f"{_TABLE}table":
            number = sum(not isinstance(block, Paragraph) for block in blocks) + 1
            rows = _rows(child)
            if len(rows) > _MAX_ROWS:
                return False
            if any(cell.text for row in rows for cell in row):
                laid = laid_out(rows)
                name = str(child.get(f"{_TABLE}name") or "") if is_sheet else ""
                blocks.append(grid_of(laid, number, sheet=name, knows_spans=_has_spans(rows) or not is_sheet))
        elif child.tag in (f"{_TEXT}section", f"{_TEXT}list", f"{_TEXT}list-item") and not _read(
            child, blocks, is_sheet=is_sheet
        ):
            return False
    return True


def _has_spans(rows: list[list[RawCell]]) -> bool:
    return any(cell.width > 1 or cell.height > 1 for row in rows for cell in row if cell.text)


def _rows(table: etree._Element) -> list[list[RawCell]]:
    rows: list[list[RawCell]] = []
    for row in _row_elements(table):
        cells = _cells(row)
        repeat = _number(row, "number-rows-repeated")
        if not any(cell.text for cell in cells):
            cells = []
            repeat = repeat if repeat < _MAX_REPEATED else 1
        rows += [cells] * min(repeat, _MAX_ROWS + 1 - len(rows))
        if len(rows) > _MAX_ROWS:
            break
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _row_elements(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _GROUPS:
            yield from _row_elements(child)


def _cells(row: etree._Element) -> list[RawCell]:
    cells: list[RawCell] = []
    for cell in row:
        # covered cells are laid out by the spans of the cells that cover them
        if cell.tag != f"{_TABLE}table-cell" or len(cells) >= MAX_WIDTH:
            continue
        repeat = min(_number(cell, "number-columns-repeated"), MAX_WIDTH)
        spans = (_number(cell, "number-columns-spanned"), _number(cell, "number-rows-spanned"))
        cells += [RawCell(_value(cell), *spans)] * repeat
    return cells


def _value(cell: etree._Element) -> str:
    date = cell.get(f"{_OFFICE}date-value")
    if date:
        try:
            return clean(dt.date.fromisoformat(date[:10]))
        except ValueError:
            pass
    number = cell.get(f"{_OFFICE}value")
    text = cell_text("\n".join(_text(one) for one in cell.iter(f"{_TEXT}p", f"{_TEXT}h")))
    if number and not text:
        return number
    return text


def _text(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag in (f"{_TEXT}s", f"{_TEXT}tab"):
            parts.append(" ")
        elif child.tag not in (f"{_TEXT}note", f"{_OFFICE}annotation"):
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _number(element: etree._Element, name: str, space: str = _TABLE) -> int:
    text = element.get(f"{space}{name}") or "1"
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1
