"""Tables whose rows have cells of other widths than the header: every cell is put under its header cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake.grids.contracts import Grid, GridRow
from intake.plans.headers import Column, Header

#: a cell stands under a header cell when it takes at least so much of its width
_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column as the header has it: places from `start` up to `end`."""

    start: int
    end: int


def laid_on(grid: Grid, leaves: Sequence[Leaf]) -> Grid:
    """The table with one place for each column of the header; unchanged when it has that already."""
    if not grid.knows_spans or len(leaves) == grid.width:
        return grid
    return replace(grid, rows=tuple(_aligned_row(row, leaves) for row in grid.rows), width=len(leaves))


def leaves_of(grid: Grid, header: Header) -> list[Leaf]:
    """Columns as the cells of the header make them."""
    if not grid.knows_spans:
        return [Leaf(place, place + 1) for place in range(grid.width)]
    rows = grid.rows[header.first : header.last + 1]
    starts = [
        column for column in range(grid.width) if any(column not in row.above and row.span(column) for row in rows)
    ]
    starts = starts if starts and starts[0] == 0 else [0, *starts]
    return [Leaf(start, end) for start, end in zip(starts, [*starts[1:], grid.width], strict=True)]


def compact(header: Header, leaves: Sequence[Leaf]) -> Header:
    """The header with one column for each of its cells."""
    if len(leaves) == header.width:
        return header
    columns = []
    for place, leaf in enumerate(leaves):
        inside = [column for column in header.columns if leaf.start <= column.place < leaf.end]
        chosen = next((column for column in inside if column.role), inside[0] if inside else Column(place, "", ""))
        columns.append(replace(chosen, place=place))
    return replace(header, columns=tuple(columns), width=len(leaves))


def _aligned_row(row: GridRow, leaves: Sequence[Leaf]) -> GridRow:
    places = _own_places(row)
    if len(places) == len(leaves) and not row.above:
        return GridRow(
            tuple(row.cells[start] for start, _ in places), row.number, (1,) * len(leaves), frozenset(), row.page,
            row.is_after_break,
        )  # fmt: skip
    cells = [""] * len(leaves)
    spans = [1] * len(leaves)
    above: set[int] = set()
    for start, end in places:
        taken = _taken(start, end, leaves)
        text = row.cells[start]
        if start in row.above and not text:
            above.update(taken)
            continue
        first = taken[0]
        cells[first] = f"{cells[first]}\n{text}".strip() if cells[first] and text else cells[first] or text
        if len(taken) > 1:
            spans[first : first + len(taken)] = [len(taken), *[0] * (len(taken) - 1)]
    filled = {place for place, cell in enumerate(cells) if cell}
    return GridRow(tuple(cells), row.number, tuple(spans), frozenset(above - filled), row.page, row.is_after_break)


def _own_places(row: GridRow) -> list[tuple[int, int]]:
    """Cells of the row as (start, end)."""
    return [
        (column, min(column + max(1, row.span(column)), len(row.cells)))
        for column in range(len(row.cells))
        if row.span(column)
    ]


def _taken(start: int, end: int, leaves: Sequence[Leaf]) -> list[int]:
    """Header cells above the cell: those of which it takes half, else the one of which it takes most."""
    overlaps = [max(0, min(end, leaf.end) - max(start, leaf.start)) for leaf in leaves]
    taken = [
        place
        for place, (overlap, leaf) in enumerate(zip(overlaps, leaves, strict=True))
        if overlap > (leaf.end - leaf.start) * _SHARE
    ]
    return taken or [max(range(len(leaves)), key=lambda place: overlaps[place])]
