"""Tables of Word: repeating header, unbroken rows, bold totals, numbers to the right."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from msoko.foundation.documents.grid import NO_ROWS, Grid, HeaderCell
from msoko.foundation.documents.word.markup import paragraph, run, w
from msoko.foundation.documents.word.styles import cell_style, head_style

_TWIPS_IN_MM = 1440 / 25.4
_BORDER: dict[str, str | int] = {"val": "single", "sz": 4, "space": 0, "color": "auto"}
_MARGIN = 70
_SHADE = "F2F2F2"


def table_element(grid: Grid, ids: Mapping[str, str], title: str) -> Any:
    """`<w:tbl>`; `ids` are style ids by name, `title` is read aloud by screen readers."""
    widths = [round(width * _TWIPS_IN_MM) for width in grid.widths]
    table = w("tbl", _properties(sum(widths), title), w("tblGrid", *(w("gridCol", w=width) for width in widths)))
    table.extend(_header_rows(grid, widths, ids[head_style(grid.type_size)]))
    style = ids[cell_style(grid.type_size)]
    first_total = len(grid.rows) - grid.total_rows
    for number, texts in enumerate(grid.rows):
        is_kept = grid.is_short and number + 1 < len(grid.rows)
        table.append(_row(texts, widths, grid, style, is_total=number >= first_total, is_kept=is_kept))
    if not grid.rows:
        empty = w("p", w("pPr", w("pStyle", val=style), w("jc", val="center")), run(NO_ROWS))
        table.append(w("tr", w("trPr", w("cantSplit")), _cell(sum(widths), empty, columns=len(widths))))
    return table


def _properties(width: int, title: str) -> Any:
    borders = [w(side, **_BORDER) for side in ("top", "left", "bottom", "right", "insideH", "insideV")]
    margins = [w("left", w=_MARGIN, type="dxa"), w("right", w=_MARGIN, type="dxa")]
    return w(
        "tblPr",
        w("tblW", w=width, type="dxa"),
        w("jc", val="left"),
        w("tblInd", w=_MARGIN, type="dxa"),
        w("tblBorders", *borders),
        w("tblLayout", type="fixed"),
        w("tblCellMar", *margins),
        w("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        w("tblCaption", val=title),
    )


def _header_rows(grid: Grid, widths: list[int], style: str) -> list[Any]:
    if len(grid.header) == 1:
        cells = zip(widths, grid.header[0], strict=True)
        return [_header_row([_header_cell(width, cell.text, style) for width, cell in cells])]
    return _two_header_rows(grid, widths, style)


def _two_header_rows(grid: Grid, widths: list[int], style: str) -> list[Any]:
    first, second = [], []
    under = iter(grid.header[1])
    starts = [0, *accumulate(cell.columns for cell in grid.header[0])]
    for cell, start in zip(grid.header[0], starts, strict=False):
        span = widths[start : start + cell.columns]
        first.append(_spanning(cell, sum(span), style))
        if cell.rows > 1:
            second.append(_cell(span[0], w("p", w("pPr", w("pStyle", val=style))), merge="continue", is_head=True))
        else:
            second.extend(_header_cell(width, next(under).text, style) for width in span)
    return [_header_row(first), _header_row(second)]


def _spanning(cell: HeaderCell, width: int, style: str) -> Any:
    merge = "restart" if cell.rows > 1 else ""
    return _cell(width, paragraph(style, run(cell.text)), columns=cell.columns, merge=merge, is_head=True)


def _header_row(cells: list[Any]) -> Any:
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *cells)


def _header_cell(width: int, text: str, style: str) -> Any:
    return _cell(width, paragraph(style, run(text)), is_head=True)


def _row(texts: tuple[str, ...], widths: list[int], grid: Grid, style: str, *, is_total: bool, is_kept: bool) -> Any:
    """`is_kept`: stays on the page of the next row."""
    row = w("tr", w("trPr", w("cantSplit")))
    for text, width, side in zip(texts, widths, grid.alignments, strict=True):
        properties = [w("keepNext")] if is_kept else []
        if side != "left":
            properties.append(w("jc", val=side))
        words = run(text, w("b")) if is_total else run(text)
        row.append(_cell(width, paragraph(style, words, properties=properties)))
    return row


def _cell(width: int, content: Any, *, columns: int = 1, merge: str = "", is_head: bool = False) -> Any:
    properties = w("tcPr", w("tcW", w=width, type="dxa"))
    if columns > 1:
        properties.append(w("gridSpan", val=columns))
    if merge:
        properties.append(w("vMerge", val=merge))
    if is_head:
        properties.append(w("shd", val="clear", color="auto", fill=_SHADE))
    properties.append(w("vAlign", val="center"))
    return w("tc", properties, content)
