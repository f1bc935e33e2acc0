"""Proposals for the next plan, derived from the figures of the year by published rules. Each knows its rule and N."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msoko.cycle.planning.yearly_facts import ActivityFact, Outcome, TermFact, YearFacts
from msoko.cycle.planning.yearly_figures import (
    Counts,
    by_label,
    by_month,
    by_unit,
    without_decision,
    without_document,
)
from msoko.foundation.catalog.plan_analysis import AnalysisRules
from qualimetry.narrative.forms import Figure
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.russian import month_name

_ASKED = frozenset({"unspecified", "invalid", "constraint"})


def proposals(facts: YearFacts, rules: AnalysisRules) -> list[Sentence]:
    """Proposals in the order of the rules, each at most once for a section, a unit, a month."""
    found = [
        rules.rulebook.say(f"plan_year.propose.{name}", figures, n=n)
        for name, figures, n in _found(facts, rules)
    ]  # fmt: skip
    return [one for one in found if one is not None]


def _found(facts: YearFacts, rules: AnalysisRules) -> Iterator[tuple[str, dict[str, Figure], int | None]]:
    limits = rules.thresholds
    for row in by_label(facts.terms, lambda term: [term.section] if term.section else []):
        if row.due >= limits["few_terms"] and (row.on_time_share or 0) < limits["on_time_low"]:
            yield "section", {"name": row.label, "share": row.on_time_share, "n": row.due}, row.due
    for row in by_unit(facts):
        if row.due >= limits["few_tasks"] and (row.failed_share or 0) > limits["unit_failed_high"]:
            yield "unit", {"name": row.label, "share": row.failed_share, "n": row.due}, row.due
    named = int(limits["named"])
    for name, chosen in _lists(facts, rules):
        if chosen:
            yield name, {"names": names_of(chosen, named), "count": len(chosen)}, len(chosen)
    yield from _heavy_months(facts, limits)
    for one in facts.activities:
        if one.asked >= limits["many_requests"]:
            yield "requests", {"name": one.title, "n": one.asked}, one.asked


def _lists(facts: YearFacts, rules: AnalysisRules) -> Iterator[tuple[str, list[ActivityFact]]]:
    moves: Counter[int] = Counter()
    for term in facts.terms:
        moves[term.activity] += term.moves
    failed = {term.activity for term in facts.terms if term.outcome == Outcome.NOT_DONE}
    yield "moves", [one for one in facts.activities if moves[one.key] >= rules.thresholds["moves"]]
    yield "not_done", [one for one in facts.activities if one.key in failed]
    yield "terms", [one for one in facts.activities if one.status in _ASKED and not one.has_terms]
    yield "decision", without_decision(facts, rules.decision)
    yield "document", without_document(facts)
    yield "schedule", [one for one in facts.activities if one.status == "external_schedule" and not one.has_terms]


def _heavy_months(facts: YearFacts, limits: dict[str, float]) -> Iterator[tuple[str, dict[str, Figure], int | None]]:
    months = by_month(facts)
    total = sum(count for _, count in months)
    for month, count in months:
        if total >= limits["few_terms"] and count / total > limits["month_high"]:
            year, number = month.split("-")
            words = f"{month_name(int(number))} {year} года"
            yield "month", {"month": words, "share": count / total, "count": count, "n": total}, total


def names_of(activities: Sequence[ActivityFact | TermFact], limit: int) -> str:
    """«1.2 «Название», 2.3 «Название» и ещё 4»."""
    first = [f"{one.number} «{shortened(one.title)}»".strip() for one in activities[:limit]]
    more = len(activities) - limit
    return "; ".join(first) + (f" и ещё {more}" if more > 0 else "")


def shortened(title: str, limit: int = 90) -> str:
    """A title that fits into a sentence, cut at a word."""
    return title if len(title) <= limit else title[:limit].rsplit(" ", 1)[0] + "…"


def extremes(rows: Sequence[Counts], few: float) -> tuple[Counts | None, list[Counts]]:
    """The group done in time least often, and those done in time wholly; small groups are passed by."""
    judged = [row for row in rows if row.due >= few]
    weakest = min(judged, key=lambda row: row.on_time_share or 0, default=None)
    return weakest, [row for row in judged if row.on_time == row.due]
