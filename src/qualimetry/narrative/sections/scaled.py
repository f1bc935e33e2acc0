"""Test scores of ЕГЭ kind: mean, those below the minimum, bands."""

from __future__ import annotations

from qualimetry.charts.scaled import score_chart
from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.scene import Scene, figures_of, paragraph
from qualimetry.narrative.sections.achievement import bands, mean_percent_chart
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.narrative.sections.parts import is_known, labelled_parts, small_note
from qualimetry.recipes.contracts import GroupResult, ScaledScores


def blocks(scene: Scene) -> tuple[Block, ...]:
    scores = scene.subject.scaled
    if scores is None or not scene.subject.participants:
        return paragraph("scaled.none", scene.say("no_test_scores", n_present=scene.subject.participants))
    return (
        *paragraph("scaled.summary", *_summary(scene, scores)),
        *paragraph("scaled.bands", *_bands(scene, scores), *bands(scene)),
        *told_findings(scene, "scaled"),
        *_chart(scores),
        _table(scene, scores),
        *mean_percent_chart(scene, "scaled.means"),
    )


def _summary(scene: Scene, scores: ScaledScores) -> tuple[Sentence | None, ...]:
    n = scene.subject.participants
    below = scores.below_minimum
    return (
        scene.say("mean_test_score", n=n, **figures_of("score", scores.mean)),
        scene.say(
            "below_minimum",
            n=n,
            minimum=scores.minimum,
            count=_count(below.value, below.n),
            **figures_of("share", below),
        ),
        *(
            scene.say(
                "test_score_of_reference",
                n=other.participants or None,
                reference=scene.name(other),
                **figures_of("score", other.scaled.mean),
            )
            for other in scene.comparison_groups()
            if other.scaled is not None
        ),
    )


def _bands(scene: Scene, scores: ScaledScores) -> list[Sentence | None]:
    return [
        scene.say("score_band", n=share.n, band=name, count=_count(share.value, share.n), **figures_of("share", share))
        for name, share in scores.bands.items()
    ]


def _count(value: float | None, n: int) -> int | None:
    return round(value * n) if value is not None else None


def _chart(scores: ScaledScores) -> tuple[Block, ...]:
    return (score_chart("scaled.chart", scores),) if scores.distribution else ()


def _table(scene: Scene, scores: ScaledScores) -> Table:
    names = tuple(scores.bands)
    rows = labelled_parts(scene, lambda group: group.scaled is not None and is_known(group.scaled.mean))
    minimum = f" (минимум – {scores.minimum})" if scores.minimum is not None else ""
    return Table(
        "scaled.table",
        f"Тестовые баллы{minimum}",
        (
            Column("Группа", width=3),
            Column("Чел.", "integer"),
            Column("Средний тестовый балл", "decimal", 1.2),
            Column("Не преодолели минимум", "percent", 1.2),
            *(Column(name, "percent") for name in names),
        ),
        tuple((label, *_cells(group, names)) for label, group in rows),
        header_groups=(*((("", 1),) * 4), *((("Доля по баллам", len(names)),) if names else ())),
        note=small_note(scene, rows),
    )


def _cells(group: GroupResult, names: tuple[str, ...]) -> tuple[float | int | None, ...]:
    scores = group.scaled
    if scores is None:
        return (group.participants or None, None, None, *(None for _ in names))
    shares = (scores.bands[name].value if name in scores.bands else None for name in names)
    return (group.participants, scores.mean.value, scores.below_minimum.value, *shares)
