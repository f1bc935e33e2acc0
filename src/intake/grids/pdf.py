"""PDF with a text layer → paragraphs and tables; a table that goes on over pages is one table."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator
from typing import Any

import pdfplumber
from pdfplumber.page import Page

from intake.grids.building import with_break
from intake.grids.contracts import Block, Document, Grid, GridRow, Paragraph
from intake.grids.pdf_lines import Line, Word, joined_lines, lines_of, paragraphs_of, words_of_lines
from intake.grids.pdf_pages import QuickPage, page_count, quick_pages
from intake.grids.pdf_tables import PageTable, columns_of, grid_rows, measure, ruled_tables
from intake.grids.pdf_unruled import PageLines, unruled_tables
from intake.grids.remarks import document_problem

#: pages of a plain file, and of one that only the slow reader understands
MAX_PAGES, MAX_THOROUGH_PAGES = 600, 200
#: PDFium keeps state of its own: threads of one process must not be in it together
_ONE_AT_A_TIME = threading.Lock()
#: a table that goes on has the same edges up to so many points
_NEAR = 8.0
#: text between two parts of a table that is no more than a number of a page
_LONGEST_FOLIO = 6
#: a ruled table of so many columns or fewer may be a frame, not the plan
_FEWEST_COLUMNS = 2


def read_pdf(name: str, data: bytes) -> Document:
    """Blocks of all pages. Pages without text are counted; a file of nothing but images is refused."""
    return read_quickly(name, data) or read_thoroughly(name, data)


def read_quickly(name: str, data: bytes) -> Document | None:
    """The document by the quick reader of pages; None where the thorough one has to look at it."""
    try:
        with _ONE_AT_A_TIME:
            count = page_count(data)
            if count > MAX_PAGES:
                return _too_long(name, count, MAX_PAGES)
            found = _document(name, quick_pages(data))
    except Exception:  # whatever is wrong or unusual inside is told by the thorough reader
        return None
    return found if found.blocks else None


def _too_long(name: str, count: int, most: int) -> Document:
    detail = f"Страниц – {count}, читается не более {most}."
    return Document(name, problems=[document_problem("document.too_many_pages", name, detail=detail)])


def read_thoroughly(name: str, data: bytes) -> Document:
    """The document by the slow reader, which understands turned pages and slanting text."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_THOROUGH_PAGES:
                return _too_long(name, len(pdf.pages), MAX_THOROUGH_PAGES)
            return _document(name, pdf.pages)
    except Exception as error:  # whatever is wrong inside, the file cannot be opened
        code = "file.encrypted" if "Password" in repr(error) + repr(error.__cause__) else "file.corrupt"
        return Document(name, problems=[document_problem(code, name)])


def _document(name: str, pages: Iterable[Page | QuickPage]) -> Document:
    tables: list[PageTable] = []
    outside: list[PageLines] = []
    scanned: list[int] = []
    for page in pages:
        words = _words(page)
        if not words and page.images:
            scanned.append(page.page_number)
        own = ruled_tables(page, words)
        tables += own
        outside.append(_outside(page.page_number, words, own))
        page.close()
    lines = [line for one in outside for line in one.lines]
    if not any(len({round(cell.x0) for cell in table.cells}) > _FEWEST_COLUMNS for table in tables):
        unruled, lines = unruled_tables(outside)
        tables += unruled
    parts: list[PageTable | Line] = sorted([*tables, *lines], key=lambda part: (part.page, part.top))
    if not parts:
        code = "document.scan" if scanned else "file.no_data"
        return Document(name, problems=[document_problem(code, name)])
    document = Document(name, _blocks(parts), kind="pdf")
    if scanned:
        detail = f"Страницы: {', '.join(map(str, scanned[:20]))}."
        document.problems.append(document_problem("document.some_pages_scanned", name, detail=detail))
    return document


def _outside(number: int, words: list[Word], tables: list[PageTable]) -> PageLines:
    """Lines of the page that no ruled table holds."""
    inside = {id(word) for table in tables for word in table.words}
    lines = lines_of(word for word in words if id(word) not in inside)
    return PageLines(number, [Line(line.words, number) for line in lines])


def _words(page: Page | QuickPage) -> list[Word]:
    found: list[dict[str, Any]] = page.extract_words(x_tolerance=2, y_tolerance=2, use_text_flow=False)
    return [Word(one["text"], one["x0"], one["x1"], one["top"], one["bottom"]) for one in found]


def _blocks(parts: list[PageTable | Line]) -> list[Block]:
    vocabulary = words_of_lines([*(part for part in parts if isinstance(part, Line)), *_cell_lines(parts)])
    blocks: list[Block] = []
    lines: list[Line] = []
    run: list[PageTable] = []
    count = 0
    for part in [*parts, None]:
        if isinstance(part, Line):
            lines.append(part)
            continue
        if run and (part is None or not _goes_on(run[-1], part, lines)):
            count += 1
            blocks.append(_grid(run, count, vocabulary))
            run = []
        elif run:
            lines = []
        blocks += [Paragraph(text, line, page) for text, line, page in paragraphs_of(lines, len(blocks))]
        lines = []
        if part is not None:
            run.append(part)
    return blocks


def _cell_lines(parts: list[PageTable | Line]) -> Iterator[Line]:
    for part in parts:
        if isinstance(part, PageTable):
            for cell in part.cells:
                yield from cell.lines


def _goes_on(last: PageTable, table: PageTable, between: list[Line]) -> bool:
    is_same = abs(last.left - table.left) < _NEAR and abs(last.right - table.right) < _NEAR
    text = "".join(word.text for line in between for word in line.words)
    return (
        is_same
        and table.page == last.page + 1
        and (not text or (len(text) <= _LONGEST_FOLIO and any(map(str.isdigit, text))))
    )


def _grid(run: list[PageTable], number: int, vocabulary: frozenset[str]) -> Grid:
    edges = columns_of(run)
    measure(run)
    rows: list[GridRow] = []
    for table in run:
        own = grid_rows(
            table, edges, len(rows) + 1, lambda lines, width, full: joined_lines(lines, width, vocabulary, full)
        )
        if rows and own:
            own[0] = with_break(own[0])
        rows += own
    return Grid(tuple(rows), number, len(edges) - 1, knows_spans=True)
