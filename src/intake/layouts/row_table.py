"""A table of participants by columns: where everything stands, what its layout demands, the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat

from intake.contracts import ItemClaim, OrganizationClaim
from intake.layouts.base import Cell


@dataclass(slots=True)
class TableColumns:
    """Where everything stands: role → column index, items in order, the column that betrays shifted rows."""

    roles: dict[str, int]
    items: list[tuple[int, ItemClaim]]
    #: a column of text right after the items: a score in it means that the row is shifted to the right
    after_items: int | None = None
    dropped: list[str] = field(default_factory=list)
    #: headers that say nothing to anybody, by column
    unknown: dict[int, str] = field(default_factory=dict)

    @property
    def claims(self) -> list[ItemClaim]:
        return [claim for _, claim in self.items]


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """What differs between layouts."""

    needs_code: bool = False
    is_ordinal_class: bool = False
    grade_level: int | None = None
    #: class of all rows when the table has no column of classes
    class_group: str = ""
    #: organization of all rows when the table itself names none
    organization: OrganizationClaim = field(default_factory=OrganizationClaim)


class RowTable:
    """Data rows by columns. `numbers` are row indices of the sheet from 0."""

    def __init__(self, rows: Sequence[Sequence[Cell]], numbers: Sequence[int], width: int) -> None:
        self.numbers = numbers
        self._width = width
        widths = {len(row) for row in rows}
        if len(widths) > 1 or (widths and next(iter(widths)) < width):
            rows = [[*row, *repeat("", width - len(row))] for row in rows]
        self._columns: list[tuple[Cell, ...]] = list(zip(*rows, strict=False)) if rows else [()] * width

    def __len__(self) -> int:
        return len(self.numbers)

    def column(self, index: int | None) -> tuple[Cell, ...]:
        """Cells of a column, blanks when the table has none."""
        if index is None or index >= len(self._columns):
            return ("",) * len(self.numbers)
        return self._columns[index]
