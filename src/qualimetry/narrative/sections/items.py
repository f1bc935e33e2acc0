"""Facility of items against the norms of their difficulty level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from qualimetry.charts.items import facility_chart
from qualimetry.frames.blueprint import Blueprint
from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.norms import norms_phrase
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.russian import enumerate_words, percent
from qualimetry.narrative.scene import Scene, paragraph
from qualimetry.narrative.sections.achievement import interval
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.narrative.topics import brief
from qualimetry.recipes.contracts import ItemResult, Reading

READING_WORDS = {
    Reading.SUFFICIENT: "достаточный уровень",
    Reading.BORDERLINE: "на границе",
    Reading.INSUFFICIENT: "недостаточный уровень",
    Reading.NOT_ENOUGH_DATA: "данных недостаточно",
    Reading.NO_NORM: "норма не задана",
}
#: the same in a column of a table
SHORT_WORDS = {
    Reading.SUFFICIENT: "достаточный",
    Reading.BORDERLINE: "на границе",
    Reading.INSUFFICIENT: "недостаточный",
    Reading.NOT_ENOUGH_DATA: "мало данных",
    Reading.NO_NORM: "–",
}
LEVEL_NAMES = {"Б": "базового", "П": "повышенного", "В": "высокого"}


_NOTE = "Выполнение – доля набранных баллов от возможных."


def blocks(scene: Scene) -> tuple[Block, ...]:
    items = scene.subject.items
    if not items or not scene.subject.participants:
        return paragraph("items.none", scene.say("no_items", n_present=scene.subject.participants))
    return (
        *paragraph("items.summary", *_summary(scene)),
        *paragraph("items.levels", *_by_level(items, scene)),
        *paragraph("items.readings", *_readings(scene)),
        *told_findings(scene, "items"),
        *_chart(scene),
        _table(scene),
    )


def _chart(scene: Scene) -> tuple[Block, ...]:
    """Nothing can be drawn of items without a facility."""
    items, norms = scene.subject.items, scene.result.thresholds.item_norms
    if not any(item.facility.value is not None for item in items):
        return ()
    name = _reference_name(scene)
    return (facility_chart("items.chart", items, READING_WORDS, reference_name=name, norms=norms),)


def _reference_name(scene: Scene) -> str:
    return "Остальные организации" if scene.is_school else "Для сравнения"


def _summary(scene: Scene) -> tuple[Sentence | None, ...]:
    items = scene.subject.items
    known = [item for item in items if item.facility.value is not None]
    if not known:
        return ()
    easiest = max(known, key=lambda item: item.facility.value or 0.0)
    hardest = min(known, key=lambda item: item.facility.value or 0.0)
    least = scene.result.thresholds.skipped_items
    skipped = [
        item
        for item in known
        if least is not None and item.facility.n and item.not_attempted / item.facility.n >= least
    ]
    return (
        scene.say("items_summary", items=len(items), maximum=sum(item.max_score for item in items)),
        scene.say("easiest_item", n=easiest.facility.n, label=easiest.label, facility=easiest.facility.value),
        scene.say("hardest_item", n=hardest.facility.n, label=hardest.label, facility=hardest.facility.value)
        if hardest is not easiest
        else None,
        scene.say("skipped_items", items=len(skipped), labels=_labels(skipped)) if skipped else None,
    )


def _by_level(items: tuple[ItemResult, ...], scene: Scene) -> list[Sentence | None]:
    """Mean facility of each difficulty level: Σ of points over Σ of possible points of its items."""
    said = []
    for level, name in LEVEL_NAMES.items():
        chosen = [item for item in items if item.level == level and item.facility.value is not None]
        possible = sum(item.max_score * item.facility.n for item in chosen)
        if possible:
            gained = sum((item.facility.value or 0.0) * item.max_score * item.facility.n for item in chosen)
            n = max(item.facility.n for item in chosen)
            said.append(scene.say("level_facility", n=n, level=name, items=len(chosen), facility=gained / possible))
    return said


def _readings(scene: Scene) -> list[Sentence | None]:
    items = scene.subject.items
    count = Counter(item.reading for item in items)
    said = [scene.say("items_without_norms", has_norms="yes" if has_norms(items) else "no")]
    for reading in (Reading.INSUFFICIENT, Reading.BORDERLINE, Reading.SUFFICIENT, Reading.NOT_ENOUGH_DATA):
        chosen = [item for item in items if item.reading is reading]
        if chosen:
            said.append(
                scene.say(
                    f"items_{reading}",
                    n=scene.subject.participants,
                    items=count[reading],
                    all_items=len(items),
                    labels=_labels(chosen),
                    facilities=_facilities(chosen),
                )
            )
    return said


def _labels(items: list[ItemResult]) -> str:
    return enumerate_words([item.label for item in items])


def _facilities(items: list[ItemResult]) -> str:
    said = [f"№\u00a0{item.label} ({percent(item.facility.value, n=item.facility.n)})" for item in items]
    return enumerate_words(said)


def has_norms(items: tuple[ItemResult, ...]) -> bool:
    """Whether any item has a difficulty level whose norm is known."""
    return any(item.reading is not Reading.NO_NORM for item in items)


@dataclass(frozen=True, slots=True)
class _Part:
    """A column with the cell of each item."""

    column: Column
    cell: Callable[[ItemResult], str | int | float | None]


def _table(scene: Scene) -> Table:
    """Columns that say nothing (levels, readings, reference of a work that has none) are left out."""
    items, checked = scene.subject.items, what_items_check(scene.result.blueprint)
    has_reference = any(item.reference is not None for item in items)
    parts = [_Part(Column("№"), lambda item: item.label)]
    if checked:
        parts.append(_Part(Column("Что проверяется", width=4), lambda item: checked.get(item.label)))
    parts.append(_Part(Column("Балл", "integer"), lambda item: item.max_score))
    if any(item.level for item in items):
        parts.append(_Part(Column("Уровень"), lambda item: item.level))
    parts.append(_Part(Column("Выполнение", "percent"), lambda item: item.facility.value))
    if has_reference:
        parts.append(
            _Part(Column("Остальные" if scene.is_school else "Для сравнения", "percent"), lambda i: i.reference)
        )
    else:
        parts.append(_Part(Column("Интервал"), lambda item: interval(item.facility)))
    if scene.is_school and not scene.context.is_counted:  # the municipality has it in an annex
        parts.append(_Part(Column("Не приступили", "integer"), lambda item: item.not_attempted))
    if has_norms(items):
        parts.append(_Part(Column("Оценка"), lambda item: SHORT_WORDS[item.reading]))
    norms = norms_phrase(scene.result.thresholds.item_norms) if has_norms(items) else ""
    return Table(
        "items.table",
        "Выполнение заданий",
        tuple(part.column for part in parts),
        tuple(tuple(part.cell(item) for part in parts) for item in items),
        note=_NOTE + (f" Нормы: {norms}." if norms else ""),
    )


def what_items_check(blueprint: Blueprint) -> dict[str, str]:
    """The plainest of the skills (content elements where no skill is given) of every item, cut for a table."""
    found = {}
    for item in blueprint.items:
        elements = [blueprint.element_names.get(code, code) for code in item.content_elements]
        names = list(item.skills) or elements
        if names:
            found[item.label] = brief(min(names, key=len))
    return found
