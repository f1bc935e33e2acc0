"""Basis, purpose and participants."""

from __future__ import annotations

from qualimetry.narrative.blocks import Block
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.scene import Scene, bullets, paragraph, subheading
from qualimetry.narrative.sections.parts import MANY, parts_of
from qualimetry.narrative.words import grade_phrase, listed, procedure_words, subject_phrase
from qualimetry.recipes.contracts import GroupResult


def blocks(scene: Scene) -> tuple[Block, ...]:
    return (*_basis(scene), *_purpose(scene), *_participants(scene))


def _basis(scene: Scene) -> tuple[Block, ...]:
    acts = scene.context.basis
    return (
        *paragraph("basis.acts", scene.say("basis_acts", acts=len(acts))),
        *bullets("basis.acts.list", (scene.say("basis_act", act=act.rstrip(".;")) for act in acts)),
    )


def _purpose(scene: Scene) -> tuple[Block, ...]:
    words = procedure_words(scene.result, scene.context)
    topic = " ".join(
        filter(None, (subject_phrase(scene.result, scene.context), grade_phrase(scene.result, scene.context)))
    )
    return paragraph(
        "basis.purpose",
        scene.say("purpose", procedure=words["gent"], topic=topic or None, only=_only(scene)),
        scene.say("period", period=scene.context.period or None, school_year=scene.context.school_year or None),
        scene.say(
            "not_for_ranking",
            procedure_id=scene.result.blueprint.procedure,
            procedure=words["short"],
            only=_only(scene),
        ),
    )


def _only(scene: Scene) -> str | None:
    """The name of the only organization of the results."""
    groups = scene.result.organizations
    return scene.name(groups[0]) if len(groups) == 1 and scene.context.is_internal else None


def _participants(scene: Scene) -> tuple[Block, ...]:
    return (
        subheading("basis.participants.heading", "Участники"),
        *paragraph("basis.participants", *_participation(scene)),
    )


def _participation(scene: Scene) -> tuple[Sentence | None, ...]:
    group = scene.subject
    return (
        scene.say(
            "participation",
            n=group.participants + group.absent,
            n_present=group.participants,
            n_absent=group.absent,
            share=_share(group),
            organizations=len(scene.result.organizations),
            classes=_classes(scene),
            organization=scene.name(group) if scene.is_school else None,
        ),
        scene.say("counted_note", counted="yes" if scene.context.is_counted else "no"),
        scene.say("few_participants_note", n=group.participants, n_present=group.participants),
        _lowest_participation(scene),
        _small_organizations(scene),
        _many_organizations(scene),
    )


def _classes(scene: Scene) -> int | None:
    """How many classes took part; None where the files do not name them."""
    written = [group for group in scene.classes() if group.participants]
    return len(written) if any(group.group.class_group for group in written) else None


def _lowest_participation(scene: Scene) -> Sentence | None:
    """The organization (class) with the lowest share of participants where some were absent."""
    if not scene.context.is_internal or not scene.subject.absent:
        return None
    known = [(label, share) for label, group in parts_of(scene) if (share := _share(group)) is not None]
    if len(known) < 2:
        return None
    label, share = min(known, key=lambda row: row[1])
    if share >= (_share(scene.subject) or 0.0):  # absence is known of the whole only
        return None
    return scene.say("lowest_participation", n=scene.subject.participants, part=label.rstrip("*"), share=share)


def _small_organizations(scene: Scene) -> Sentence | None:
    small = [scene.name(group) for group in scene.organizations() if group.is_small]
    if scene.is_school or not scene.context.is_internal or not small or len(scene.result.organizations) < 2:
        return None
    return scene.say("small_organizations", names=listed(small), organizations=len(small))


def _many_organizations(scene: Scene) -> Sentence | None:
    count = len(scene.result.organizations)
    if scene.is_school or not scene.context.is_internal or count <= MANY:
        return None
    return scene.say("many_organizations", organizations=count)


def _share(group: GroupResult) -> float | None:
    registered = group.participants + group.absent
    return group.participants / registered if registered else None
