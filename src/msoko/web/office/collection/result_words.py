"""A participant's result in words and cells, by the kind of result."""

from __future__ import annotations

from dataclasses import dataclass

from msoko.cycle.collection.api import Participant
from qualimetry.frames.blueprint import Blueprint, ResultKind


@dataclass(frozen=True, slots=True)
class ItemCell:
    """`note` explains a cell that is no number."""

    text: str
    note: str = ""
    css: str = ""


def item_cells(participant: Participant, blueprint: Blueprint | None) -> list[ItemCell]:
    """Cells of the items; «X» was not begun, «—» was not taught or stood in another variant."""
    maxima = [item.max_score for item in blueprint.items] if blueprint else []
    return [
        _cell(points, maxima[place] if place < len(maxima) else None) for place, points in enumerate(participant.items)
    ]


def _cell(points: int | None, maximum: int | None) -> ItemCell:
    if points is None:
        return ItemCell("—", "тема не изучалась или задания нет в варианте", "muted")
    if points < 0:
        return ItemCell("X", "не приступил", "cell-warn")
    return ItemCell(str(points), "", "cell-full" if maximum and points >= maximum else "")


def result_columns(blueprint: Blueprint | None) -> list[str]:
    """Headings of the results beside the raw score."""
    kind = blueprint.result_kind if blueprint else ResultKind.POINTS
    return {
        ResultKind.MARKS: ["Отметка", "По журналу"],
        ResultKind.TEST_SCORE: ["Тестовый балл"],
        ResultKind.PASS_FAIL: ["Зачёт", "Отметка"],
        ResultKind.LEVELS: ["Уровень"],
        ResultKind.POINTS: [],
    }[kind]


def result_words(participant: Participant, blueprint: Blueprint | None) -> list[str]:
    """Values under `result_columns`."""
    kind = blueprint.result_kind if blueprint else ResultKind.POINTS
    if kind is ResultKind.MARKS:
        return [_shown(participant.mark), _shown(participant.journal_mark)]
    if kind is ResultKind.TEST_SCORE:
        return [_shown(participant.test_score)]
    if kind is ResultKind.PASS_FAIL:
        return [{True: "зачёт", False: "незачёт", None: "—"}[participant.passed], _shown(participant.mark)]
    if kind is ResultKind.LEVELS:
        names = blueprint.levels.names if blueprint and blueprint.levels else ()
        level = participant.level
        return [names[level] if level is not None and 0 <= level < len(names) else "—"]
    return []


def _shown(value: int | None) -> str:
    return "—" if value is None else str(value)
