"""An official paper as a PDF, by the same values as the Word file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from msoko.foundation.documents.fonts import FONT_FOLDER
from msoko.foundation.documents.language.typography import bind, clean
from msoko.foundation.documents.official_paper import OfficialPaper
from msoko.foundation.documents.official_table import OfficialTable, cells_of

TEMPLATE = Path(__file__).resolve().parent / "official.typ"


def paper_pdf(paper: OfficialPaper) -> bytes:
    """The paper as a PDF."""
    return compiled(TEMPLATE, "paper", _values(paper))


def compiled(template: Path, name: str, values: Any) -> bytes:
    """A template with its values as a PDF."""
    import typst  # noqa: PLC0415 -- slow import

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONT_FOLDER)])
    compiler = typst.Compiler(str(template), root=str(template.parent), font_paths=fonts, ignore_system_fonts=True)
    data: Any = compiler.compile(format="pdf", sys_inputs={name: json.dumps(values, ensure_ascii=False)})
    return bytes(data)


def is_printable(picture: bytes) -> bool:
    """Whether the picture can be put on a blank."""
    import typst  # noqa: PLC0415 -- slow import

    source = b"#image(bytes(json(bytes(sys.inputs.picture))), height: 17mm)"
    try:
        typst.compile(source, format="pdf", sys_inputs={"picture": json.dumps(list(picture))})
    except (RuntimeError, typst.TypstError):
        return False
    return True


def _values(paper: OfficialPaper) -> Any:
    values = asdict(paper) | {"emblem": list(paper.emblem)}
    for appendix, drawn in zip(paper.appendices, values["appendices"], strict=True):
        drawn["table"] = _table(appendix.table) if appendix.table else None
    return bound(values)


def _table(table: OfficialTable) -> dict[str, Any]:
    rows = [list(cells_of(row)) for row in table.rows]
    return {"columns": [list(column) for column in table.columns], "rows": rows, "notes": list(table.notes)}


def bound(value: Any) -> Any:
    """Every text of the values with its typography."""
    if isinstance(value, str):
        return bind(clean(value))
    if isinstance(value, dict):
        return {key: bound(one) for key, one in value.items()}
    return [bound(one) for one in value] if isinstance(value, list | tuple) else value
