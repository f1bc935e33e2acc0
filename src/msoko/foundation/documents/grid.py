"""A table laid out for paper: texts of cells, header with spans, widths and type size. Word and PDF print the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msoko.foundation.documents.cells import Alignment, alignment, cell_text
from msoko.foundation.documents.language.typography import bind, clean
from qualimetry.narrative.blocks import Table

TYPE_SIZES = (12, 11, 10, 9, 8)
#: from how many columns a smaller size is tried first
_MANY_COLUMNS = 7
#: mean advance of a Cyrillic letter of the serif, in ems; a bold one is wider
_LETTER_EM = 0.53
_BOLD_EM = 0.58
_MM_IN_POINT = 25.4 / 72
_PADDING_MM = 3.0
_LONGEST_WHOLE_WORD = 24
_WIDEST_TEXT_MM = 80.0
#: a longer title of a column takes two lines
_LONGEST_TITLE = 20
_NUMBER_ROOM = 1.15
#: a shorter table is not divided between pages
_SHORT_ROWS = 12
NO_ROWS = "Нет данных"


@dataclass(frozen=True, slots=True)
class HeaderCell:
    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """`widths` in millimetres; `header` row by row, cells covered by a row span are left out.
    `is_tight`: words may have to be broken."""

    header: tuple[tuple[HeaderCell, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    alignments: tuple[Alignment, ...]
    widths: tuple[float, ...]
    type_size: int
    total_rows: int
    is_tight: bool

    @property
    def is_short(self) -> bool:
        """Few rows: the table stays on one page."""
        return len(self.rows) <= _SHORT_ROWS


def lay_out(table: Table, width_mm: float) -> Grid:
    """Raises ValueError when a row or the groups of the header do not match the columns."""
    check_shape(table)
    rows = _texts(table)
    size, widths, is_tight = _fit(table, rows, width_mm)
    alignments = tuple(map(alignment, table.columns))
    return Grid(_header(table), rows, alignments, widths, size, table.total_rows, is_tight)


def groups_of_columns(table: Table) -> list[str]:
    """The title of the header group over each column, "" where there is none."""
    if not table.header_groups:
        return [""] * len(table.columns)
    return [title for title, span in table.header_groups for _ in range(span)]


def check_shape(table: Table) -> None:
    """Raises ValueError when a row or the groups of the header do not match the columns."""
    count = len(table.columns)
    if table.header_groups and sum(span for _, span in table.header_groups) != count:
        raise ValueError(f"table {table.key}: header groups do not cover {count} columns")
    for number, row in enumerate(table.rows):
        if len(row) != count:
            raise ValueError(f"table {table.key}: row {number} has {len(row)} cells, {count} expected")


def _texts(table: Table) -> tuple[tuple[str, ...], ...]:
    signs = [
        "%" not in f"{group}{column.title}"
        for group, column in zip(groups_of_columns(table), table.columns, strict=True)
    ]
    return tuple(
        tuple(
            cell_text(value, column, has_percent_sign=sign)
            for value, column, sign in zip(row, table.columns, signs, strict=True)
        )
        for row in table.rows
    )


def _header(table: Table) -> tuple[tuple[HeaderCell, ...], ...]:
    titles = [bind(clean(column.title)) for column in table.columns]
    if not table.header_groups:
        return (tuple(map(HeaderCell, titles)),)
    first: list[HeaderCell] = []
    second: list[HeaderCell] = []
    place = 0
    for group, span in table.header_groups:
        under = titles[place : place + span]
        if group:
            first.append(HeaderCell(bind(clean(group)), columns=span))
            second.extend(map(HeaderCell, under))
        else:
            first.extend(HeaderCell(title, rows=2) for title in under)
        place += span
    return (tuple(first), tuple(second)) if second else (tuple(first),)


def _fit(table: Table, rows: tuple[tuple[str, ...], ...], width_mm: float) -> tuple[int, tuple[float, ...], bool]:
    """The largest type in which no word is broken; the smallest one, broken words and all, if there is none."""
    columns: list[tuple[str, ...]] = list(zip(*rows, strict=True)) if rows else [()] * len(table.columns)
    sizes = TYPE_SIZES if len(table.columns) < _MANY_COLUMNS else TYPE_SIZES[1:]
    for size in sizes:
        least = [
            _longest_word_mm(column.title, cells, size) for column, cells in zip(table.columns, columns, strict=True)
        ]
        if sum(least) <= width_mm:
            return size, _share(least, _wanted(table, columns, least, size, width_mm), width_mm), False
    return sizes[-1], tuple(width_mm * part / sum(least) for part in least), True


def _wanted(
    table: Table, columns: list[tuple[str, ...]], least: list[float], size: int, width_mm: float
) -> list[float]:
    """A text wants one line and a weight its share of the page; a number needs little more than its least."""
    weights = sum(column.width for column in table.columns)
    wanted = []
    for column, cells, narrow in zip(table.columns, columns, least, strict=True):
        letters = max(max(map(len, cells), default=0) * _LETTER_EM, min(len(column.title), _LONGEST_TITLE) * _BOLD_EM)
        line = letters * size * _MM_IN_POINT + _PADDING_MM
        want = min(line, _WIDEST_TEXT_MM) if column.kind == "text" else narrow * _NUMBER_ROOM
        share = 0.0 if column.width == 1.0 else width_mm * column.width / weights
        wanted.append(max(narrow, want, share))
    return wanted


def _share(least: list[float], wanted: list[float], width_mm: float) -> tuple[float, ...]:
    """Wanted widths stretched to the page, or as far from the least towards the wanted ones as the page allows."""
    if sum(wanted) <= width_mm:
        return tuple(width_mm * part / sum(wanted) for part in wanted)
    part = (width_mm - sum(least)) / (sum(wanted) - sum(least))
    return tuple(low + part * (want - low) for low, want in zip(least, wanted, strict=True))


def _longest_word_mm(title: str, cells: tuple[str, ...], size: int) -> float:
    em = size * _MM_IN_POINT
    in_title = _longest(title) * _BOLD_EM
    in_cells = max(map(_longest, cells), default=0) * _LETTER_EM
    return max(in_title, in_cells) * em + _PADDING_MM


def _longest(text: str) -> int:
    words = re.split(r"[ \t\n-]", text)
    return min(max(map(len, words)), _LONGEST_WHOLE_WORD)
