"""A report as the page shows it: blocks in the order of print, numbered as in print, with what may be edited."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.urls import reverse

from msoko.cycle.analysis.api import Report
from msoko.foundation.documents.cells import alignment, cell_text
from msoko.foundation.documents.layout import Placed, lay_out_report
from qualimetry.narrative.blocks import Block, BulletList, Chart, Heading, PageBreak, Paragraph, ReportDocument, Table
from qualimetry.narrative.edits import text_of


@dataclass(frozen=True, slots=True)
class PaperCell:
    text: str
    css: str


@dataclass(frozen=True, slots=True)
class PaperTable:
    """Texts of a table. `groups` are (title, span) of a first header row."""

    heads: tuple[PaperCell, ...]
    groups: tuple[tuple[str, int], ...]
    rows: tuple[tuple[tuple[PaperCell, ...], bool], ...]
    note: str


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """A block of the page. `anchor` is its place in the page, `key` in the document."""

    key: str
    anchor: str
    kind: str  # heading | paragraph | list | table | chart | break
    text: str
    level: int = 0
    number: int = 0
    entries: tuple[str, ...] = ()
    is_numbered: bool = False
    table: PaperTable | None = None
    picture: str = ""
    alt: str = ""
    is_edited: bool = False
    has_grounds: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    blocks: tuple[PaperBlock, ...]

    @property
    def contents(self) -> tuple[PaperBlock, ...]:
        return tuple(block for block in self.blocks if block.kind == "heading" and block.level <= 2)


def paper_of(report: Report | None, document: ReportDocument, edited: Iterable[str]) -> Paper:
    """The document as the page shows it; `report` None is a frozen issue without pictures of its own address."""
    changed = set(edited)
    placed = (one for section in lay_out_report(document).sections for one in section.placed)
    return Paper(tuple(_blocks(report, placed, changed)))


def block_of(report: Report, document: ReportDocument, key: str, edited: Iterable[str]) -> PaperBlock | None:
    """One block as the page shows it."""
    return next((block for block in paper_of(report, document, edited).blocks if block.key == key), None)


def chart_of(document: ReportDocument, key: str) -> Chart | None:
    """The chart of this key."""
    blocks = (*document.blocks, *document.annexes)
    return next((block for block in blocks if isinstance(block, Chart) and block.key == key), None)


def _blocks(report: Report | None, placed: Iterable[Placed], edited: set[str]) -> Iterator[PaperBlock]:
    for one in placed:
        yield replace(_shown(report, one), is_edited=one.block.key in edited)


def _shown(report: Report | None, placed: Placed) -> PaperBlock:
    block = placed.block
    key, place, text, number = block.key, anchor(block.key), text_of(block) or "", placed.number
    match block:
        case Heading():
            return PaperBlock(key, place, "heading", placed.text, level=placed.level)
        case Paragraph():
            return PaperBlock(key, place, "paragraph", text, has_grounds=bool(block.grounds))
        case BulletList():
            return PaperBlock(
                key, place, "list", text, entries=block.entries, is_numbered=block.is_numbered,
                has_grounds=bool(block.grounds),
            )  # fmt: skip
        case Table():
            return PaperBlock(key, place, "table", text, number=number, table=_table(block))
        case Chart():
            picture = _picture(report, block)
            return PaperBlock(key, place, "chart", text, number=number, picture=picture, alt=block.alt)
        case PageBreak():
            return PaperBlock(key, place, "break", "")


def _picture(report: Report | None, chart: Chart) -> str:
    if report is None:
        return ""
    version = _digest(json.dumps(chart.specification, sort_keys=True, default=float))
    return f"{reverse('office:analysis:chart', args=[report.pk, chart.key])}?v={version}"


def _table(table: Table) -> PaperTable:
    first_total = len(table.rows) - table.total_rows
    return PaperTable(
        heads=tuple(PaperCell(column.title, _css(alignment(column))) for column in table.columns),
        groups=table.header_groups,
        rows=tuple(
            (
                tuple(
                    PaperCell(cell_text(value, column), _css(alignment(column)))
                    for value, column in zip(row, table.columns, strict=True)
                ),
                number >= first_total,
            )
            for number, row in enumerate(table.rows)
        ),
        note=table.note,
    )


def _css(align: str) -> str:
    return {"right": "num", "center": "center"}.get(align, "")


def anchor(key: str) -> str:
    """Place of a block in the page: keys hold characters that addresses do not."""
    return f"block-{_digest(key)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def find_block(document: ReportDocument, key: str) -> Block | None:
    """The block of this key."""
    return next((block for block in (*document.blocks, *document.annexes) if block.key == key), None)
