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
_LONGEST_WHOLE_WORD = 18
NO_ROWS = "Нет данных"


@dataclass(frozen=True, slots=True)
class HeaderCell:
    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """`widths` in millimetres; `header` row by row, cells covered by a row span are left out."""

    header: tuple[tuple[HeaderCell, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    alignments: tuple[Alignment, ...]
    widths: tuple[float, ...]
    type_size: int
    total_rows: int


def lay_out(table: Table, width_mm: float) -> Grid:
    """Raises ValueError when a row or the groups of the header do not match the columns."""
    _check(table)
    rows = _texts(table)
    size, widths = _fit(table, rows, width_mm)
    return Grid(_header(table), rows, tuple(map(alignment, table.columns)), widths, size, table.total_rows)


def groups_of_columns(table: Table) -> list[str]:
    """The title of the header group over each column, "" where there is none."""
    if not table.header_groups:
        return [""] * len(table.columns)
    return [title for title, span in table.header_groups for _ in range(span)]


def _check(table: Table) -> None:
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


def _fit(table: Table, rows: tuple[tuple[str, ...], ...], width_mm: float) -> tuple[int, tuple[float, ...]]:
    """The largest type in which no word is broken; the smallest one, broken words and all, if there is none."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(table.columns)
    weights = _weights(table, columns)
    sizes = TYPE_SIZES if len(table.columns) < _MANY_COLUMNS else TYPE_SIZES[1:]
    for size in sizes:
        least = [
            _longest_word_mm(column.title, cells, size) for column, cells in zip(table.columns, columns, strict=True)
        ]
        if sum(least) <= width_mm:
            return size, _share(least, weights, width_mm)
    return sizes[-1], tuple(width_mm * part / sum(least) for part in least)


def _weights(table: Table, columns: list[tuple[str, ...]]) -> list[float]:
    if any(column.width != 1.0 for column in table.columns):
        return [max(column.width, 0.1) for column in table.columns]
    return [_natural_weight(cells) for cells in columns]


def _natural_weight(cells: tuple[str, ...]) -> float:
    """Where nobody gave widths, long texts take more room."""
    if not cells:
        return 1.0
    return min(6.0, max(1.0, sum(map(len, cells)) / len(cells) / 8))


def _longest_word_mm(title: str, cells: tuple[str, ...], size: int) -> float:
    em = size * _MM_IN_POINT
    in_title = _longest(title) * _BOLD_EM
    in_cells = max(map(_longest, cells), default=0) * _LETTER_EM
    return max(in_title, in_cells) * em + _PADDING_MM


def _longest(text: str) -> int:
    words = re.split(r"[ \t\n-]", text)
    return min(max(map(len, words)), _LONGEST_WHOLE_WORD)


def _share(least: list[float], weights: list[float], width_mm: float) -> tuple[float, ...]:
    """Widths in proportion to the weights, none below its least: the narrow ones are fixed, the rest divide."""
    fixed: set[int] = set()
    while True:
        free = [i for i in range(len(least)) if i not in fixed]
        room = width_mm - sum(least[i] for i in fixed)
        total = sum(weights[i] for i in free)
        narrow = {i for i in free if room * weights[i] / total < least[i]}
        if not narrow or not (free := [i for i in free if i not in narrow]):
            return tuple(least[i] if i in fixed | narrow else room * weights[i] / total for i in range(len(least)))
        fixed |= narrow
