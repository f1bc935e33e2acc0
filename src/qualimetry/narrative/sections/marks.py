"""Statistics by marks: shares of «2»…«5» of the subject beside references and parts."""

from __future__ import annotations

from qualimetry.charts.marks import marks_chart
from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.scene import Scene, paragraph
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.narrative.sections.parts import Labelled, compared_groups, is_known, labelled_parts, small_note
from qualimetry.recipes.contracts import GroupResult

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
    own = scene.subject.mark_shares.get(2)
    said = []
    for reference in scene.comparison_groups():
        other = reference.mark_shares.get(2)
        if own and other and own.value is not None and other.value is not None:
            said.append(_against(scene, reference, own.value, other.value))
    return said


def _against(scene: Scene, reference: GroupResult, own: float, other: float) -> Sentence | None:
    group = scene.subject
    interval = group.mark_shares[2]
    is_clear = interval.low is not None and interval.high is not None and not interval.low <= other <= interval.high
    return scene.say(
        "twos_against_reference",
        n=group.participants,
        reference=scene.name(reference),
        other=other,
        other_n=reference.participants or None,
        difference=own - other,
        is_clear="yes" if is_clear else "no",
        n_present=group.participants,
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
