"""Who was present: what variant, presence and result cells say together."""

from __future__ import annotations

import numpy as np

from intake.contracts import MISSING, NO_VALUE, NOT_ATTEMPTED, Bool, Int8, Int16, Severity
from intake.fields import cells
from intake.fields.text import clean
from intake.layouts.base import Cell
from intake.layouts.remarks import Remarks
from intake.layouts.row_table import RowTable, TableColumns

_DASHES = frozenset("-–—")


class ResultsSeen:
    """Which rows have any result at all."""

    def __init__(
        self, items: Int8, file_total: Int16, mark: Int16, test_score: Int16, passed: Int16, level: list[str]
    ) -> None:
        self.items = items
        any_item = ((items != MISSING) & (items != NOT_ATTEMPTED)).any(axis=1)
        attempted = (items == NOT_ATTEMPTED).any(axis=1)
        values = (mark != NO_VALUE) | (test_score != NO_VALUE) | (passed != NO_VALUE)
        levels = np.fromiter(map(bool, level), dtype=np.bool_, count=len(level))
        total = file_total > 0 if items.shape[1] else file_total != NO_VALUE
        #: rows without a score above «not attempted» and without total, mark, level or the like
        self.no_scores: Bool = ~any_item
        self.no_outcome: Bool = ~(values | levels | total)
        self.nothing: Bool = ~(any_item | attempted | values | levels | total)


def said_absent(column: tuple[Cell, ...]) -> Bool:
    """Cells that say «отсутствовал», «неявка» and the like."""
    absent = {cell for cell in set(column) if cells.is_absence(cell)}
    return np.fromiter((cell in absent for cell in column), dtype=np.bool_, count=len(column))


def settled_presence(
    table: RowTable, columns: TableColumns, present: Bool, seen: ResultsSeen, remarks: Remarks
) -> Bool:
    """Nobody is present without any result; «н» or «отсутствовал» all along the items is an absence."""
    _report_scores_of_absent(table, present, seen, remarks)
    present = present & ~_crossed_out(table, columns, seen)
    doubtful = present & _signs_alone(table, columns, seen)
    for row in np.flatnonzero(doubtful):
        remarks.add(
            Severity.WARNING,
            "participant.no_result",
            "В строке нет ни одного балла, только прочерки: участник учтён как отсутствовавший.",
            row=table.numbers[int(row)],
            hint="Если участник писал работу и не набрал баллов, поставьте 0 или X за каждое задание.",
        )
    present = present & ~doubtful
    empty = present & seen.nothing
    if not empty.any():
        return present
    for row in np.flatnonzero(empty & ~_items_said_absent(table, columns)):
        remarks.add(
            Severity.WARNING,
            "participant.no_result",
            "У участника нет ни одного результата: он учтён как отсутствовавший.",
            row=table.numbers[int(row)],
            hint="Если участник писал работу, внесите его баллы.",
        )
    return present & ~empty


def _report_scores_of_absent(table: RowTable, present: Bool, seen: ResultsSeen, remarks: Remarks) -> None:
    for row in np.flatnonzero(~present & (seen.items > 0).any(axis=1)):
        remarks.add(
            Severity.WARNING,
            "participant.absent_with_scores",
            "Участник отмечен как отсутствовавший, но у него есть баллы: он учтён как отсутствовавший.",
            row=table.numbers[int(row)],
            hint="Исправьте вариант (присутствие) или удалите баллы.",
        )


def _crossed_out(table: RowTable, columns: TableColumns, seen: ResultsSeen) -> Bool:
    """Rows with «н» in every item cell, or in one of blank cells beside no result: a journal's sign of absence."""
    whole = (seen.items == NOT_ATTEMPTED).all(axis=1)
    in_part = seen.no_scores & seen.no_outcome & (seen.items == NOT_ATTEMPTED).any(axis=1)
    crossed = (whole | in_part) if seen.items.shape[1] > 1 else np.zeros(len(table), np.bool_)
    places = [index for index, _ in columns.items]
    for row in np.flatnonzero(crossed):
        cells_of_row = {clean(table.column(index)[int(row)]).casefold() for index in places}
        crossed[row] = cells_of_row - {""} == {"н"}
    return crossed


def _signs_alone(table: RowTable, columns: TableColumns, seen: ResultsSeen) -> Bool:
    """Rows with nothing but dashes beside no result: nobody can say of such a pupil that the work was written."""
    doubtful: Bool = seen.no_scores & seen.no_outcome & (seen.items == NOT_ATTEMPTED).any(axis=1)
    places = [index for index, _ in columns.items]
    for row in np.flatnonzero(doubtful):
        written = {clean(table.column(index)[int(row)]) for index in places} - {""}
        doubtful[row] = written <= _DASHES
    return doubtful


def _items_said_absent(table: RowTable, columns: TableColumns) -> Bool:
    found = np.zeros(len(table), dtype=np.bool_)
    for index, _ in columns.items:
        column = table.column(index)
        if any(isinstance(cell, str) and cells.is_absence(cell) for cell in set(column)):
            found |= said_absent(column)
    return found
