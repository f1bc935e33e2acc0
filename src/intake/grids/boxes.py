"""Tables drawn with characters (┌───┬───┐ or +---+---+), as reference systems print them → cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from intake.grids.building import RawCell, cell_text, grid_of, laid_out
from intake.grids.contracts import Grid
from intake.grids.pdf_lines import wrapped

_VERTICAL = "│║┃|¦"
_CORNERS = "┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╟╢╤╧╪╞╡╒╕╘╛╥╨╫╓╖╙╜┏┓┗┛┣┫┳┻╋+"
_HORIZONTAL = "─━═—–-_"
_EDGES = frozenset(_VERTICAL + _CORNERS)
_RULE = re.compile(rf"^\s*[{re.escape(_CORNERS + _VERTICAL)}][{re.escape(_CORNERS + _VERTICAL + _HORIZONTAL)}\s]*$")
_SEGMENT = re.compile(rf"^[{re.escape(_HORIZONTAL + _CORNERS)}]{{2,}}$")
_NUMBER = re.compile(r"^\s*\d{1,3}(?:\.\d{1,3})*[.)]?\s*$")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class _Cell:
    left: int
    right: int
    top: int
    lines: list[str] = field(default_factory=list)
    bottom: int = 0


def is_box_line(line: str) -> bool:
    """Whether the line is part of a drawn table: framed by vertical lines or corners."""
    text = line.strip()
    return len(text) > 4 and text[0] in _EDGES and text[-1] in _EDGES


def is_box_rule(line: str) -> bool:
    """Whether the line is a horizontal rule of a drawn table (a row of «|---|» in Markdown is none)."""
    text = line.strip()
    return bool(_RULE.match(line)) and text[0] in _CORNERS and any(mark in text for mark in "─━═-—")


def box_grid(lines: Sequence[str], number: int, first: int) -> Grid:
    """Table of the drawn lines; `first` is the number of the first line in the text."""
    places = sorted({place for line in lines for place, mark in enumerate(line) if mark in _VERTICAL})
    cells = _cells(lines, places)
    vocabulary = frozenset(
        word.casefold() for cell in cells for line in cell.lines for word in _LETTERS.findall(line)[:-1]
    )
    levels = sorted({cell.top for cell in cells} | {cell.bottom for cell in cells})
    rows: list[list[RawCell]] = [[] for _ in levels[:-1]]
    for cell in sorted(cells, key=lambda one: (one.top, one.left)):
        up, down = levels.index(cell.top), levels.index(cell.bottom)
        width = sum(cell.left < place <= cell.right for place in places)
        if up < len(rows) and width:
            rows[up].append(RawCell(_joined(cell.lines, vocabulary), width, max(1, down - up)))
    return grid_of(laid_out(rows, first=first), number, knows_spans=True)


def _cells(lines: Sequence[str], places: Sequence[int]) -> list[_Cell]:
    """Cells by following every stretch between vertical lines down to the rule that closes it."""
    closed: list[_Cell] = []
    open_: dict[tuple[int, int], _Cell] = {}
    for level, line in enumerate(lines):
        if is_box_rule(line):
            _close(open_, closed, level, 0, len(line))
            continue
        edges = [place for place in places if place < len(line) and line[place] in _EDGES]
        if len(edges) > 2 and _begins_row(line[edges[0] + 1 : edges[1]], open_.get((edges[0], edges[1]))):
            _close(open_, closed, level, 0, len(line))  # rows are printed without rules between them
        ruled_from: int | None = None
        for left, right in pairwise(edges):
            text = line[left + 1 : right]
            if _SEGMENT.match(text.strip()) and len(text.strip()) >= right - left - 2:
                ruled_from = left if ruled_from is None else ruled_from
                _close(open_, closed, level, ruled_from, right)
            else:
                ruled_from = None
                cell = open_.setdefault((left, right), _Cell(left, right, level))
                cell.lines.append(cell_text(text))
    _close(open_, closed, len(lines), 0, 10**9)
    return _snapped(closed)


def _begins_row(text: str, first: _Cell | None) -> bool:
    """Whether the first column has a number though its open cell has one already."""
    return first is not None and any(first.lines) and bool(_NUMBER.match(text))


def _close(open_: dict[tuple[int, int], _Cell], closed: list[_Cell], level: int, left: int, right: int) -> None:
    for key in [key for key in open_ if key[0] >= left and key[1] <= right]:
        cell = open_.pop(key)
        cell.bottom = level
        closed.append(cell)


def _snapped(cells: list[_Cell]) -> list[_Cell]:
    """Tops put to the rules above them, so that neighbours share levels."""
    bottoms = sorted({cell.bottom for cell in cells})
    for cell in cells:
        cell.top = max((bottom for bottom in bottoms if bottom <= cell.top), default=0)
    return cells


def _joined(lines: Sequence[str], vocabulary: frozenset[str]) -> str:
    text = ""
    for line in lines:
        if line:
            text = _without_hyphen(text, line, vocabulary) if text else line
    return text


def _without_hyphen(text: str, line: str, vocabulary: frozenset[str]) -> str:
    """Two lines as one: typewritten texts hyphenate, so a hyphen at the end goes unless it joins two known words."""
    last, begin = re.search(r"([^\W\d_]+)-$", text), re.match(r"[^\W\d_]+", line)
    if last is None or begin is None or not begin[0].islower():
        return wrapped(text, line, vocabulary)
    is_compound = last[1].casefold().endswith("о") and begin[0].casefold() in vocabulary
    return text + line if is_compound else text[:-1] + line
