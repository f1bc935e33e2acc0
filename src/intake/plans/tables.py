"""Tables of a document that hold the plan: with a header of their own or as the next part of a split table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from intake.grids.contracts import Document, Grid, Paragraph
from intake.plans.aligning import Leaf, compact, laid_on, leaves_of
from intake.plans.headers import Header, find_header
from intake.plans.rows import PlanRow, RowKind, plan_rows
from intake.plans.table_headings import between_headings, numbered_headings
from intake.plans.vocabulary import Vocabulary

#: a table without a header goes on with the one above when no more text stands between
_LONGEST_BETWEEN = 250
_DEFAULT_SHEET = re.compile(r"^(?:лист|sheet|таблица|table) ?\d*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A table with the header that explains it; `headings`: paragraphs above that read as sections."""

    grid: Grid
    header: Header
    first: int
    headings: tuple[Paragraph, ...] = ()
    is_continued: bool = False


def plan_tables(document: Document, vocabulary: Vocabulary) -> list[PlanTable]:
    """Tables of the plan in order of reading."""
    found = list(_tables(document, vocabulary))
    above = {id(table.grid): texts for table, texts in found}
    tables = [table for table, _ in found]
    names = between_headings([above[id(table.grid)] for table in tables], vocabulary)
    return [
        table if table.headings or not own else replace(table, headings=own, is_continued=False)
        for table, own in zip(tables, names, strict=True)
    ]


def _tables(document: Document, vocabulary: Vocabulary) -> Iterator[tuple[PlanTable, list[Paragraph]]]:
    """Tables of the plan with the paragraphs right above each; a part without a header has none of its own."""
    header: Header | None = None
    leaves: list[Leaf] = []
    width = 0
    between: list[Paragraph] = []
    count = 0
    sheets = _named_sheets(document, vocabulary)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            between.append(block)
            continue
        own = find_header(block, vocabulary)
        if own is not None:
            is_same = header is not None and header.texts == own.texts
            leaves, width = leaves_of(block, own), block.width
            header = compact(own, leaves)
            headings = numbered_headings(between, is_first=count == 0) or sheets.get(block.number, ())
            yield (
                PlanTable(
                    laid_on(block, leaves), header, own.last + 1, headings, is_continued=is_same and not headings
                ),
                between,
            )
        elif header is not None and block.width in (width, header.width) and _is_continued(block, between):
            part = laid_on(block, leaves) if block.width == width else block
            headings = numbered_headings(between, is_first=False)
            yield PlanTable(part, header, 0, headings, is_continued=True), []
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
        yield PlanRow(RowKind.SECTION, table.grid, row, row.number, heading=heading.text, level=heading.level)
    yield from plan_rows(table.grid, table.header, table.first, vocabulary, is_continued=table.is_continued)


def _named_sheets(document: Document, vocabulary: Vocabulary) -> dict[int, tuple[Paragraph, ...]]:
    """Names of sheets as headings, when a workbook spreads its plan over several named sheets."""
    sheets = {
        grid.number: grid.sheet for grid in document.grids if grid.sheet and find_header(grid, vocabulary) is not None
    }
    names = {number: name for number, name in sheets.items() if not _DEFAULT_SHEET.match(name)}
    if len(sheets) < 2 or len(names) < len(sheets):
        return {}
    return {number: (Paragraph(name, 0),) for number, name in names.items()}


def _is_continued(grid: Grid, between: list[Paragraph]) -> bool:
    """Whether a table without a header goes on with the one above: little text stands between them."""
    return sum(len(paragraph.text) for paragraph in between) < _LONGEST_BETWEEN and len(grid.rows) > 0
