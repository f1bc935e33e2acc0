"""How groups of participants with different marks did each item."""

from __future__ import annotations

from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.scene import Scene, bullets, paragraph
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.recipes.contracts import Estimate, ItemResult

MARKS = (2, 3, 4, 5)
_NOTHING = Estimate(None)


def blocks(scene: Scene) -> tuple[Block, ...]:
    items = [item for item in scene.subject.items if item.facility_by_mark]
    if not items:
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


def _summary(scene: Scene, items: list[ItemResult]) -> tuple[Sentence | None, ...]:
    few = scene.few
    sizes = {mark: max(item.facility_by_mark.get(mark, _NOTHING).n for item in items) for mark in MARKS}
    readable = [mark for mark in MARKS if sizes[mark] >= max(few, 1)]
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
    """Items that a weaker group did better than a stronger one, beyond a point of rounding."""
    said = []
    for item in items:
        for low, high in ((2, 3), (3, 4), (4, 5)):
            weaker, stronger = _facility(item, low, scene.few), _facility(item, high, scene.few)
            if weaker is not None and stronger is not None and weaker - stronger > 0.02:
                n = min(item.facility_by_mark[low].n, item.facility_by_mark[high].n)
                said.append(
                    scene.say(
                        "mark_groups_inversion",
                        n=n,
                        label=item.label,
                        low_mark=low,
                        high_mark=high,
                        low_facility=weaker,
                        high_facility=stronger,
                    )
                )
    return said


def _table(scene: Scene, items: list[ItemResult]) -> tuple[Block, ...]:
    """Groups of a school are mostly too small for a table of their own."""
    few = scene.few
    marks = [mark for mark in MARKS if any(_facility(item, mark, few) is not None for item in items)]
    if scene.is_school or len(marks) < 2:
        return ()
    table = Table(
        "mark_groups.table",
        "Выполнение заданий участниками, получившими разные отметки",
        (
            Column("Задание"),
            Column("Уровень"),
            Column("Макс. балл", "integer"),
            *(Column(f"Группа «{mark}»", "percent", 1.3) for mark in marks),
        ),
        tuple((i.label, i.level, i.max_score, *(_facility(i, mark, few) for mark in marks)) for i in items),
        note="" if len(marks) == len(MARKS) else f"Для групп менее {few} участников показатель не приводится.",
    )
    return (table,)
