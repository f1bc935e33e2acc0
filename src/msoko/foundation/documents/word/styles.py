"""Styles of the report. Built-in ones carry their English names, which Word shows in the language of the user
(«Заголовок 1», «Основной текст»); the product's own are named in Russian."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

from msoko.foundation.documents.fonts import WORD_FONT
from msoko.foundation.documents.grid import TYPE_SIZES
from msoko.foundation.documents.layout import PORTRAIT_WIDTH_MM
from msoko.foundation.documents.word.markup import w

LEFT, CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
INDENT = Cm(1.25)


@dataclass(frozen=True, slots=True)
class Look:
    """What a style sets; sizes and spaces in points."""

    name: str
    size: float = 14
    is_bold: bool = False
    is_italic: bool = False
    alignment: Any = LEFT
    before: float = 0
    after: float = 0
    line: float = 1.0
    first_line: Any = 0
    left: Any = 0
    keeps_with_next: bool = False
    based_on: str = "Normal"


TABLE_TITLE, TABLE_NOTE, PICTURE, PICTURE_CAPTION = "Название таблицы", "Примечание", "Рисунок", "Подпись рисунка"
TITLE_LINE, APPROVAL, STAMP = "Титульный лист", "Гриф утверждения", "Отметка документа"
BULLETS, NUMBERS = "List Bullet", "List Number"

LOOKS = (
    Look("Body Text", alignment=JUSTIFY, line=1.15, first_line=INDENT),
    Look("Heading 1", 16, is_bold=True, alignment=CENTER, before=18, after=12, keeps_with_next=True),
    Look("Heading 2", 14, is_bold=True, before=14, after=8, left=INDENT, keeps_with_next=True),
    Look("Heading 3", 14, is_bold=True, is_italic=True, before=10, after=6, left=INDENT, keeps_with_next=True),
    Look("Title", 16, is_bold=True, alignment=CENTER, before=0, after=10, line=1.15),
    Look("Subtitle", 14, is_bold=True, alignment=CENTER, line=1.15, after=10),
    Look("TOC Heading", 16, is_bold=True, alignment=CENTER, after=12, keeps_with_next=True),
    Look(BULLETS, alignment=JUSTIFY, line=1.15),
    Look(NUMBERS, alignment=JUSTIFY, line=1.15),
    Look("Caption", 12),
    Look(TABLE_TITLE, 12, before=10, after=5, keeps_with_next=True, based_on="Caption"),
    Look(PICTURE, 12, alignment=CENTER, before=10, keeps_with_next=True),
    Look(PICTURE_CAPTION, 12, alignment=CENTER, before=4, after=12, based_on="Caption"),
    Look(TABLE_NOTE, 11, is_italic=True, before=4, after=10),
    Look(TITLE_LINE, 14, alignment=CENTER),
    Look(APPROVAL, 14, left=Cm(9)),
    Look(STAMP, 10, is_bold=True, alignment=RIGHT),
    Look("Header", 12, alignment=CENTER),
    Look("toc 1", 14, after=3),
    Look("toc 2", 14, after=3, left=Cm(0.75)),
)


def cell_style(size: int) -> str:
    return f"Текст таблицы {size}"


def head_style(size: int) -> str:
    return f"Шапка таблицы {size}"


def set_styles(document: Any) -> dict[str, str]:
    """Puts the looks into the document; returns the id of every style by its name."""
    _set_defaults(document)
    for look in (*LOOKS, *_table_looks()):
        _apply(document.styles, look)
    _add_contents_tabs(document.styles)
    return {style.name: style.style_id for style in document.styles}


def _table_looks() -> list[Look]:
    cells = [Look(cell_style(size), size, before=1, after=1) for size in TYPE_SIZES]
    heads = [
        Look(head_style(size), size, is_bold=True, alignment=CENTER, before=1, after=1, keeps_with_next=True)
        for size in TYPE_SIZES
    ]
    return [*cells, *heads]


def _set_defaults(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(properties):
        properties.remove(child)
    properties.extend(
        [_fonts(), w("sz", val=28), w("szCs", val=28), w("lang", val="ru-RU", eastAsia="ru-RU", bidi="ar-SA")]
    )
    normal = document.styles["Normal"]
    _set_font(normal, Look("Normal"))


def _fonts() -> Any:
    return w("rFonts", ascii=WORD_FONT, hAnsi=WORD_FONT, eastAsia=WORD_FONT, cs=WORD_FONT)


def _apply(styles: Any, look: Look) -> None:
    names = [style.name for style in styles]
    if look.name in names:
        style = styles[look.name]
    else:
        is_contents = look.name.startswith("toc")
        style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH, builtin=is_contents)
        if is_contents:
            style.element.styleId = look.name.upper().replace(" ", "")
    style.base_style = styles[look.based_on]
    style.quick_style, style.hidden, style.unhide_when_used = True, False, False
    _set_font(style, look)
    _set_paragraph(style, look)


def _set_font(style: Any, look: Look) -> None:
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    font = style.font
    font.size, font.bold, font.italic = Pt(look.size), look.is_bold, look.is_italic
    font.color.rgb = RGBColor(0, 0, 0)
    properties.insert(0, _fonts())


def _set_paragraph(style: Any, look: Look) -> None:
    properties = style.element.get_or_add_pPr()
    for name in ("pBdr", "contextualSpacing", "numPr", "spacing", "ind", "keepNext", "keepLines"):
        for child in properties.findall(qn(f"w:{name}")):
            properties.remove(child)
    form = style.paragraph_format
    form.alignment = look.alignment
    if look.name not in (BULLETS, NUMBERS):  # their indents are those of the numbering
        form.first_line_indent, form.left_indent = look.first_line, look.left
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    form.line_spacing = look.line
    form.keep_with_next = look.keeps_with_next
    form.keep_together = look.keeps_with_next
    form.widow_control = True


def _add_contents_tabs(styles: Any) -> None:
    for name in ("toc 1", "toc 2"):
        stops = styles[name].paragraph_format.tab_stops
        stops.add_tab_stop(Mm(PORTRAIT_WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        styles[name].paragraph_format.right_indent = Mm(0)
