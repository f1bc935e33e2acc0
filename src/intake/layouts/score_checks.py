"""Scores of a table against themselves: totals of the file, blanks among the scores of those who wrote."""

from __future__ import annotations

import numpy as np

from intake.contracts import MISSING, NO_VALUE, Bool, Int8, Int16, Severity
from intake.layouts.remarks import Remarks
from intake.layouts.row_table import RowTable, TableColumns


def check_scores(
    table: RowTable, columns: TableColumns, items: Int8, file_total: Int16, present: Bool, remarks: Remarks
) -> None:
    if not items.shape[1]:
        return
    _report_blanks(table, columns, items, present, remarks)
    sums = np.where(items > 0, items, 0).sum(axis=1, dtype=np.int32)
    has_items = (items != MISSING).any(axis=1)
    differs = present & has_items & (file_total != NO_VALUE) & (file_total != sums)
    for row in np.flatnonzero(differs):
        remarks.add(
            Severity.WARNING,
            "total.differs",
            f"Итог в файле ({file_total[row]}) не равен сумме баллов за задания ({sums[row]}): учтена сумма.",
            row=table.numbers[int(row)],
            column=columns.roles.get("total"),
        )


def _report_blanks(table: RowTable, columns: TableColumns, items: Int8, present: Bool, remarks: Remarks) -> None:
    missing = (items == MISSING) & present[:, None] & (items != MISSING).any(axis=1)[:, None]
    if not missing.any():
        return
    places = [index for index, _ in columns.items]
    blanks = [(int(row), int(item)) for row, item in np.argwhere(missing) if table.column(places[item])[row] == ""]
    if blanks:
        row, item = blanks[0]
        remarks.add(
            Severity.WARNING,
            "item.blank",
            f"Пустых ячеек с баллами у писавших работу: {len(blanks)}. Это учтено как отсутствие задания, не 0.",
            row=table.numbers[row],
            column=places[item],
            hint="Если участник не приступал к заданию, поставьте X, если не справился — 0.",
        )
