"""How groups of participants with different marks did each item."""

from __future__ import annotations

import math

from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.scene import Scene, bullets, paragraph
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.recipes.contracts import Estimate, ItemResult

MARKS = (2, 3, 4, 5)
_NOTHING = Estimate(None)


def blocks(scene: Scene) -> tuple[Block, ...]:
    items = [item for item in scene.subject.items if item.facility_by_mark]
    if not items or (scene.is_school and len(_readable(scene, items)) < 2):
        return ()
    return (
        *paragraph("mark_groups.summary", *_summary(scene, items)),
        *bullets("mark_groups.inversions", _inversions(scene, items)),
        *told_findings(scene, "mark_groups"),
        *_table(scene, items),
    )


def _facility(item: ItemResult, mark: int, few: int) -> float | None:
    """Facility of a group large enough to be read (ФИОКО 2026, p. 24: ten participants); None below it."""
    estimate = item.facility_by_mark.get(mark, _NOTHING)
    return estimate.value if estimate.n >= few else None


def _sizes(items: list[ItemResult]) -> dict[int, int]:
    return {mark: max(item.facility_by_mark.get(mark, _NOTHING).n for item in items) for mark in MARKS}


def _readable(scene: Scene, items: list[ItemResult]) -> list[int]:
    return [mark for mark, size in _sizes(items).items() if size >= max(scene.few, 1)]


def _summary(scene: Scene, items: list[ItemResult]) -> tuple[Sentence | None, ...]:
    few = scene.few
    sizes, readable = _sizes(items), _readable(scene, items)
    small = [f"«{mark}» ({sizes[mark]})" for mark in MARKS if 0 < sizes[mark] < few]
    said = [scene.say("mark_groups_sizes", readable=len(readable), small=", ".join(small) or None)]
    if len(readable) >= 2:
        said.append(_widest(scene, items, readable[0], readable[-1]))
    return tuple(said)


def _widest(scene: Scene, items: list[ItemResult], low: int, high: int) -> Sentence | None:
    def distance(item: ItemResult) -> float:
        return (_facility(item, high, scene.few) or 0.0) - (_facility(item, low, scene.few) or 0.0)

    item = max(items, key=distance)
    return scene.say(
        "mark_groups_widest",
        n=min(item.facility_by_mark[low].n, item.facility_by_mark[high].n),
        label=item.label,
        low_mark=low,
        high_mark=high,
        low_facility=_facility(item, low, scene.few),
        high_facility=_facility(item, high, scene.few),
        difference=distance(item),
    )


def _inversions(scene: Scene, items: list[ItemResult]) -> list[Sentence | None]:
    """Items that a weaker group did better than a stronger one, beyond the error of the difference."""
    said = []
    for item in items:
        for low, high in ((2, 3), (3, 4), (4, 5)):
            weaker, stronger = (item.facility_by_mark.get(mark, _NOTHING) for mark in (low, high))
            if min(weaker.n, stronger.n) >= max(scene.few, 1) and _is_clearly_higher(weaker, stronger):
                said.append(
                    scene.say(
                        "mark_groups_inversion",
                        n=min(weaker.n, stronger.n),
                        label=item.label,
                        low_mark=low,
                        high_mark=high,
                        low_facility=weaker.value,
                        high_facility=stronger.value,
                    )
                )
    return said


def _is_clearly_higher(one: Estimate, other: Estimate) -> bool:
    """Newcombe's hybrid score limit of the difference (1998, method 10) is above zero."""
    if one.value is None or other.value is None or one.low is None or other.high is None:
        return False
    return one.value - other.value > math.hypot(one.value - one.low, other.high - other.value)


def _table(scene: Scene, items: list[ItemResult]) -> tuple[Block, ...]:
    """Groups of a school are mostly too small for a table of their own."""
    few = scene.few
    marks = [mark for mark in MARKS if any(_facility(item, mark, few) is not None for item in items)]
    if scene.is_school or len(marks) < 2:
        return ()
    has_levels = any(item.level for item in items)
    table = Table(
        "mark_groups.table",
        "Выполнение заданий участниками, получившими разные отметки",
        (
            Column("Задание"),
            *((Column("Уровень"),) if has_levels else ()),
            Column("Макс. балл", "integer"),
            *(Column(f"Группа «{mark}»", "percent", 1.3) for mark in marks),
        ),
        tuple(
            (i.label, *((i.level,) if has_levels else ()), i.max_score, *(_facility(i, mark, few) for mark in marks))
            for i in items
        ),
        note="" if len(marks) == len(MARKS) else f"Для групп менее {few} участников показатель не приводится.",
    )
    return (table,)
