"""Rows of a plan table sorted by what they are: activities, sections, tails of broken rows, remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from intake.grids.contracts import Grid, GridRow
from intake.plans.headers import Header, is_numbering
from intake.plans.numbers import Number, heading_number, is_worded, number_of
from intake.plans.vocabulary import Patterns, Vocabulary, folded_text

#: letters in a cell of numbers that may still be a number
_LONGEST_LETTERS = 3
_DASH = re.compile(r"^[-–—•·*]\s*")


class RowKind(StrEnum):
    ACTIVITY = "activity"
    SECTION = "section"
    TAIL = "tail"
    AMENDMENT = "amendment"
    FOOTNOTE = "footnote"


@dataclass(slots=True)
class PlanRow:
    """A row with its texts by role. `merged`: texts by role that cells merged from above give to the row."""

    kind: RowKind
    grid: Grid
    row: GridRow
    last: int
    texts: dict[str, list[str]] = field(default_factory=dict)
    merged: dict[str, list[str]] = field(default_factory=dict)
    extra: list[tuple[str, str]] = field(default_factory=list)
    number: Number = field(default_factory=lambda: Number("", (), ""))
    heading: str = ""
    joined: list[str] = field(default_factory=list)
    is_label_merged: bool = False
    #: level of a heading that the document itself marks, 0 when it does not
    level: int = 0

    def text(self, role: str) -> str:
        """Text of the role, "" when the table has no such column or the cell is empty."""
        return "\n".join(text for text in self.texts.get(role, ()) if text)

    def has(self, *roles: str) -> bool:
        """Whether any of the roles has text in the row itself."""
        return any(self.text(role) for role in roles)


def plan_rows(
    grid: Grid, header: Header, first: int, vocabulary: Vocabulary, *, is_continued: bool = False
) -> Iterator[PlanRow]:
    """Rows from index `first` with their kinds; repeated headers and rows of column numbers are dropped.

    `is_continued`: the table goes on with the one before, so that its first row may be the tail of a broken row.
    """
    header = _without_empty_numbers(header, grid, first)
    inherited: dict[int, str] = {}
    body = [row for row in grid.rows[first:] if row.filled]
    has_break = has_rows = is_continued
    for place, row in enumerate(body):
        if header.repeats(row) or is_numbering(row):
            # the first rows of a table go on with nothing
            has_break = has_rows
            continue
        if has_break and not row.is_after_break:
            row = GridRow(row.cells, row.number, row.spans, row.above, row.page, True)
        has_break, has_rows = False, True
        inherited |= {column: cell for column, cell in enumerate(row.cells) if column not in row.above}
        following = next((one for one in body[place + 1 :] if not header.repeats(one)), None)
        yield _plan_row(grid, header, row, following, dict(inherited), vocabulary)


def _plan_row(
    grid: Grid, header: Header, row: GridRow, following: GridRow | None, inherited: dict[int, str], words: Vocabulary
) -> PlanRow:
    result = PlanRow(RowKind.ACTIVITY, grid, row, row.number)
    for column in header.columns:
        cell = row.cells[column.place] if column.place < len(row.cells) else ""
        merged = inherited.get(column.place, "") if column.place in row.above else ""
        if column.role and column.role not in ("period",):
            result.texts.setdefault(column.role, []).append(cell)
            if merged:
                result.merged.setdefault(column.role, []).append(merged)
        if column.role not in ("number", "number_title", "title", "term", "term_start", "term_end", "period",
                               "responsible", "executor", "result"):  # fmt: skip
            value = cell or merged
            if value:
                result.extra.append((column.header.replace("\n", " ") or f"Столбец {column.place + 1}", value))
    place = _number_place(header)
    result.number = number_of(row.cells[place] if place is not None else "")
    result.is_label_merged = place in row.above
    heading = _heading(header, row, grid)
    if heading:
        remark = _remark_kind(heading, words)
        if remark is not None:
            result.kind, result.heading = remark, heading
            return result
        if _is_section(header, row, following, heading, grid, words):
            result.kind, result.heading = RowKind.SECTION, heading
            return result
    if (row.filled and _fits(words.rows.totals, folded_text(row.cells[row.filled[0]]))) or _is_signature(result):
        result.kind, result.heading = RowKind.FOOTNOTE, " ".join(row.cells[place] for place in row.filled)
    elif _is_tail(result, header, row):
        result.kind = RowKind.TAIL
    return result


def _without_empty_numbers(header: Header, grid: Grid, first: int) -> Header:
    """The header without its column of numbers when nobody filled it in: an empty number then means nothing."""
    place = header.place("number")
    rows = [row for row in grid.rows[first:] if len(row.filled) > 1]
    if place is None or any(row.cells[place] for row in rows if place < len(row.cells)):
        return header
    columns = tuple(replace(one, role="") if one.place == place else one for one in header.columns)
    return replace(header, columns=columns)


def _number_place(header: Header) -> int | None:
    place = header.place("number")
    return place if place is not None else header.place("number_title")


def _heading(header: Header, row: GridRow, grid: Grid) -> str:
    """Text of a row that says nothing but one thing: alone in the row, or a number and one text beside it."""
    filled = row.filled
    if row.above - set(range(1)) and grid.knows_spans and len(row.above) > 1:
        return ""
    if len(filled) == 1:
        return row.cells[filled[0]].replace("\n", " ")
    number, title = _number_place(header), header.place("title")
    if len(filled) == 2 and filled[0] == number and title is not None:
        first, second = row.cells[filled[0]], row.cells[filled[1]]
        is_wide = grid.knows_spans and row.span(filled[1]) > 1
        if (filled[1] == title or is_wide) and number_of(first).parts and not number_of(first).rest:
            return f"{first} {second}".replace("\n", " ")
    return ""


def _remark_kind(text: str, words: Vocabulary) -> RowKind | None:
    folded = folded_text(text)
    if _fits(words.rows.amendments, folded):
        return RowKind.AMENDMENT
    if _fits(words.rows.footnotes, folded) or _fits(words.rows.totals, folded) or _fits(words.rows.continued, folded):
        return RowKind.FOOTNOTE
    return None


def _fits(patterns: Patterns, text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _is_section(
    header: Header, row: GridRow, following: GridRow | None, heading: str, grid: Grid, words: Vocabulary
) -> bool:
    filled = row.filled
    last = filled[-1]
    number = heading_number(heading)
    if not number.rest:
        return False
    if grid.knows_spans and row.span(last) > 1:
        return last + row.span(last) >= header.width - 1 or row.span(last) >= max(2, header.width // 2)
    if words.is_term_heading(heading):
        return last in (_number_place(header), header.place("title"), 0)
    if len(filled) == 2:
        return _is_parent(number, header, following) or number.is_roman or _is_loud(number.rest)
    if last == _number_place(header) and header.place("number") is not None:
        return True
    if last not in (0, header.place("title"), header.place("number_title")):
        return False
    return _reads_as_heading(row, number, header, following)


def _is_parent(number: Number, header: Header, following: GridRow | None) -> bool:
    """Whether the next row is the first below this number, or counts from one again."""
    place = _number_place(header)
    if following is not None and len(following.filled) == 1:
        below = heading_number(following.cells[following.filled[0]])
        return below.parts[: len(number.parts)] == number.parts != below.parts
    if following is None or place is None or place >= len(following.cells):
        return False
    below = number_of(following.cells[place])
    is_child = len(below.parts) == len(number.parts) + 1 and below.parts[: len(number.parts)] == number.parts
    return is_child or (below.parts == (1,) and len(following.filled) > 2)


def _reads_as_heading(row: GridRow, number: Number, header: Header, following: GridRow | None) -> bool:
    """A text alone in the column of activities: a heading unless it looks like the tail of a broken row."""
    if _is_loud(number.rest) or number.is_roman or is_worded(row.cells[row.filled[-1]]):
        return True
    if number.parts and (header.place("number") is not None or _is_parent(number, header, following)):
        return True
    begins_anew = number.rest[0].isupper() and not _DASH.match(number.rest)
    if not begins_anew or row.is_after_break or following is None:
        return False
    place = header.place("number")
    if len(following.filled) == 1:
        return bool(heading_number(following.cells[following.filled[0]]).parts)
    return len(following.filled) > 1 and (place is None or bool(number_of(following.cells[place]).parts))


def _is_loud(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 5 and sum(letter.isupper() for letter in letters) * 10 >= len(letters) * 9


def _is_signature(result: PlanRow) -> bool:
    """Words in the column of numbers, neither activity nor term beside them: «Директор … И. И. Иванов»."""
    number = result.text("number")
    is_bare = not result.has("title", "term", "term_start", "term_end") and not result.merged.get("title")
    return is_bare and not result.number.parts and sum(map(str.isalpha, number)) > _LONGEST_LETTERS


def _is_tail(result: PlanRow, header: Header, row: GridRow) -> bool:
    """A row that continues the one above (plans.md §3.1): no number and no term of its own."""
    has_number = bool(result.text("number")) or bool(result.number.parts)
    title = result.text("title") or result.text("number_title")
    if has_number:
        return False
    if not title:
        return not result.merged.get("title") or not result.has("term", "term_start", "term_end")
    if any(row.cells[place] for place in header.places("term", "term_start", "term_end", "period")):
        return row.is_after_break and title[0].islower() and not _has_merged_term(result)
    if _has_merged_term(result):
        return False
    begins_low = title[0].islower() or bool(_DASH.match(title))
    if header.places("term", "term_start", "term_end", "period") and header.place("number") is not None:
        return True
    return begins_low and not result.has("responsible", "executor")


def _has_merged_term(result: PlanRow) -> bool:
    return any(result.merged.get(role) for role in ("term", "term_start", "term_end"))
