"""The list that a school keeps: participant code of one work → its own permanent number of the pupil; no names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msoko.foundation.documents.result_files.sheets import write_table

HEADER = ("Код участника", "Номер обучающегося")


def write_code_list(path: Path, pairs: Iterable[tuple[str, int]]) -> None:
    """Pairs of code and permanent number, by code."""
    write_table(path, "Коды", [list(HEADER), *([int(code), number] for code, number in sorted(pairs))])
