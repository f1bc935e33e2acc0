"""Item cells of a form, row by row, with a remark for every cell that is not a score."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from intake.contracts import MISSING, Bool, Int8, ItemClaim, Severity
from intake.fields.cells import item_value
from intake.fields.text import clean
from intake.layouts.base import Cell
from intake.layouts.remarks import Remarks


def read_item_rows(
    rows: Sequence[Sequence[Cell]],
    numbers: Sequence[int],
    items: Sequence[tuple[int, ItemClaim]],
    present: Bool,
    remarks: Remarks,
) -> Int8:
    """Scores n × K; MISSING for the absent and for blanks. `numbers`: indices of the rows on the sheet from 0."""
    matrix = np.full((len(rows), len(items)), MISSING, dtype=np.int8)
    for place, (row, number) in enumerate(zip(rows, numbers, strict=True)):
        if not present[place]:
            continue
        for position, (column, item) in enumerate(items):
            cell = row[column] if column < len(row) else ""
            value = item_value(cell)
            if isinstance(value, int) and -128 <= value <= 127:
                matrix[place, position] = value
            if value is None:
                message = f"Задание {item.label}: «{clean(cell)[:20]}» — не балл, значение не использовано."
                hint = "Впишите балл числом или «X», если обучающийся не приступал к заданию."
                remarks.add(Severity.ERROR, "item.not_a_score", message, row=number, column=column, hint=hint)
    return matrix
