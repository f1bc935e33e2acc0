"""The list that a school keeps: participant code of one work → its own permanent number of the pupil; no names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msoko.foundation.documents.result_files.sheets import write_table

HEADER = ("Код участника", "Номер обучающегося")
MEDAL = "Медаль"


def write_code_list(path: Path, pairs: Iterable[tuple[str, int]], medals: Mapping[int, str] | None = None) -> None:
    """Pairs of code and permanent number, by code; `medals` (number → degree) adds the column of candidates."""
    rows = [[int(code), number] for code, number in sorted(pairs)]
    if medals is None:
        write_table(path, "Коды", [list(HEADER), *rows])
        return
    write_table(path, "Коды", [[*HEADER, MEDAL], *([*row, medals.get(row[1])] for row in rows)])
