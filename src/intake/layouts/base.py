"""What a layout is: something that recognises its table on a sheet by content and reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from intake.contracts import ColumnMapping, Specification, Summary, Work

#: A cell as the spreadsheet library gives it: text, number, boolean, date or "" for a blank.
Cell = object


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as rows of cells, blanks as ""; `rows[0][0]` is A1. Rows may have different lengths."""

    name: str
    rows: Sequence[Sequence[Cell]]
    is_hidden: bool = False
    #: what layouts have worked out about the sheet and others may use again
    memo: dict[str, object] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Book:
    """A whole file: sheets in order. A CSV or pasted table is a book of one sheet."""

    file: str
    sheets: tuple[Sheet, ...]
    mappings: tuple[ColumnMapping, ...] = ()


Recognised = Work | Summary | Specification


class Layout(Protocol):
    """A layout reads whole books, because several layouts spread over sheets (1.3: «Классы» + «Протокол»).

    `read` returns None when the book is not of this layout (cheaply: it looks at the first 30 rows), else all that
    it recognised; trouble inside a recognised table goes to `problems` of the work, never to an exception.
    """

    @property
    def id(self) -> str: ...

    def read(self, book: Book) -> Sequence[Recognised] | None: ...
