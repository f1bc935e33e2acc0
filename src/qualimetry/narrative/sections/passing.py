"""Pass or fail: ГВЭ and credits."""

from __future__ import annotations

from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.scene import Scene, figures_of, paragraph
from qualimetry.narrative.sections.achievement import bands, interval, mean_percent_chart
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.narrative.sections.parts import intervals_note, is_known, labelled_parts, small_note
from qualimetry.recipes.contracts import GroupResult


def blocks(scene: Scene) -> tuple[Block, ...]:
    if scene.subject.passed is None or not scene.subject.participants:
        return paragraph("passing.none", scene.say("no_passing", n_present=scene.subject.participants))
    return (
        *paragraph("passing.summary", _summary(scene), *_references(scene), *bands(scene)),
        *told_findings(scene, "passing"),
        _table(scene),
        *mean_percent_chart(scene, "passing.chart"),
    )


def _summary(scene: Scene) -> Sentence | None:
    group = scene.subject
    assert group.passed is not None
    count = round((group.passed.value or 0.0) * group.passed.n)
    return scene.say("passed_share", n=group.passed.n, count=count, **figures_of("share", group.passed))


def _references(scene: Scene) -> list[Sentence | None]:
    return [
        scene.say(
            "passed_of_reference",
            n=other.participants or None,
            reference=scene.name(other),
            **figures_of("share", other.passed),
        )
        for other in scene.comparison_groups()
    ]


def _table(scene: Scene) -> Table:
    rows = labelled_parts(scene, lambda group: is_known(group.passed))
    return Table(
        "passing.table",
        "Успешность сдачи",
        (
            Column("Группа", width=3),
            Column("Участников", "integer"),
            Column("Сдали", "percent"),
            Column("Интервал", width=1.3),
            Column("Средний % выполнения", "percent"),
        ),
        tuple((label, *_cells(group)) for label, group in rows),
        note=" ".join(filter(None, (intervals_note(scene), small_note(scene, rows)))),
    )


def _cells(group: GroupResult) -> tuple[float | int | str | None, ...]:
    passed = group.passed.value if group.passed else None
    return (group.participants or None, passed, interval(group.passed), group.mean_percent.value)
