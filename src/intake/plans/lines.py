"""A table that lost its shape: every cell stands on a line of its own, as some sites give it when copied."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.grids.building import grid_of
from intake.grids.contracts import Block, Document, Grid, GridRow, Paragraph
from intake.plans.headers import role_of_header
from intake.plans.numbers import number_of
from intake.plans.vocabulary import Vocabulary

_NUMBER = re.compile(r"^\d{1,3}(?:\.\d{1,3}){0,4}[.)]?$")
_FEWEST_COLUMNS = 3
_MOST_COLUMNS = 9


def with_lines_as_table(document: Document, vocabulary: Vocabulary) -> Document:
    """The document with its lines gathered into a table, when they begin with header words one under another."""
    lines = document.paragraphs
    found = _header(lines, vocabulary)
    if document.grids or found is None:
        return document
    first, width = found
    rows = _rows(lines[first + width :], width)
    if not rows:
        return document
    header = GridRow(tuple(one.text for one in lines[first : first + width]), lines[first].line)
    blocks: list[Block] = [*lines[:first], _grid([header, *rows])]
    return Document(document.file, blocks, list(document.problems), document.kind)


def _grid(rows: list[GridRow]) -> Grid:
    return grid_of(rows, 1)


def _header(lines: Sequence[Paragraph], vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Place and width of the header: a line of numbers' header and the known headers right below it."""
    for place, line in enumerate(lines):
        if role_of_header(line.text, vocabulary) != "number":
            continue
        width = 1
        while (
            width < _MOST_COLUMNS
            and place + width < len(lines)
            and role_of_header(lines[place + width].text, vocabulary)
        ):
            width += 1
        if width >= _FEWEST_COLUMNS:
            return place, width
    return None


def _rows(lines: Sequence[Paragraph], width: int) -> list[GridRow]:
    """Rows begin at lines that are nothing but a number; a numbered text alone is a section."""
    rows: list[GridRow] = []
    row: list[Paragraph] = []
    for line in [*lines, None]:
        is_number = line is not None and bool(_NUMBER.match(line.text))
        is_section = line is not None and not is_number and len(row) in (0, width) and bool(number_of(line.text).parts)
        if row and (line is None or is_number or is_section):
            rows += _finished(row, width)
            row = []
        if line is None:
            break
        if is_section:
            rows.append(GridRow((line.text, *[""] * (width - 1)), line.line))
        elif is_number or row:
            row.append(line)
    return rows


def _finished(lines: list[Paragraph], width: int) -> list[GridRow]:
    texts = [line.text for line in lines]
    if len(texts) == 1:
        return []
    cells = texts[:width] + [""] * (width - len(texts))
    if len(texts) > width:
        cells[-1] = "\n".join(texts[width - 1 :])
    return [GridRow(tuple(cells), lines[0].line)]
