"""Learning gaps: of the municipality, specific to a school or class, and weak schools told apart from both."""

from __future__ import annotations

from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.russian import enumerate_words
from qualimetry.narrative.scene import Scene, bullets, class_label, paragraph
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.narrative.words import natural_key
from qualimetry.recipes.contracts import Gap, GapScope

SCOPE_WORDS = {
    GapScope.MUNICIPALITY: "муниципалитет",
    GapScope.ORGANIZATION: "особенность организации",
    GapScope.WEAK: "общий уровень организации",
    GapScope.CLASS: "класс",
}


def blocks(scene: Scene) -> tuple[Block, ...]:
    gaps = gaps_of(scene)
    return (
        *paragraph("gaps.intro", scene.say("gaps_intro", gaps=len(gaps), n_present=scene.subject.participants)),
        *told_findings(scene, "gaps"),
        *bullets("gaps.sentences", _told(scene, gaps)),
        *_table(scene, gaps),
    )


def gaps_of(scene: Scene) -> tuple[Gap, ...]:
    """Gaps this report may name: municipal ones always, those of organizations inside, of itself for a school."""
    gaps = scene.result.gaps
    if not scene.context.is_internal:
        return tuple(gap for gap in gaps if gap.scope is GapScope.MUNICIPALITY)
    if not scene.is_school:
        return gaps
    return tuple(gap for gap in gaps if gap.organization in (None, scene.organization))


def _told(scene: Scene, gaps: tuple[Gap, ...]) -> list[Sentence | None]:
    """Gaps without a finding of their own; findings of gaps are told by their rules."""
    told = {
        (f.figures.get("kind"), f.figures.get("element"), f.subject.organization, f.subject.class_group)
        for f in scene.findings()
    }
    left = [g for g in gaps if (g.element_kind, g.element, g.organization, g.class_group) not in told]
    return [_sentence(scene, gap) for gap in left if gap.scope is not GapScope.WEAK] + _weak(scene, left)


def _sentence(scene: Scene, gap: Gap) -> Sentence | None:
    return scene.say(
        f"gap_of_{gap.scope}",
        n=gap.facility.n,
        name=gap.name,
        labels=enumerate_words(list(gap.labels)),
        items=len(gap.labels),
        facility=gap.facility.value,
        reference=gap.reference,
        expected=gap.expected,
        organization=scene.context.short_name(gap.organization) if gap.organization is not None else None,
        class_name=class_label(scene.result, scene.context, gap.class_group) if gap.class_group is not None else None,
    )


def _weak(scene: Scene, gaps: list[Gap]) -> list[Sentence | None]:
    """One sentence for all elements of a weak school: its level is the matter, not a topic."""
    weak = [gap for gap in gaps if gap.scope is GapScope.WEAK]
    keys = sorted({g.organization for g in weak}, key=lambda key: natural_key(scene.context.short_name(key)))
    said = []
    for key in keys:
        own = [gap for gap in weak if gap.organization == key]
        names = "; ".join(dict.fromkeys(f"«{gap.name}»" for gap in own))
        said.append(
            scene.say(
                "gap_of_weak",
                n=own[0].facility.n,
                organization=scene.context.short_name(key),
                names=names,
                elements=len(own),
            )
        )
    return said


def _table(scene: Scene, gaps: tuple[Gap, ...]) -> tuple[Block, ...]:
    if not gaps:
        return ()
    return (
        Table(
            "gaps.table",
            "Выявленные дефициты",
            (
                Column("Элемент содержания, умение", width=4),
                Column("Где", width=2.2),
                Column("Задания", width=1.3),
                Column("Выполнение", "percent", 1.3),
                Column("Для сравнения", "percent", 1.3),
                Column("Ожидалось при таком уровне", "percent", 1.5),
                Column("Характер", width=2),
            ),
            tuple(_row(scene, gap) for gap in gaps),
            note="«Ожидалось» – доля, обычная для участников с теми же первичными баллами.",
        ),
    )


def _row(scene: Scene, gap: Gap) -> tuple[str | float | None, ...]:
    where = scene.context.short_name(gap.organization) if gap.organization is not None else "муниципалитет"
    if gap.class_group is not None:
        where = f"{where}, {class_label(scene.result, scene.context, gap.class_group)}"
    return (
        gap.name,
        where,
        ", ".join(gap.labels),
        gap.facility.value,
        gap.reference,
        gap.expected,
        SCOPE_WORDS[gap.scope],
    )
