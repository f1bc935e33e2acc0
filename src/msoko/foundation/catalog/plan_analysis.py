"""The yearly analysis of a plan from `definitions/plans/analysis.toml`: names, sections, thresholds, sentences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from msoko.foundation.catalog.files import tables
from qualimetry.narrative.conditions import parse_conditions
from qualimetry.narrative.patterns import Pattern
from qualimetry.narrative.rulebook import Rule, Rulebook, Wording


@dataclass(frozen=True, slots=True)
class DecisionRules:
    """Kinds of results that are decisions, parts of the cycle that make them, kinds that call for a decision."""

    results: frozenset[str]
    parts: frozenset[str]
    calling: frozenset[str]


@dataclass(frozen=True, slots=True)
class AnalysisRules:
    """`names`: kind of plan → its genitive; `sections`: code → heading; `thresholds` of sentences and proposals."""

    source: str
    names: dict[str, str]
    sections: dict[str, str]
    thresholds: dict[str, float]
    decision: DecisionRules
    rulebook: Rulebook


@cache
def analysis_rules() -> AnalysisRules:
    """The rules in force. Raises PatternError or ValueError on a bad sentence or condition."""
    table: dict[str, Any] = tables("plans")["analysis"]
    decision = table["decision"]
    return AnalysisRules(
        source=table["source"],
        names=table["names"],
        sections=table["sections"],
        thresholds=table["thresholds"],
        decision=DecisionRules(*(frozenset(decision[name]) for name in ("results", "parts", "calling"))),
        rulebook=Rulebook({row["id"]: _rule(row, table) for row in table["rule"]}),
    )


def _rule(row: dict[str, Any], table: dict[str, Any]) -> Rule:
    texts = row.get("text") or [{"say": row["say"]}]
    wordings = tuple(Wording(parse_conditions(text.get("when", "")), Pattern(text["say"])) for text in texts)
    return Rule(row["id"], "note", table["source"], table["author"], table["reviewed"], wordings)
