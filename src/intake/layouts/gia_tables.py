"""Where the examinations of a protocol stand: title row, header row (one or two levels), data rows.

A sheet may hold several examinations one under another, with empty columns between and tail rows
(«Средние», «Минимальная граница», «Всего участников») after each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from intake.fields.exams import ExamTitle, exam_of_lines, parse_exam_title
from intake.fields.text import clean
from intake.layouts.base import Cell, Sheet
from intake.layouts.gia_columns import column_roles, is_protocol_header

#: Rows under a header that are looked at to find a column of answers.
_SAMPLE = 21
#: Roles that the second header row under «Текущие» may give.
_SECOND_LEVEL = ("total", "test_score", "mark", "passed")


@dataclass(slots=True)
class ExamTable:
    """One examination on a sheet. `columns`: role → column index; `first`, `last`: data rows [first, last), from 0."""

    sheet: Sheet
    title: ExamTitle | None
    heading: str
    header_row: int
    columns: dict[str, int]
    headers: dict[int, str]
    first: int
    last: int = 0
    is_appeal: bool = False


@dataclass(slots=True)
class _Scan:
    tables: list[ExamTable] = field(default_factory=list)
    heading: list[str] = field(default_factory=list)
    #: lines since the last full row: they may name the next examination without a title of the usual form
    recent: list[str] = field(default_factory=list)
    title: ExamTitle | None = None
    is_open: bool = False

    def close(self, row: int) -> None:
        if self.is_open:
            self.tables[-1].last = row
            self.is_open = False


def find_tables(sheet: Sheet) -> list[ExamTable]:
    """All examination tables of a sheet, in order."""
    scan, rows, index = _Scan(), sheet.rows, 0
    while index < len(rows):
        row = rows[index]
        texts = _few_texts(row)
        if texts is not None and (title := _title(texts)) is not None:
            scan.close(index)
            scan.title = title
            scan.recent.clear()
        elif texts is not None:
            scan.recent.extend(texts)
            scan.heading.extend(() if scan.is_open else texts)
        elif texts is None and is_protocol_header(roles := column_roles(row), rows[index + 1 : index + _SAMPLE]):
            scan.close(index)
            scan.tables.append(_table(sheet, scan, index, roles))
            scan.is_open = True
            index = scan.tables[-1].first - 1
            scan.recent.clear()
        elif texts is None:
            scan.recent.clear()
        index += 1
    scan.close(len(rows))
    return scan.tables


def has_protocol(sheet: Sheet, depth: int = 30) -> bool:
    """Whether a header of a protocol stands in the first rows."""
    rows = sheet.rows
    return any(
        is_protocol_header(column_roles(row), rows[index + 1 : index + _SAMPLE])
        for index, row in enumerate(rows[:depth])
    )


def orphan_titles(sheet: Sheet, depth: int = 30) -> Iterator[tuple[int, ExamTitle]]:
    """Titles of examinations in the first rows of a sheet, with the row from 0."""
    for index, row in enumerate(sheet.rows[:depth]):
        texts = _few_texts(row)
        if texts is not None and (title := _title(texts)) is not None and title.code:
            yield index, title


def _few_texts(row: Sequence[Cell]) -> list[str] | None:
    """Texts of a row with at most three filled cells; None for a fuller row."""
    filled = []
    for cell in row:
        if cell == "" or cell is None:
            continue
        filled.append(cell)
        if len(filled) > 3:
            return None
    return [text for cell in filled if isinstance(cell, str) and (text := clean(cell))]


def _title(texts: Sequence[str]) -> ExamTitle | None:
    return next((title for text in texts if (title := parse_exam_title(text)) is not None), None)


def _table(sheet: Sheet, scan: _Scan, index: int, roles: dict[str, int]) -> ExamTable:
    header = sheet.rows[index]
    is_appeal = bool({"appeal_state", "appeal_kind", "current"} & roles.keys())
    first = index + 1
    if "current" in roles and first < len(sheet.rows):
        second = column_roles(sheet.rows[first])
        if any(role in second for role in _SECOND_LEVEL):
            roles = {**roles, **{role: second[role] for role in _SECOND_LEVEL if role in second}}
            first += 1
    return ExamTable(
        sheet=sheet,
        title=exam_of_lines(scan.recent) or scan.title,
        heading=" ".join(scan.heading[:20]),
        header_row=index,
        columns={role: column for role, column in roles.items() if role != "current"},
        headers={column: clean(cell) for column, cell in enumerate(header) if isinstance(cell, str) and cell},
        first=first,
        is_appeal=is_appeal,
    )
