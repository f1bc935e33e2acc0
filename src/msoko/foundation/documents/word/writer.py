"""`write_docx`: a report laid out → a Word file."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from msoko.foundation.documents import charts
from msoko.foundation.documents.files import write_whole
from msoko.foundation.documents.grid import lay_out
from msoko.foundation.documents.language.typography import clean
from msoko.foundation.documents.layout import Layout, Placed, Section, lay_out_report, prepare, title_lines
from msoko.foundation.documents.pdf.writer import heading_pages
from msoko.foundation.documents.pictures import alternative_text, picture_width_mm
from msoko.foundation.documents.word import pages, styles
from msoko.foundation.documents.word.contents import contents_element
from msoko.foundation.documents.word.lists import Lists, numbering_properties, unlink_styles
from msoko.foundation.documents.word.markup import begin_page, bookmark, field, paragraph, run, w
from msoko.foundation.documents.word.tables import table_element
from msoko.foundation.documents.word.title import title_elements
from qualimetry.narrative.blocks import BulletList, Chart, Heading, PageBreak, Paragraph, ReportDocument, Table

_MM_IN_INCH = 25.4
_LONGEST_PROPERTY = 255


def write_docx(document: ReportDocument, path: Path) -> None:
    """Writes the report as a Word file."""
    write_whole(path, docx_bytes(document))


def docx_bytes(document: ReportDocument) -> bytes:
    """The Word file of the report in memory."""
    layout = lay_out_report(document)
    buffer = io.BytesIO()
    _Writer(document, layout).build().save(buffer)
    return buffer.getvalue()


class _Writer:
    def __init__(self, document: ReportDocument, layout: Layout) -> None:
        self._report, self._layout = document, layout
        self._word: Any = Document()
        self._body = self._word.element.body
        self._ids = styles.set_styles(self._word)
        unlink_styles(self._word)
        self._lists = Lists(self._word)
        self._bookmarks = 0
        self._begins_page = self._begins_section = False

    def build(self) -> Any:
        _set_properties(self._word, self._report)
        pages.set_first_section(self._word, prepare(self._report.stamp), self._ids)
        self._put(title_elements(self._report.title_page, self._ids))
        self._add_contents()
        self._add_sections()
        _finish(self._word)
        return self._word

    def _put(self, elements: Iterable[Any]) -> None:
        for element in elements:
            if self._begins_page or self._begins_section:
                begin_page(element, with_break=self._begins_page)
                self._begins_page = self._begins_section = False
            self._body.sectPr.addprevious(element)

    def _add_contents(self) -> None:
        if entries := self._layout.contents:
            numbers = heading_pages(self._report, self._layout)
            self._begins_page = True
            self._put([contents_element(entries, numbers, self._ids)])
        self._begins_page = True

    def _add_sections(self) -> None:
        sections = self._layout.sections
        for index, section in enumerate(sections):
            if index == 0 and section.is_landscape:
                self._end_section(is_landscape=False)
            for placed in section.placed:
                self._add(placed, section)
            if index + 1 < len(sections):
                self._end_section(is_landscape=section.is_landscape)
            else:
                pages.set_orientation(self._word, -1, is_landscape=section.is_landscape)

    def _end_section(self, *, is_landscape: bool) -> None:
        pages.end_section(self._word, is_landscape=is_landscape)
        self._begins_page, self._begins_section = False, True

    def _add(self, placed: Placed, section: Section) -> None:
        block = placed.block
        match block:
            case Heading():
                self._put([self._heading(placed)])
            case Paragraph():
                self._put(self._text(line) for line in prepare(block.text).split("\n") if line.strip())
            case BulletList():
                self._put(self._list(block))
            case Table():
                self._put(self._table(block, placed.number, section))
            case Chart():
                self._add_chart(block, placed.number, section)
            case PageBreak():
                self._begins_page = True

    def _text(self, line: str) -> Any:
        return paragraph(self._ids["Body Text"], run(line))

    def _heading(self, placed: Placed) -> Any:
        self._bookmarks += 1
        style = self._ids[f"Heading {placed.level}"]
        return paragraph(style, *bookmark(self._bookmarks, placed.anchor, run(placed.text)))

    def _list(self, block: BulletList) -> list[Any]:
        style = self._ids[styles.NUMBERS if block.is_numbered else styles.BULLETS]
        number = self._lists.start(is_numbered=block.is_numbered)
        return [
            paragraph(style, run(prepare(entry)), properties=[numbering_properties(number)]) for entry in block.entries
        ]

    def _table(self, block: Table, number: int, section: Section) -> list[Any]:
        grid = lay_out(block, section.width_mm)
        caption = self._caption(styles.TABLE_TITLE, "Таблица", number, block.caption)
        return [caption, table_element(grid, self._ids, clean(block.caption)), self._note(block.note)]

    def _note(self, note: str) -> Any:
        """What stands under a table: its note, or a narrow space, for tables in a row must not join."""
        style = self._ids[styles.TABLE_NOTE]
        if note:
            return paragraph(style, run(f"Примечание. {prepare(note)}"))
        return paragraph(style, properties=[w("spacing", before=0, after=0, line=200, lineRule="exact")])

    def _caption(self, style: str, word: str, number: int, text: str) -> Any:
        tail = f"\u00a0– {prepare(text)}" if text else ""
        counter = field(f"SEQ {word} \\* ARABIC", str(number))
        return paragraph(self._ids[style], run(f"{word}\u00a0"), *counter, run(tail))

    def _add_chart(self, block: Chart, number: int, section: Section) -> None:
        width_mm = picture_width_mm(block, section.width_mm, is_landscape=section.is_landscape)
        picture = charts.to_png(block.specification, _scale(block, width_mm))
        self._put([paragraph(self._ids[styles.PICTURE])])
        shape = self._word.paragraphs[-1].add_run().add_picture(io.BytesIO(picture), width=Mm(width_mm))
        properties = shape._inline.docPr
        properties.set("descr", alternative_text(block, number))
        properties.set("name", f"Рисунок {number}")
        self._put([self._caption(styles.PICTURE_CAPTION, "Рисунок", number, block.caption)])


def _scale(chart: Chart, width_mm: float) -> float:
    """Pixels a CSS pixel that give 200 dots per inch at this width on paper."""
    width, _ = charts.svg_size(charts.to_svg(chart.specification))
    return round(width_mm / _MM_IN_INCH * charts.PNG_DPI / width, 3)


def _set_properties(word: Any, report: ReportDocument) -> None:
    core = word.core_properties
    core.title = title_lines(report)[:_LONGEST_PROPERTY]
    core.subject = clean(report.title_page.kind)[:_LONGEST_PROPERTY]
    core.author = core.last_modified_by = clean(report.title_page.authority)[:_LONGEST_PROPERTY]
    core.comments = core.keywords = core.category = ""
    core.language = "ru-RU"
    core.created = core.modified = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    core.revision = 1


def _finish(word: Any) -> None:
    """Drops the stock picture of the template; sets the language of the interface parts."""
    package = word.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]
    settings = word.settings.element
    for old in settings.findall(qn("w:themeFontLang")):
        old.set(qn("w:val"), "ru-RU")
