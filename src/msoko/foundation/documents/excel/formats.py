"""Formats of cells. Excel itself puts the comma and the space of the reader's locale."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from msoko.foundation.documents.cells import places_of
from qualimetry.narrative.blocks import Column

_FONT = {"font_name": "Calibri", "font_size": 11}
_EDGE = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}
_TOTAL = {"bold": True, "top": 2, "bg_color": "#F2F2F2"}
DATE = "dd.mm.yyyy"


class Formats:
    """Formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._cells: dict[tuple[str, bool], Any] = {}

    @cached_property
    def title(self) -> Any:
        return self._book.add_format({**_FONT, "bold": True, "font_size": 14})

    @cached_property
    def note(self) -> Any:
        return self._book.add_format({**_FONT, "italic": True, "font_color": "#595959"})

    @cached_property
    def head(self) -> Any:
        look = {"bold": True, "bg_color": "#DDE6F0", "text_wrap": True, "align": "center"}
        return self._book.add_format({**_FONT, **_EDGE, **look})

    @cached_property
    def text(self) -> Any:
        return self._book.add_format({**_FONT, "text_wrap": True, "valign": "top"})

    @cached_property
    def strong(self) -> Any:
        return self._book.add_format({**_FONT, "bold": True, "text_wrap": True, "valign": "top"})

    @cached_property
    def link(self) -> Any:
        return self._book.add_format({**_FONT, "font_color": "#0B5394", "underline": 1, "valign": "top"})

    def cell(self, column: Column, *, is_total: bool) -> Any:
        return self._format(number_format(column), is_total=is_total)

    def date(self, *, is_total: bool) -> Any:
        return self._format(DATE, is_total=is_total)

    def _format(self, number: str, *, is_total: bool) -> Any:
        key = (number, is_total)
        if key not in self._cells:
            look = {**_FONT, **_EDGE, **(_TOTAL if is_total else {})}
            look |= {"num_format": number} if number else {"text_wrap": True}
            self._cells[key] = self._book.add_format(look)
        return self._cells[key]


def number_format(column: Column) -> str:
    """Excel's code: «1 234», «1 234,5», «54,2 %»; "" for text."""
    if column.kind == "text":
        return ""
    places = places_of(column)
    tail = f".{'0' * places}" if places else ""
    if column.kind == "percent":
        return f"0{tail}\\ %"
    return f"#,##0{tail}"
