"""An official table as a Word file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from msoko.foundation.documents.fonts import WORD_FONT
from msoko.foundation.documents.language.typography import clean
from msoko.foundation.documents.official_table import FullRow, OfficialTable
from msoko.foundation.documents.word.markup import run, w

_WIDTH_MM = 257
_SIZE = Pt(12)
_EMU_IN_TWIP = 635


def table_docx(table: OfficialTable) -> bytes:
    """The table with its approval block, title and explanations."""
    document = Document()
    _set_page(document)
    for line in table.approval:
        paragraph = document.add_paragraph(clean(line))
        paragraph.paragraph_format.left_indent = Mm(_WIDTH_MM - 90)
    _title(document, table.title)
    for line in table.notes:
        document.add_paragraph(clean(line))
    add_official_rows(document, table)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def add_official_rows(document: Any, table: OfficialTable) -> None:
    """The table alone in a Word document whose page is turned."""
    total = sum(share for _, share in table.columns)
    widths = [Mm(_WIDTH_MM * share / total) for _, share in table.columns]
    drawn = document.add_table(rows=1, cols=len(widths))
    drawn.style, drawn.alignment, drawn.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    _fill_head(drawn.rows[0], [title for title, _ in table.columns], widths)
    for row in table.rows:
        drawn._tbl.append(_row([row.text] if isinstance(row, FullRow) else row, widths))


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(10)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = WORD_FONT, _SIZE
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


def _row(texts: Sequence[str], widths: Sequence[Any]) -> Any:
    """A row that no page breaks; a single text stands over all columns."""
    if len(texts) == 1 and len(widths) > 1:
        cells = [_cell(texts[0], sum(widths), len(widths))]
    else:
        cells = [_cell(text, width, 1) for text, width in zip(texts, widths, strict=True)]
    return w("tr", w("trPr", w("cantSplit")), *cells)


def _cell(text: str, width: Any, span: int) -> Any:
    properties = w("tcPr", w("tcW", w=round(width / _EMU_IN_TWIP), type="dxa"))
    if span > 1:
        properties.append(w("gridSpan", val=span))
    lines = clean(text).split("\n")
    return w("tc", properties, *(_heading(line) if span > 1 else w("p", run(line)) for line in lines))


def _heading(text: str) -> Any:
    return w("p", w("pPr", w("keepNext"), w("jc", val="center")), run(text, w("b")))
