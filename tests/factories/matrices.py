"""Tables of functions as files of every kind, from the lines of a text with tabs."""

from __future__ import annotations

import html
import io
import itertools
import re

import docx
import xlsxwriter

Row = tuple[str, str, str]
_NUMBER = re.compile(r"\d+(?:\.\d+)*\.")
_CELL = re.compile(r"</?(?:p|u)>")


def rows_of_seed(text: str) -> list[Row]:
    """Rows of three cells; marks of markup in them are dropped, paragraphs of a cell become lines."""
    found: list[Row] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        cells = [_CELL.sub("", one.replace("</p> <p>", "\n")).strip() for one in line.split("\t")]
        if len(cells) >= 3:
            found.append((cells[0], cells[1], cells[2]))
    return found


def _goes_on(rows: list[Row], number: int, place: int) -> bool:
    """Whether a blank cell is one with the cell above, as in documents whose cells are merged; groups begin anew."""
    return number > 0 and place > 0 and not rows[number][place] and not _NUMBER.match(rows[number][0])


def as_docx(rows: list[Row]) -> bytes:
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=3)
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            cell = table.cell(number, place)
            if _goes_on(rows, number, place):
                table.cell(number - 1, place).merge(cell)
            else:
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_html(rows: list[Row]) -> bytes:
    body = ""
    for number, row in enumerate(rows):
        cells = ""
        for place, text in enumerate(row):
            if _goes_on(rows, number, place):
                continue
            below = itertools.takewhile(lambda other, at=place: _goes_on(rows, other, at), range(number + 1, len(rows)))
            cells += f'<td rowspan="{1 + len(list(below))}">{_lines(text)}</td>'
        body += f"<tr>{cells}</tr>"
    return f"<html><head><meta charset='utf-8'></head><body><table>{body}</table></body></html>".encode()


def _lines(text: str) -> str:
    return "<br>".join(html.escape(line) for line in text.split("\n"))


def as_xlsx(rows: list[Row]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Функции")
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text)
    return stream.getvalue()
