"""What a PDF of a report is made of."""

from __future__ import annotations

import io

import pypdf
import pytest

from msoko.foundation.documents.layout import lay_out_report
from msoko.foundation.documents.pdf import heading_pages, pdf_bytes
from qualimetry.narrative.blocks import Paragraph, ReportDocument
from tests.golden.documents.sample import municipal_report, title_page


@pytest.fixture(scope="module")
def pdf() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf_bytes(municipal_report())))


def page_text(pdf: pypdf.PdfReader, number: int) -> str:
    return " ".join(pdf.pages[number - 1].extract_text().replace("\u00a0", " ").split())


def is_accessible(pdf: pypdf.PdfReader) -> bool:
    metadata = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    return "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_tagged_for_screen_readers(pdf: pypdf.PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "ru-RU"
    assert "/StructTreeRoot" in root
    assert is_accessible(pdf)


def test_pictures_have_words(pdf: pypdf.PdfReader) -> None:
    alternatives = [str(item["/Alt"]) for item in map(pdf.get_object, range(1, len(pdf.xref[0]) + 1)) if _has_alt(item)]
    assert "Столбчатая диаграмма отметок" in alternatives


def _has_alt(item: object) -> bool:
    return isinstance(item, pypdf.generic.DictionaryObject) and "/Alt" in item


def test_outline_and_contents_agree_with_pages(pdf: pypdf.PdfReader) -> None:
    report = municipal_report()
    layout = lay_out_report(report)
    pages = heading_pages(report, layout)
    for entry in layout.headings:
        assert entry.text.replace("\u00a0", " ") in page_text(pdf, pages[entry.anchor])
    titles = [str(item["/Title"]) for item in pdf.outline if isinstance(item, dict)]
    assert "1. Основание и участники" in titles


def test_header_rows_repeat(pdf: pypdf.PdfReader) -> None:
    with_table = [n for n in range(1, len(pdf.pages) + 1) if "Получили отметку" in page_text(pdf, n)]
    assert len(with_table) == 5  # on every page that the tables go on


def test_captions_stamp_and_numbers(pdf: pypdf.PdfReader) -> None:
    text = " ".join(page_text(pdf, number) for number in range(1, len(pdf.pages) + 1))
    assert "Таблица 1 – Решаемость по уровням сложности" in text
    assert "Рисунок 6 – Доля отметок «4» и «5» с 95 %-ным интервалом" in text
    assert text.count("ДЕМО") == len(pdf.pages)
    assert page_text(pdf, 2).startswith("2 ДЕМО Содержание")


def test_landscape_pages(pdf: pypdf.PdfReader) -> None:
    wide = [page.mediabox.width > page.mediabox.height for page in pdf.pages]
    assert wide.count(True) == 1


def test_title_names_the_document(pdf: pypdf.PdfReader) -> None:
    assert pdf.metadata is not None
    assert str(pdf.metadata.title).startswith("Аналитическая справка о результатах")


def test_fonts_are_inside(pdf: pypdf.PdfReader) -> None:
    fonts = {str(font.get_object()["/BaseFont"]) for font in pdf.pages[2]["/Resources"]["/Font"].values()}
    assert fonts
    assert all("LiberationSerif" in font for font in fonts)


def test_character_that_no_font_has_costs_the_claim_only() -> None:
    pdf = pypdf.PdfReader(io.BytesIO(pdf_bytes(ReportDocument(title_page(), (Paragraph("p", "Ура 😀"),)))))
    assert not is_accessible(pdf)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"].value
