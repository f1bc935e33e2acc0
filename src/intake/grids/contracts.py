"""A document as paragraphs and tables, whatever the file was: the shape that plans and matrices are read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.contracts import Problem


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside of tables. `line` counts paragraphs (lines of a text file) from 1; `level`: 1–9 for a heading that
    the document itself marks as one, 0 for other text."""

    text: str
    line: int
    page: int | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a table. `cells` has one text a column; line breaks inside a cell are kept.

    `spans`: how many columns the cell at this place takes, 0 for a place covered from the left. `above`: places that a
    cell of an earlier row covers; their text is "". `number`: row of the sheet or table, line of the text, from 1.
    `is_after_break`: first row after a blank line of a text, a new page or a new part of a split table.
    """

    cells: tuple[str, ...]
    number: int
    spans: tuple[int, ...] = ()
    above: frozenset[int] = frozenset()
    page: int | None = None
    is_after_break: bool = False

    @property
    def filled(self) -> tuple[int, ...]:
        """Columns with text."""
        return tuple(place for place, cell in enumerate(self.cells) if cell)

    def span(self, column: int) -> int:
        """Columns taken by the cell at this place."""
        return self.spans[column] if column < len(self.spans) else 1


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. `knows_spans`: the format tells merged cells (text does not). `number` counts tables from 1."""

    rows: tuple[GridRow, ...]
    number: int
    width: int
    sheet: str = ""
    knows_spans: bool = False


Block = Paragraph | Grid


@dataclass(slots=True)
class Document:
    """Everything that one file says, in order of reading. `kind`: docx, xlsx, pdf, html, text and so on."""

    file: str
    blocks: Sequence[Block] = ()
    problems: list[Problem] = field(default_factory=list)
    kind: str = ""

    @property
    def grids(self) -> list[Grid]:
        """Tables in order."""
        return [block for block in self.blocks if isinstance(block, Grid)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Paragraphs in order."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]
