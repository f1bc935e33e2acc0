"""`write_tables`: sheets of tables and the sheet «Пояснения», which says what each figure is."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msoko.foundation.documents.excel.formats import Formats
from msoko.foundation.documents.excel.sheets import fill_sheet, sheet_name, write_text
from msoko.foundation.documents.files import write_whole
from msoko.foundation.documents.language.typography import clean
from qualimetry.narrative import russian
from qualimetry.narrative.blocks import Table

EXPLANATIONS = "Пояснения"
#: nothing that looks like a formula, a number or an address becomes one
OPTIONS = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A table and what a reader must know about it.

    `meanings` explains figures: (column or figure, what it is and how it is computed); `n` is the number of
    participants behind the figures, `source` the files or the campaign, `as_of` the day of the data.
    """

    name: str
    table: Table
    meanings: tuple[tuple[str, str], ...] = ()
    n: int | None = None
    source: str = ""
    as_of: dt.date | None = None


def write_tables(sheets: Sequence[SheetSpec], path: Path, *, title: str = "", authority: str = "") -> None:
    """Writes a workbook of the sheets with explanations as the last one."""
    write_whole(path, tables_bytes(sheets, title=title, authority=authority))


def tables_bytes(sheets: Sequence[SheetSpec], *, title: str = "", authority: str = "") -> bytes:
    """The workbook in memory."""
    import xlsxwriter  # noqa: PLC0415 -- slow import

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **OPTIONS}) as book:
        book.set_properties({"title": clean(title), "author": clean(authority), "comments": ""})
        _fill(book, sheets, title)
    return buffer.getvalue()


def _fill(book: Any, sheets: Sequence[SheetSpec], title: str) -> None:
    formats = Formats(book)
    names: list[str] = [EXPLANATIONS]
    for spec in sheets:
        names.append(sheet_name(spec.name, names))
        fill_sheet(book.add_worksheet(names[-1]), spec.table.caption or spec.name, spec.table, formats)
    _explain(book.add_worksheet(EXPLANATIONS), list(zip(names[1:], sheets, strict=True)), title, formats)


def _explain(page: Any, sheets: list[tuple[str, SheetSpec]], title: str, formats: Formats) -> None:
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 100)
    write_text(page, 0, 0, title or EXPLANATIONS, formats.title)
    row = 2
    for name, spec in sheets:
        page.write_url(row, 0, f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1", formats.link, string=name)
        write_text(page, row, 1, spec.table.caption, formats.strong)
        for word, meaning in _lines(spec):
            row += 1
            write_text(page, row, 0, word, formats.text)
            write_text(page, row, 1, meaning, formats.text)
        row += 2
    write_text(page, row, 0, _GENERAL[0], formats.strong)
    write_text(page, row, 1, _GENERAL[1], formats.text)
    page.set_paper(9)
    page.fit_to_pages(1, 0)


_GENERAL = (
    "Как читать таблицы",
    "Доли хранятся числами от 0 до 1 и показаны в процентах. Пустая ячейка означает, что показатель не определён "
    "или не показывается. N – число участников, по результатам которых рассчитан показатель.",
)


def _lines(spec: SheetSpec) -> list[tuple[str, str]]:
    lines = list(spec.meanings)
    if spec.n is not None:
        lines.append(("N", russian.counted(spec.n, "участник")))
    if spec.source:
        lines.append(("Источник", spec.source))
    if spec.as_of:
        lines.append(("Данные на", russian.date_digits(spec.as_of)))
    if spec.table.note:
        lines.append(("Примечание", spec.table.note))
    return lines
