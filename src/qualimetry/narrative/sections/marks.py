"""Statistics by marks: shares of «2»…«5» of the subject beside references and parts."""

from __future__ import annotations

from qualimetry.charts.marks import marks_chart
from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.russian import percent
from qualimetry.narrative.scene import Scene, paragraph
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.narrative.sections.parts import Labelled, compared_groups, is_known, labelled_parts, small_note
from qualimetry.recipes.contracts import Estimate, GroupResult

MARKS = (2, 3, 4, 5)


def blocks(scene: Scene) -> tuple[Block, ...]:
    if not scene.subject.participants:
        return paragraph("marks.none", scene.say("nobody_took_part"))
    return (
        *paragraph("marks.summary", _summary(scene), *_compared(scene)),
        *told_findings(scene, "marks"),
        *_table(scene),
        *_chart(scene),
    )


def _summary(scene: Scene) -> Sentence | None:
    group = scene.subject
    figures: dict[str, float | int | str | None] = {}
    for mark in MARKS:
        share = group.mark_shares.get(mark)
        figures[f"n{mark}"] = group.marks.get(mark, 0)
        figures[f"share{mark}"] = share.value if share else None
    two = group.mark_shares.get(2)
    figures |= {"low2": two.low if two else None, "high2": two.high if two else None}
    return scene.say("marks_summary", n=group.participants, n_present=group.participants, **figures)


def _compared(scene: Scene) -> list[Sentence | None]:
    """One sentence for all references that the share of «2» is above, below, or indistinct from."""
    own = scene.subject.mark_shares.get(2)
    if own is None or own.value is None:
        return []
    known = [group for group in scene.comparison_groups() if is_known(group.mark_shares.get(2))]
    batches: dict[str, list[GroupResult]] = {}
    for group in known:
        batches.setdefault(_outcome(own, _twos(group)), []).append(group)
    return [_against(scene, outcome, groups, own.value) for outcome, groups in batches.items()]


def _twos(group: GroupResult) -> float:
    return group.mark_shares[2].value or 0.0


def _outcome(own: Estimate, other: float) -> str:
    """Whether the reference lies outside the interval of the share."""
    if own.low is None or own.high is None or own.low <= other <= own.high:
        return "same"
    return "above" if other < own.low else "below"


def _against(scene: Scene, outcome: str, groups: list[GroupResult], own: float) -> Sentence | None:
    said = [f"{scene.name(group)} – {percent(_twos(group), n=group.participants or None)}" for group in groups]
    return scene.say(
        "twos_against_reference",
        n=scene.subject.participants,
        references="; ".join(said),
        number=len(groups),
        difference=own - _twos(groups[0]),
        outcome=outcome,
        n_present=scene.subject.participants,
    )


def _has_marks(group: GroupResult) -> bool:
    return any(is_known(share) for share in group.mark_shares.values())


def _rows(scene: Scene) -> tuple[Labelled, ...]:
    """In the municipality's report organizations stand on the chart and in the annex."""
    return labelled_parts(scene, _has_marks) if scene.is_school else compared_groups(scene, _has_marks)


def _table(scene: Scene) -> tuple[Block, ...]:
    """Nothing to compare stands in the sentence alone."""
    rows = _rows(scene)
    if len(rows) < 2:
        return ()
    table = Table(
        "marks.table",
        "Распределение участников по отметкам",
        (
            Column("Группа", width=3),
            Column("Участников", "integer", 1.2),
            *(Column(title, kind) for _ in MARKS for title, kind in (("чел.", "integer"), ("%", "percent"))),
        ),
        tuple((label, group.participants or None, *_cells(group)) for label, group in rows),
        header_groups=(("", 1), ("", 1), *((f"«{mark}»", 2) for mark in MARKS)),
        note=small_note(scene, rows),
    )
    return (table,)


def _cells(group: GroupResult) -> tuple[float | int | None, ...]:
    cells: list[float | int | None] = []
    for mark in MARKS:
        share = group.mark_shares.get(mark)
        # a reference known by shares only has no counts
        cells += [group.marks.get(mark) if group.marks else None, share.value if share else None]
    return tuple(cells)


def _chart(scene: Scene) -> tuple[Block, ...]:
    """Classes of a school are few enough for the table."""
    if scene.is_school:
        return ()
    rows = [(label, group) for label, group in labelled_parts(scene, _has_marks) if _has_marks(group)]
    return (marks_chart("marks.chart", rows),) if len(rows) > 1 else ()
