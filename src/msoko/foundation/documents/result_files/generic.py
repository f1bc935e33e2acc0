"""A table of the kind people make themselves: one row a participant, a title above, totals below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msoko.foundation.documents.result_files.federal import CROSS
from msoko.foundation.documents.result_files.printed import (
    Cell,
    PrintedRow,
    PrintedWork,
    date_text,
    item_header,
    score_cells,
    variant_cell,
)
from msoko.foundation.documents.result_files.regional import class_of
from msoko.foundation.documents.result_files.sheets import write_table


def write_participant_table(
    path: Path,
    work: PrintedWork,
    rows: Sequence[PrintedRow],
    *,
    crosses: Sequence[str] = CROSS,
    spell_class: Callable[[PrintedRow], str] = class_of,
    with_tail: bool = False,
) -> None:
    """Results of a diagnostic work with levels; `with_tail` adds rows «Итого» and «Средний балл»."""
    write_table(path, "Результаты", _rows(work, rows, crosses, spell_class, with_tail=with_tail))


def _rows(
    work: PrintedWork,
    rows: Sequence[PrintedRow],
    crosses: Sequence[str],
    spell_class: Callable[[PrintedRow], str],
    *,
    with_tail: bool,
) -> Iterator[list[Cell]]:
    yield [f"{work.procedure}. {work.subject}, {work.grade_level} класс, {date_text(work.held_on)}"]
    yield []
    yield ["Код ОО", "Наименование ОО", "Класс", "Код участника", "Вариант", "Пол", *map(item_header, work.items),
           "Итого", "Уровень"]  # fmt: skip
    for number, row in enumerate(rows):
        yield [row.organization.code, row.organization.name, spell_class(row), row.participant, variant_cell(row),
               row.sex_letter, *score_cells(row, crosses, number), row.total if row.present else None,
               row.level or None]  # fmt: skip
    if with_tail:
        totals = [row.total for row in rows if row.present and row.total is not None]
        blanks: list[Cell] = [None] * (5 + len(work.items))
        yield ["Итого", *blanks, sum(totals)]
        yield ["Средний балл", *blanks, round(sum(totals) / max(1, len(totals)), 2)]
