"""A filled template of a test specification, under the headers that reading expects."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from intake.layouts.specification import (
    condition_template_headers,
    level_template_headers,
    scale_template_headers,
    specification_template_headers,
)
from msoko.foundation.documents.result_files.printed import Cell
from msoko.foundation.documents.result_files.sheets import new_workbook, write_rows
from qualimetry.frames.blueprint import Blueprint, CutScores, LevelCuts


def write_specification(path: Path, title: str, blueprint: Blueprint) -> None:
    """Sheets «Задания», «КЭС», and «Шкала», «Условия» or «Уровни» where the work has them.

    `title` names procedure, year, subject and grade («ВПР 2026 Математика 4 класс»).
    """
    names: list[list[Cell]] = [[code, name] for code, name in blueprint.element_names.items()]
    with new_workbook(path) as book:
        write_rows(book.add_worksheet("Задания"), _item_rows(title, blueprint))
        write_rows(book.add_worksheet("КЭС"), [["Код", "Проверяемые элементы содержания"], *names])
        if blueprint.cut_scores is not None:
            write_rows(book.add_worksheet("Шкала"), _scale_rows(blueprint.cut_scores, blueprint.max_score))
        if blueprint.cut_scores is not None and blueprint.cut_scores.conditions:
            write_rows(book.add_worksheet("Условия"), _condition_rows(blueprint.cut_scores))
        if blueprint.levels is not None:
            write_rows(book.add_worksheet("Уровни"), _level_rows(blueprint.levels, blueprint.max_score))


def blank_specification(path: Path) -> None:
    """The form to fill in: an example row and every sheet that reading knows."""
    example: list[Cell] = ["1", 1, "Б", "1.1", "Умение выполнять арифметические действия", "Числа и вычисления"]
    with new_workbook(path) as book:
        title: list[Cell] = ["Спецификация: ВПР 2026 Математика 4 класс"]
        rows: list[list[Cell]] = [title, [], list(specification_template_headers()), example]
        write_rows(book.add_worksheet("Задания"), rows)
        write_rows(book.add_worksheet("КЭС"), [["Код", "Проверяемые элементы содержания"], ["1.1", "Числа до 1000"]])
        write_rows(book.add_worksheet("Шкала"), [list(scale_template_headers())])
        write_rows(book.add_worksheet("Условия"), [list(condition_template_headers())])
        write_rows(book.add_worksheet("Уровни"), [list(level_template_headers())])


def _item_rows(title: str, blueprint: Blueprint) -> Iterator[list[Cell]]:
    yield [f"Спецификация: {title}"]
    yield []
    yield list(specification_template_headers())
    for item in blueprint.items:
        elements, skills = "; ".join(item.content_elements), "; ".join(item.skills)
        yield [item.label, item.max_score, item.level, elements, skills, item.section]


def _scale_rows(cuts: CutScores, max_score: int) -> Iterator[list[Cell]]:
    yield list(scale_template_headers())
    bounds = (0, cuts.lowest_three, cuts.lowest_four, cuts.lowest_five, max_score + 1)
    for mark, (low, above) in enumerate(pairwise(bounds), start=2):
        yield [mark, low, above - 1, cuts.source]


def _condition_rows(cuts: CutScores) -> Iterator[list[Cell]]:
    yield list(condition_template_headers())
    for rule in cuts.conditions:
        yield [rule.from_mark, "; ".join(rule.labels), rule.min_points]


def _level_rows(levels: LevelCuts, max_score: int) -> Iterator[list[Cell]]:
    yield list(level_template_headers())
    if len(levels.lowest) != len(levels.names) - 1:  # words of the files only, no boundaries
        for name in levels.names:
            yield [name, None, None, levels.source]
        return
    bounds = (0, *levels.lowest, max_score + 1)
    for name, low, above in zip(levels.names, bounds, bounds[1:], strict=False):
        yield [name, low, above - 1, levels.source]
