"""An official table on A4 landscape: approval block, title, explanations, a header that repeats, full-width rows.

Plans, matrices of functions and schedules are printed in this form, in Word and in Excel; both are read back by the
product's own readers to the same rows.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from msoko.foundation.documents.fonts import WORD_FONT
from msoko.foundation.documents.language.typography import clean

_WIDTH_MM = 257
_SIZE = Pt(12)


@dataclass(frozen=True, slots=True)
class FullRow:
    """A heading over all columns."""

    text: str


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """`approval`: lines at the right top («УТВЕРЖДЁН», «приказом …»); `notes`: lines between title and table;
    `columns`: titles with shares of the width."""

    title: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[FullRow | tuple[str, ...], ...]
    approval: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def official_docx(table: OfficialTable) -> bytes:
    """The table as a Word file."""
    document = Document()
    _set_page(document)
    for line in table.approval:
        paragraph = document.add_paragraph(clean(line))
        paragraph.paragraph_format.left_indent = Mm(_WIDTH_MM - 90)
    _title(document, table.title)
    for line in table.notes:
        document.add_paragraph(clean(line))
    _table(document, table)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def add_official_rows(document: Any, table: OfficialTable) -> None:
    """The table alone in a Word document whose page is turned."""
    _table(document, table)


def official_xlsx(table: OfficialTable, sheet_name: str) -> bytes:
    """The table as a workbook, ready to print on A4 landscape."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        head = book.add_format({"text_wrap": True, "valign": "vcenter", "align": "center", "bold": True, "border": 1})
        full = book.add_format({"text_wrap": True, "bold": True, "border": 1, "align": "center"})
        title = book.add_format({"text_wrap": True, "bold": True, "align": "center", "font_size": 13})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(sheet_name)
        last = len(table.columns) - 1
        for place, (_, share) in enumerate(table.columns):
            sheet.set_column(place, place, max(6, round(share * 130)))
        number = 0
        for line in table.approval:
            sheet.write_string(number, last, clean(line), plain)
            number += 1
        sheet.merge_range(number, 0, number, last, clean(table.title), title)
        number += 1
        for line in table.notes:
            sheet.merge_range(number, 0, number, last, clean(line), plain)
            number += 1
        for place, (text, _) in enumerate(table.columns):
            sheet.write_string(number, place, text, head)
        sheet.freeze_panes(number + 1, 0)
        sheet.repeat_rows(number)
        for row in table.rows:
            number += 1
            if isinstance(row, FullRow):
                sheet.merge_range(number, 0, number, last, clean(row.text), full)
            else:
                for place, text in enumerate(row):
                    sheet.write_string(number, place, clean(text), cell)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        sheet.set_footer("&C&P из &N")
    return stream.getvalue()


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
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ru-RU")
    normal.element.rPr.append(language)


def _title(document: Any, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(12), Pt(10)
    paragraph.add_run(clean(text)).bold = True


def _table(document: Any, table: OfficialTable) -> None:
    total = sum(share for _, share in table.columns)
    widths = [Mm(_WIDTH_MM * share / total) for _, share in table.columns]
    drawn = document.add_table(rows=1, cols=len(widths))
    drawn.style, drawn.alignment, drawn.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(drawn.columns, widths, strict=True):
        column.width = width
    _fill(drawn.rows[0], [title for title, _ in table.columns], widths, is_head=True)
    _mark(drawn.rows[0], "w:tblHeader")
    for row in table.rows:
        cells = [row.text] if isinstance(row, FullRow) else row
        _add_row(drawn, cells, widths)


def _add_row(drawn: Any, texts: Sequence[str], widths: Sequence[Any]) -> None:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    row.append(properties)
    is_full = len(texts) == 1 and len(widths) > 1
    for text, width in zip(texts, [sum(widths)] if is_full else widths, strict=True):
        row.append(_cell(text, width, len(widths) if is_full else 1))
    drawn._tbl.append(row)


def _cell(text: str, width: Any, span: int) -> Any:
    cell = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    size = OxmlElement("w:tcW")
    size.set(qn("w:w"), str(round(width / 635)))
    size.set(qn("w:type"), "dxa")
    properties.append(size)
    if span > 1:
        merged = OxmlElement("w:gridSpan")
        merged.set(qn("w:val"), str(span))
        properties.append(merged)
    cell.append(properties)
    for line in clean(text).split("\n"):
        cell.append(_paragraph(line, is_heading=span > 1))
    return cell


def _paragraph(text: str, *, is_heading: bool) -> Any:
    paragraph = OxmlElement("w:p")
    run = OxmlElement("w:r")
    if is_heading:
        properties = OxmlElement("w:pPr")
        keep = OxmlElement("w:keepNext")
        align = OxmlElement("w:jc")
        align.set(qn("w:val"), "center")
        properties.append(keep)
        properties.append(align)
        paragraph.append(properties)
        bold = OxmlElement("w:rPr")
        bold.append(OxmlElement("w:b"))
        run.append(bold)
    words = OxmlElement("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    paragraph.append(run)
    return paragraph


def _fill(row: Any, texts: Sequence[str], widths: Sequence[Any], *, is_head: bool) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        run = cell.paragraphs[0].add_run(clean(text))
        run.bold = is_head
        if is_head:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
