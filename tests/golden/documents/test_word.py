"""What a Word file of a report is made of."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from msoko.foundation.documents.word import docx_bytes
from qualimetry.narrative.blocks import BulletList, Paragraph, ReportDocument
from tests.golden.documents.sample import municipal_report, title_page

#: the schema of paragraph properties knows one order, Word refuses another
ORDER = [
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pBdr", "shd", "tabs"),
    *("spacing", "ind", "contextualSpacing", "jc", "textAlignment", "outlineLvl", "rPr", "sectPr"),
]


@pytest.fixture(scope="module")
def data() -> bytes:
    return docx_bytes(municipal_report())


@pytest.fixture(scope="module")
def word(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def texts(word: Any, style: str) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == style]


def test_styles_are_real(word: Any) -> None:
    assert texts(word, "Heading 1") == [
        "1. Основание и участники",
        "2. Результаты выполнения работы",
        "3. Задания и учебные дефициты",
        "4. Выводы и предложения",
        "Приложение\u00a01. Качество по организациям",
        "Приложение\u00a02. Контрольные таблицы",
    ]
    body = word.styles["Body Text"]
    assert (body.font.name, body.font.size, body.paragraph_format.line_spacing) == ("Times New Roman", Pt(14), 1.15)
    assert round(body.paragraph_format.first_line_indent.cm, 2) == 1.25


def test_pages(word: Any) -> None:
    sections = [(s.page_width > s.page_height, round(s.left_margin.mm), round(s.top_margin.mm)) for s in word.sections]
    assert sections == [(False, 30, 20), (True, 20, 30), (False, 30, 20)]
    assert round(word.sections[0].page_height.mm) == 297


def test_captions_are_fields_with_values(word: Any) -> None:
    captions = texts(word, "Название таблицы")
    assert captions[0] == "Таблица\u00a01\u00a0– Решаемость по уровням сложности"
    assert [re.match(r"Рисунок\u00a0(\d)", caption).group(1) for caption in texts(word, "Подпись рисунка")] == list(  # type: ignore[union-attr]
        "123456"
    )
    codes = [code.text.strip() for code in word.element.body.iter(qn("w:instrText"))]
    assert codes.count(r"SEQ Таблица \* ARABIC") == 4
    assert codes.count(r"SEQ Рисунок \* ARABIC") == 6


def test_contents_are_filled_in_and_link_to_headings(word: Any) -> None:
    body = word.element.body
    entries = [
        p for p in body.iter(qn("w:p")) if (s := p.find(f".//{qn('w:pStyle')}")) is not None and s.val.startswith("TOC")
    ]
    lines = ["".join(t.text or "" for t in entry.iter(qn("w:t"))) for entry in entries]
    assert lines[0] == "Содержание"
    assert lines[1] == "1. Основание и участники3"
    assert len(lines) == 11
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert anchors <= marks
    assert r'TOC \o "1-2" \h \z \u' in [code.text.strip() for code in body.iter(qn("w:instrText"))]


def test_nothing_asks_to_be_updated(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        settings = package.read("word/settings.xml").decode()
        assert "updateFields" not in settings
        assert 'w:dirty="' not in package.read("word/document.xml").decode()
        assert "docProps/thumbnail.jpeg" not in package.namelist()


def test_fields_are_balanced(word: Any) -> None:
    kinds = [mark.get(qn("w:fldCharType")) for mark in word.element.body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


def test_header_rows_repeat_and_rows_hold_together(word: Any) -> None:
    table = word.tables[1]
    rows = table._tbl.tr_lst
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows[:3]] == [True, True, False]
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
    bold = [row.find(f".//{qn('w:b')}") is not None for row in rows]
    assert bold == [False] * (len(rows) - 1) + [True]


def test_numbers_stand_right_in_russian(word: Any) -> None:
    row = word.tables[1].rows[-1]
    assert [cell.text.replace("\u00a0", " ") for cell in row.cells][:2] == ["Всего по муниципалитету", "1 372"]
    sides = [cell.paragraphs[0].alignment for cell in row.cells]
    assert [str(side).partition(" ")[0] for side in sides] == ["None", *["RIGHT"] * 7, "CENTER"]


def test_pictures_have_words(word: Any) -> None:
    pictures = list(word.element.body.iter(qn("wp:docPr")))
    assert [picture.get("descr") for picture in pictures][:2] == ["Столбчатая диаграмма отметок", "Диаграмма 0"]
    assert len({picture.get("id") for picture in pictures}) == 6


def test_page_number_and_stamp_are_in_the_header(word: Any) -> None:
    first, later = word.sections[0].first_page_header, word.sections[0].header
    assert [p.text for p in first.paragraphs] == ["ДЕМО"]
    assert [p.text for p in later.paragraphs] == ["2", "ДЕМО"]
    assert "PAGE" in [code.text.strip() for code in later._element.iter(qn("w:instrText"))]
    assert all(section.header.is_linked_to_previous for section in list(word.sections)[1:])
    assert [section.different_first_page_header_footer for section in word.sections] == [True, False, False]


def test_properties_name_the_authority_and_no_tool(word: Any, data: bytes) -> None:
    core = word.core_properties
    assert core.title.startswith("Аналитическая справка о результатах")
    assert (
        core.author == core.last_modified_by == "Управление образования администрации Заречного муниципального округа"
    )
    assert (core.comments, core.language) == ("", "ru-RU")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert "python-docx" not in package.read("docProps/core.xml").decode()


def test_language_is_russian(word: Any) -> None:
    language = word.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "ru-RU"


def test_properties_of_paragraphs_keep_the_order_of_the_schema(word: Any) -> None:
    roots = (word.element.body, word.styles.element, word.part.numbering_part.element)
    for root in roots:
        for properties in root.iter(qn("w:pPr")):
            names = [child.tag.rpartition("}")[2] for child in properties]
            places = [ORDER.index(name) for name in names if name in ORDER]
            assert places == sorted(places), names


def test_every_style_used_exists(word: Any) -> None:
    known = {style.style_id for style in word.styles}
    used = {style.get(qn("w:val")) for style in word.element.body.iter(qn("w:pStyle"))}
    assert used <= known


def test_numbered_lists_begin_anew() -> None:
    entries = ("а", "б")
    report = ReportDocument(
        title_page(), (BulletList("x", entries, is_numbered=True), BulletList("y", entries, is_numbered=True))
    )
    word = docx.Document(io.BytesIO(docx_bytes(report)))
    numbers = [number.get(qn("w:val")) for number in word.element.body.iter(qn("w:numId"))]
    assert numbers == ["2", "2", "3", "3"]
    restarts = word.part.numbering_part.element.findall(f".//{qn('w:startOverride')}")
    assert len(restarts) == 2


def test_lines_of_an_edited_text_are_paragraphs() -> None:
    report = ReportDocument(title_page(), (Paragraph("p", "Первый.\n\nВторой."),))
    word = docx.Document(io.BytesIO(docx_bytes(report)))
    assert texts(word, "Body Text") == ["Первый.", "Второй."]
