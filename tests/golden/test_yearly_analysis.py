"""The whole text of the yearly analysis: read the change of the snapshot as an official would."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from syrupy.assertion import SnapshotAssertion

from msoko.cycle.planning.yearly_document import YearContext, yearly_document
from msoko.cycle.planning.yearly_facts import ActivityFact, Outcome, TaskFact, TermFact, YearFacts
from tests.factories.reports import plain_text

_CONTEXT = YearContext(
    kind="schedule", title="План-график функционирования МСОКО на 2025/26 учебный год", period="2025/26 учебный год",
    year=2026, authority="Управление образования Заречного округа", place="г. Заречный",
    basis="Приказ от 28.08.2025 № 412",
)  # fmt: skip
_REASON = "Не поступили данные или материалы от других"


def _term(number: int, outcome: Outcome, **values: object) -> TermFact:
    day = dt.date(2025, 9, 30) + dt.timedelta(days=30 * number)
    done = outcome in {Outcome.ON_TIME, Outcome.LATE}
    known: dict[str, object] = {
        "activity": number, "number": f"{1 + number // 6}.{number % 6 + 1}", "title": f"Мероприятие {number + 1}",
        "section": "1. Организация" if number < 6 else "2. Подготовка обучающихся", "direction": "training_quality",
        "cycle_part": "monitoring", "results": ("analytics",), "units": "ОО", "planned_on": day, "term_on": day,
        "done_on": day + dt.timedelta(days=5 if outcome == Outcome.LATE else -1) if done else None,
        "outcome": outcome, "tasks": (TaskFact("ОО", outcome), TaskFact("ИМЦ", outcome, is_unconfirmed=done)),
        "evidence": "Справка № 4" if done else "", "reasons": (_REASON,) if outcome == Outcome.LATE else (),
    }  # fmt: skip
    return TermFact(**known | values)  # type: ignore[arg-type]


def _facts() -> YearFacts:
    outcomes = [Outcome.ON_TIME] * 6 + [Outcome.LATE, Outcome.LATE, Outcome.LATE, Outcome.PARTLY, Outcome.NOT_DONE]
    terms = [_term(number, outcome) for number, outcome in enumerate([*outcomes, Outcome.CANCELLED])]
    terms[2] = _term(2, Outcome.ON_TIME, moves=2)
    activities = [
        ActivityFact(
            one.activity, one.number, one.title, 1 if one.activity < 6 else 2, one.cycle_part, one.results, "dated",
            one.done_on is not None, one.activity != 7, has_terms=True,
        )
        for one in terms
    ]  # fmt: skip
    activities += [
        ActivityFact(20, "2.7", "Консультации", 2, "", (), "on_request", False, False, asked=12),
        ActivityFact(21, "2.8", "Проведение ВПР", 2, "", ("order",), "external_schedule", False, False),
        ActivityFact(22, "2.9", "Уточнение перечня", 2, "", (), "unspecified", False, False),
    ]
    reasons = Counter(reason for term in terms for reason in term.reasons)
    return YearFacts(dt.date(2026, 9, 1), tuple(terms), tuple(activities), (12, 11), reasons)


def test_analysis_of_a_year(snapshot: SnapshotAssertion) -> None:
    assert plain_text(yearly_document(_facts(), _CONTEXT)) == snapshot


def test_analysis_of_a_year_in_which_nothing_is_due_yet(snapshot: SnapshotAssertion) -> None:
    facts = YearFacts(dt.date(2025, 9, 2), tuple(_term(number, Outcome.AHEAD) for number in range(3)), ())
    assert plain_text(yearly_document(facts, _CONTEXT)) == snapshot
