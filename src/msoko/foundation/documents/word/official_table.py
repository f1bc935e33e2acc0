"""An official table as a Word file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from msoko.foundation.documents.fonts import WORD_FONT
from msoko.foundation.documents.language.typography import clean
from msoko.foundation.documents.official_table import FullRow, HeadRow, OfficialTable, cells_of
from msoko.foundation.documents.word.markup import run, w


@dataclass(frozen=True, slots=True)
class _Page:
    """Millimetres of a page and its margins (left, right, top, bottom), points of its type."""

    width: int
    height: int
    margins: tuple[int, int, int, int]
    size: float

    @property
    def text_width(self) -> int:
        return self.width - self.margins[0] - self.margins[1]


_LYING = _Page(297, 210, (20, 20, 20, 10), 12)
_DENSE = _Page(297, 210, (15, 10, 12, 10), 9)
_COMPACT = _Page(210, 297, (15, 10, 12, 12), 9)
#: left and right padding of cells in small type, in twips
_PADDING = 60
_HANGING = 120
_EMU_IN_TWIP = 635


def table_docx(table: OfficialTable) -> bytes:
    """The table with its approval block, title and explanations."""
    document = Document()
    page = _page_of(table)
    _set_page(document, page)
    for line in table.approval:
        paragraph = document.add_paragraph(clean(line))
        paragraph.paragraph_format.left_indent = Mm(page.text_width - 90)
    _title(document, table.title)
    for line in table.notes:
        document.add_paragraph(clean(line))
    add_official_rows(document, table)
    for line in ("", *table.closing) if table.closing else ():
        document.add_paragraph(clean(line))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page_of(table: OfficialTable) -> _Page:
    return _COMPACT if table.is_compact else _DENSE if table.is_dense else _LYING


def add_official_rows(document: Any, table: OfficialTable) -> None:
    """The table alone in a Word document whose page is turned."""
    page = _page_of(table)
    total = sum(share for _, share in table.columns)
    widths = [Mm(page.text_width * share / total) for _, share in table.columns]
    drawn = document.add_table(rows=1, cols=len(widths))
    drawn.style, drawn.alignment, drawn.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    _fill_head(drawn.rows[0], [title for title, _ in table.columns], widths)
    if page.size < _LYING.size:
        sides = [w(side, w=_PADDING, type="dxa") for side in ("left", "right")]
        drawn._tbl.tblPr.append(w("tblCellMar", *sides))
    for number, row in enumerate(table.rows):
        below = cells_of(table.rows[number + 1]) if number + 1 < len(table.rows) else ()
        drawn._tbl.append(_row(row, widths, below, is_breakable=table.is_compact))


def _set_page(document: Any, page: _Page) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if page.width > page.height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    left, right, top, bottom = page.margins
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = WORD_FONT, Pt(page.size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), WORD_FONT)
    normal.paragraph_format.space_after = Pt(0)
    normal.element.rPr.append(w("lang", val="ru-RU"))


def _title(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(12), Pt(10)
    paragraph.add_run(clean(text)).bold = True


def _fill_head(row: Any, texts: Sequence[str], widths: Sequence[Any]) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        cell.paragraphs[0].add_run(clean(text)).bold = True
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    row._tr.get_or_add_trPr().append(w("tblHeader"))


def _row(
    row: FullRow | HeadRow | Sequence[str | None], widths: Sequence[Any], below: Sequence[str | None], *,
    is_breakable: bool,
) -> Any:  # fmt: skip
    """A row; a single text stands over all columns, a cell None goes on with the cell above."""
    properties = w("trPr") if is_breakable else w("trPr", w("cantSplit"))
    if isinstance(row, FullRow) and len(widths) > 1:
        return w("tr", properties, _cell(row.text, sum(widths), span=len(widths)))
    texts = (row.text,) if isinstance(row, FullRow) else row.cells if isinstance(row, HeadRow) else row
    goes_on = [place < len(below) and below[place] is None for place in range(len(texts))]
    cells = [
        _cell(text, width, is_bold=isinstance(row, HeadRow) and place == 0, goes_on=goes_on[place])
        for place, (text, width) in enumerate(zip(texts, widths, strict=True))
    ]
    return w("tr", properties, *cells)


def _cell(text: str | None, width: Any, *, span: int = 1, is_bold: bool = False, goes_on: bool = False) -> Any:
    properties = w("tcPr", w("tcW", w=round(width / _EMU_IN_TWIP), type="dxa"))
    if span > 1:
        properties.append(w("gridSpan", val=span))
    if text is None:
        properties.append(w("vMerge"))
    elif goes_on:
        properties.append(w("vMerge", val="restart"))
    lines = clean(text or "").split("\n")
    if span > 1:
        return w("tc", properties, *(_heading(line) for line in lines))
    looks = [w("b")] if is_bold else []
    if len(lines) == 1:
        return w("tc", properties, w("p", run(lines[0], *looks)))
    return w("tc", properties, *(_item(line, looks) for line in lines))


def _item(line: str, looks: Sequence[Any]) -> Any:
    """A line of several: what of it does not fit stands further in, so that items are told from each other."""
    return w("p", w("pPr", w("ind", left=_HANGING, hanging=_HANGING)), run(line, *looks))


def _heading(text: str) -> Any:
    return w("p", w("pPr", w("keepNext"), w("jc", val="center")), run(text, w("b")))
