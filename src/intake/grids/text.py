"""Text with tabs or bars between cells (also with paragraph tags inside them) → paragraphs and tables."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.grids.boxes import box_grid, is_box_line, is_box_rule
from intake.grids.building import cell_text, grid_of
from intake.grids.contracts import Block, Document, GridRow, Paragraph
from intake.grids.spaced import gapped_lines, spaced_blocks

_TAGS = re.compile(r"</?(?:u|b|i|em|strong|span|font|sup|sub)(?:\s[^<>]*)?>", re.IGNORECASE)
_PARAGRAPH_TAGS = re.compile(r"</p>\s*<p(?:\s[^<>]*)?>|<br\s*/?>|</?p(?:\s[^<>]*)?>", re.IGNORECASE)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
#: cells as spreadsheets copy them: in quotes when they hold a line break or quotes
_QUOTED = re.compile(r'(?:^|\t)"(?:[^"\t\n]|"")*(?:\n(?:[^"\t]|"")*|"")"(?=\t|\r?\n|$)', re.MULTILINE)
_RULE = re.compile(r"^[\s|:+=_\-─━═]*$")
#: a heading between rows is no longer than this
_LONGEST_HEADING = 250


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: tuple[str, ...]
    is_after_blank: bool


def text_document(name: str, text: str) -> Document:
    """Paragraphs and tables of a text. A run of lines with separators is one table; blank lines inside are breaks."""
    text = text.lstrip("\ufeff").replace("\x00", "")
    document = Document(name, _boxed(text), kind="text")
    delimiter = _delimiter(text, has_commas=name.casefold().endswith(".csv"))
    if (
        not document.grids
        and delimiter == ";"
        and gapped_lines(text) > sum(line.count(";") >= 2 for line in text.splitlines())
    ):
        document.blocks = spaced_blocks(text)
    if not document.grids:
        document.blocks = _blocks(list(_whole_rows(list(_lines(text, delimiter)))))
    if not document.grids and (blocks := spaced_blocks(text)):
        document.blocks = blocks
    return document


def _boxed(text: str) -> list[Block]:
    """Blocks of a text whose tables are drawn with lines of characters; no tables when nothing is drawn."""
    blocks: list[Block] = []
    drawn: list[str] = []
    tables = 0
    lines = text.splitlines()
    for number, line in enumerate([*lines, ""], start=1):
        if is_box_line(line) and (drawn or is_box_rule(line)):
            drawn.append(line)
            continue
        if len(drawn) > 2:
            tables += 1
            blocks.append(box_grid(drawn, tables, number - len(drawn)))
        drawn = []
        if line.strip():
            blocks.append(Paragraph(_plain(cell_text(line)), number))
    return blocks


def _blocks(lines: Sequence[_Line]) -> list[Block]:
    blocks: list[Block] = []
    rows: list[GridRow] = []
    tables = 0
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else None
        if len(line.cells) > 1 or (rows and _is_heading(line, following)):
            rows.append(GridRow(line.cells, line.number, is_after_break=line.is_after_blank))
            continue
        if rows:
            tables += 1
            blocks.append(grid_of(rows, tables))
            rows = []
        blocks.append(Paragraph(_plain(line.cells[0]), line.number))
    if rows:
        blocks.append(grid_of(rows, tables + 1))
    return blocks


def _is_heading(line: _Line, following: _Line | None) -> bool:
    """A line without separators right between rows is a row with one cell: a section of the table."""
    is_inside = following is not None and len(following.cells) > 1 and not line.is_after_blank
    return is_inside and len(line.cells[0]) <= _LONGEST_HEADING


def _whole_rows(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Lines with rows that a line break inside of a cell has split put together by the number of their cells."""
    counts = Counter(len(line.cells) for line in lines if len(line.cells) > 1)
    width = max(counts, key=lambda count: (counts[count], count), default=0)
    place, is_inside = 0, False
    while place < len(lines):
        line, taken = _completed(lines, place, width) if is_inside else (lines[place], 1)
        yield line
        is_inside = len(line.cells) == width
        place += taken


def _completed(lines: Sequence[_Line], place: int, width: int) -> tuple[_Line, int]:
    """The line with those that complete it to the width, and how many lines were taken."""
    line = lines[place]
    cells = list(line.cells)
    if not 1 < len(cells) < width:
        return line, 1
    for taken, other in enumerate(lines[place + 1 : place + 9], start=2):
        if other.is_after_blank or len(cells) + len(other.cells) - 1 > width:
            break
        cells = [*cells[:-1], f"{cells[-1]}\n{other.cells[0]}".strip(), *other.cells[1:]]
        if len(cells) == width:
            return _Line(line.number, tuple(cells), line.is_after_blank), taken
    return line, 1


def _delimiter(text: str, *, has_commas: bool = False) -> str:
    """Tab unless lines are split by bars (or semicolons) more often; commas only in a file that says so by its name."""
    lines = [line for line in text.splitlines() if line.strip()]
    counts = {mark: sum(line.count(mark) >= 2 for line in lines) for mark in ("\t", "|", ";")}
    if not max(counts.values()) and has_commas and sum(line.count(",") >= 2 for line in lines) > 1:
        return ","
    if counts["\t"] or not max(counts.values()):
        return "\t"
    return max(counts, key=lambda mark: (counts[mark], mark == "|"))


def _lines(text: str, delimiter: str) -> Iterator[_Line]:
    is_after_blank = False
    for number, raw in _records(text, delimiter):
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
    if delimiter == "\t" and not _QUOTED.search(text):
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
    if "**" in text:
        text = _BOLD.sub(r"\1", text)
    return cell_text(text)


def _plain(text: str) -> str:
    return _BOLD.sub(r"\1", text).strip("*").strip()
