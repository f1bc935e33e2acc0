"""Text with tabs or bars between cells (also with paragraph tags inside them) → paragraphs and tables."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.grids.building import cell_text, grid_of
from intake.grids.contracts import Block, Document, GridRow, Paragraph

_TAGS = re.compile(r"</?(?:u|b|i|em|strong|span|font|sup|sub)(?:\s[^<>]*)?>", re.IGNORECASE)
_PARAGRAPH_TAGS = re.compile(r"</p>\s*<p(?:\s[^<>]*)?>|<br\s*/?>|</?p(?:\s[^<>]*)?>", re.IGNORECASE)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_RULE = re.compile(r"^[\s|:+=_\-─━═┼╪╬├┤┌┐└┘┬┴╔╗╚╝╠╣╦╩╟╢╤╧┠┨┯┷│║]*$")
_BARS = str.maketrans({"│": "|", "║": "|", "┃": "|", "¦": "|"})


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: tuple[str, ...]
    is_after_blank: bool


def text_document(name: str, text: str) -> Document:
    """Paragraphs and tables of a text. A run of lines with separators is one table; blank lines inside are breaks."""
    delimiter = _delimiter(text)
    blocks: list[Block] = []
    rows: list[GridRow] = []
    tables = 0
    for line in _lines(text, delimiter):
        if len(line.cells) > 1:
            rows.append(GridRow(line.cells, line.number, is_after_break=line.is_after_blank))
            continue
        if rows:
            tables += 1
            blocks.append(grid_of(rows, tables))
            rows = []
        blocks.append(Paragraph(_plain(line.cells[0]), line.number))
    if rows:
        blocks.append(grid_of(rows, tables + 1))
    return Document(name, blocks, kind="text")


def _delimiter(text: str) -> str:
    """Tab unless lines are split by bars (or semicolons) more often."""
    lines = [line for line in text.translate(_BARS).splitlines() if line.strip()]
    counts = {mark: sum(line.count(mark) >= 2 for line in lines) for mark in ("\t", "|", ";")}
    if counts["\t"] or not max(counts.values()):
        return "\t"
    return max(counts, key=lambda mark: (counts[mark], mark == "|"))


def _lines(text: str, delimiter: str) -> Iterator[_Line]:
    is_after_blank = False
    for number, raw in _records(text.lstrip("\ufeff").replace("\x00", ""), delimiter):
        cells = tuple(_cell(cell) for cell in _trimmed(raw, delimiter))
        if not any(cells):
            is_after_blank = True
            continue
        if delimiter == "|" and all(_RULE.match(cell) for cell in cells):
            continue
        yield _Line(number, cells, is_after_blank)
        is_after_blank = False


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Lines split into cells with their numbers; quoted cells of a spreadsheet may hold line breaks."""
    if delimiter == "|":
        text = text.translate(_BARS)
    if delimiter == "\t" and '\t"' not in text and not text.startswith('"'):
        for number, line in enumerate(text.splitlines(), start=1):
            yield number, line.split(delimiter)
        return
    is_quoted = delimiter != "|" and text.count('"') % 2 == 0
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE,
    )
    last = 0
    try:
        for row in reader:
            yield last + 1, row or [""]
            last = reader.line_num
    except csv.Error:
        for number, line in enumerate(text.splitlines()[last:], start=last + 1):
            yield number, line.split(delimiter)


def _trimmed(cells: list[str], delimiter: str) -> list[str]:
    """Cells of a line framed by bars without the empty ones outside of the frame."""
    if delimiter == "|" and len(cells) > 2 and not cells[0].strip() and not cells[-1].strip():
        return cells[1:-1]
    return cells


def _cell(text: str) -> str:
    if "<" in text:
        text = _TAGS.sub("", _PARAGRAPH_TAGS.sub("\n", text))
    return cell_text(text)


def _plain(text: str) -> str:
    return _BOLD.sub(r"\1", text).strip("*").strip()
