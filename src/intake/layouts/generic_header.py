"""Finding tables with one row a participant: headers of one to three rows, titles above, several on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from intake.fields.cells import ITEM_VALUES, whole
from intake.fields.items import fraction_headers, is_bare_number, parse_item_header
from intake.fields.subjects import subject_named
from intake.fields.text import clean, header_key
from intake.layouts.base import Cell, Sheet
from intake.layouts.headers import HEADER_DEPTH, table_columns, text_keys, top_keys
from intake.layouts.row_table import TableColumns
from intake.layouts.rows_left_out import is_totals_title
from intake.layouts.vocabulary import is_personal, is_summary_word, may_hold_names, role_of

_MAX_LEVELS = 3
_LEVELS = {"Б": "Б", "П": "П", "В": "В", "B": "В", "БАЗОВЫЙ": "Б", "ПОВЫШЕННЫЙ": "П", "ВЫСОКИЙ": "В"}
_MARK_LABELS = frozenset("2345")


@dataclass(slots=True)
class FoundTable:
    """A table: its combined header, rows of participants `first…end`, lines above it with
    their cells parted by tabs."""

    header: list[Cell]
    header_row: int
    first: int
    end: int
    titles: list[str]

    def header_keys(self) -> list[str]:
        return [header_key(cell) for cell in self.header]


def find_tables(sheet: Sheet) -> list[FoundTable]:
    """Tables of the sheet from the top; a table ends where the header of the next one begins."""
    tables: list[FoundTable] = []
    start = 0
    while (found := _next_table(sheet, start)) is not None:
        if tables:
            tables[-1].end = max(tables[-1].first, found.header_row - len(found.titles))
        tables.append(found)
        following = _repeated_header(sheet.rows, found)
        if following is None:
            break
        start = following
    return tables


def _next_table(sheet: Sheet, start: int) -> FoundTable | None:
    window = sheet.rows[start : start + HEADER_DEPTH]
    keys = top_keys(sheet) if start == 0 else [text_keys(row) for row in window]
    known = [any(_means_something(key) for key in row if key) for row in keys]
    best: tuple[int, int, int] | None = None
    for bottom in range(len(window)):
        for depth in range(1, min(_MAX_LEVELS, bottom + 1) + 1):
            if not known[bottom - depth + 1]:
                continue
            weight = _weight(combined_header(window, bottom, depth))
            if weight and (best is None or weight > best[0]):
                best = (weight, bottom, depth)
    if best is None:
        return None
    _, bottom, depth = best
    top = bottom - depth + 1
    header = combined_header(window, bottom, depth)
    return FoundTable(header, start + bottom, start + bottom + 1, len(sheet.rows), _titles(window, top))


@lru_cache(maxsize=8192)
def _means_something(key: str) -> bool:
    return role_of(key) is not None or is_personal(key) or may_hold_names(key)


def combined_header(rows: Sequence[Sequence[Cell]], bottom: int, depth: int) -> list[Cell]:
    """Header of `depth` rows ending at `bottom`: the lowest filled cell of each column."""
    levels = rows[bottom - depth + 1 : bottom + 1]
    width = max(map(len, levels))
    header: list[Cell] = [""] * width
    for level in levels:
        for index, cell in enumerate(level):
            if cell != "" and not (isinstance(cell, str) and not cell.strip()):
                header[index] = cell
    return header


def _weight(header: Sequence[Cell]) -> int:
    """How much of the header is understood; 0 when it is no header."""
    roles: set[str] = set()
    labels: set[str] = set()
    people = 0
    labels |= {claim.label for claim in fraction_headers(header).values()}
    subjects = {subject for cell in header if isinstance(cell, str) and (subject := subject_named(clean(cell)))}
    labels |= subjects if len(subjects) > 1 else set()
    for cell in header:
        if cell == "":
            continue
        key = header_key(cell)
        if role := role_of(key):
            roles.add(role)
        elif is_personal(key) or may_hold_names(key):
            people += 1
        elif claim := parse_item_header(cell):
            labels.add(claim.label)
    useful = len(roles - {"known"}) + min(people, 1)
    return 3 * useful + len(labels) + people if useful and useful + len(labels) >= 2 else 0


def _titles(rows: Sequence[Sequence[Cell]], top: int) -> list[str]:
    lines = ("\t".join(text for cell in row if (text := clean(cell))) for row in rows[:top])
    return [line for line in lines if line]


def _repeated_header(rows: Sequence[Sequence[Cell]], table: FoundTable) -> int | None:
    """Row from which the search for the next table goes on: just after the data above a second header."""
    words = {cell for cell in rows[table.header_row] if isinstance(cell, str) and len(cell.strip()) > 2}
    if len(words) < 2:
        return None
    for index in range(table.first, len(rows)):
        row = rows[index]
        if not words.isdisjoint(row) and len(words.intersection(row)) >= 2:
            return _back_over_titles(rows, index, table.first)
    return None


def _back_over_titles(rows: Sequence[Sequence[Cell]], header: int, floor: int) -> int:
    """First of the lines of text and blanks right above a header."""
    index = header
    while index > floor and sum(cell != "" for cell in rows[index - 1]) <= 2:
        index -= 1
    return index


def participant_columns_of(sheet: Sheet, table: FoundTable, header: Sequence[Cell]) -> TableColumns | None:
    """Columns of the table when it has one row a participant, None when it is a table of totals or of something else.

    `header`: that of the table, or its part of one subject. Rows right under it with maxima
    («макс. балл | 1 | 2») or levels («Б | П») are taken into the items.
    """
    columns = table_columns(header, sample=sheet.rows[table.first : table.first + 40])
    _drop_chance_items(header, columns)
    if not _is_one_row_a_participant(sheet, table, columns):
        return None
    row = table.header_row + 1
    while row < table.end and _takes_item_row(sheet.rows[row], columns, sheet.rows[row + 1 : table.end]):
        row += 1
    table.first = max(table.first, row)
    return columns


def _drop_chance_items(header: Sequence[Cell], columns: TableColumns) -> None:
    """Bare numbers are items only together, and «2 3 4 5» are marks."""
    bare = [claim.label for index, claim in columns.items if is_bare_number(header[index])]
    if len(bare) == len(columns.items) and (len(bare) < 2 or set(bare) <= _MARK_LABELS):
        columns.items = []


def _is_one_row_a_participant(sheet: Sheet, table: FoundTable, columns: TableColumns) -> bool:
    roles = set(columns.roles)
    if not (columns.items or roles & {"total", "mark", "test_score", "passed", "level"}):
        return False
    has_person = "participant" in roles or bool(columns.dropped)
    if any(map(is_summary_word, table.header_keys())) and not has_person:
        return False
    if has_person or roles & {"variant", "sex", "presence", "journal_mark"}:
        return True
    places = [
        columns.roles[role] for role in ("organization_code", "organization_name", "class_group") if role in roles
    ]
    body = sheet.rows[table.first : table.end]
    return _is_repeated(body, places) if places else _holds_scores(body, columns)


def _is_repeated(rows: Sequence[Sequence[Cell]], places: Sequence[int]) -> bool:
    """Whether groups have several rows each, as participants do and totals do not."""
    seen = [tuple(clean(row[place]) if place < len(row) else "" for place in places) for row in rows]
    filled = [key for key in seen if any(key)]
    return len(filled) >= 3 and len(set(filled)) * 2 <= len(filled)


def _holds_scores(rows: Sequence[Sequence[Cell]], columns: TableColumns) -> bool:
    """Whether a table without people, classes and schools is a list of anonymous pupils: items full of small scores."""
    cells = [row[index] for row in rows[:200] for index, _ in columns.items if index < len(row) and row[index] != ""]
    scores = [ITEM_VALUES[cell] for cell in cells]
    is_small = sum(-1 <= score <= 20 for score in scores) * 10 >= len(scores) * 9
    return len(columns.items) >= 3 and len(scores) >= 2 * len(columns.items) and is_small


def _takes_item_row(row: Sequence[Cell], columns: TableColumns, following: Sequence[Sequence[Cell]]) -> bool:
    """Take a row of maxima or levels into the items; False when the row is something else."""
    cells = [(number, row[index]) for number, (index, _) in enumerate(columns.items) if index < len(row)]
    filled = [(number, cell) for number, cell in cells if cell != ""]
    if not filled:
        return False
    if all(clean(cell).upper() in _LEVELS for _, cell in filled):
        for number, cell in filled:
            _change(columns, number, level=_LEVELS[clean(cell).upper()])
        return True
    if not _is_row_of_maxima(row, columns, filled, following):
        return False
    maxima = [(number, _maximum(cell)) for number, cell in filled]
    if any(maximum is None for _, maximum in maxima):
        return False
    for number, maximum in maxima:
        _change(columns, number, max_score=maximum)
    return True


def _maximum(cell: Cell) -> int | None:
    text = clean(cell).casefold().strip("()[] ")
    for ending in ("баллов", "балла", "балл", "б.", "б"):
        text = text.removesuffix(ending).strip()
    value = whole(text)
    return value if value is not None and 0 < value <= 100 else None


def _is_row_of_maxima(
    row: Sequence[Cell],
    columns: TableColumns,
    filled: Sequence[tuple[int, Cell]],
    following: Sequence[Sequence[Cell]],
) -> bool:
    """Said in words («Максимальный балл»), written as points («2б»), or all scores and nobody's, where the rows below
    are somebody's."""
    first_item = columns.items[0][0]
    left = [cell for cell in row[:first_item] if isinstance(cell, str) and cell.strip()]
    if any(is_totals_title(cell) and ("макс" in (key := header_key(cell)) or key == "мах") for cell in left):
        return True
    if any("балл" in header_key(cell).split()[-1:] for cell in left) and len(left) == 1:
        return True
    if all(isinstance(cell, str) and "б" in cell.casefold() for _, cell in filled):
        return True
    own = [place for role, place in columns.roles.items() if role not in ("total", "known")]

    def is_nobodys(line: Sequence[Cell]) -> bool:
        return all(place >= len(line) or clean(line[place]) == "" for place in own)

    is_alone = not own or not all(is_nobodys(line) for line in following[:3])
    return is_nobodys(row) and is_alone and len(filled) == len(columns.items) and not left


def _change(columns: TableColumns, number: int, **changes: object) -> None:
    index, claim = columns.items[number]
    columns.items[number] = (index, replace(claim, **changes))  # type: ignore[arg-type]
