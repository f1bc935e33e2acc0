"""Sections: paper, margins, orientation, page numbers and the stamp over every page."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from msoko.foundation.documents.word.markup import field, paragraph, run, w
from msoko.foundation.documents.word.styles import STAMP


def set_first_section(document: Any, stamp: str, ids: Mapping[str, str]) -> None:
    """A4 portrait, margins 30/10/20/20 mm, numbers from the second page in the middle of the top."""
    section = document.sections[0]
    _set_paper(section, is_landscape=False)
    section.different_first_page_header_footer = True
    _fill_header(section.first_page_header, stamp, ids, has_number=False)
    _fill_header(section.header, stamp, ids, has_number=True)


def end_section(document: Any, *, is_landscape: bool) -> None:
    """Closes the pages written so far with this orientation; what follows begins a new section."""
    body = document.element.body
    last = body.sectPr
    properties = copy.deepcopy(last)
    previous = last.getprevious()
    if previous is None or previous.tag != qn("w:p"):  # a section ends in a paragraph, a table cannot carry it
        previous = w("p", w("pPr", w("spacing", before=0, after=0, line=20, lineRule="exact")))
        last.addprevious(previous)
    previous.get_or_add_pPr().append(properties)
    _clear_references(last)
    set_orientation(document, len(document.sections) - 2, is_landscape=is_landscape)


def set_orientation(document: Any, index: int, *, is_landscape: bool) -> None:
    _set_paper(document.sections[index], is_landscape=is_landscape)


def _clear_references(properties: Any) -> None:
    """Later sections inherit the headers and have no page without a number."""
    for name in ("headerReference", "footerReference", "titlePg"):
        for child in properties.findall(qn(f"w:{name}")):
            properties.remove(child)


def _set_paper(section: Any, *, is_landscape: bool) -> None:
    """A landscape page is the portrait one turned: the binding margin of 30 mm is on top."""
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    width, height = (297, 210) if is_landscape else (210, 297)
    section.page_width, section.page_height = Mm(width), Mm(height)
    left, right, top, bottom = (20, 20, 30, 10) if is_landscape else (30, 10, 20, 20)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.header_distance, section.footer_distance = Mm(10), Mm(8)
    section.gutter = Mm(0)


def _fill_header(header: Any, stamp: str, ids: Mapping[str, str], *, has_number: bool) -> None:
    header.is_linked_to_previous = False
    root = header._element
    for child in list(root):
        root.remove(child)
    if has_number:
        root.append(paragraph(ids["Header"], *field("PAGE", "2")))
    if stamp or not has_number:
        root.append(paragraph(ids[STAMP], run(stamp)))
