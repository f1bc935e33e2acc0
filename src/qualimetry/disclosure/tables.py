"""Hiding small counts of a table whose totals are known, so that no hidden count can be worked out.

A count below the threshold is hidden (primary). The reader knows every row, column and grand total, so that a lone
hidden count of a row is the total less the rest; more counts have to be hidden with it (secondary). Hidden counts are
edges between rows and columns: one is recoverable exactly when no cycle of changes leads through it (Gusfield 1988,
SIAM J. Comput. 17:552), where a zero can only grow. "Two hidden in every line" is not enough.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Int64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]
Float = npt.NDArray[np.float64]
Cell = tuple[int, int]
#: What hiding a cell costs: one cell more always costs more than any value; a zero only where nothing else will do.
_CELL, _ZERO = 1.0, 1e3


class TableError(ValueError):
    """The table is not one of counts. code: `empty`, `negative`, `threshold`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, eq=False)
class Suppression:
    """mask: hidden cells; primary: those below the threshold; recoverable: hidden cells that their totals give away."""

    mask: Bool
    primary: Bool
    recoverable: tuple[Cell, ...]

    @property
    def secondary(self) -> Bool:
        return np.asarray(self.mask & ~self.primary, np.bool_)


def suppress(counts: Int64, threshold: int) -> Suppression:
    """Hide counts from 1 to threshold − 1 and as few others as the search finds.

    Zeros say that nobody is there and stay, unless nothing else protects a count of the same line. A table of one row
    or one column cannot be protected: its totals are its counts; `recoverable` says so.

    Raises TableError: no cells, negative counts, a threshold below 1.
    """
    if counts.ndim != 2 or counts.size == 0:
        raise TableError("empty", "no cells")
    if (counts < 0).any():
        raise TableError("negative", "negative count")
    if threshold < 1:
        raise TableError("threshold", f"threshold {threshold}")
    primary = (counts > 0) & (counts < threshold)
    mask = primary.copy()
    _close_cycles(counts, mask)
    _close_with_zeros(counts, mask)
    return Suppression(mask, primary, tuple(recoverable(counts, mask)))


def recoverable(counts: Int64, mask: Bool) -> list[Cell]:
    """Hidden cells whose count follows from totals and shown cells; the reader knows that counts are not negative.

    Exact: the counts that agree with the totals form a transportation polytope, and a cell is fixed in it if and only
    if no directed cycle of changes runs through it.
    """
    hidden = [(int(row), int(column)) for row, column in zip(*np.nonzero(mask), strict=True)]
    if not hidden:
        return []
    if all(counts[cell] > 0 for cell in hidden):
        return _bridges(counts.shape[0], hidden)
    return [cell for cell in hidden if not _can_change(counts, mask, cell)]


def _bridges(rows: int, cells: list[Cell]) -> list[Cell]:
    """Edges on no cycle, by depth-first search (Tarjan 1974)."""
    heads: dict[int, list[tuple[int, int]]] = {}
    for number, (row, column) in enumerate(cells):
        heads.setdefault(row, []).append((rows + column, number))
        heads.setdefault(rows + column, []).append((row, number))
    seen: dict[int, int] = {}
    low: dict[int, int] = {}
    found: list[Cell] = []
    for root in heads:
        if root in seen:
            continue
        seen[root] = low[root] = len(seen)
        stack = [(root, -1, iter(heads[root]))]
        while stack:
            node, by, edges = stack[-1]
            for other, number in edges:
                if number == by:
                    continue
                if other in seen:
                    low[node] = min(low[node], seen[other])
                    continue
                seen[other] = low[other] = len(seen)
                stack.append((other, number, iter(heads[other])))
                break
            else:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    low[above] = min(low[above], low[node])
                    if low[node] > seen[above]:
                        found.append(cells[by])
    return found


def _close_cycles(counts: Int64, mask: Bool) -> None:
    """Hide positive cells until every hidden cell that can be is on a cycle."""
    value = counts / (float(counts.sum()) + 1.0)
    lonely: set[Cell] = set()
    while True:
        hidden = [(int(row), int(column)) for row, column in zip(*np.nonzero(mask), strict=True)]
        bridges = [cell for cell in _bridges(counts.shape[0], hidden) if cell not in lonely]
        if not bridges:
            return
        weight = np.where(mask, 0.0, np.where(counts > 0, _CELL + value, np.inf))
        closed: set[Cell] = set()
        for cell in bridges:
            if cell in closed:
                continue
            path = _rectangle(weight, cell) or _cheapest(weight, cell)
            if path is None:
                lonely.add(cell)
                continue
            for one in path:
                mask[one] = True
                weight[one] = 0.0
            closed.update(path)


def _rectangle(weight: Float, cell: Cell) -> list[Cell] | None:
    """The three cheapest cells that make a rectangle with a cell; rows with that column hidden come first."""
    row, column = cell
    hidden = np.flatnonzero(weight[:, column] == 0)
    near = _best_corner(weight, cell, hidden[hidden != row])
    if near is None or near[0] >= 2 * _CELL:
        near = _best_corner(weight, cell, np.delete(np.arange(weight.shape[0]), row))
    if near is None:
        return None
    _, other_row, other_column = near
    return [(row, other_column), (other_row, other_column), (other_row, column)]


def _best_corner(weight: Float, cell: Cell, rows: Int64) -> tuple[float, int, int] | None:
    """Cost, row and column of the corner opposite to a cell among some rows."""
    row, column = cell
    if not rows.size:
        return None
    cost = weight[rows] + weight[row][None, :] + weight[rows, column][:, None]
    cost[:, column] = np.inf
    place, other = divmod(int(np.argmin(cost)), weight.shape[1])
    return (float(cost[place, other]), int(rows[place]), other) if np.isfinite(cost[place, other]) else None


def _cheapest(weight: Float, cell: Cell) -> list[Cell] | None:
    """The cheapest path from the row of a cell to its column without it; None when there is none."""
    blocked = weight.copy()
    blocked[cell] = np.inf
    found = _path(blocked, blocked, cell[0], weight.shape[0] + cell[1])
    return found[1] if found else None


def _path(forward: Float, backward: Float, start: int, goal: int) -> tuple[float, list[Cell]] | None:
    """Dijkstra between rows (0…R−1) and columns (R…): `forward` from a row to a column, `backward` from a column."""
    rows = forward.shape[0]
    known: dict[int, tuple[float, int]] = {}
    queue: list[tuple[float, int, int]] = [(0.0, start, -1)]
    while queue:
        cost, node, before = heapq.heappop(queue)
        if node in known:
            continue
        known[node] = (cost, before)
        if node == goal:
            return cost, list(_cells(known, goal, rows))
        line = forward[node] if node < rows else backward[:, node - rows]
        for place in np.flatnonzero(np.isfinite(line)):
            other = int(place) + rows if node < rows else int(place)
            if other not in known:
                heapq.heappush(queue, (cost + float(line[place]), other, node))
    return None


def _cells(known: dict[int, tuple[float, int]], goal: int, rows: int) -> Iterator[Cell]:
    node = goal
    while (before := known[node][1]) >= 0:
        yield (min(node, before), max(node, before) - rows)
        node = before


def _close_with_zeros(counts: Int64, mask: Bool) -> None:
    """Where positive cells do not suffice, hide zeros, which can only grow, so that the cell can fall or grow."""
    for cell in recoverable(counts, mask):
        if not mask[cell] or _can_change(counts, mask, cell):
            continue
        grow = np.where(mask, 0.0, np.where(counts > 0, _CELL, _ZERO))
        fall = np.where(counts > 0, np.where(mask, 0.0, _CELL), np.inf)
        grow[cell] = fall[cell] = np.inf
        row, column = cell[0], counts.shape[0] + cell[1]
        paths = [path for path in (_path(grow, fall, row, column), _path(grow, fall, column, row)) if path]
        for one in min(paths, default=(0.0, []))[1]:
            mask[one] = True


def _can_change(counts: Int64, mask: Bool, cell: Cell) -> bool:
    """A cycle of changes leads through a hidden cell: others grow and fall so that it falls, or so that it grows."""
    rows = counts.shape[0]
    row, column = cell[0], rows + cell[1]
    grow = mask.copy()
    fall = mask & (counts > 0)
    grow[cell] = fall[cell] = False
    if counts[cell] > 0 and column in _reached(grow, fall, row):
        return True
    return row in _reached(grow, fall, column)


def _reached(grow: Bool, fall: Bool, start: int) -> set[int]:
    rows = grow.shape[0]
    known, queue = {start}, [start]
    while queue:
        node = queue.pop()
        line = grow[node] if node < rows else fall[:, node - rows]
        shift = rows if node < rows else 0
        for place in np.flatnonzero(line):
            other = int(place) + shift
            if other not in known:
                known.add(other)
                queue.append(other)
    return known


def bounds(counts: Int64, mask: Bool, cells: Iterable[Cell]) -> list[tuple[int, int]]:
    """The least and the greatest value that each cell can have for the reader: exact, by linear programming."""
    from scipy import optimize, sparse  # noqa: PLC0415 -- slow import

    hidden = [(int(row), int(column)) for row, column in zip(*np.nonzero(mask), strict=True)]
    place = {cell: number for number, cell in enumerate(hidden)}
    lines = np.array([[row, counts.shape[0] + column] for row, column in hidden]).reshape(-1)
    matrix = sparse.csr_array(
        (np.ones(lines.size), (lines, np.repeat(np.arange(len(hidden)), 2))), shape=(sum(counts.shape), len(hidden))
    )
    left = matrix @ np.array([counts[cell] for cell in hidden], np.float64)
    found = []
    for cell in cells:
        target = np.zeros(len(hidden))
        target[place[cell]] = 1.0
        ends = [
            optimize.linprog(sign * target, A_eq=matrix, b_eq=left, method="highs").fun * sign for sign in (1.0, -1.0)
        ]
        found.append((round(ends[0]), round(ends[1])))
    return found
