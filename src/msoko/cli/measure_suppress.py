"""`msoko measure suppress`: which counts of a table to hide before it is published. No database, no Django."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from msoko.cli.screen import complain, say, to_json
from msoko.cli.tables import CsvTable, InputError, csv_table, number_of, read_text
from qualimetry.disclosure.tables import Suppression, suppress

Int64 = npt.NDArray[np.int64]
HIDDEN = "скрыто"


@dataclass(frozen=True)
class SuppressRequest:
    """What the command line asks for."""

    file: Path
    threshold: int
    is_json: bool


def measure_suppress(request: SuppressRequest) -> int:
    """Write the mask and the audit; status 1 when some counts cannot be protected, 2 when the input is wrong."""
    if request.threshold < 1:
        complain("Порог --threshold – целое число от 1: значения меньше него скрываются.")
        return 2
    try:
        table = csv_table(read_text(request.file))
        counts = _counts(table)
    except InputError as error:
        complain(str(error))
        return 2
    found = suppress(counts, request.threshold)
    if request.is_json:
        say(to_json({"mask": found.mask.tolist(), "audit": _audit(table, counts, found, request.threshold)}))
    else:
        _show(table, found)
    for row, column in found.recoverable:
        complain(
            f"Внимание: «{table.rows[row][1][0]}», «{table.names[column + 1]}» вычисляется по итогам: скрыть его "
            "внутри этой таблицы нельзя. Не публикуйте итог строки или объедините строки."
        )
    return 1 if found.recoverable else 0


def _counts(table: CsvTable) -> Int64:
    if len(table.names) < 2:
        raise InputError("В таблице нужны столбец с названиями строк и хотя бы один столбец чисел.")
    names = table.names[1:]
    rows = [[_count(cell, line, name) for cell, name in zip(row[1:], names, strict=True)] for line, row in table.rows]
    return np.array(rows, np.int64)


def _count(text: str, line: int, name: str) -> int:
    value = number_of(text) if text else 0.0
    if value is None or not value.is_integer() or not 0 <= value < 2**53:
        raise InputError(f"Строка {line}, столбец «{name}»: «{text[:40]}» – не количество. Нужно целое число от 0.")
    return int(value)


def _audit(table: CsvTable, counts: Int64, found: Suppression, threshold: int) -> dict[str, Any]:
    labels = [row[0] for _, row in table.rows]
    lines = [*zip(labels, counts.sum(axis=1), strict=True), *zip(table.names[1:], counts.sum(axis=0), strict=True)]
    return {
        "threshold": threshold,
        "cells": int(counts.size),
        "primary": int(found.primary.sum()),
        "secondary": int(found.secondary.sum()),
        "recoverable": [{"row": labels[row], "column": table.names[column + 1]} for row, column in found.recoverable],
        "totals_below_threshold": [name for name, total in lines if 0 < total < threshold],
        "is_safe": not found.recoverable,
    }


def _show(table: CsvTable, found: Suppression) -> None:
    say("\t".join(table.names))
    for (_, row), hidden in zip(table.rows, found.mask, strict=True):
        say("\t".join((row[0], *(HIDDEN if one else cell for cell, one in zip(row[1:], hidden, strict=True)))))
    say(f"Скрыто значений: {int(found.mask.sum())}, из них меньше порога – {int(found.primary.sum())}.")
