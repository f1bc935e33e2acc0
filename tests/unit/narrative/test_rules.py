"""Every published rule can be said, in correct and careful Russian, and carries its passport."""

from __future__ import annotations

import re

import pytest

from qualimetry.frames.blueprint import ResultKind
from qualimetry.narrative.outline import load_outline
from qualimetry.narrative.patterns import Pattern
from qualimetry.narrative.rulebook import Rule, UnknownRuleError, load_rulebook
from qualimetry.narrative.russian import sentence
from qualimetry.narrative.sections import SECTIONS
from qualimetry.narrative.sections.recommendations import ADDRESSEES

RULES = tuple(load_rulebook().rules.values())
#: a report never asserts a breach and never speaks like a program
FORBIDDEN = re.compile(
    r"нарушен|необъектив|фальсиф|списыван|виновн|ошибка валидации|валид|рейтинг школ|худш|провал", re.I
)
NUMERIC = {"percent", "bare", "points", "decimal", "integer", "counted", "noun", "choose", "single", "score"}


def sample(pattern: Pattern, count: int = 21) -> dict[str, float | int | str]:
    """A figure for each hole: shares are fractions, counts whole numbers, the rest words."""
    figures: dict[str, float | int | str] = {}
    for field in pattern.fields():
        first = field.forms[0][0] if field.forms else ""
        if first in ("percent", "bare", "points"):
            figures[field.name] = 0.225
        elif first in NUMERIC:
            figures[field.name] = count
        else:
            figures.setdefault(field.name, "слово")
    return figures


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("count", [1, 2, 5, 11, 21, 1000])
def test_every_pattern_renders(rule: Rule, count: int) -> None:
    for pattern in rule.patterns():
        text = sentence(pattern.render(sample(pattern, count), n=count))
        assert text[-1] in ".:", text
        assert not re.search(r"[{}]|None|\[\[|\]\]|nan|  |\.\.| ,| \.|\(\)", text), text
        assert not FORBIDDEN.search(text), text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_passport(rule: Rule) -> None:
    assert rule.source
    assert rule.author
    assert rule.reviewed.year >= 2026
    assert rule.severity in ("strength", "note", "concern")
    assert rule.addressee in ("", *ADDRESSEES)
    assert rule.audience in ("", "municipality", "school")
    assert rule.section in ("", *SECTIONS)


def test_a_proposal_says_its_term_and_control() -> None:
    proposals = [rule for rule in RULES if rule.addressee]
    assert {rule.addressee for rule in proposals} == set(ADDRESSEES)
    assert [rule.id for rule in proposals if not (rule.term and rule.control)] == []


def test_proposals_stand_on_published_findings() -> None:
    known = {rule.id for rule in RULES if rule.section}
    assert {name for rule in RULES for name in rule.findings} <= known


@pytest.mark.parametrize("name", ["municipality", "school"])
def test_outlines_name_known_sections_once(name: str) -> None:
    outline = load_outline(name)
    ids = [entry.id for entry in (*outline.sections, *outline.annexes)]
    assert len(ids) == len(set(ids))
    assert set(ids) <= set(SECTIONS)


@pytest.mark.parametrize("kind", ResultKind)
def test_an_outline_has_the_same_core_for_every_kind(kind: ResultKind) -> None:
    suited = [entry.id for entry in load_outline("municipality").sections if entry.suits(kind, is_internal=True)]
    core = ["basis", "raw_scores", "items", "elements", "gaps", "conclusions", "recommendations", "limitations"]
    assert [section for section in suited if section in core] == core


def test_an_unknown_outline_or_rule_is_an_error() -> None:
    with pytest.raises(LookupError):
        load_outline("region")
    with pytest.raises(UnknownRuleError):
        load_rulebook().say("no_such_rule", {})


def test_a_rule_may_have_nothing_to_say() -> None:
    assert load_rulebook().say("journal_by_two", {"share": None}, n=0) is not None
    assert load_rulebook().say("limit_inferred", {"inferred": "no"}) is None
