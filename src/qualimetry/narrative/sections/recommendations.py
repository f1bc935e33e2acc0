"""Proposals drawn from findings by published rules: action, addressee, term, means of control."""

from __future__ import annotations

from dataclasses import dataclass

from qualimetry.narrative.blocks import Block
from qualimetry.narrative.patterns import Figures
from qualimetry.narrative.rulebook import Rule, Sentence
from qualimetry.narrative.russian import enumerate_words
from qualimetry.narrative.scene import Scene, bullets, paragraph, subheading
from qualimetry.narrative.sections.gaps import own_topics
from qualimetry.narrative.topics import topic
from qualimetry.narrative.words import listed, natural_key, subject_phrase
from qualimetry.recipes.contracts import Finding, GapScope, GroupKind

#: addressee → heading in the report of the municipality, in its order
ADDRESSEES = {
    "authority": "Органу управления образованием",
    "methodical_centre": "Муниципальной методической службе и районным методическим объединениям",
    "heads": "Руководителям образовательных организаций",
    "teachers": "Учителям",
    "parents": "Родителям (законным представителям)",
}
#: organizations and topics of each that a proposal names beside one another
ASSIGNED, ASSIGNED_TOPICS = 8, 3
#: topics of repetition that a school is given
LAGGING = 5
_IN_SCHOOL = {"heads": "Администрации организации", "teachers": "Учителям и школьному методическому объединению"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A recommendation ready to print."""

    rule: Rule
    action: Sentence


def blocks(scene: Scene) -> tuple[Block, ...]:
    proposals = proposals_of(scene)
    return (
        *paragraph("recommendations.intro", scene.say("recommendations_intro")),
        *(block for addressee in ADDRESSEES for block in _for(scene, addressee, proposals)),
    )


def proposals_of(scene: Scene) -> list[Proposal]:
    """Proposals whose grounds are present, in the order of the rules."""
    rules = [rule for rule in scene.rulebook.rules.values() if rule.addressee and _is_for(rule, scene)]
    made = [(rule, _propose(scene, rule)) for rule in rules]
    return [Proposal(rule, action) for rule, action in made if action is not None]


def _addressee(scene: Scene, addressee: str) -> str:
    return _IN_SCHOOL.get(addressee, ADDRESSEES[addressee]) if scene.is_school else ADDRESSEES[addressee]


def _is_for(rule: Rule, scene: Scene) -> bool:
    return rule.audience in ("", scene.scope)


def _propose(scene: Scene, rule: Rule) -> Sentence | None:
    grounds = [finding for finding in scene.findings() if finding.rule in rule.findings]
    if rule.findings and not grounds:
        return None
    return scene.say(rule.id, n=sum(finding.n for finding in grounds) or None, **_figures(scene, rule, grounds))


def _figures(scene: Scene, rule: Rule, grounds: list[Finding]) -> Figures:
    """Named organizations and topics of the findings behind the proposal."""
    keys = {f.subject.organization for f in grounds if f.subject.kind in (GroupKind.ORGANIZATION, GroupKind.CLASS)}
    names = sorted((scene.context.short_name(key) for key in keys if key is not None), key=natural_key)
    topics = dict.fromkeys(filter(None, map(_topic, grounds)))
    labels = dict.fromkeys(str(f.figures["label"]) for f in grounds if f.figures.get("label"))
    is_named = scene.context.is_internal and not scene.is_school
    return {
        "procedure_id": scene.result.blueprint.procedure,
        "kind": str(scene.kind),
        "subject": subject_phrase(scene.result, scene.context) or None,
        "organizations": listed(names) if names and is_named else None,
        "number": len(names),
        "topics": "; ".join(topics) or None,
        "lagging": _lagging(scene),
        "assignments": _assignments(scene, grounds) if is_named else None,
        "labels": enumerate_words(list(labels)) or None,
        "grounds": ", ".join(dict.fromkeys(f.rule for f in grounds)) or None,
        "n_present": scene.subject.participants,
    }


def _assignments(scene: Scene, grounds: list[Finding]) -> str | None:
    """«СОШ № 5 – „Дроби“, „Площади“; СОШ № 7 – …»: who has which gaps, while the list can be read."""
    by_organization: dict[str, list[str]] = {}
    for finding in grounds:
        name = _topic(finding)
        if finding.subject.organization is not None and name is not None:
            topics = by_organization.setdefault(scene.context.short_name(finding.subject.organization), [])
            topics += [name] if name not in topics else []
    if not 0 < len(by_organization) <= ASSIGNED:
        return None
    names = sorted(by_organization, key=natural_key)
    return "; ".join(f"{name} – {', '.join(by_organization[name][:ASSIGNED_TOPICS])}" for name in names)


def _lagging(scene: Scene) -> str | None:
    """Topics a school is low in without a gap of its own: those of a weak school, else those of the municipality."""
    if not scene.is_school:
        return None
    weak = own_topics(scene, scene.organization, (GapScope.WEAK,))
    return "; ".join((weak or own_topics(scene, None, (GapScope.MUNICIPALITY,)))[:LAGGING]) or None


def _topic(finding: Finding) -> str | None:
    """The element a gap is in; None for single items and findings of another sort."""
    figures = finding.figures
    if figures.get("name") is None or figures.get("kind") == "item":
        return None
    return topic(str(figures.get("kind")), str(figures.get("element")), str(figures["name"]))


def _for(scene: Scene, addressee: str, proposals: list[Proposal]) -> tuple[Block, ...]:
    chosen = [_with_term(proposal) for proposal in proposals if proposal.rule.addressee == addressee]
    if not chosen:
        return ()
    return (
        subheading(f"recommendations.{addressee}.heading", _addressee(scene, addressee)),
        *bullets(f"recommendations.{addressee}", chosen, is_numbered=True),
    )


def _with_term(proposal: Proposal) -> Sentence:
    rule = proposal.rule
    ending = "".join(f" {title}: {text}." for title, text in (("Срок", rule.term), ("Контроль", rule.control)) if text)
    return Sentence(f"{proposal.action.text.rstrip('.')}.{ending}", proposal.action.grounds)
