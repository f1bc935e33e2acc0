"""HTML tables saved with an .xls extension (journals) and «XML Spreadsheet 2003»."""

from __future__ import annotations

from lxml import etree, html

from intake.contracts import Problem
from intake.layouts.base import Book, Sheet
from intake.tables.encodings import decode
from intake.tables.remarks import file_problem

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MAX_SPAN = 300


def read_html(name: str, data: bytes) -> tuple[Book, list[Problem]]:
    """Every table of the page is a sheet; spanned cells keep their value in the first place only, like merged cells."""
    text, _ = decode(data)
    try:
        page = html.fromstring(_without_declaration(text))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Book(name, ()), [file_problem("file.corrupt", name)]
    tables = [table for table in page.iter("table") if not any(True for _ in table.iterancestors("table"))]
    sheets = tuple(Sheet(f"Таблица {number}", _html_rows(table)) for number, table in enumerate(tables, start=1))
    return Book(name, sheets), [] if sheets else [file_problem("file.unsupported", name)]


def _without_declaration(text: str) -> str:
    stripped = text.lstrip("\ufeff \r\n\t")
    return stripped.split("?>", 1)[1] if stripped.startswith("<?xml") and "?>" in stripped else stripped


def _html_rows(table: etree._Element) -> list[list[str]]:
    rows: list[list[str]] = []
    busy: dict[int, int] = {}  # column → rows that a cell above still covers
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _skip_covered(cells, busy)
            column, width, height = len(cells), _span(cell, "colspan"), _span(cell, "rowspan")
            cells.append(" ".join("".join(map(str, cell.itertext())).split()))
            cells.extend([""] * (width - 1))
            if height > 1:
                busy.update({column + offset: height for offset in range(width)})
        _skip_covered(cells, busy)
        busy = {column: left - 1 for column, left in busy.items() if left > 1}
        rows.append(cells)
    return rows


def _skip_covered(cells: list[str], busy: dict[int, int]) -> None:
    while busy.get(len(cells), 0) > 0:
        cells.append("")


def _span(cell: etree._Element, attribute: str) -> int:
    value = cell.get(attribute) or "1"
    return min(int(value), _MAX_SPAN) if value.isdecimal() and int(value) > 0 else 1


def read_xml_spreadsheet(name: str, data: bytes) -> tuple[Book, list[Problem]]:
    """«XML Spreadsheet 2003»: worksheets with rows and cells, whose ss:Index skips blanks."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return Book(name, ()), [file_problem("file.corrupt", name)]
    sheets = tuple(
        Sheet(str(sheet.get(f"{_SS}Name") or ""), _xml_rows(sheet)) for sheet in root.iter(f"{_SS}Worksheet")
    )
    return Book(name, sheets), [] if sheets else [file_problem("file.unsupported", name)]


def _xml_rows(sheet: etree._Element) -> list[list[object]]:
    rows: list[list[object]] = []
    for row in sheet.iter(f"{_SS}Row"):
        _pad(rows, row.get(f"{_SS}Index"), [])
        cells: list[object] = []
        for cell in row.iterchildren(f"{_SS}Cell"):
            _pad(cells, cell.get(f"{_SS}Index"), "")
            cells.append(_xml_value(cell.find(f"{_SS}Data")))
        rows.append(cells)
    return rows


def _pad(items: list[object] | list[list[object]], index: str | None, blank: object) -> None:
    if index and index.isdecimal() and int(index) <= 1_000_000:
        items.extend([blank] * (int(index) - 1 - len(items)))  # type: ignore[list-item]


def _xml_value(data: etree._Element | None) -> object:
    if data is None:
        return ""
    text = "".join(map(str, data.itertext()))
    if data.get(f"{_SS}Type") == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    return text
