"""An official paper as a PDF, by the same values as the Word file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from msoko.foundation.documents.fonts import FONT_FOLDER
from msoko.foundation.documents.language.typography import bind, clean
from msoko.foundation.documents.official_paper import OfficialPaper
from msoko.foundation.documents.official_table import FullRow, OfficialTable

TEMPLATE = Path(__file__).resolve().parent / "official.typ"


def paper_pdf(paper: OfficialPaper) -> bytes:
    """The paper as a PDF."""
    import typst  # noqa: PLC0415 -- slow import

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONT_FOLDER)])
    compiler = typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts, ignore_system_fonts=True)
    inputs = {"paper": json.dumps(_values(paper), ensure_ascii=False)}
    data: Any = compiler.compile(format="pdf", sys_inputs=inputs)
    return bytes(data)


def _values(paper: OfficialPaper) -> Any:
    values = asdict(paper)
    for appendix, drawn in zip(paper.appendices, values["appendices"], strict=True):
        drawn["table"] = _table(appendix.table) if appendix.table else None
    return _bound(values)


def _table(table: OfficialTable) -> dict[str, Any]:
    rows = [[row.text] if isinstance(row, FullRow) else list(row) for row in table.rows]
    return {"columns": [list(column) for column in table.columns], "rows": rows, "notes": list(table.notes)}


def _bound(value: Any) -> Any:
    if isinstance(value, str):
        return bind(clean(value))
    if isinstance(value, dict):
        return {key: _bound(one) for key, one in value.items()}
    return [_bound(one) for one in value] if isinstance(value, list | tuple) else value
