"""An official paper as a Word file."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from msoko.foundation.documents.fonts import WORD_FONT
from msoko.foundation.documents.language.typography import bind, clean
from msoko.foundation.documents.official_paper import OfficialPaper, PaperAppendix, PaperLook, PaperPoint
from msoko.foundation.documents.word.official_table import add_official_rows

_A4 = (210, 297)
_RIGHT_BLOCK = 80
_EMBLEM = 17
_SHORT_LIST = 12


def paper_docx(paper: OfficialPaper) -> bytes:
    """The paper as a Word file."""
    document = Document()
    writer = _Writer(document, paper.look)
    writer.first_page(paper)
    for appendix in paper.appendices:
        writer.appendix(appendix)
    core = document.core_properties
    core.title, core.author, core.comments = clean(paper.heading)[:250], clean(" ".join(paper.organization))[:250], ""
    core.language = "ru-RU"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


class _Writer:
    def __init__(self, document: Any, look: PaperLook) -> None:
        self._word, self._look = document, look
        self._width = _A4[0] - look.left - look.right
        _set_page(document.sections[0], look)
        _number_pages(document.sections[0])
        normal = document.styles["Normal"]
        normal.font.name, normal.font.size = WORD_FONT, Pt(look.size)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), WORD_FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "ru-RU")
        normal.element.rPr.append(language)
        normal.paragraph_format.space_after = Pt(0)

    def first_page(self, paper: OfficialPaper) -> None:
        if paper.stamp:
            self._right((paper.stamp,))
        if paper.emblem:
            self._centre("").add_run().add_picture(io.BytesIO(paper.emblem), height=Mm(_EMBLEM))
        for line in paper.top:
            self._centre(line)
        for line in paper.organization:
            self._centre(line, is_bold=True)
        for line in paper.requisites:
            self._centre(line, size=10)
        self._right(paper.approval, before=12)
        self._centre(paper.kind, is_bold=True, before=18)
        if paper.day:
            self._day_and_number(paper)
        self._centre(paper.place, before=4)
        if paper.heading:
            heading = self._centre(paper.heading, is_bold=True, before=14)
            heading.paragraph_format.space_after = Pt(14)
        for line in paper.preamble:
            self._body(line)
        if paper.command:
            command = self._body(paper.command)
            command.paragraph_format.space_before = command.paragraph_format.space_after = Pt(6)
            command.paragraph_format.keep_with_next = True
        self._points(paper.points, with_signature=bool(paper.signatures))
        if paper.appendix_note:
            self._body(paper.appendix_note).paragraph_format.space_before = Pt(10)
        self._signatures(paper)
        self._acquainted(paper)
        self._after(paper)

    def appendix(self, appendix: PaperAppendix) -> None:
        section = self._word.add_section(WD_SECTION.NEW_PAGE)
        _set_page(section, self._look, is_turned=appendix.table is not None)
        width = _A4[1] - 40 if appendix.table else self._width
        self._right(appendix.mark, width=width)
        self._centre(appendix.title, is_bold=True, before=12).paragraph_format.space_after = Pt(10)
        self._points(appendix.points, with_signature=False)
        if appendix.table is not None:
            for line in appendix.table.notes:
                self._word.add_paragraph(clean(line))
            add_official_rows(self._word, appendix.table)

    def _paragraph(self, text: str, *, is_bold: bool = False, size: int = 0) -> Any:
        paragraph = self._word.add_paragraph()
        run = paragraph.add_run(bind(clean(text)))
        run.bold = is_bold or None
        if size:
            run.font.size = Pt(size)
        return paragraph

    def _centre(self, text: str, *, is_bold: bool = False, size: int = 0, before: int = 0) -> Any:
        paragraph = self._paragraph(text, is_bold=is_bold, size=size)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.paragraph_format.keep_with_next = is_bold
        return paragraph

    def _right(self, lines: tuple[str, ...], *, before: int = 0, width: int = 0) -> None:
        for place, line in enumerate(lines):
            paragraph = self._paragraph(line)
            paragraph.paragraph_format.left_indent = Mm((width or self._width) - _RIGHT_BLOCK)
            paragraph.paragraph_format.space_before = Pt(0 if place else before)

    def _body(self, text: str) -> Any:
        paragraph = self._paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        shape = paragraph.paragraph_format
        shape.first_line_indent = Mm(self._look.indent_mm)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.MULTIPLE, self._look.spacing
        return paragraph

    def _points(self, points: tuple[PaperPoint, ...], *, with_signature: bool) -> None:
        for place, point in enumerate(points):
            if point.is_heading:
                head = self._centre(f"{point.number} {point.text}".strip(), is_bold=True, before=10)
                head.paragraph_format.space_after = Pt(4)
                continue
            paragraph = self._body(f"{point.number} {point.text}".strip())
            if with_signature and place + 1 == len(points):  # at least two lines of text stay with the signature
                paragraph.paragraph_format.keep_with_next = paragraph.paragraph_format.keep_together = True

    def _day_and_number(self, paper: OfficialPaper) -> None:
        line = self._paragraph(f"{paper.day}\t№ {paper.number}")
        line.paragraph_format.tab_stops.add_tab_stop(Mm(self._width), WD_TAB_ALIGNMENT.RIGHT)
        line.paragraph_format.space_before = Pt(10)

    def _signatures(self, paper: OfficialPaper) -> None:
        for place, (post, name) in enumerate(paper.signatures):
            table = self._word.add_table(rows=1, cols=2)
            table.autofit = False
            share = (Mm(self._width * 0.62), Mm(self._width * 0.38))
            for cell, text, width in zip(table.rows[0].cells, (post, name), share, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.add_run(bind(clean(text)))
                paragraph.paragraph_format.space_before = Pt(14 if place else 28)
            table.rows[0].cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            table.rows[0].cells[1].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
            _keep_whole(table.rows[0])

    def _acquainted(self, paper: OfficialPaper) -> None:
        if not paper.acquainted:
            return
        title = self._paragraph(paper.acquainted_title)
        title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(20), Pt(4)
        title.paragraph_format.keep_with_next = True
        table = self._word.add_table(rows=0, cols=3)
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        for texts in (("Фамилия, инициалы", "Подпись", "Дата"), *((name, "", "") for name in paper.acquainted)):
            row = table.add_row()
            for cell, text, share in zip(row.cells, texts, (0.5, 0.3, 0.2), strict=True):
                cell.width = Mm(self._width * share)
                cell.paragraphs[0].add_run(bind(clean(text))).font.size = Pt(12)
            _keep_whole(row)
        if len(table.rows) <= _SHORT_LIST:  # a short list stays on one sheet
            for row in list(table.rows)[:-1]:
                for cell in row.cells:
                    cell.paragraphs[0].paragraph_format.keep_with_next = True

    def _after(self, paper: OfficialPaper) -> None:
        """Who gets copies; who has prepared the paper, in small type."""
        for place, line in enumerate(("Разослано:", *paper.distribution) if paper.distribution else ()):
            paragraph = self._paragraph(line, size=12)
            paragraph.paragraph_format.space_before = Pt(0 if place else 14)
            paragraph.paragraph_format.keep_with_next = place < min(len(paper.distribution), _SHORT_LIST)
        for place, line in enumerate(paper.performer.split(", ", 1) if paper.performer else ()):
            paragraph = self._paragraph(line, size=10)
            paragraph.paragraph_format.space_before = Pt(0 if place else 18)
            paragraph.paragraph_format.keep_with_next = not place


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _set_page(section: Any, look: PaperLook, *, is_turned: bool = False) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if is_turned else WD_ORIENT.PORTRAIT
    width, height = reversed(_A4) if is_turned else _A4
    section.page_width, section.page_height = Mm(width), Mm(height)
    sides = (20, 20, 20, 10) if is_turned else (look.left, look.right, look.top, look.bottom)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = map(Mm, sides)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = False


def _number_pages(section: Any) -> None:
    """Numbers in the middle of the upper margin, from the second page on."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
