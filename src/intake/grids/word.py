"""DOCX → paragraphs and tables: merged cells, automatic numbers, tables inside of tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from intake.grids.building import MAX_WIDTH, cell_text, grid_of
from intake.grids.contracts import Block, Document, GridRow, Paragraph
from intake.grids.remarks import document_problem
from intake.grids.word_headings import heading_level, levels_of_styles
from intake.grids.word_numbers import Numbering, numbering_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: parts of a paragraph whose text is not part of the document
_SKIPPED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}txbxContent", f"{W}pPr",
                      f"{_MARKUP}Fallback", f"{W}footnoteReference", f"{W}commentReference"})  # fmt: skip
_WRAPPERS = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag", f"{W}moveTo"})
#: a row of so many cells belongs to a plan: a small table inside of a cell is a part of its text
_COLUMNS_OF_PLAN = 3
#: rows of all tables of a document
_MAX_ROWS = 60_000


def read_word(name: str, data: bytes) -> Document:
    """Blocks of the body in order. Texts of fields, deletions and text boxes are left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _parsed(archive, "word/document.xml").find(f"{W}body")
            numbering = numbering_of(archive)
            styles = levels_of_styles(archive)
    except Exception:  # whatever is wrong inside, the file cannot be opened
        return Document(name, problems=[document_problem("file.corrupt", name)])
    if body is None:
        return Document(name, problems=[document_problem("file.corrupt", name)])
    reader = _Body(numbering, styles)
    reader.read(body)
    if reader.rows > _MAX_ROWS:
        return Document(name, problems=[document_problem("document.too_many_rows", name)])
    return Document(name, reader.blocks, kind="docx")


def _parsed(archive: zipfile.ZipFile, path: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(archive.read(path), parser)


class _Body:
    """Collects blocks; nested tables come after the table that holds them."""

    def __init__(self, numbering: Numbering, styles: Mapping[str, int]) -> None:
        self.blocks: list[Block] = []
        self.rows = 0
        self._numbering = numbering
        self._styles = styles
        self._tables = 0
        self._lines = 0

    def read(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self._lines += 1
                text = self._paragraph(child)
                if text:
                    level = heading_level(child, self._styles)
                    self.blocks.append(Paragraph(text.replace("\n", " "), self._lines, level=level))
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in _WRAPPERS:
                self.read(child)

    def _table(self, table: etree._Element) -> None:
        self._tables += 1
        number, place = self._tables, len(self.blocks)
        rows: list[GridRow] = []
        nested: list[etree._Element] = []
        for row in _rows(table):
            self.rows += 1
            if self.rows > _MAX_ROWS:
                return
            rows.append(self._row(row, len(rows) + 1, nested))
        self.blocks.insert(place, grid_of(rows, number, knows_spans=True))
        for one in nested:
            self._table(one)

    def _row(self, row: etree._Element, number: int, nested: list[etree._Element]) -> GridRow:
        before = _value(row, "trPr/gridBefore", 0)
        cells: list[str] = [""] * min(before, MAX_WIDTH)
        spans: list[int] = [1] * len(cells)
        above: set[int] = set()
        own = list(_cells(row))
        is_frame = len(own) < _COLUMNS_OF_PLAN
        for cell in own:
            width = max(1, min(_value(cell, "tcPr/gridSpan", 1), MAX_WIDTH - len(cells)))
            if len(cells) >= MAX_WIDTH:
                break
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            is_covered = merge is not None and merge.get(f"{W}val", "continue") != "restart"
            text = self._cell(cell, nested if is_frame else None)
            if is_covered and not text:
                above.update(range(len(cells), len(cells) + width))
            cells += [text, *[""] * (width - 1)]
            spans += [width, *[0] * (width - 1)]
        return GridRow(tuple(cells), number, tuple(spans), frozenset(above))

    def _cell(self, cell: etree._Element, nested: list[etree._Element] | None) -> str:
        """Text of the cell; tables in it go to `nested`, or are lines of its text when there is nowhere to go."""
        texts: list[str] = []
        for child in _flat(cell):
            if child.tag == f"{W}p":
                texts.append(self._paragraph(child))
            elif child.tag == f"{W}tbl" and nested is not None:
                nested.append(child)
            elif child.tag == f"{W}tbl":
                for row in _rows(child):
                    inner = [self._cell(one, None).replace("\n", " ") for one in _cells(row)]
                    texts.append(" – ".join(text for text in inner if text))
        return cell_text("\n".join(texts))

    def _paragraph(self, paragraph: etree._Element) -> str:
        text = cell_text("".join(_runs(paragraph)))
        number = self._numbering.next_number(paragraph)
        return f"{number} {text}".strip() if number else text


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return (child for child in _flat(table) if child.tag == f"{W}tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (child for child in _flat(row) if child.tag == f"{W}tc")


def _flat(parent: etree._Element) -> Iterator[etree._Element]:
    """Children with wrappers (content controls, insertions) opened."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _flat(child)
        else:
            yield child


def _runs(parent: etree._Element) -> Iterator[str]:
    for child in parent:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == f"{W}t":
            yield child.text or ""
        elif tag in (f"{W}tab", f"{W}ptab"):
            yield " "
        elif tag in (f"{W}br", f"{W}cr"):
            yield " " if child.get(f"{W}type") in ("page", "column") else "\n"
        elif tag == f"{W}noBreakHyphen":
            yield "-"
        elif tag == f"{W}sym":
            yield "✓"
        else:
            yield from _runs(child)


def _value(element: etree._Element, path: str, default: int) -> int:
    found = element.find("/".join(f"{W}{part}" for part in path.split("/")))
    text = found.get(f"{W}val") if found is not None else None
    return int(text) if text is not None and text.isdecimal() else default
