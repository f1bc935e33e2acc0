"""Figures of the yearly analysis from its facts. Pure: the same facts give the same figures.

The unit of counting is the term of an activity; executors are counted in tasks. Shares have the terms that are over as
their N: neither cancelled nor still ahead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from msoko.cycle.planning.yearly_facts import ActivityFact, Outcome, TaskFact, TermFact, YearFacts
from msoko.foundation.catalog.plan_analysis import DecisionRules


@dataclass(frozen=True, slots=True)
class Counts:
    """Terms (or tasks) of a group by outcome. `moved` overlaps with the others."""

    label: str
    planned: int = 0
    on_time: int = 0
    late: int = 0
    partly: int = 0
    not_done: int = 0
    cancelled: int = 0
    ahead: int = 0
    moved: int = 0

    @property
    def due(self) -> int:
        return self.on_time + self.late + self.partly + self.not_done

    @property
    def done(self) -> int:
        return self.on_time + self.late

    @property
    def on_time_share(self) -> float | None:
        return self.on_time / self.due if self.due else None

    @property
    def failed_share(self) -> float | None:
        """Late, partly or not done."""
        return 1 - self.on_time / self.due if self.due else None


def counts_of(label: str, outcomes: Iterable[Outcome], moved: int = 0) -> Counts:
    """Counts of a group."""
    found = Counter(outcomes)
    return Counts(
        label, sum(found.values()), found[Outcome.ON_TIME], found[Outcome.LATE], found[Outcome.PARTLY],
        found[Outcome.NOT_DONE], found[Outcome.CANCELLED], found[Outcome.AHEAD], moved,
    )  # fmt: skip


def totals(facts: YearFacts, label: str = "Всего") -> Counts:
    """Counts of all terms."""
    return _group(label, facts.terms)


def by_label(terms: Sequence[TermFact], labels: Callable[[TermFact], Iterable[str]]) -> list[Counts]:
    """Counts by labels in the order of the plan; a term of two labels counts in both."""
    found: dict[str, list[TermFact]] = {}
    for term in terms:
        for label in labels(term):
            found.setdefault(label, []).append(term)
    return [_group(label, group) for label, group in found.items()]


def by_quarter(facts: YearFacts) -> list[Counts]:
    """Calendar quarters of the planned term in order: «III квартал 2026»."""
    dated = sorted((term for term in facts.terms if term.planned_on), key=lambda term: str(term.planned_on))
    found = by_label(dated, lambda term: [_quarter(term)])
    undated = [term for term in facts.terms if not term.planned_on]
    return [*found, _group("Без срока", undated)] if undated else found


def by_unit(facts: YearFacts) -> list[Counts]:
    """Tasks by the words of the plan, the busiest first."""
    found: dict[str, list[TaskFact]] = {}
    for task in (task for term in facts.terms for task in term.tasks):
        found.setdefault(task.unit, []).append(task)
    rows = [counts_of(unit, (task.outcome for task in tasks)) for unit, tasks in found.items()]
    return sorted(rows, key=lambda row: (-row.planned, row.label))


def by_month(facts: YearFacts) -> list[tuple[str, int]]:
    """How many terms end in each month («2026-09»), in order."""
    return sorted(Counter(f"{term.planned_on:%Y-%m}" for term in facts.terms if term.planned_on).items())


def _group(label: str, terms: Sequence[TermFact]) -> Counts:
    return counts_of(label, (term.outcome for term in terms), sum(term.moves > 0 for term in terms))


def _quarter(term: TermFact) -> str:
    day = term.planned_on
    return f"{('I', 'II', 'III', 'IV')[(day.month - 1) // 3]} квартал {day.year}" if day else ""


def calling_for_decisions(facts: YearFacts, rules: DecisionRules) -> list[ActivityFact]:
    """Done activities whose results call for a management decision."""
    return [one for one in facts.activities if one.is_done and set(one.results) & rules.calling]


def without_decision(facts: YearFacts, rules: DecisionRules) -> list[ActivityFact]:
    """Of those, the ones after which no decision stands: not among their own results, not in a confirmed follower, not
    as a done activity of their section in a part of the cycle that decides."""
    by_key = {one.key: one for one in facts.activities}
    decided = {one.section for one in facts.activities if one.is_done and one.cycle_part in rules.parts}
    return [
        one
        for one in calling_for_decisions(facts, rules)
        if not set(one.results) & rules.results
        and one.section not in decided
        and not any(_decides(by_key[key], rules) for key in one.followers if key in by_key)
    ]


def _decides(activity: ActivityFact, rules: DecisionRules) -> bool:
    return activity.cycle_part in rules.parts or bool(set(activity.results) & rules.results)


def to_be_proved(facts: YearFacts) -> list[ActivityFact]:
    """Done activities for which the plan names a result."""
    return [one for one in facts.activities if one.is_done and one.results]


def without_document(facts: YearFacts) -> list[ActivityFact]:
    """Of those, the ones that nothing proves."""
    return [one for one in to_be_proved(facts) if not one.is_proved]
