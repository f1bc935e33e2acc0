"""Organizations that need help, worded as help: no rating, no blame."""

from __future__ import annotations

from qualimetry.narrative.blocks import Block, Column, Table
from qualimetry.narrative.scene import Scene, paragraph
from qualimetry.narrative.sections.evidence import find_group
from qualimetry.narrative.sections.gaps import own_topics
from qualimetry.narrative.words import natural_key
from qualimetry.recipes.contracts import Finding, GapScope

RULE = "low_results_school"
#: the topics an organization's help may begin with
TOPICS = 3
SHARES = {
    "share_two": "Доля отметок «2»",
    "below_minimum": "Ниже минимального балла",
    "not_passed": "Не сдали",
}


def blocks(scene: Scene) -> tuple[Block, ...]:
    findings = scene.findings(RULE)
    if len(scene.result.organizations) < 2 and not findings:
        return ()
    if not findings:
        return paragraph("low_results.none", scene.say("low_results_none"))
    return (*paragraph("low_results.intro", scene.say("low_results_intro")), _table(scene, findings))


def _table(scene: Scene, findings: tuple[Finding, ...]) -> Table:
    ordered = sorted(findings, key=lambda f: natural_key(scene.context.short_name(f.subject.organization)))
    rows = tuple(_row(scene, finding) for finding in ordered)
    has_topics, has_percents = any(row[-1] for row in rows), any(row[-2] is not None for row in rows)
    return Table(
        "low_results.table",
        "Организации, которым рекомендуется адресная помощь",
        (
            Column("Организация", width=2.6),
            Column("Участников", "integer"),
            Column(SHARES.get(str(ordered[0].figures.get("indicator")), "Доля"), "percent"),
            *((Column("Средний % выполнения", "percent"),) if has_percents else ()),
            *((Column("С чего начать (темы, где отставание наибольшее)", width=4),) if has_topics else ()),
        ),
        tuple((*row[:-2], *row[-2:-1] * has_percents, *row[-1:] * has_topics) for row in rows),
    )


def _row(scene: Scene, finding: Finding) -> tuple[str | int | float | None, ...]:
    organization = finding.subject.organization
    group = find_group(scene, finding.subject)
    figures = finding.figures
    topics = own_topics(scene, organization, (GapScope.ORGANIZATION,)) or own_topics(
        scene, organization, (GapScope.WEAK,)
    )
    return (
        scene.context.short_name(organization),
        group.participants if group else finding.n,
        figures.get("share"),
        figures.get("mean_percent"),
        "; ".join(topics[:TOPICS]) or None,
    )
