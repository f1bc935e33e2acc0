"""Pass rate, quality rate, attainment index and means with their intervals."""

from __future__ import annotations

from qualimetry.charts.means import means_chart
from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.russian import percent, percent_interval
from qualimetry.narrative.scene import Scene, figures_of, paragraph
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.narrative.sections.parts import is_known, labelled_parts, parts_of, shown_parts, small_note
from qualimetry.narrative.words import listed
from qualimetry.recipes.contracts import Estimate, GroupResult

#: words of `GroupResult.band` in tables
BAND_WORDS = {"above": "выше", "below": "ниже", "indistinct": "неразличимо"}


def blocks(scene: Scene) -> tuple[Block, ...]:
    if not scene.subject.participants:
        return ()
    return (
        *paragraph("achievement.summary", *_summary(scene)),
        *paragraph("achievement.bands", *bands(scene)),
        *told_findings(scene, "achievement"),
        *_table(scene),
        *mean_percent_chart(scene, "achievement.chart"),
        *paragraph("achievement.intervals", None if scene.is_school else scene.say("what_is_interval")),
    )


def _summary(scene: Scene) -> tuple[Sentence | None, ...]:
    group = scene.subject
    n = group.participants
    return (
        scene.say("pass_rate", n=n, n_present=n, **figures_of("rate", group.pass_rate)),
        scene.say("quality_rate", n=n, n_present=n, **figures_of("rate", group.quality_rate)),
        scene.say(
            "sou_and_mean_mark",
            n=n,
            **figures_of("sou", group.sou_index),
            **figures_of("mark", group.mean_mark),
        ),
        _compared(scene),
    )


def _compared(scene: Scene) -> Sentence | None:
    said = [text for group in scene.comparison_groups() if (text := _rates(scene, group))]
    return scene.say("rates_of_reference", references="; ".join(said)) if said else None


def _rates(scene: Scene, group: GroupResult) -> str:
    """«Регион – успеваемость 81,2 %, качество знаний 40,0 %»; "" where neither is known."""
    rates = (("успеваемость", group.pass_rate), ("качество знаний", group.quality_rate))
    n = group.participants or None
    said = [f"{name} {percent(rate.value, n=n)}" for name, rate in rates if rate and rate.value is not None]
    return f"{scene.name(group)} – {', '.join(said)}" if said else ""


def bands(scene: Scene) -> tuple[Sentence | None, ...]:
    """Who is distinctly above or below the rest: names without an order among them."""
    if scene.is_school:
        return (scene.say("own_band", band=scene.subject.band, n=scene.subject.participants),)
    rows = parts_of(scene)
    by_band = {
        band: [label for label, group in rows if group.band == band] for band in ("above", "below", "indistinct")
    }
    if not any(by_band.values()):
        return ()
    return (
        scene.say(
            "bands",
            above=listed(by_band["above"]) or None,
            below=listed(by_band["below"]) or None,
            indistinct=len(by_band["indistinct"]),
            organizations=len(rows),
            measure=_measure(scene),
        ),
    )


def _measure(scene: Scene) -> str:
    """What the bands compare: the mean mark where no raw scores are known."""
    has_marks_only = not is_known(scene.result.whole.mean_percent) and is_known(scene.result.whole.mean_mark)
    return "mark" if has_marks_only else "score"


def _table(scene: Scene) -> tuple[Block, ...]:
    """Nothing to compare stands in the sentences alone."""
    rows = labelled_parts(scene, lambda group: is_known(group.pass_rate))
    if len(rows) < 2:
        return ()
    has_bands = any(group.band for _, group in rows)
    order = (
        "" if scene.is_school else "Порядок организаций – по наименованиям; интервалы и средняя отметка – в приложении."
    )
    table = Table(
        "achievement.table",
        "Успеваемость, качество знаний, степень обученности и выполнение работы",
        (
            Column("Группа", width=3),
            Column("Чел.", "integer"),
            Column("Успеваемость", "percent"),
            Column("Качество", "percent"),
            Column("СОУ", "percent"),
            Column("% выполнения", "percent"),
            *((Column("Относительно остальных"),) if has_bands else ()),
        ),
        tuple((label, *_cells(group), *((_band(group),) if has_bands else ())) for label, group in rows),
        note=" ".join(filter(None, (small_note(scene, rows), order))),
    )
    return (table,)


def _cells(group: GroupResult) -> tuple[float | int | str | None, ...]:
    return (
        group.participants or None,
        _value(group.pass_rate),
        _value(group.quality_rate),
        _value(group.sou_index),
        group.mean_percent.value,
    )


def _value(estimate: Estimate | None) -> float | None:
    return estimate.value if estimate else None


def interval(estimate: Estimate | None) -> str | None:
    """«48,1–60,2 %» for a cell, None where unknown."""
    if estimate is None or estimate.low is None or estimate.high is None:
        return None
    return percent_interval(estimate.low, estimate.high, estimate.n)


def _band(group: GroupResult) -> str | None:
    return BAND_WORDS.get(group.band or "")


def mean_percent_chart(scene: Scene, key: str) -> tuple[Block, ...]:
    """Mean percent of the maximum by organization with the line of the whole; nothing for fewer than two. Classes of a
    school are few enough for its table."""
    if scene.is_school:
        return ()
    rows = [(label, group) for label, group in shown_parts(scene) if group.mean_percent.value is not None]
    return (means_chart(key, rows, scene.subject),) if len(rows) > 1 else ()
