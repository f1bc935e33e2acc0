"""Distribution of raw scores with the mark boundaries and a careful comment."""

from __future__ import annotations

from qualimetry.charts.raw_scores import Boundary, raw_score_chart
from qualimetry.frames.blueprint import ResultKind
from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.scene import Scene, figures_of, paragraph
from qualimetry.narrative.sections.achievement import bands, mean_percent_chart
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.narrative.sections.parts import is_known, labelled_parts, small_note
from qualimetry.recipes.contracts import GroupResult


def blocks(scene: Scene) -> tuple[Block, ...]:
    group = scene.subject
    if not group.participants:
        return paragraph("raw_scores.none", scene.say("nobody_took_part"))
    if not any(group.raw_score_distribution) and group.mean_raw_score.value is None:
        return (*paragraph("raw_scores.none", scene.say("no_raw_scores")), *told_findings(scene, "raw_scores"))
    return (
        *paragraph("raw_scores.summary", *_summary(scene)),
        *paragraph("raw_scores.comment", *_comment(scene)),
        *told_findings(scene, "raw_scores"),
        *_chart(scene),
        *_when_only_points(scene),
    )


def boundaries(scene: Scene) -> tuple[Boundary, ...]:
    """Lowest raw scores of marks or levels as lines of the chart."""
    plan = scene.result.blueprint
    if plan.result_kind is ResultKind.MARKS and plan.cut_scores is not None:
        cuts = plan.cut_scores
        return (("«3»", cuts.lowest_three), ("«4»", cuts.lowest_four), ("«5»", cuts.lowest_five))
    if plan.result_kind is ResultKind.LEVELS and plan.levels is not None and plan.levels.lowest:
        return tuple(zip(plan.levels.names[1:], plan.levels.lowest, strict=True))
    return ()


def _summary(scene: Scene) -> tuple[Sentence | None, ...]:
    group = scene.subject
    return (
        scene.say(
            "raw_score_summary",
            n=group.participants,
            n_present=group.participants,
            maximum=group.max_raw_score,
            percent=group.mean_percent.value,
            **figures_of("score", group.mean_raw_score),
        ),
        scene.say(
            "raw_score_quantiles",
            n=group.participants,
            n_present=group.participants,
            **{name: group.quantiles.get(name) for name in ("p10", "p25", "p50", "p75", "p90")},
        ),
    )


def _comment(scene: Scene) -> tuple[Sentence | None, ...]:
    group = scene.subject
    scale = scene.result.blueprint.cut_scores or scene.result.blueprint.levels
    source = scene.context.scale_source or (scale.source if scale else "")
    return (
        scene.say(
            "boundaries_source",
            kind=str(scene.kind),
            boundaries=len(boundaries(scene)),
            source=source or None,
            confirmed="yes" if scene.context.is_scale_confirmed else "no",
        ),
        scene.say("distribution_size", n=group.participants, n_present=group.participants),
        scene.say("about_peaks", n_present=group.participants, boundaries=len(boundaries(scene)), kind=str(scene.kind)),
    )


def _chart(scene: Scene) -> tuple[Block, ...]:
    group = scene.subject
    too_few = scene.is_school and group.participants < (scene.result.thresholds.histogram_caution or 0)
    if too_few or not any(group.raw_score_distribution):
        return ()
    return (raw_score_chart("raw_scores.chart", group, boundaries(scene)),)


def _table(scene: Scene) -> Table:
    rows = labelled_parts(scene, lambda group: is_known(group.mean_raw_score))
    return Table(
        "raw_scores.table",
        f"Первичные баллы (максимум – {scene.subject.max_raw_score})",
        (
            Column("Группа", width=3),
            Column("Участников", "integer"),
            Column("Средний балл", "decimal"),
            Column("% от максимума", "percent"),
            Column("Нижняя четверть", "decimal"),
            Column("Медиана", "decimal"),
            Column("Верхняя четверть", "decimal"),
        ),
        tuple((label, *_cells(group)) for label, group in rows),
        note=small_note(scene, rows),
    )


def _cells(group: GroupResult) -> tuple[float | int | None, ...]:
    quartiles = (group.quantiles.get(name) for name in ("p25", "p50", "p75"))
    return (group.participants or None, group.mean_raw_score.value, group.mean_percent.value, *quartiles)


def _when_only_points(scene: Scene) -> tuple[Block, ...]:
    """A work of points has no section of its own for the comparison of organizations."""
    if scene.kind is not ResultKind.POINTS:
        return ()
    return (
        *paragraph("raw_scores.bands", *bands(scene)),
        _table(scene),
        *mean_percent_chart(scene, "raw_scores.means"),
    )
