"""Conclusions: the main figures again, strengths, what deserves attention."""

from __future__ import annotations

from qualimetry.narrative.blocks import Block
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.scene import FEW, Scene, bullets, figures_of, paragraph, subheading
from qualimetry.narrative.sections.findings import tell

TITLES = (("strength", "Сильные стороны"), ("concern", "Требует внимания"), ("note", "К сведению"))


def blocks(scene: Scene) -> tuple[Block, ...]:
    return (
        *paragraph("conclusions.main", *_main(scene)),
        *(block for severity, title in TITLES for block in _of_severity(scene, severity, title)),
        *paragraph(
            "conclusions.none",
            None if scene.findings() else scene.say("no_findings", n=_n(scene), few=FEW, n_present=_n(scene)),
        ),
        *paragraph("conclusions.care", scene.say("conclusions_care")),
    )


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
    rules = dict.fromkeys(finding.rule for finding in scene.findings() if finding.severity == severity)
    said = [sentence for rule in rules for sentence in tell(scene, scene.rulebook.rule(rule), is_brief=True)]
    if not said:
        return ()
    return (
        subheading(f"conclusions.{severity}.heading", title),
        *bullets(f"conclusions.{severity}", said, is_numbered=severity == "concern"),
    )
