"""Template of a test specification: items on one sheet, boundaries on «Шкала», content elements on «КЭС»."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msoko.foundation.documents.result_files.printed import Cell
from msoko.foundation.documents.result_files.sheets import new_workbook, write_rows
from qualimetry.frames.blueprint import Blueprint

HEADER = ("№ задания", "Макс. балл", "Уровень", "КЭС", "Умение", "Раздел")


def write_specification(path: Path, title: str, blueprint: Blueprint) -> None:
    """A filled template; `title` names procedure, year, subject and grade («ВПР 2026 Математика 4 класс»)."""
    with new_workbook(path) as book:
        write_rows(book.add_worksheet("Задания"), _item_rows(title, blueprint))
        write_rows(book.add_worksheet("Шкала"), _scale_rows(blueprint))
        names: list[list[Cell]] = [[code, name] for code, name in blueprint.element_names.items()]
        write_rows(book.add_worksheet("КЭС"), [["Код", "Проверяемые элементы содержания"], *names])


def _item_rows(title: str, blueprint: Blueprint) -> Iterator[list[Cell]]:
    yield [f"Спецификация: {title}"]
    yield []
    yield list(HEADER)
    for item in blueprint.items:
        elements, skills = "; ".join(item.content_elements), "; ".join(item.skills)
        yield [item.label, item.max_score, item.level, elements, skills, item.section]


def _scale_rows(blueprint: Blueprint) -> Iterator[list[Cell]]:
    cuts, levels = blueprint.cut_scores, blueprint.levels
    if cuts is not None:
        yield ["Отметка", "Минимальный первичный балл", "Источник"]
        lowest = (cuts.lowest_three, cuts.lowest_four, cuts.lowest_five)
        yield from ([mark, bound, cuts.source] for mark, bound in zip((3, 4, 5), lowest, strict=True))
    if levels is not None:
        yield ["Уровень", "Минимальный первичный балл", "Источник"]
        yield from ([name, bound, levels.source] for name, bound in zip(levels.names, (0, *levels.lowest), strict=True))
    if blueprint.test_score_minimum is not None:
        yield ["Минимальный тестовый балл", blueprint.test_score_minimum]
