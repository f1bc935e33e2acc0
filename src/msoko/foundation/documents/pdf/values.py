"""A layout as plain values for the template. The template never sees text as code: all of it arrives as JSON."""

from __future__ import annotations

import re
from typing import Any

from msoko.foundation.documents import charts
from msoko.foundation.documents.grid import NO_ROWS, lay_out
from msoko.foundation.documents.layout import CONTENTS_LEVELS, Layout, Placed, Section, foot_of, prepare, title_lines
from msoko.foundation.documents.pictures import alternative_text, picture_width_mm
from qualimetry.narrative.blocks import BulletList, Chart, Heading, PageBreak, Paragraph, ReportDocument, Table

_ZERO_WIDTH_SPACE = "\u200b"
_LONGEST_IN_TEXT = 40
_PIECE = r".{1,8}"
_LONGEST_IN_CELL = 24


def values_of(document: ReportDocument, layout: Layout) -> dict[str, Any]:
    """What the template prints."""
    page = document.title_page
    return {
        "language": document.language,
        "title": title_lines(document),
        "authority": breakable(prepare(page.authority), _LONGEST_IN_CELL),
        "kind": breakable(prepare(page.kind).upper(), _LONGEST_IN_CELL),
        "subtitle": breakable(prepare(page.title), _LONGEST_IN_CELL),
        "basis": breakable(prepare(page.basis), _LONGEST_IN_CELL),
        "approved_by": breakable(prepare(page.approved_by), _LONGEST_IN_CELL),
        "prepared_by": breakable(prepare(page.prepared_by), _LONGEST_IN_CELL),
        "foot": breakable(foot_of(page)),
        "stamp": breakable(prepare(document.stamp), _LONGEST_IN_CELL),
        "contents": CONTENTS_LEVELS if layout.contents else 0,
        "sections": [_section(section) for section in layout.sections],
    }


def breakable(text: str, longest: int = _LONGEST_IN_TEXT) -> str:
    """Places to break inside words longer than a line; a hyphen is a place already."""
    return re.sub(
        rf"[^\s-]{{{longest + 1},}}",
        lambda word: _ZERO_WIDTH_SPACE.join(re.findall(_PIECE, word.group(0))),
        text,
    )


def _section(section: Section) -> dict[str, Any]:
    return {
        "landscape": section.is_landscape,
        "blocks": [value for placed in section.placed for value in _block(placed, section)],
    }


def _block(placed: Placed, section: Section) -> list[dict[str, Any]]:
    block = placed.block
    match block:
        case Heading():
            return [{"kind": "heading", "level": placed.level, "text": breakable(placed.text)}]
        case Paragraph():
            lines = [line for line in prepare(block.text).split("\n") if line.strip()]
            return [{"kind": "text", "text": breakable(line)} for line in lines]
        case BulletList():
            entries = [breakable(prepare(entry)) for entry in block.entries]
            return [{"kind": "list", "numbered": block.is_numbered, "entries": entries}]
        case Table():
            return [_table(block, placed.number, section)]
        case Chart():
            return [_figure(block, placed.number, section)]
        case PageBreak():
            return [{"kind": "break"}]


def _caption(word: str, number: int, text: str) -> str:
    return f"{word}\u00a0{number}" + (f"\u00a0– {breakable(prepare(text))}" if text else "")


def _table(block: Table, number: int, section: Section) -> dict[str, Any]:
    grid = lay_out(block, section.width_mm)
    note = breakable(prepare(block.note))
    return {
        "kind": "table",
        "caption": _caption("Таблица", number, block.caption),
        "note": f"Примечание. {note}" if note else "",
        "widths": grid.widths,
        "aligns": grid.alignments,
        "size": grid.type_size,
        "header": [
            [{"text": _cell(cell.text), "columns": cell.columns, "rows": cell.rows} for cell in row]
            for row in grid.header
        ],
        "rows": [[_cell(text) for text in row] for row in grid.rows],
        "hyphenate": grid.is_tight,
        "breakable": not grid.is_short,
        "first_total": len(grid.rows) - grid.total_rows,
        "empty": NO_ROWS,
    }


def _cell(text: str) -> str:
    return breakable(text, _LONGEST_IN_CELL)


def _figure(block: Chart, number: int, section: Section) -> dict[str, Any]:
    return {
        "kind": "figure",
        "caption": _caption("Рисунок", number, block.caption),
        "alt": alternative_text(block, number),
        "svg": charts.to_svg(block.specification),
        "width": picture_width_mm(block, section.width_mm, is_landscape=section.is_landscape),
    }
