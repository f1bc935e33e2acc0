"""Findings told as sentences: one organization by one, several of the same rule in one sentence."""

from __future__ import annotations

from collections.abc import Iterable

from qualimetry.narrative.blocks import Block, Grounds
from qualimetry.narrative.patterns import Figures, Pattern
from qualimetry.narrative.rulebook import Rule, Sentence
from qualimetry.narrative.scene import Scene, bullets, whole_class
from qualimetry.narrative.sections.evidence import group_figures
from qualimetry.narrative.topics import topic
from qualimetry.narrative.words import listed, natural_key
from qualimetry.recipes.contracts import Finding, GroupKind

#: what the share of `low_results_school` counts
SHARE_WORDS = {
    "share_two": "доля отметок «2»",
    "below_minimum": "доля не преодолевших минимальный балл",
    "not_passed": "доля не сдавших",
}


def told_findings(scene: Scene, section: str) -> tuple[Block, ...]:
    """The findings whose rule belongs to the section, as a list."""
    said = [sentence for rule in scene.rulebook.of_section(section) for sentence in tell(scene, rule)]
    return bullets(f"{section}.findings", said)


def tell(scene: Scene, rule: Rule, *, is_brief: bool = False) -> list[Sentence]:
    """Sentences for all findings of the rule in this report. Several of the whole, or of organizations, share one
    where the rule has a `group` wording; a rule with `own` keeps that for `is_brief` and else tells organization by
    organization. A report for the public tells of the whole only."""
    findings = scene.findings(rule.id)
    whole = [f for f in findings if f.subject.organization is None]
    parts = [f for f in findings if f.subject.organization is not None] if scene.context.is_internal else []
    said = _batch(scene, rule, whole, is_grouped=rule.group is not None and not _counts_organizations(rule))
    if rule.own is not None and (scene.is_school or (not is_brief and rule.own_scope in ("", scene.scope))):
        for batch in _by_organization(scene, parts):
            said += _batch(scene, rule, batch, is_grouped=True, is_own=True)
    else:
        said += _batch(scene, rule, parts, is_grouped=rule.group is not None and not scene.is_school)
    return said


def _batch(
    scene: Scene, rule: Rule, findings: list[Finding], *, is_grouped: bool, is_own: bool = False
) -> list[Sentence]:
    if is_grouped and len(findings) > 1:
        return [_together(scene, rule, findings, is_own=is_own)]
    return [said for said in (_alone(scene, rule, finding) for finding in findings) if said is not None]


def _by_organization(scene: Scene, findings: list[Finding]) -> list[list[Finding]]:
    keys = dict.fromkeys(f.subject.organization for f in sorted(findings, key=lambda f: _order(scene, f)))
    return [[f for f in findings if f.subject.organization == key] for key in keys]


def _counts_organizations(rule: Rule) -> bool:
    return rule.group is not None and "organizations" in rule.group.required()


def finding_figures(scene: Scene, finding: Finding) -> Figures:
    """Figures of the finding with the words its sentence needs: who it speaks of and the scope of the report."""
    subject = finding.subject
    organization = "муниципалитет в целом"
    if subject.organization is not None:
        organization = scene.context.short_name(subject.organization)
    letter = subject.class_group if subject.kind is GroupKind.CLASS else None
    return {
        **group_figures(scene, subject),
        "n": finding.n,
        **finding.figures,
        "topic": _topic(finding),
        "share_words": SHARE_WORDS.get(str(finding.figures.get("indicator")), "доля не преодолевших порог"),
        "organization": organization,
        "class_name": whole_class(scene.result, scene.context, letter),
        "about": str(subject.kind),
        "scope": scene.scope,
    }


def _topic(finding: Finding) -> str | None:
    figures = finding.figures
    name = figures.get("name")
    return None if name is None else topic(str(figures.get("kind")), str(figures.get("element")), str(name))


def _alone(scene: Scene, rule: Rule, finding: Finding) -> Sentence | None:
    figures = finding_figures(scene, finding)
    said = scene.rulebook.say(rule.id, figures, n=finding.n)
    return _to_itself(scene, said, str(figures["organization"])) if said else None


def _to_itself(scene: Scene, said: Sentence, organization: str) -> Sentence:
    """A school need not be told its name in every sentence of its own report."""
    if not scene.is_school:
        return said
    text = said.text.removeprefix(f"{organization}: ").removeprefix(f"{organization}, ")
    return Sentence(text[:1].upper() + text[1:], said.grounds)


def _together(scene: Scene, rule: Rule, findings: Iterable[Finding], *, is_own: bool) -> Sentence:
    pattern, entry = (rule.own, rule.own_entry) if is_own else (rule.group, rule.entry)
    assert pattern is not None
    ordered = sorted(findings, key=lambda f: _order(scene, f))
    entries = [_entry(scene, entry, finding) for finding in ordered]
    names = list(dict.fromkeys(_about(scene, finding) for finding in ordered))
    figures: Figures = {
        **finding_figures(scene, ordered[0]),
        "count": len(ordered),
        "organizations": len(names),
        "names": listed(names),
        "entries": listed(entries),
    }
    keep = {"count": len(ordered), "organizations": len(names), **_each(scene, ordered)}
    grounds = Grounds(rule=rule.id, figures=keep, n=sum(finding.n for finding in ordered))
    said = Sentence(pattern.render(figures, n=min(finding.n for finding in ordered)), grounds)
    return _to_itself(scene, said, str(figures["organization"]))


def _order(scene: Scene, finding: Finding) -> tuple[object, ...]:
    """By the name of the organization and the class; findings of the whole keep their order."""
    if finding.subject.organization is None:
        return ()
    return (natural_key(scene.context.short_name(finding.subject.organization)), finding.subject.class_group or "")


def _entry(scene: Scene, entry: Pattern | None, finding: Finding) -> str:
    figures = finding_figures(scene, finding)
    if entry is None or not entry.can_render(figures):
        return str(figures["organization"])
    return entry.render(figures, n=finding.n)


def _each(scene: Scene, findings: list[Finding]) -> Figures:
    """Figures of every finding under its number and the name of its organization."""
    return {
        f"{place}. {_about(scene, finding)}: {name}": value
        for place, finding in enumerate(findings, 1)
        for name, value in finding.figures.items()
    }


def _about(scene: Scene, finding: Finding) -> str:
    organization = finding.subject.organization
    return scene.context.whole_name if organization is None else scene.context.short_name(organization)
