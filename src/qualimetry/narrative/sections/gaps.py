"""Learning gaps: of the municipality, specific to a school or class, and weak schools told apart from both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.patterns import Figures
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.russian import enumerate_words
from qualimetry.narrative.scene import Scene, bullets, paragraph, whole_class
from qualimetry.narrative.sections.findings import told_findings
from qualimetry.narrative.topics import topic
from qualimetry.narrative.words import natural_key
from qualimetry.recipes.contracts import Gap, GapScope

SCOPE_WORDS = {
    GapScope.MUNICIPALITY: "общий для муниципалитета",
    GapScope.ORGANIZATION: "особенность организации",
    GapScope.WEAK: "общий уровень организации",
    GapScope.CLASS: "особенность класса",
}


def blocks(scene: Scene) -> tuple[Block, ...]:
    gaps = gaps_of(scene)
    shown = [gap for gap in _named_in_full(scene) if scene.is_school or gap.scope is GapScope.MUNICIPALITY]
    return (
        *paragraph("gaps.intro", scene.say("gaps_intro", gaps=len(gaps), n_present=scene.subject.participants)),
        *told_findings(scene, "gaps"),
        *bullets("gaps.sentences", _told(scene, gaps)),
        *_table(scene, "gaps.table", "Выявленные дефициты", shown),
    )


def annex(scene: Scene) -> tuple[Block, ...]:
    """Every gap of organizations and classes with its figures."""
    gaps = [gap for gap in _named_in_full(scene) if gap.scope is not GapScope.MUNICIPALITY]
    ordered = sorted(gaps, key=lambda gap: (natural_key(scene.context.short_name(gap.organization)), gap.scope))
    return _table(scene, "annex_gaps.table", "Дефициты организаций и классов", ordered)


def gaps_of(scene: Scene) -> tuple[Gap, ...]:
    """Gaps this report may name: municipal ones always, those of organizations inside, of itself for a school.

    Elements that the same items test have the same figures: they are one gap, named by the first of them.
    """
    return tuple(group[0] for group in _grouped(scene))


def _grouped(scene: Scene) -> list[list[Gap]]:
    groups: dict[object, list[Gap]] = {}
    for gap in scene.result.gaps:
        if _may_name(scene, gap):
            groups.setdefault((gap.scope, gap.organization, gap.class_group, gap.labels), []).append(gap)
    return list(groups.values())


def _may_name(scene: Scene, gap: Gap) -> bool:
    if not scene.context.is_internal:
        return gap.scope is GapScope.MUNICIPALITY
    return not scene.is_school or gap.organization in (None, scene.organization)


def _named_in_full(scene: Scene) -> list[Gap]:
    """Gaps with the names of all elements that their items test, for tables."""
    return [replace(group[0], name="; ".join(gap.name for gap in group)) for group in _grouped(scene)]


def _told(scene: Scene, gaps: tuple[Gap, ...]) -> list[Sentence | None]:
    """Gaps without a finding of their own; findings of gaps are told by their rules."""
    told = {(f.figures.get("labels"), f.subject.organization, f.subject.class_group) for f in scene.findings()}
    left = [gap for gap in gaps if (", ".join(gap.labels), gap.organization, gap.class_group) not in told]
    return [_sentence(scene, gap) for gap in left if gap.scope is not GapScope.WEAK] + _weak(scene, left)


def _sentence(scene: Scene, gap: Gap) -> Sentence | None:
    figures: Figures = {
        "topic": topic(gap.element_kind, gap.element, gap.name),
        "labels": enumerate_words(list(gap.labels)),
        "items": len(gap.labels),
        "facility": gap.facility.value,
        "reference": gap.reference,
        "expected": gap.expected,
        "organization": scene.context.short_name(gap.organization) if gap.organization is not None else None,
        "class_name": whole_class(scene.result, scene.context, gap.class_group),
    }
    return scene.say(f"gap_of_{gap.scope}", gap.facility.n, **figures)


def _weak(scene: Scene, gaps: list[Gap]) -> list[Sentence | None]:
    """One sentence for all elements of a weak school: its level is the matter, not a topic."""
    weak = [gap for gap in gaps if gap.scope is GapScope.WEAK]
    keys = sorted({g.organization for g in weak}, key=lambda key: natural_key(scene.context.short_name(key)))
    return [_weak_school(scene, key, [gap for gap in weak if gap.organization == key]) for key in keys]


def _weak_school(scene: Scene, organization: int | None, gaps: list[Gap]) -> Sentence | None:
    kind = "item" if gaps[0].element_kind == "item" else "element"
    names = [gap.name if kind == "item" else topic(gap.element_kind, gap.element, gap.name) for gap in gaps]
    return scene.say(
        "gap_of_weak",
        n=gaps[0].facility.n,
        kind=kind,
        organization=scene.context.short_name(organization),
        names=enumerate_words(names),
        elements=len(names),
    )


def _table(scene: Scene, key: str, caption: str, gaps: Sequence[Gap]) -> tuple[Block, ...]:
    if not gaps:
        return ()
    has_expected = any(gap.expected is not None for gap in gaps)
    return (
        Table(
            key,
            caption,
            (
                Column("Где", width=2.4),
                Column("Элемент содержания, умение", width=3.6),
                Column("Задания", width=1.3),
                Column("Выполнение", "percent", 1.4),
                Column("Для сравнения", "percent", 1.4),
                *((Column("Ожидалось", "percent", 1.4),) if has_expected else ()),
                Column("Характер", width=2.2),
            ),
            tuple(_row(scene, gap, has_expected=has_expected) for gap in gaps),
            note="«Ожидалось» – доля, обычная для участников с теми же первичными баллами." if has_expected else "",
        ),
    )


def _row(scene: Scene, gap: Gap, *, has_expected: bool) -> tuple[str | float | None, ...]:
    where = scene.context.short_name(gap.organization) if gap.organization is not None else "Муниципалитет"
    if gap.class_group is not None:
        where = f"{where}, {whole_class(scene.result, scene.context, gap.class_group)}"
    return (
        where,
        f"Задание {gap.name}" if gap.element_kind == "item" else gap.name,
        ", ".join(gap.labels),
        gap.facility.value,
        gap.reference,
        *((gap.expected,) if has_expected else ()),
        SCOPE_WORDS[gap.scope],
    )
