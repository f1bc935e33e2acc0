"""Every finding that the statistics can emit has a sentence, alone and together with others of its rule."""

from __future__ import annotations

import ast
import inspect
import re

import pytest

from qualimetry.narrative.report import campaign_report, school_report
from qualimetry.narrative.rulebook import load_rulebook
from qualimetry.recipes import findings as emitter
from tests.factories.reports import FIGURES, context, finding, plain_text
from tests.factories.results import campaign

DOCUMENTED = {
    rule.strip(): {name.split()[0].strip(" .") for name in re.sub(r"\([^)]*\)", "", figures).split(",")}
    for rules, figures in re.findall(r"^([a-z_, ]+): ((?:.|\n    )+?)\.$", inspect.getdoc(emitter) or "", re.MULTILINE)
    for rule in rules.split(",")
}


def named_rules() -> set[str]:
    """String literals of the emitting module that are ids of rules: a new rule is noticed even if undocumented."""
    literals = {
        node.value for node in ast.walk(ast.parse(inspect.getsource(emitter))) if isinstance(node, ast.Constant)
    }
    return {word for word in literals if isinstance(word, str) and re.fullmatch(r"[a-z]+(_[a-z]+)+", word)}


def test_every_emitted_rule_is_published() -> None:
    published = set(load_rulebook().rules)
    assert len(DOCUMENTED) >= 14
    assert set(DOCUMENTED) <= published
    assert set(DOCUMENTED) <= named_rules()


def test_figures_of_the_factory_are_those_of_the_statistics() -> None:
    for rule, names in DOCUMENTED.items():
        usual = FIGURES.get(rule) or FIGURES[rule.split("_")[0]]
        assert names == set(usual), rule


@pytest.mark.parametrize("rule", sorted(DOCUMENTED))
@pytest.mark.parametrize("optional", [True, False])
def test_a_finding_is_told_and_concluded(rule: str, *, optional: bool) -> None:
    blank = {} if optional else dict.fromkeys(("municipality", "reference", "expected", "level"))
    usual = FIGURES.get(rule) or FIGURES[rule.split("_")[0]]
    blank = {
        name: value for name, value in blank.items() if name in usual and (rule, name) != ("peak_at_cut", "expected")
    }
    for findings in (
        (finding(rule, **blank),),
        (finding(rule, **blank), finding(rule, **blank)),
        (finding(rule, 1, **blank),),
        (finding(rule, 1, **blank), finding(rule, 2, **blank)),
        (finding(rule, 1, class_group="А", **blank), finding(rule, 1, class_group="Б", **blank)),
    ):
        result = campaign(findings=findings)
        told = {
            ground.rule
            for block in campaign_report(result, context()).blocks
            for ground in getattr(block, "grounds", ())
        }
        assert rule in told
        assert "None" not in plain_text(school_report(result, 1, context()))


@pytest.mark.parametrize("indicator", ["share_two", "below_minimum", "not_passed"])
def test_low_results_follow_the_kind_of_result(indicator: str) -> None:
    result = campaign(findings=(finding("low_results_school", 2, indicator=indicator),))
    words = {
        "share_two": "отметку «2» получили",
        "below_minimum": "минимальный балл не преодолели",
        "not_passed": "не сдали",
    }
    text = plain_text(campaign_report(result, context()))
    assert [key for key, phrase in words.items() if f"{phrase} 69" in text] == [indicator]


def test_a_gap_in_a_single_item_is_called_an_item() -> None:
    result = campaign(findings=(finding("gap_school", 2, kind="item", name="7"),))
    text = plain_text(campaign_report(result, context()))
    assert "СОШ № 2: задание 7 – 31" in text
    assert "«7»" not in text.split("# Выводы")[0]


@pytest.mark.parametrize("rule", sorted(DOCUMENTED))
def test_unknown_figures_never_stop_a_report(rule: str) -> None:
    """Only marks may be known of a campaign, or only scores: a sentence is left out rather than the document."""
    unknown = dict.fromkeys(FIGURES.get(rule) or FIGURES[rule.split("_")[0]])
    for findings in ((finding(rule, 1, **unknown),), (finding(rule, 1, **unknown), finding(rule, 2, **unknown))):
        text = plain_text(campaign_report(campaign(findings=findings), context()))
        assert "None" not in text


@pytest.mark.parametrize("indicator", ["share_two", "below_minimum", "not_passed"])
def test_low_results_are_told_where_only_marks_are_known(indicator: str) -> None:
    result = campaign(findings=(finding("low_results_school", 2, indicator=indicator, mean_percent=None),))
    assert "69 % участников" in plain_text(campaign_report(result, context())).replace("\u00a0", " ")
