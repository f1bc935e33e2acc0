"""Tables of a document that hold the plan: with a header of their own or as the next part of a split table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.grids.contracts import Document, Grid, Paragraph
from intake.plans.aligning import Leaf, compact, laid_on, leaves_of
from intake.plans.headers import Header, find_header
from intake.plans.numbers import heading_number
from intake.plans.rows import PlanRow, RowKind, plan_rows
from intake.plans.vocabulary import Vocabulary

#: a heading between tables is no longer than this
_LONGEST_HEADING = 250
_DEFAULT_SHEET = re.compile(r"^(?:лист|sheet|таблица|table) ?\d*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A table with the header that explains it; `headings`: paragraphs above that read as sections."""

    grid: Grid
    header: Header
    first: int
    headings: tuple[str, ...] = ()
    is_continued: bool = False


def plan_tables(document: Document, vocabulary: Vocabulary) -> Iterator[PlanTable]:
    """Tables of the plan in order of reading."""
    header: Header | None = None
    leaves: list[Leaf] = []
    width = 0
    between: list[Paragraph] = []
    count = 0
    sheets = _named_sheets(document)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            between.append(block)
            continue
        own = find_header(block, vocabulary)
        if own is not None:
            is_same = header is not None and header.texts == own.texts
            leaves, width = leaves_of(block, own), block.width
            header = compact(own, leaves)
            headings = _headings(between, is_first=count == 0) or sheets.get(block.number, ())
            yield PlanTable(
                laid_on(block, leaves), header, own.last + 1, headings, is_continued=is_same and not headings
            )
        elif header is not None and block.width in (width, header.width) and _is_continued(block, between):
            part = laid_on(block, leaves) if block.width == width else block
            yield PlanTable(part, header, 0, _headings(between, is_first=False), is_continued=True)
        else:
            header = None
            between = []
            continue
        count += 1
        between = []


def rows_of(table: PlanTable, vocabulary: Vocabulary) -> Iterator[PlanRow]:
    """Rows of the table with the headings above it as sections first."""
    for heading in table.headings:
        row = table.grid.rows[min(table.first, len(table.grid.rows) - 1)]
        yield PlanRow(RowKind.SECTION, table.grid, row, row.number, heading=heading)
    yield from plan_rows(table.grid, table.header, table.first, vocabulary, is_continued=table.is_continued)


def _named_sheets(document: Document) -> dict[int, tuple[str, ...]]:
    """Names of sheets as headings, when a workbook spreads its plan over several named sheets."""
    sheets = {grid.number: grid.sheet for grid in document.grids if grid.sheet}
    names = {number: name for number, name in sheets.items() if not _DEFAULT_SHEET.match(name)}
    if len(sheets) < 2 or len(names) < len(sheets):
        return {}
    return {number: (name,) for number, name in names.items()}


def _is_continued(grid: Grid, between: list[Paragraph]) -> bool:
    """Whether a table without a header goes on with the one above: little text stands between them."""
    return sum(len(paragraph.text) for paragraph in between) < _LONGEST_HEADING and len(grid.rows) > 0


def _headings(between: list[Paragraph], *, is_first: bool) -> tuple[str, ...]:
    """Headings right above the table: numbered ones; above the first table only «1.», «I.» or «Раздел 1»."""
    found: list[str] = []
    for paragraph in reversed(between):
        number = heading_number(paragraph.text)
        text = paragraph.text.strip()
        is_heading = bool(number.parts and number.rest) and len(text) < _LONGEST_HEADING and text[-1] not in ";,"
        if not is_heading or (is_first and number.parts[0] != 1):
            break
        found.append(paragraph.text)
        if len(found) == 2:
            break
    return tuple(reversed(found))
