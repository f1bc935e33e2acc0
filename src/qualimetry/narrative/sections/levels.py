"""Shares of levels of a work without marks."""

from __future__ import annotations

from qualimetry.charts.levels import levels_chart
from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.scene import Scene, figures_of, paragraph
from qualimetry.narrative.sections.achievement import bands
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.narrative.sections.parts import labelled_parts, small_note
from qualimetry.recipes.contracts import GroupResult


def blocks(scene: Scene) -> tuple[Block, ...]:
    group = scene.subject
    if not group.participants or not group.levels:
        return paragraph("levels.none", scene.say("no_levels", n_present=group.participants))
    rows = [(label, part) for label, part in labelled_parts(scene, _has_levels) if _has_levels(part)]
    return (
        *paragraph("levels.summary", *_summary(scene), *bands(scene)),
        *told_findings(scene, "levels"),
        _table(scene),
        *((levels_chart("levels.chart", rows, tuple(group.levels)),) if len(rows) > 1 else ()),
    )


def _has_levels(group: GroupResult) -> bool:
    return bool(group.levels) and group.participants > 0


def _summary(scene: Scene) -> list[Sentence | None]:
    group = scene.subject
    return [
        scene.say(
            "level_share",
            n=group.participants,
            level=name,
            count=round((share.value or 0.0) * share.n),
            **figures_of("share", share),
        )
        for name, share in group.levels.items()
    ]


def _table(scene: Scene) -> Table:
    names = tuple(scene.subject.levels)
    rows = labelled_parts(scene, _has_levels)
    return Table(
        "levels.table",
        "Распределение участников по уровням",
        (
            Column("Группа", width=3),
            Column("Чел.", "integer"),
            *(Column(name[:1].upper() + name[1:], "percent", 1.3) for name in names),
            Column("% выполнения", "percent"),
        ),
        tuple(
            (
                label,
                part.participants or None,
                *(part.levels[name].value if name in part.levels else None for name in names),
                part.mean_percent.value,
            )
            for label, part in rows
        ),
        note=small_note(scene, rows),
    )
