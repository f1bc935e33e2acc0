"""How groups of participants with different marks did each item."""

from __future__ import annotations

from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.scene import FEW, Scene, bullets, paragraph
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
        _table(items, FEW),
    )


def _facility(item: ItemResult, mark: int) -> float | None:
    """Facility of a group large enough to be read; None below ten participants (ФИОКО 2026, p. 24)."""
    estimate = item.facility_by_mark.get(mark, _NOTHING)
    return estimate.value if estimate.n >= FEW else None


def _summary(scene: Scene, items: list[ItemResult]) -> tuple[Sentence | None, ...]:
    sizes = {mark: max(item.facility_by_mark.get(mark, _NOTHING).n for item in items) for mark in MARKS}
    readable = [mark for mark in MARKS if sizes[mark] >= FEW]
    small = [f"«{mark}» ({sizes[mark]})" for mark in MARKS if 0 < sizes[mark] < FEW]
    said = [scene.say("mark_groups_sizes", few=FEW, readable=len(readable), small=", ".join(small) or None)]
    if len(readable) >= 2:
        said.append(_widest(scene, items, readable[0], readable[-1]))
    return tuple(said)


def _widest(scene: Scene, items: list[ItemResult], low: int, high: int) -> Sentence | None:
    def distance(item: ItemResult) -> float:
        return (_facility(item, high) or 0.0) - (_facility(item, low) or 0.0)

    item = max(items, key=distance)
    return scene.say(
        "mark_groups_widest",
        n=min(item.facility_by_mark[low].n, item.facility_by_mark[high].n),
        label=item.label,
        low_mark=low,
        high_mark=high,
        low_facility=_facility(item, low),
        high_facility=_facility(item, high),
        difference=distance(item),
    )


def _inversions(scene: Scene, items: list[ItemResult]) -> list[Sentence | None]:
    """Items that a weaker group did better than a stronger one, beyond a point of rounding."""
    said = []
    for item in items:
        for low, high in ((2, 3), (3, 4), (4, 5)):
            weaker, stronger = _facility(item, low), _facility(item, high)
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


def _table(items: list[ItemResult], few: int) -> Table:
    return Table(
        "mark_groups.table",
        "Выполнение заданий участниками, получившими разные отметки",
        (
            Column("Задание"),
            Column("Уровень"),
            Column("Макс. балл", "integer"),
            *(Column(f"Группа «{mark}»", "percent", 1.3) for mark in MARKS),
        ),
        tuple((item.label, item.level, item.max_score, *(_facility(item, mark) for mark in MARKS)) for item in items),
        note=f"Для групп менее {few} участников показатель не приводится.",
    )
