"""A report laid out: numbers of tables, figures and annexes, breaks and orientation, entries of the contents.

Both printers follow this one layout, so that «Таблица 3» is the same table in Word and in PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from msoko.foundation.documents.language.typography import bind, clean
from qualimetry.narrative.blocks import Block, Chart, Heading, PageBreak, ReportDocument, Table, TitlePage

PORTRAIT_WIDTH_MM = 170.0
LANDSCAPE_WIDTH_MM = 257.0
#: a shorter report has no table of contents
_FEWEST_ENTRIES = 4
#: levels of headings listed in the contents
CONTENTS_LEVELS = 2
DEEPEST_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """A block in its place. `number` counts tables and figures apart, from 1. Of a heading: `text`, `anchor` for
    links and `level`, which never skips one (a rule of accessible documents)."""

    block: Block
    number: int = 0
    level: int = 0
    text: str = ""
    anchor: str = ""


@dataclass(slots=True)
class Section:
    """Pages of one orientation; a page break inside stays a block."""

    is_landscape: bool = False
    placed: list[Placed] = field(default_factory=list)

    @property
    def width_mm(self) -> float:
        return LANDSCAPE_WIDTH_MM if self.is_landscape else PORTRAIT_WIDTH_MM


@dataclass(frozen=True, slots=True)
class Entry:
    text: str
    level: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Layout:
    sections: tuple[Section, ...]
    headings: tuple[Entry, ...]
    has_contents: bool = True

    @property
    def contents(self) -> tuple[Entry, ...]:
        entries = tuple(entry for entry in self.headings if entry.level <= CONTENTS_LEVELS)
        return entries if self.has_contents and len(entries) >= _FEWEST_ENTRIES else ()


def prepare(text: str) -> str:
    """Text of a document: without forbidden characters, bound by no-break spaces."""
    return bind(clean(text))


def foot_of(page: TitlePage) -> str:
    """The last line of the title page: place and year as far as they are known."""
    return ", ".join(part for part in (prepare(page.place), str(page.year or "")) if part)


def title_lines(document: ReportDocument) -> str:
    """The whole title in one line: for properties of files."""
    page = document.title_page
    return " ".join(clean(f"{page.kind} {page.title}").split()) or "Документ"


def lay_out_report(document: ReportDocument) -> Layout:
    """Numbers tables and figures through the report and its annexes. Annexes with tables begin on a new page and follow
    one another; an annex of text alone follows the report."""
    builder = _Builder()
    builder.add_all(document.blocks)
    builder.start_annexes(has_tables=any(isinstance(block, Table) for block in document.annexes))
    builder.add_all(document.annexes)
    sections = tuple(section for section in builder.sections if section.placed)
    return Layout(sections, tuple(builder.headings), document.has_contents)


class _Builder:
    def __init__(self) -> None:
        self.sections = [Section()]
        self.headings: list[Entry] = []
        self._tables = self._figures = self._annexes = self._level = 0
        self._is_in_annexes = self._has_tables = False

    def start_annexes(self, *, has_tables: bool) -> None:
        self._is_in_annexes = True
        self._has_tables = has_tables

    def add_all(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._add(block)

    def _add(self, block: Block) -> None:
        match block:
            case PageBreak():
                self._break(block)
            case Heading():
                self._head(block)
            case Table():
                self._tables += 1
                self._put(Placed(block, number=self._tables))
            case Chart():
                self._figures += 1
                self._put(Placed(block, number=self._figures))
            case _:
                self._put(Placed(block))

    def _put(self, placed: Placed) -> None:
        self.sections[-1].placed.append(placed)

    def _break(self, block: PageBreak) -> None:
        if block.is_landscape != self.sections[-1].is_landscape:
            self.sections.append(Section(block.is_landscape))
        elif self.sections[-1].placed and not self._is_at_page_start():
            self._put(Placed(block))

    def _is_at_page_start(self) -> bool:
        placed = self.sections[-1].placed
        if placed:
            return isinstance(placed[-1].block, PageBreak)
        return any(section.placed for section in self.sections) or self.sections[-1].is_landscape

    def _head(self, block: Heading) -> None:
        text = " ".join(re.split(r"[ \t\n]+", prepare(block.text))).strip() or block.key
        level = min(max(block.level, 1), self._level + 1, DEEPEST_LEVEL)
        if self._is_in_annexes and block.level == 1:
            self._annexes += 1
            text = f"Приложение\u00a0{self._annexes}. {text}"
            if self._annexes == 1 and self._has_tables and not self._is_at_page_start():
                self._break(PageBreak(f"{block.key}-page"))
        anchor = f"_Toc{len(self.headings) + 1:06}"
        self.headings.append(Entry(text, level, anchor))
        self._level = level
        self._put(Placed(block, level=level, text=text, anchor=anchor))
