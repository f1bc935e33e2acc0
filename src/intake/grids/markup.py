"""HTML, also of the clipboard and saved by Word → paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from intake.grids.building import RawCell, cell_text, grid_of, laid_out
from intake.grids.contracts import Block, Document, Paragraph
from intake.grids.remarks import document_problem

_SKIPPED = frozenset({"script", "style", "head", "template", "noscript", "del", "o:p"})
_BLOCKS = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "ul", "ol", "blockquote",
                     "section", "article", "header", "footer", "center", "dd", "dt"})  # fmt: skip
_MAX_SPAN = 300
_MAX_ROWS = 60_000
_CLIPBOARD = re.compile(r"^Version:[\d.]+\s.*?(?=<)", re.DOTALL)
_HEADING = re.compile(r"h[1-6]")
_PAGE_BREAK = re.compile(r"page-break", re.IGNORECASE)
_HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\x0b"


def read_markup(name: str, text: str) -> Document:
    """Blocks of a page in order of reading."""
    text = _CLIPBOARD.sub("", text.lstrip("\ufeff \r\n\t"), count=1)
    if text.startswith("<?xml") and "?>" in text:
        text = text.split("?>", 1)[1]
    if "<html" not in text[:4096].lower():
        text = f"<div>{text}</div>"  # a fragment of the clipboard: what stands first must not become the head
    try:
        page = html.fromstring(text.replace("\x00", ""))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Document(name, problems=[document_problem("file.corrupt", name)])
    page = page if page.tag == "html" else _wrapped(page)
    reader = _Page()
    reader.walk(page)
    reader.flush()
    if reader.rows > _MAX_ROWS:
        return Document(name, problems=[document_problem("document.too_many_rows", name)])
    return Document(name, reader.blocks, kind="html")


def _wrapped(element: etree._Element) -> etree._Element:
    if element.getparent() is not None:
        return element.getroottree().getroot()
    wrapper = etree.Element("div")
    wrapper.append(element)
    return wrapper


class _Page:
    """Walks the page; nested tables come after the table that holds them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.rows = 0
        self._tables = 0
        self._text: list[str] = []
        self._level = 0

    def walk(self, root: etree._Element) -> None:
        """Texts and tables below the element, in order. Not recursive: pages may be nested without end."""
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            if _is_inside(element, root):
                continue
            if event == "start":
                self._start(element, tag)
            if event == "end":
                if tag in _BLOCKS:
                    self.flush()
                    self._level = 0
                if element is not root and element.tail:
                    self._text.append(element.tail)

    def _start(self, element: etree._Element, tag: str) -> None:
        if tag == "table":
            self.flush()
            self._table(element)
        elif tag in _SKIPPED or not tag:
            return
        else:
            if tag in _BLOCKS or tag == "br":
                self.flush()
                self._level = int(tag[1]) if _HEADING.fullmatch(tag) else self._level if tag == "br" else 0
            if element.text:
                self._text.append(element.text)

    def flush(self) -> None:
        """Close the paragraph that is being read."""
        text = cell_text(_SPACES.sub(" ", "".join(self._text)))
        self._text = []
        if text:
            self.blocks.append(Paragraph(text, len(self.blocks) + 1, level=self._level))

    def _table(self, table: etree._Element) -> None:
        self._tables += 1
        raw = [_cells(row) for row in _own_rows(table)]
        self.rows += len(raw)
        rows = laid_out(raw[:_MAX_ROWS])
        if any(row.filled for row in rows):
            self.blocks.append(grid_of(rows, self._tables, knows_spans=True))
        for nested in table.iter("table"):
            if nested is not table and next(nested.iterancestors("table"), None) is table:
                self._table(nested)


def _is_inside(element: etree._Element, root: etree._Element) -> bool:
    """Whether the element lies inside of a table or of something that is not text."""
    for ancestor in element.iterancestors():
        if ancestor is root:
            return False
        if ancestor.tag == "table" or ancestor.tag in _SKIPPED:
            return True
    return False


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    return (row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table)


def _cells(row: etree._Element) -> list[RawCell]:
    return [
        RawCell(_cell(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in row.iterchildren("td", "th")
    ]


def _cell(cell: etree._Element) -> str:
    parts: list[str] = []
    _collect(cell, parts, 0)
    text = "".join(parts)
    if not text.strip(f" {_BREAK}\n\t\r"):
        text = _list_number(cell)
    return cell_text(_SPACES.sub(" ", text).replace(_BREAK, "\n"))


def _collect(element: etree._Element, parts: list[str], depth: int) -> None:
    if depth > 100:
        parts.append("".join(map(str, element.itertext())))
        return
    if element.text:
        parts.append(element.text)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        style = (child.get("style") or "") if tag else ""
        if tag == "br":
            # Word breaks a page in the middle of a text: that is no new line
            parts.append(" " if _PAGE_BREAK.search(style) else _BREAK)
        elif tag and tag not in _SKIPPED and tag != "table" and not _HIDDEN.search(style):
            is_block = tag in _BLOCKS
            parts.append(_BREAK if is_block else "")
            _collect(child, parts, depth + 1)
            parts.append(_BREAK if is_block else "")
        if child.tail:
            parts.append(child.tail)


def _list_number(cell: etree._Element) -> str:
    """«2.» of a cell that holds nothing but an item of a numbered list."""
    for list_ in cell.iter("ol"):
        start = list_.get("start") or "1"
        if start.isdecimal() and list_.find("li") is not None:
            return f"{start}."
    return ""


def _span(cell: etree._Element, attribute: str) -> int:
    value = (cell.get(attribute) or "1").strip()
    return min(int(value), _MAX_SPAN) if value.isdecimal() and len(value) < 9 and int(value) > 0 else 1
