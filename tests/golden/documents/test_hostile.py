"""Text that looks like markup of Typst, Word or Excel is text."""

from __future__ import annotations

import io

import docx
import openpyxl
import pypdf
import pytest

from msoko.foundation.documents.batch import FORMATS, render
from qualimetry.narrative.blocks import BulletList, Chart, Column, Heading, Paragraph, ReportDocument, Table, TitlePage
from tests.golden.documents.sample import bars

HOSTILE = (
    '#set text(red) #panic() #image("/etc/passwd")',
    r"$x$ *b* _i_ `c` <a> @ref \ // /* */ ~ -- [x] {y}",
    "= H",
    "1. a",
    "<w:p>&amp;</w:p> ]]> <!--",
    "\x00\x0b\ud800\u202e a",
    "й" * 10_000,
    "very-long-" * 300,
    "",
    "\t",
    "😀👩‍👩‍👧",
    "{{ x }} %s {0}",
)


def report(text: str) -> ReportDocument:
    table = Table("t", text, (Column(text), Column("N", "integer")), ((text, 1),), (("", 1), (text, 1)), 1, text)
    blocks = (
        Heading("h", text),
        Paragraph("p", text),
        BulletList("l", (text, text)),
        table,
        Table("empty", text, (Column("A"),), ()),
        Chart("c", text, bars(2), text, table),
    )
    page = TitlePage(text, text, text, text, 2026, text, text, text)
    return ReportDocument(page, blocks, (Heading("a", text), Paragraph("q", text)), stamp=text)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_every_format_prints_it(text: str) -> None:
    for format_ in FORMATS:
        assert render(report(text), format_)


@pytest.mark.parametrize("text", HOSTILE[:5])
def test_it_is_printed_as_it_is(text: str) -> None:
    only = ReportDocument(TitlePage("О", "С", "т", "З", 2026), (Paragraph("p", text),))
    pdf = pypdf.PdfReader(io.BytesIO(render(only, "pdf")))
    assert "".join(text.split()) in "".join(pdf.pages[1].extract_text().split())
    word = docx.Document(io.BytesIO(render(only, "docx")))
    assert text in [paragraph.text for paragraph in word.paragraphs]


def test_in_excel_too() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(report(HOSTILE[4]), "xlsx")))
    assert HOSTILE[4] in [cell.value for row in book["Таблица 1"].iter_rows() for cell in row]
