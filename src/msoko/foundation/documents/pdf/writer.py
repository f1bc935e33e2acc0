"""`write_pdf`: a report laid out → Typst → PDF. One compiler a process: fonts and the template are read once."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from msoko.foundation.documents.files import write_whole
from msoko.foundation.documents.fonts import FONT_FOLDER
from msoko.foundation.documents.layout import Layout, lay_out_report
from msoko.foundation.documents.pdf.values import values_of
from qualimetry.narrative.blocks import ReportDocument

TEMPLATE = Path(__file__).resolve().parent / "report.typ"
ACCESSIBLE = "ua-1"


def write_pdf(document: ReportDocument, path: Path) -> None:
    """Writes the report as a tagged PDF."""
    write_whole(path, pdf_bytes(document))


def pdf_bytes(document: ReportDocument) -> bytes:
    """The PDF in memory. PDF/UA-1; where no font has a character of the text (emoji), tagged without the claim."""
    import typst  # noqa: PLC0415 -- slow import

    inputs = _inputs(document, lay_out_report(document))
    try:
        return _compile(inputs, [ACCESSIBLE])
    except typst.TypstError as error:
        if "PDF/UA" not in str(error):
            raise
        return _compile(inputs, [])


def heading_pages(document: ReportDocument, layout: Layout) -> dict[str, int]:
    """Page of every heading by its anchor, for the contents of the Word file, which breaks pages alike."""
    import typst  # noqa: PLC0415 -- slow import

    inputs = _inputs(document, layout)
    answer = typst.query(
        str(TEMPLATE),
        "<pages>",
        field="value",
        one=True,
        sys_inputs=inputs,
        font_paths=_fonts(),
        ignore_system_fonts=True,
    )
    pages: list[int] = json.loads(answer)
    return dict(zip((entry.anchor for entry in layout.headings), pages, strict=True))


def _inputs(document: ReportDocument, layout: Layout) -> dict[str, str]:
    return {"report": json.dumps(values_of(document, layout), ensure_ascii=False)}


def _compile(inputs: dict[str, str], standards: list[str]) -> bytes:
    return bytes(_compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=standards))


@cache
def _fonts() -> Any:
    import typst  # noqa: PLC0415 -- slow import

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONT_FOLDER)])


@cache
def _compiler() -> Any:
    import typst  # noqa: PLC0415 -- slow import

    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=_fonts(), ignore_system_fonts=True)
