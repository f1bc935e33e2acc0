"""The header of a plan table: found by words, in any order of columns, on one to three rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from intake.grids.contracts import Grid, GridRow
from intake.plans.numbers import number_of
from intake.plans.vocabulary import Vocabulary, header_words

#: rows among which a header is looked for, rows that a header may take, characters of a header cell
_SEARCHED = 60
_HEADER_ROWS = 3
_LONGEST = 160
#: weight of a title word that makes a plan without a column of terms
_SURE = 4
#: weight of a title word that beside another title groups rows: «Этап», «Направление»
_GROUPING = 2
#: share of rows that a column of activities fills at least
_OFTEN = 0.8
#: roles that may turn out to be the activities when no column is named so
_MAY_BE_TITLE = frozenset({"", "form", "participants", "group", "consequence"})
#: roles of words above years and quarters that make them columns of something else than terms
_OTHER_THAN_TERMS = frozenset({"money", "result", "participants"})
#: Roman numerals above columns are months when there are so many and one is above four
_FEWEST_MONTHS = 3
_QUARTERS = 4
#: roles that hold several columns
_MANY = frozenset({"responsible", "executor", "result", "period", "money"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column with the role it was taken for; "" when it is only kept beside."""

    place: int
    header: str
    role: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Header:
    """Columns of one table. `first`, `last`: indices of the header rows in the grid; `texts`: cells of those rows,
    by which repetitions are known."""

    columns: tuple[Column, ...]
    first: int
    last: int
    texts: tuple[tuple[str, ...], ...]
    width: int
    roles: dict[str, tuple[Column, ...]] = field(default_factory=dict, compare=False)

    def places(self, *roles: str) -> tuple[int, ...]:
        """Places of columns with one of the roles, from the left."""
        return tuple(column.place for column in self.columns if column.role in roles)

    def place(self, role: str) -> int | None:
        """Place of the column with the role."""
        return next(iter(self.places(role)), None)

    def repeats(self, row: GridRow) -> bool:
        """Whether the row is one of the header rows again."""
        cells = tuple(header_words(cell) for cell in row.cells)
        return any(cells) and any(_same(cells, text) for text in self.texts)


def find_header(grid: Grid, vocabulary: Vocabulary) -> Header | None:
    """The first rows that read as a header of a plan, None when the table has none."""
    for index in range(min(len(grid.rows), _SEARCHED)):
        if len(grid.rows[index].filled) < 2:
            continue
        best: Header | None = None
        for rows in range(1, _HEADER_ROWS + 1):
            if index + rows > len(grid.rows) or (rows > 1 and not _may_continue(grid, index + rows - 1, vocabulary)):
                break
            found = _header(grid, index, index + rows - 1, vocabulary)
            # cells of the first row that reach down into this row make it a part of the header
            bonus = 1 if grid.knows_spans and grid.rows[index + rows - 1].above else 0
            if found is not None and (best is None or _score(found) + bonus > _score(best)):
                best = found
        if best is not None:
            return best
    return None


def role_of_header(text: str, vocabulary: Vocabulary) -> str:
    """Role of a column with this header, "" when the words are not known."""
    return _role(header_words(text), vocabulary)[0] if len(text) <= _LONGEST else ""


def is_numbering(row: GridRow) -> bool:
    """Whether the cells are numbers of columns: 1, 2, 3…"""
    texts = [row.cells[place].strip(" .()") for place in row.filled]
    if len(texts) < 3 or not all(text.isdecimal() and len(text) < 3 for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (0, 1)


def _score(header: Header) -> int:
    return len({column.role for column in header.columns if column.role}) + len(header.places("period"))


def _may_continue(grid: Grid, index: int, vocabulary: Vocabulary) -> bool:
    """Whether the row may be the next row of a header: below merged cells, of short words or of periods."""
    row = grid.rows[index]
    if not row.filled or is_numbering(row):
        return False
    texts = [row.cells[place] for place in row.filled]
    if any(len(text) > _LONGEST for text in texts):
        return False
    roles = [_role(header_words(text), vocabulary)[0] for text in texts]
    if grid.knows_spans and row.above:
        return all(roles) or len(row.above) + len(row.filled) >= grid.width
    return all(roles) and not any(text.strip(" .").isdecimal() for text in texts)


def _header(grid: Grid, first: int, last: int, vocabulary: Vocabulary) -> Header | None:
    rows = grid.rows[first : last + 1]
    columns = _columns([_column_text(grid, rows, place) for place in range(grid.width)], vocabulary)
    columns = _with_implied(columns, grid, last)
    if not _is_enough(columns):
        return None
    texts = tuple(tuple(header_words(cell) for cell in row.cells) for row in rows)
    return Header(columns, first, last, texts, grid.width)


def _column_text(grid: Grid, rows: tuple[GridRow, ...], place: int) -> tuple[str, str]:
    """Words above the column: of the lowest filled cell, and of the cells above it."""
    texts: list[str] = []
    for depth, row in enumerate(rows):
        owner = place
        if grid.knows_spans or depth < len(rows) - 1:
            while owner > 0 and (row.span(owner) == 0 or (not grid.knows_spans and not row.cells[owner])):
                owner -= 1
        is_own = owner == place or (grid.knows_spans and row.span(owner) > place - owner) or depth < len(rows) - 1
        text = row.cells[owner] if is_own and owner < len(row.cells) else ""
        if text and text not in texts:
            texts.append(text.replace("\n", " "))
    if not texts:
        return "", ""
    return texts[-1], " ".join(texts[:-1])


def _columns(texts: list[tuple[str, str]], vocabulary: Vocabulary) -> tuple[Column, ...]:
    columns: list[Column] = []
    texts = _with_month_names(texts, vocabulary)
    for place, (text, upper) in enumerate(texts):
        role, weight = _role(header_words(text), vocabulary)
        whole = f"{upper} {text}".strip() if text else upper
        if not role and upper:
            role, weight = _role(header_words(whole), vocabulary)
        if role == "period" and _role(header_words(upper), vocabulary)[0] in _OTHER_THAN_TERMS:
            role = "money"
        if role == "period":
            whole = _period_label(text, upper)
        if len(text) > _LONGEST:
            role = ""
        columns.append(Column(place, whole, role, weight))
    return _settled(columns)


def _with_month_names(texts: list[tuple[str, str]], vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Headers «IX», «X», … «V» as names of months; Roman numerals up to four may be quarters and stay."""
    numbers = [number_of(text) for text, _ in texts]
    roman = [one.parts[0] for one in numbers if one.is_roman and not one.rest and len(one.parts) == 1]
    names = [name.casefold() for name in vocabulary.genitive]
    if len(roman) < _FEWEST_MONTHS or max(roman) <= _QUARTERS or max(roman) > len(names):
        return texts
    return [
        (names[number.parts[0] - 1] if number.is_roman and not number.rest else text, upper)
        for (text, upper), number in zip(texts, numbers, strict=True)
    ]


def _period_label(text: str, upper: str) -> str:
    """Label of a column of a period: with the words above it when they name a year."""
    return f"{text} {upper}" if any(word.isdecimal() and len(word) == 4 for word in upper.split()) else text


def _role(words: str, vocabulary: Vocabulary) -> tuple[str, int]:
    if not words:
        return "", 0
    if any(pattern.search(words) for pattern in vocabulary.periods):
        return "period", 1
    for column in vocabulary.columns:
        if any(pattern.search(words) for pattern in column.patterns):
            return column.role, column.weight
    return "", 0


def _settled(columns: list[Column]) -> tuple[Column, ...]:
    """One column a role where there can be only one: the heaviest, then the leftmost; a lone period is a term."""
    chosen: dict[str, Column] = {}
    for column in columns:
        best = chosen.get(column.role)
        if best is None or column.weight > best.weight:
            chosen[column.role] = column
    counts = Counter(column.role for column in columns)
    result = []
    for column in columns:
        role = column.role
        if role == "title" and chosen[role] is not column and column.weight == _GROUPING:
            role = "group"
        elif (role and role not in _MANY and chosen[role] is not column) or (role == "period" and counts[role] < 2):
            role = ""
        result.append(Column(column.place, column.header, role, column.weight))
    return tuple(result)


def _with_implied(columns: tuple[Column, ...], grid: Grid, last: int) -> tuple[Column, ...]:
    """Columns without words: numbers at the left, activities as the widest text."""
    roles = {column.role for column in columns}
    result = list(columns)
    body = grid.rows[last + 1 : last + 41]
    if not roles & {"number", "number_title"} and result and not result[0].header and _is_numbers(body):
        result[0] = Column(0, "", "number")
    has_rest = bool(roles & {"responsible", "executor"}) and bool(roles & {"term", "term_end", "period", "number"})
    if not roles & {"title", "number_title"} and has_rest:
        blank = [column for column in result if column.role in _MAY_BE_TITLE]
        if blank and (widest := max(blank, key=lambda one: _mean_length(body, one.place))):
            result[widest.place] = Column(widest.place, widest.header, "title")
    return _with_title_beside_groups(result, body)


def _with_title_beside_groups(columns: list[Column], body: tuple[GridRow, ...]) -> tuple[Column, ...]:
    """«Направление» that names many rows at once is a group: the activities stand in a column filled in every row."""
    title = next((one for one in columns if one.role == "title"), None)
    rows = [row for row in body if len(row.filled) > 2]
    if title is None or title.weight != _GROUPING or not rows or _filled(rows, title.place) >= _OFTEN:
        return tuple(columns)
    others = [one for one in columns if one.role in _MAY_BE_TITLE and _filled(rows, one.place) >= _OFTEN]
    if not others:
        return tuple(columns)
    widest = max(others, key=lambda one: _mean_length(tuple(rows), one.place))
    roles = {title.place: "group", widest.place: "title"}
    return tuple(replace(one, role=roles.get(one.place, one.role)) for one in columns)


def _filled(rows: list[GridRow], place: int) -> float:
    return sum(bool(row.cells[place]) for row in rows) / len(rows)


def _is_numbers(rows: tuple[GridRow, ...]) -> bool:
    texts = [row.cells[0] for row in rows if row.cells and row.cells[0] and len(row.filled) > 1]
    return bool(texts) and sum(text[0].isdecimal() and len(text) < 12 for text in texts) * 2 > len(texts)


def _mean_length(rows: tuple[GridRow, ...], place: int) -> float:
    lengths = [len(row.cells[place]) for row in rows]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _is_enough(columns: tuple[Column, ...]) -> bool:
    roles = {column.role for column in columns} - {""}
    has_title = bool(roles & {"title", "number_title"})
    has_term = bool(roles & {"term", "term_start", "term_end", "period"})
    has_people = bool(roles & {"responsible", "executor"})
    weight = max((column.weight for column in columns if column.role == "title"), default=4)
    if has_title and (has_term or (has_people and weight >= _SURE)):
        return True
    if "title" in roles and has_people and roles & {"result", "mark"}:
        return True  # terms stand in headings
    return "title" in roles and bool(roles & {"number"}) and bool(roles & {"result", "mark"})


def _same(cells: tuple[str, ...], text: tuple[str, ...]) -> bool:
    filled, expected = [one for one in cells if one], [one for one in text if one]
    return filled == expected or (len(filled) > 1 and set(filled) <= set(expected))
