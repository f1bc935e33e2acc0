"""All tables of a report as one workbook, under the numbers they have in the report."""

from __future__ import annotations

from pathlib import Path

from msoko.foundation.documents.excel.workbook import SheetSpec, tables_bytes
from msoko.foundation.documents.files import write_whole
from msoko.foundation.documents.language.typography import clean
from msoko.foundation.documents.layout import Placed, lay_out_report, title_lines
from qualimetry.narrative.blocks import Chart, ReportDocument, Table


def report_workbook(document: ReportDocument, path: Path) -> None:
    """Writes every table of the report and the table behind every chart."""
    write_whole(path, report_workbook_bytes(document))


def report_workbook_bytes(document: ReportDocument) -> bytes:
    """The workbook of the report in memory."""
    placed = (placed for section in lay_out_report(document).sections for placed in section.placed)
    sheets = [spec for item in placed for spec in _sheets(item, clean(document.title_page.basis))]
    return tables_bytes(sheets, title=title_lines(document), authority=document.title_page.authority)


def _sheets(placed: Placed, source: str) -> list[SheetSpec]:
    match placed.block:
        case Table() as table:
            return [SheetSpec(f"Таблица {placed.number}", table, source=source)]
        case Chart(table=Table() as table, alt=alt):
            return [SheetSpec(f"Рисунок {placed.number}", table, meanings=(("Рисунок", alt),), source=source)]
        case _:
            return []
