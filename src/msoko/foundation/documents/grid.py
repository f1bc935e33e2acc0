"""A table laid out for paper: texts of cells, header with spans, widths and type size. Word and PDF print the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msoko.foundation.documents.cells import Alignment, alignment, cell_text
from msoko.foundation.documents.language.typography import bind, clean
from msoko.foundation.documents.widths import text_mm
from qualimetry.narrative.blocks import Column, Table

TYPE_SIZES = (12, 11, 10, 9, 8)
#: from how many columns (and in a long table) a smaller size is tried first
_MANY_COLUMNS = 7
_PADDING_MM = 3.0
_LONGEST_WHOLE_WORD = 24
_EASY_TO_READ = 10
#: still easier to read in one line than larger in two
_SMALL = 9
_LONGEST_TITLE = 40
#: a shorter table is not divided between pages
_SHORT_ROWS = 12
_BREAKS = re.compile(r"[ \t\n]|(?<=-)(?=\w)")
_NUMBER_LIKE = re.compile(r"[\d\u00a0,–−+%*]+|—")
_FRACTION_OR_RANGE = re.compile(r"\d,\d|\d–\d|%")
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
    alignments = tuple(_side(column, [row[place] for row in rows]) for place, column in enumerate(table.columns))
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


def _side(column: Column, cells: list[str]) -> Alignment:
    """Texts that all are numbers («3,31», «56,7–70,4 %») stand as numbers do."""
    is_numeric = all(map(_NUMBER_LIKE.fullmatch, cells)) and any(map(_FRACTION_OR_RANGE.search, cells))
    return "right" if column.kind == "text" and is_numeric else alignment(column)


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
    """The largest type that gives cells of two lines at most (of one in a long table, where it can be had), down to a
    size still easy to read; else a small one in which no word is broken; the smallest, broken words and all, if there
    is none."""
    columns: list[tuple[str, ...]] = list(zip(*rows, strict=True)) if rows else [()] * len(table.columns)
    is_large = len(table.columns) >= _MANY_COLUMNS or len(rows) > _SHORT_ROWS
    sizes = TYPE_SIZES[1:] if is_large else TYPE_SIZES
    fitting: list[tuple[int, list[float], list[float]]] = []
    for size in sizes:
        least = [_longest_word_mm(*pair, size) for pair in zip(table.columns, columns, strict=True)]
        if sum(least) <= width_mm:
            fitting.append((size, least, _wanted(table, columns, least, size, width_mm)))
    for lines in (1, 2) if len(rows) > _SHORT_ROWS else (2,):
        for size, narrowest, wanted in fitting:
            if size >= (_EASY_TO_READ if lines > 1 else _SMALL) and _has_room(narrowest, wanted, lines, width_mm):
                return size, _share(narrowest, wanted, width_mm), False
    if fitting:
        # a long text gains more from room than from large letters
        size, narrowest, wanted = next((fit for fit in reversed(fitting) if fit[0] >= _SMALL), fitting[0])
        return size, _share(narrowest, wanted, width_mm), False
    return sizes[-1], tuple(width_mm * part / sum(least) for part in least), True


def _has_room(least: list[float], wanted: list[float], lines: int, width_mm: float) -> bool:
    return sum(max(low, want / lines) for low, want in zip(least, wanted, strict=True)) <= width_mm


def _wanted(
    table: Table, columns: list[tuple[str, ...]], least: list[float], size: int, width_mm: float
) -> list[float]:
    """A text wants to stand in one line, a weighed column its share of the page, a number no more than its least."""
    weights = sum(column.width for column in table.columns)
    wanted = []
    for column, cells, narrow in zip(table.columns, columns, least, strict=True):
        in_title = text_mm(column.title[:_LONGEST_TITLE], size, is_bold=True) / 2  # a title may take two lines
        in_cells = max((text_mm(cell, size) for cell in cells), default=0.0)
        line = max(in_title, in_cells) + _PADDING_MM if column.kind == "text" else narrow
        share = 0.0 if column.width == 1.0 else width_mm * column.width / weights
        wanted.append(max(narrow, line, share if line > share else 0.0))
    return wanted


def _share(least: list[float], wanted: list[float], width_mm: float) -> tuple[float, ...]:
    """Wanted widths stretched to the page; where they do not fit, all texts get the same number of lines: the same
    part of what they want, none below its least."""
    if sum(wanted) <= width_mm:
        return tuple(width_mm * part / sum(wanted) for part in wanted)
    low, high = 0.0, 1.0
    for _ in range(40):
        part = (low + high) / 2
        taken = sum(max(narrow, part * want) for narrow, want in zip(least, wanted, strict=True))
        low, high = (part, high) if taken <= width_mm else (low, part)
    widths = [max(narrow, low * want) for narrow, want in zip(least, wanted, strict=True)]
    return tuple(width * width_mm / sum(widths) for width in widths)


def _longest_word_mm(column: Column, cells: tuple[str, ...], size: int) -> float:
    in_title = max(text_mm(word, size, is_bold=True) for word in _words(column.title))
    in_cells = max((text_mm(word, size) for cell in cells for word in _words(cell)), default=0.0)
    return max(in_title, in_cells) + _PADDING_MM


def _words(text: str) -> list[str]:
    """Parts between which a line may end; a monstrous one is not worth the whole table."""
    return [word[:_LONGEST_WHOLE_WORD] for word in _BREAKS.split(text)]
