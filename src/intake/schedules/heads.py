"""Headers of matrices: rows of months, days, weeks, classes, subjects, levels over each other → columns."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field, replace

from intake.grids import Grid, GridRow
from intake.schedules.axes import Axis, axis_of, is_numbering, is_total, is_weekdays, role_of_row
from intake.schedules.days import day_of_month
from intake.schedules.words import Known, month_in

_MOST_ROWS, _WIDE = 6, 3
#: kinds of rows of which a row of data could be one by chance: they head a table once, or in the same words again
_ONCE = ("dates", "levels", "periods", "weeks", "subjects")
Span = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of a column belong to. `span`: its day or week; `question`: what is unclear of it."""

    month: int | None = None
    level: str = ""
    known_class: Known | None = None
    subject: str = ""
    span: Span | None = None
    question: str = ""

    @property
    def is_timed(self) -> bool:
        """Whether the column alone says (or should say) when the works in it are."""
        return self.span is not None or bool(self.question)


@dataclass(frozen=True, slots=True)
class MatrixHead:
    """`last` is the last row of the header; `kind` what its columns are; `roles` are places of other columns."""

    last: int
    kind: str
    columns: dict[int, Column]
    roles: dict[str, int] = field(default_factory=dict)
    words: tuple[str, ...] = ()

    @property
    def first_column(self) -> int:
        return min(self.columns, default=0)


def head_at(
    grid: Grid, index: int, start_year: int, *, month: int | None = None, current: MatrixHead | None = None
) -> MatrixHead | None:
    """The header that begins at the row, None when none does. `month`: that of the sheet or of the text above;
    `current`: the header in force, when the row is met under it."""
    first = axis_of(grid.rows[index], start_year)
    if first is None or (current and first.kind in _ONCE and _words(grid.rows[index]) != current.words):
        return None
    axes, last = [(grid.rows[index], first)], index
    for number in range(index + 1, min(index + _MOST_ROWS, len(grid.rows))):
        row = grid.rows[number]
        if is_weekdays(row) or is_numbering(row):
            last = number
            continue
        axis = axis_of(row, start_year)
        if axis is None or not _continues(axis, axes):
            break
        axes.append((row, axis))
        last = number
    kinds = [axis.kind for _, axis in axes]
    month = month_in(grid.rows[index].cells[0]) or month if grid.rows[index].cells[0] else month
    if not _is_head(grid, axes, current):
        return None
    columns = _columns(grid, axes, start_year, month)
    rows = grid.rows[max(0, index - 1) : last + 1]
    roles = _roles(rows, columns)
    kind = next((one for one in ("days", "weeks", "dates", "months", "classes", "subjects", "periods") if one in kinds),
                "levels")  # fmt: skip
    return MatrixHead(last, kind, columns, roles, _words(grid.rows[index])) if columns else None


def _words(row: GridRow) -> tuple[str, ...]:
    return tuple(cell for cell in row.cells if cell)


def _continues(axis: Axis, above: list[tuple[GridRow, Axis]]) -> bool:
    """A header goes down from months to days; two rows of one kind are two headers, or a header and data."""
    kinds = [one.kind for _, one in above]
    if axis.kind in kinds or "days" in kinds or "dates" in kinds:
        return axis.kind == "levels" and "levels" not in kinds
    if axis.kind == "dates":
        return bool({"months", "periods", "weeks"} & set(kinds)) and _covers(axis, above)
    return axis.kind in {"days", "weeks", "levels", "classes", "subjects", "months"}


def _covers(axis: Axis, above: list[tuple[GridRow, Axis]]) -> bool:
    """Dates under the months of a header fill every column of it; a row of data leaves some blank or has a label."""
    _, months = above[-1]
    return min(axis.values) >= min(months.values) and 0 not in axis.values and len(axis.values) > len(months.values)


def _is_head(grid: Grid, axes: list[tuple[GridRow, Axis]], current: MatrixHead | None) -> bool:
    row, first = axes[0]
    if first.kind != "months" or len(first.values) > 1:
        return True
    below = {axis.kind for _, axis in axes[1:]}
    place = next(iter(first.values))
    is_wide = grid.knows_spans and _WIDE <= row.span(place) < grid.width
    has_roles = bool(role_of_row({p: row.cells[p] for p in row.filled if p != place}))
    return bool(below) or (current is None and (is_wide or has_roles))


def _columns(grid: Grid, axes: list[tuple[GridRow, Axis]], start_year: int, month: int | None) -> dict[int, Column]:
    """Columns of the lowest row, each with what stands over it."""
    found: dict[int, Column] = {}
    for depth, (row, axis) in enumerate(axes):
        is_last = depth == len(axes) - 1
        spread = _spread(grid, row, axis, is_last=is_last)
        if not found:
            found = {place: _with(Column(month=month), axis.kind, value, start_year) for place, value in spread.items()}
            continue
        over = found or {place: Column(month=month) for place in spread}
        merged = {
            place: _with(over.get(place, Column(month=month)), axis.kind, value, start_year)
            for place, value in spread.items()
        }
        kept = {} if axis.kind in {"days", "weeks", "levels", "classes", "subjects"} else over
        found = kept | merged
    totals = {place for row, _ in axes for place in row.filled if is_total(row.cells[place])}
    return {place: column for place, column in found.items() if place not in totals}


def _spread(grid: Grid, row: GridRow, axis: Axis, *, is_last: bool) -> dict[int, object]:
    """Values over all the columns that their cells take."""
    ends = [*sorted(axis.values)[1:], grid.width]
    found: dict[int, object] = {}
    for place, end in zip(sorted(axis.values), ends, strict=True):
        is_alone = is_last and axis.kind != "months"
        span = row.span(place) if grid.knows_spans else 1 if is_alone else _blank(row, place, end)
        for column in range(place, min(place + max(1, span), grid.width)):
            found[column] = axis.values[place]
    return found


def _blank(row: GridRow, place: int, end: int) -> int:
    count = 1
    while place + count < end and (place + count >= len(row.cells) or not row.cells[place + count]):
        count += 1
    return count


def _with(column: Column, kind: str, value: object, start_year: int) -> Column:
    if kind == "months" and isinstance(value, int):
        return replace(column, month=value)
    if kind == "levels":
        return replace(column, level=str(value))
    if kind == "classes" and isinstance(value, tuple):
        return replace(column, known_class=(int(value[0]), str(value[1])))
    if kind == "subjects":
        return replace(column, subject=str(value))
    if kind == "dates" and isinstance(value, tuple):
        return replace(column, span=(value[0], value[1]))
    if kind == "days" and isinstance(value, int):
        return _on_days(column, value, value, start_year)
    if kind == "weeks" and isinstance(value, tuple):
        return _of_week(column, value, start_year)
    return column


def _on_days(column: Column, first: int, last: int, start_year: int) -> Column:
    if column.month is None:
        return replace(column, question="Месяц столбца не назван: впишите дату.")
    days = [day_of_month(number, column.month, start_year) for number in (first, last)]
    if days[0] is None or days[1] is None:
        wrong = first if days[0] is None else last
        return replace(column, question=f"Даты {wrong:02}.{column.month:02} не существует.")
    return replace(column, span=(days[0], days[1]))


def _of_week(column: Column, value: tuple[object, ...], start_year: int) -> Column:
    """A week by its days; one that has only a number is counted from the first of the month and asked about."""
    if len(value) == 2:
        return _on_days(column, int(str(value[0])), int(str(value[1])), start_year)
    if column.month is None:
        return replace(column, question="Месяц недели не назван: впишите дату.")
    first = day_of_month(1, column.month, start_year)
    assert first is not None
    length = calendar.monthrange(first.year, first.month)[1]
    monday = 1 - first.weekday() + 7 * (int(str(value[0])) - 1)
    start, end = max(1, monday), min(length, monday + 4)
    if start > end:
        return replace(column, question="Такой недели в месяце нет: впишите дату.")
    found = _on_days(column, start, end, start_year)
    return replace(found, question="Неделя названа номером: проверьте её дни.")


def _roles(rows: tuple[GridRow, ...], columns: dict[int, Column]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        cells = {place: row.cells[place] for place in row.filled if place not in columns}
        for role, place in role_of_row(cells).items():
            found.setdefault(role, place)
    return found
