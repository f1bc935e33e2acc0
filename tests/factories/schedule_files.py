"""Files with schedules: a table with merged cells, written in every format that schools publish."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any


@dataclass(frozen=True)
class Printed:
    """A table with text above it. A cell «=2» continues to the left for no columns: spans stand in `wide` (row, column
    → columns) and `tall` (row, column → rows); covered places hold ""."""

    rows: Sequence[Sequence[str]]
    before: Sequence[str] = ()
    wide: dict[tuple[int, int], int] = field(default_factory=dict)
    tall: dict[tuple[int, int], int] = field(default_factory=dict)
    sheet: str = "График"

    @property
    def width(self) -> int:
        return max(len(row) for row in self.rows)

    def cells(self, row: int) -> list[str]:
        return [*self.rows[row], *[""] * (self.width - len(self.rows[row]))]

    def covered(self) -> set[tuple[int, int]]:
        places = {*self.wide, *self.tall}
        return {
            (row + down, column + right)
            for row, column in places
            for down in range(self.tall.get((row, column), 1))
            for right in range(self.wide.get((row, column), 1))
            if down or right
        }

    def widths(self) -> list[int]:
        """The longest word of each column."""
        return [
            max([len(part) for row in self.rows if column < len(row) for part in row[column].split()] or [1])
            for column in range(self.width)
        ]

    def over(self, row: int, column: int) -> tuple[int, int]:
        return self.tall.get((row, column), 1), self.wide.get((row, column), 1)


def as_text(table: Printed) -> bytes:
    lines = [*table.before, *("\t".join(table.cells(row)) for row in range(len(table.rows)))]
    return "\n".join(lines).encode()


def as_html(table: Printed) -> bytes:
    covered, lines = table.covered(), []
    for row in range(len(table.rows)):
        cells = []
        for column, text in enumerate(table.cells(row)):
            if (row, column) in covered:
                continue
            down, right = table.over(row, column)
            body = escape(text).replace("\n", "<br>")
            cells.append(f'<td rowspan="{down}" colspan="{right}"><p>{body}</p></td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    before = "".join(f"<p>{escape(text)}</p>" for text in table.before)
    return f"<html><body>{before}<table>{''.join(lines)}</table></body></html>".encode()


def as_xlsx(table: Printed, *others: Printed) -> bytes:
    import openpyxl
    from openpyxl.styles import Alignment, Border, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    lines = Border(*[Side("thin")] * 4)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for one in (table, *others):
        sheet = book.create_sheet(one.sheet)
        for text in one.before:
            sheet.append([text])
        top = len(one.before)
        for row in range(len(one.rows)):
            sheet.append([text or None for text in one.cells(row)])
            sheet.row_dimensions[sheet.max_row].height = 15 * max(len(text.split()) for text in one.cells(row)) or 15
            for cell in sheet[sheet.max_row]:
                cell.border, cell.alignment = lines, Alignment(wrap_text=True, vertical="top")
        for column, width in enumerate(one.widths(), 1):
            sheet.column_dimensions[get_column_letter(column)].width = width + 3
        sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        for row, column in {*one.wide, *one.tall}:
            down, right = one.over(row, column)
            first = top + row + 1
            sheet.merge_cells(
                start_row=first, end_row=first + down - 1, start_column=column + 1, end_column=column + right
            )
    return _saved(book)


def as_docx(table: Printed) -> bytes:
    import docx
    from docx.shared import Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    document.styles["Normal"].font.size = Pt(8)
    for text in table.before:
        document.add_paragraph(text)
    made = document.add_table(rows=len(table.rows), cols=table.width, style="Table Grid")
    covered = table.covered()
    for row in range(len(table.rows)):
        for column, text in enumerate(table.cells(row)):
            if (row, column) in covered:
                continue
            down, right = table.over(row, column)
            cell = made.cell(row, column)
            if down > 1 or right > 1:
                cell = cell.merge(made.cell(row + down - 1, column + right - 1))
            cell.text = text
    return _saved(document)


def as_ods(table: Printed) -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    sheet = Table(name=table.sheet)
    for text in table.before:
        line = TableRow()
        cell = TableCell(valuetype="string")
        cell.addElement(P(text=text))
        line.addElement(cell)
        sheet.addElement(line)
    covered = table.covered()
    for row in range(len(table.rows)):
        line = TableRow()
        for column, text in enumerate(table.cells(row)):
            if (row, column) in covered:
                line.addElement(CoveredTableCell())
                continue
            down, right = table.over(row, column)
            cell = TableCell(valuetype="string", numbercolumnsspanned=right, numberrowsspanned=down)
            for part in text.split("\n"):
                cell.addElement(P(text=part))
            line.addElement(cell)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    return _saved(book)


def as_pdf(table: Printed) -> bytes:
    """A ruled table on A4 landscape; rows go over to the next page with the header."""
    import typst

    covered, cells = table.covered(), []
    for row in range(len(table.rows)):
        for column, text in enumerate(table.cells(row)):
            if (row, column) in covered:
                continue
            down, right = table.over(row, column)
            body = " #linebreak() ".join(f'#"{_quoted(part)}"' for part in text.split("\n"))
            cells.append(f"table.cell(colspan: {right}, rowspan: {down})[{body}]")
    columns = ", ".join(f"{max(2, min(width, 20))}fr" for width in table.widths())
    source = "\n".join(
        [
            "#set page(width: 842pt, height: 595pt, margin: 24pt)",
            '#set text(size: 7pt, lang: "ru", hyphenate: false)',
            *(f'#par[#"{_quoted(text)}"]' for text in table.before),
            f"#table(columns: ({columns}), stroke: 0.5pt, inset: 2pt, {', '.join(cells)})",
        ]
    )
    compiled: Any = typst.compile(source.encode())
    return bytes(compiled)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


FORMATS: dict[str, Callable[[Printed], bytes]] = {
    "txt": as_text, "html": as_html, "xlsx": as_xlsx, "docx": as_docx, "ods": as_ods, "pdf": as_pdf,
}  # fmt: skip
