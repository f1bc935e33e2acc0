"""Figures and proposals of the yearly analysis: what is counted where, and which proposals the rules let through."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from msoko.cycle.planning.yearly_facts import ActivityFact, Outcome, TaskFact, TermFact, YearFacts
from msoko.cycle.planning.yearly_figures import (
    by_label,
    by_quarter,
    by_unit,
    totals,
    without_decision,
    without_document,
)
from msoko.cycle.planning.yearly_proposals import proposals
from msoko.foundation.catalog.plan_analysis import analysis_rules

RULES = analysis_rules()
O = Outcome  # noqa: E741 -- a column of outcomes reads as a table


def term(outcome: Outcome, key: int = 1, **values: Any) -> TermFact:
    known: dict[str, Any] = {
        "activity": key, "number": f"1.{key}", "title": f"Дело {key}", "section": "1. Организация", "direction": "",
        "cycle_part": "", "results": (), "units": "УО", "planned_on": dt.date(2025, 10, 31),
        "term_on": dt.date(2025, 10, 31), "done_on": None, "outcome": outcome,
    }  # fmt: skip
    return TermFact(**known | values)


def activity(key: int = 1, **values: Any) -> ActivityFact:
    known: dict[str, Any] = {
        "key": key, "number": f"1.{key}", "title": f"Дело {key}", "section": 1, "cycle_part": "", "results": (),
        "status": "dated", "is_done": True, "is_proved": True, "has_terms": True,
    }  # fmt: skip
    return ActivityFact(**known | values)


def year(terms: list[TermFact] | None = None, activities: list[ActivityFact] | None = None) -> YearFacts:
    return YearFacts(dt.date(2026, 9, 1), tuple(terms or ()), tuple(activities or ()), (0, 0), Counter())


def said(facts: YearFacts) -> list[str]:
    return [one.grounds.rule.removeprefix("plan_year.propose.") for one in proposals(facts, RULES)]


def test_cancelled_and_coming_terms_are_no_part_of_the_shares() -> None:
    outcomes = [O.ON_TIME, O.ON_TIME, O.ON_TIME, O.LATE, O.PARTLY, O.NOT_DONE, O.CANCELLED, O.AHEAD]
    found = totals(year([term(one, moves=one == O.LATE) for one in outcomes]))
    assert (found.planned, found.due, found.done, found.moved) == (8, 6, 4, 1)
    assert (found.on_time_share, found.failed_share) == (0.5, 0.5)


def test_nothing_due_has_no_share() -> None:
    assert totals(year([term(O.AHEAD)])).on_time_share is None


def test_a_term_of_two_results_counts_in_both_and_once_in_the_total() -> None:
    facts = year([term(O.ON_TIME, results=("order", "report")), term(O.LATE, results=("order",))])
    rows = by_label(facts.terms, lambda one: one.results)
    assert [(row.label, row.planned) for row in rows] == [("order", 2), ("report", 1)]
    assert totals(facts).planned == 2


def test_quarters_are_calendar_quarters_in_order() -> None:
    days = [dt.date(2026, 3, 31), dt.date(2025, 9, 1), dt.date(2025, 12, 31), None]
    rows = by_quarter(year([term(O.ON_TIME, planned_on=day) for day in days]))
    assert [row.label for row in rows] == ["III квартал 2025", "IV квартал 2025", "I квартал 2026", "Без срока"]


def test_units_are_counted_in_tasks() -> None:
    tasks = (TaskFact("ОО", O.ON_TIME), TaskFact("ОО", O.NOT_DONE), TaskFact("ИМЦ", O.LATE))
    rows = by_unit(year([term(O.PARTLY, tasks=tasks)]))
    assert [(row.label, row.planned, row.on_time, row.late, row.not_done) for row in rows] == [
        ("ОО", 2, 1, 0, 1), ("ИМЦ", 1, 0, 1, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "others", "is_left"),
    [
        ({"results": ("analytics",)}, [], True),
        ({"results": ("analytics", "order")}, [], False),
        ({"results": ("order",)}, [], False),
        ({"results": ("analytics",), "is_done": False}, [], False),
        ({"results": ("analytics",), "followers": (2,)}, [{"results": ("protocol",), "section": 2}], False),
        ({"results": ("analytics",)}, [{"cycle_part": "decisions"}], False),
        ({"results": ("analytics",)}, [{"cycle_part": "decisions", "section": 2}], True),
        ({"results": ("analytics",)}, [{"cycle_part": "decisions", "is_done": False}], True),
    ],
)
def test_an_analytical_activity_needs_a_decision(
    values: dict[str, Any], others: list[dict[str, Any]], is_left: bool
) -> None:
    facts = year(activities=[activity(1, **values), *(activity(2, **one) for one in others)])
    assert [one.key for one in without_decision(facts, RULES.decision)] == ([1] if is_left else [])


def test_what_is_done_without_a_document_is_told_where_the_plan_names_a_result() -> None:
    facts = year(activities=[
        activity(1, results=("order",), is_proved=False), activity(2, is_proved=False), activity(3, results=("order",)),
    ])  # fmt: skip
    assert [one.key for one in without_document(facts)] == [1]


def test_a_section_is_proposed_below_the_threshold_and_not_on_it() -> None:
    assert "section" in said(year([term(O.ON_TIME)] * 7 + [term(O.LATE)] * 2))
    assert "section" not in said(year([term(O.ON_TIME)] * 8 + [term(O.LATE)] * 2))


def test_few_terms_say_nothing_of_a_section() -> None:
    assert "section" not in said(year([term(O.LATE)] * 4))


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("unit", year([term(O.LATE, tasks=(TaskFact("ОО", O.LATE),))] * 10)),
        ("moves", year([term(O.ON_TIME, moves=2)], [activity()])),
        ("not_done", year([term(O.NOT_DONE)], [activity(is_done=False)])),
        ("terms", year(activities=[activity(status="unspecified", has_terms=False)])),
        ("month", year([term(O.ON_TIME)] * 5)),
        ("document", year(activities=[activity(results=("order",), is_proved=False)])),
        ("decision", year(activities=[activity(results=("analytics",))])),
        ("requests", year(activities=[activity(status="on_request", asked=10)])),
        ("schedule", year(activities=[activity(status="external_schedule", has_terms=False)])),
    ],
)
def test_every_rule_of_proposals_can_speak(rule: str, facts: YearFacts) -> None:
    found = {one.grounds.rule: one for one in proposals(facts, RULES)}
    sentence = found[f"plan_year.propose.{rule}"]
    assert sentence.grounds.n is not None
    assert "{" not in sentence.text


def test_a_faultless_year_gets_no_proposals() -> None:
    months = [dt.date(2025 + (number > 3), (number + 8) % 12 + 1, 15) for number in range(12)]
    terms = [term(O.ON_TIME, planned_on=day) for day in months]
    assert said(year(terms, [activity(results=("order",))])) == []
