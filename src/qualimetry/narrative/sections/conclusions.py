"""Conclusions: the main figures again, strengths, what deserves attention."""

from __future__ import annotations

from qualimetry.narrative.blocks import Block
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.russian import percent
from qualimetry.narrative.scene import Scene, bullets, figures_of, paragraph, subheading
from qualimetry.narrative.sections.findings import tell
from qualimetry.narrative.sections.parts import parts_of
from qualimetry.narrative.topics import topic
from qualimetry.narrative.words import listed
from qualimetry.recipes.contracts import Reading

#: best learnt elements that conclusions name
BEST = 3

TITLES = (("strength", "Что получилось"), ("concern", "Что требует внимания"), ("note", "К сведению"))


def blocks(scene: Scene) -> tuple[Block, ...]:
    return (
        *paragraph("conclusions.main", *_main(scene)),
        *(block for severity, title in TITLES for block in _of_severity(scene, severity, title)),
        *paragraph(
            "conclusions.none",
            None if _has_concerns(scene) else scene.say("no_findings", n=_n(scene), n_present=_n(scene)),
        ),
        *paragraph("conclusions.care", _one_work(scene), scene.say("conclusions_care")),
    )


def _has_concerns(scene: Scene) -> bool:
    return any(finding.severity == "concern" for finding in scene.findings())


def _one_work(scene: Scene) -> Sentence | None:
    """A low result of a school is no verdict; the municipality's report says so in a section of its own."""
    return scene.say("low_results_intro") if scene.is_school and scene.findings("low_results_school") else None


def _n(scene: Scene) -> int:
    return scene.subject.participants


def _main(scene: Scene) -> tuple[Sentence | None, ...]:
    group = scene.subject
    scores, passed = group.scaled, group.passed
    return (
        scene.say(
            "main_figures",
            n=group.participants,
            n_present=group.participants,
            kind=str(scene.kind),
            percent=group.mean_percent.value,
            passing=passed.value if passed else None,
            test_score=scores.mean.value if scores else None,
            below=scores.below_minimum.value if scores else None,
            **figures_of("pass", group.pass_rate),
            **figures_of("quality", group.quality_rate),
        ),
    )


def _of_severity(scene: Scene, severity: str, title: str) -> tuple[Block, ...]:
    said = _achieved(scene) if severity == "strength" else []
    rules = dict.fromkeys(finding.rule for finding in scene.findings() if finding.severity == severity)
    said += [sentence for rule in rules for sentence in tell(scene, scene.rulebook.rule(rule), is_brief=True)]
    if not said:
        return ()
    return (
        subheading(f"conclusions.{severity}.heading", title),
        *bullets(f"conclusions.{severity}", said, is_numbered=severity == "concern"),
    )


def _achieved(scene: Scene) -> list[Sentence]:
    """What has been learnt, and (inside the municipality) whose results are distinctly higher."""
    group = scene.subject
    if group.participants < max(scene.few, 1):
        return []
    kind = "content_element" if scene.names_elements() else "skill"
    good = [item.label for item in group.items if item.reading is Reading.SUFFICIENT]
    elements = [e for e in group.elements if e.kind == kind and e.reading is Reading.SUFFICIENT]
    elements = [e for e in elements if (e.facility.value or 0.0) > (group.mean_percent.value or 0.0)]
    best = sorted(elements, key=lambda e: -(e.facility.value or 0.0))[:BEST]
    names = [f"{topic(e.kind, e.code, e.name)} ({percent(e.facility.value, n=e.facility.n)})" for e in best]
    above = [label for label, part in parts_of(scene) if part.band == "above"] if not scene.is_school else []
    said = (
        scene.say(
            "achieved", n=group.participants, items=len(good), all_items=len(group.items), names=listed(names) or None
        )
        if good
        else None,
        scene.say("achieved_above", names=listed(above)) if above else None,
        scene.say("own_band", band=group.band) if scene.is_school and group.band == "above" else None,
    )
    return [sentence for sentence in said if sentence is not None]
