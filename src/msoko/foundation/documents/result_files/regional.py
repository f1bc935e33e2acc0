"""The regional export of VPR (layout of 2021): one sheet, everything is text, work named by the file only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msoko.foundation.documents.result_files.federal import CROSS
from msoko.foundation.documents.result_files.printed import Cell, PrintedRow, PrintedWork, score_cells, variant_cell
from msoko.foundation.documents.result_files.sheets import write_table


def regional_export_name(work: PrintedWork, subject_dative: str) -> str:
    """«Проведение работы по математике, 4 класс. ВПР 2021.xlsx»."""
    return f"Проведение работы по {subject_dative}, {work.grade_level} класс. {work.procedure} {work.year}.xlsx"


def class_of(row: PrintedRow) -> str:
    """The class as its letter alone."""
    return row.class_group


def write_regional_export(
    path: Path,
    work: PrintedWork,
    rows: Sequence[PrintedRow],
    *,
    crosses: Sequence[str] = CROSS,
    spell_class: Callable[[PrintedRow], str] = class_of,
) -> None:
    """Participants of all schools; «балл за k» is the k-th item, whatever its label."""
    write_table(path, "Sheet", _rows(work, rows, crosses, spell_class))


def _rows(
    work: PrintedWork, rows: Sequence[PrintedRow], crosses: Sequence[str], spell_class: Callable[[PrintedRow], str]
) -> Iterator[list[Cell]]:
    yield [
        "логин школы", "регион", "номер обучающегося", "код обучающегося", "отметка за предыдущую четверть/триместр",
        "пол", "класс", "вариант", "всего баллов",
        *(f"балл за {number}" for number in range(1, len(work.items) + 1)),
        "Учебник", "Др.уч. автор", "Др.уч. название",
    ]  # fmt: skip
    for number, row in enumerate(rows):
        cells: list[Cell] = [
            row.organization.code, row.organization.municipality, number + 1, row.participant,
            row.journal_mark, row.sex_letter, spell_class(row), variant_cell(row),
            row.total if row.present else None, *score_cells(row, crosses, number),
            "Учебник условный" if row.present else None,
        ]  # fmt: skip
        yield ["" if cell is None else str(cell) for cell in cells]
