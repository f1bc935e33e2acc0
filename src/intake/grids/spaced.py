"""Text whose columns are set apart by spaces, read as a page of letters of equal width."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.grids.contracts import Block, Grid, Paragraph
from intake.grids.pdf_lines import Line, Word, joined_lines
from intake.grids.pdf_tables import columns_of, grid_rows
from intake.grids.pdf_unruled import PageLines, unruled_tables

_WORD = re.compile(r"\S+")
#: a letter so wide makes one space no gap and two spaces a gap
_WIDTH = 4.0
_HEIGHT = 10.0
_PITCH = 12.0
_GAPS = re.compile(r"\S {2,}\S.* {2,}\S")
_FEWEST_LINES = 4
#: a longer text is no pasted plan
_MOST_LINES = 600


def spaced_blocks(text: str) -> list[Block]:
    """Paragraphs and one table of the text; nothing when its lines are not set in columns."""
    rows = text.splitlines()
    if len(rows) > _MOST_LINES or gapped_lines(text) < _FEWEST_LINES:
        return []
    lines = [line for place, row in enumerate(rows) if (line := _line(row, place)) is not None]
    tables, rest = unruled_tables([PageLines(1, lines)])
    if not tables:
        return []
    table = tables[0]
    columns = columns_of([table])
    laid = grid_rows(table, columns, 1, lambda cell, width, _: joined_lines(cell, width, frozenset()))
    grid = Grid(tuple(laid), 1, len(columns) - 1, knows_spans=True)
    return [*_paragraphs(rest, above=table.top), grid, *_paragraphs(rest, below=table.top)]


def gapped_lines(text: str) -> int:
    """Lines with two wide gaps or more: three columns at least."""
    return sum(bool(_GAPS.search(row)) for row in text.splitlines())


def _line(row: str, place: int) -> Line | None:
    top = place * _PITCH
    words = tuple(
        Word(match[0], match.start() * _WIDTH, match.end() * _WIDTH, top, top + _HEIGHT)
        for match in _WORD.finditer(row.expandtabs())
    )
    return Line(words, 1) if words else None


def _paragraphs(lines: Sequence[Line], *, above: float | None = None, below: float | None = None) -> list[Block]:
    return [
        Paragraph(line.text, int(line.top / _PITCH) + 1)
        for line in lines
        if (above is not None and line.top < above) or (below is not None and line.top > below)
    ]
