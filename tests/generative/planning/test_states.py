"""The state of a task: exactly one, in an order that nothing upsets, and the same for a value and for a row."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from msoko.cycle.planning.api import (
    OPEN,
    Assignment,
    AssignmentState,
    Facts,
    Occurrence,
    days_late,
    joint_state,
    state_filter,
    state_of,
    state_of_row,
    summary_of,
)
from msoko.cycle.planning.calendar_states import counted_states
from msoko.cycle.planning.tasks_rows import live_tasks
from tests.factories import orgs, tasks

S = AssignmentState
TODAY = dt.date(2026, 11, 20)
DAYS = st.dates(dt.date(2026, 9, 1), dt.date(2027, 1, 31))
FACTS = st.builds(
    Facts,
    starts_on=st.none() | DAYS,
    ends_on=st.none() | DAYS,
    is_started=st.booleans(),
    done_on=st.none() | DAYS,
    is_confirmed=st.booleans(),
    is_returned=st.booleans(),
    is_cancelled=st.booleans(),
    is_blocked=st.booleans(),
)


@given(FACTS)
def test_cancelled_outweighs_everything_and_what_was_reported_outweighs_the_calendar(facts: Facts) -> None:
    state = state_of(facts, TODAY)
    assert (state == S.CANCELLED) == facts.is_cancelled
    if not facts.is_cancelled:
        assert (state in OPEN) == (facts.done_on is None)


@given(FACTS)
def test_a_task_is_overdue_when_its_last_day_is_over_and_not_before(facts: Facts) -> None:
    is_open = facts.done_on is None and not facts.is_cancelled
    is_over = facts.ends_on is not None and facts.ends_on < TODAY
    assert (state_of(facts, TODAY) == S.OVERDUE) == (is_open and is_over)
    assert (days_late(facts, TODAY) > 0 or facts.done_on is not None) or state_of(facts, TODAY) != S.OVERDUE


@given(FACTS, st.integers(0, 200))
def test_time_alone_only_lets_a_term_begin_or_run_out(facts: Facts, later: int) -> None:
    before, after = state_of(facts, TODAY), state_of(facts, TODAY + dt.timedelta(days=later))
    assert after == before or after == S.OVERDUE or (before, after) == (S.UPCOMING, S.WAITING)


@given(FACTS)
def test_nothing_is_late_without_a_term(facts: Facts) -> None:
    free = Facts(done_on=facts.done_on, is_confirmed=facts.is_confirmed, is_started=facts.is_started)
    assert state_of(free, TODAY) not in {S.OVERDUE, S.CONFIRMED_LATE}
    assert days_late(free, TODAY) == 0


@given(st.lists(st.sampled_from(list(S)), max_size=30))
def test_the_summary_adds_up(states: list[AssignmentState]) -> None:
    summary = summary_of(states)
    assert summary.expected + summary.cancelled == len(states)
    assert 0 <= summary.confirmed <= summary.handed_in <= summary.expected
    assert summary.missing == sum(1 for state in states if state in OPEN)
    assert joint_state(states) in {*states, S.IN_WORK, S.WAITING}
    expected = set(states) - {S.CANCELLED}
    assert summary.is_finished == (bool(expected) and expected <= {S.CONFIRMED, S.CONFIRMED_LATE})


@pytest.mark.django_db
def test_rows_found_by_a_state_are_those_that_have_it() -> None:
    """Every combination of facts as a row: the filter and the rule agree, and states divide the rows."""
    place = orgs.place(1)
    where = tasks.plan(place.municipality)
    before, after = tasks.activity(where, "Сначала"), tasks.activity(where, "Потом")
    tasks.unit(before, organization=place.schools[0])
    tasks.needs(after, before)
    tasks.term(before, tasks.days(-1))
    tasks.dealt(where)
    free = tasks.activity(where, "Независимо")
    today, now = timezone.localdate(), timezone.now()
    ends = (None, -40, 0, 40)
    for of, start, end, started, done, returned, cancelled, released in itertools.product(
        (after, free), (None, 10), ends, (None, now), (None, -5), (None, now), (None, now), (None, now)
    ):
        if start and end is not None and end < start:
            continue
        occurrence = Occurrence.objects.create(
            activity=of, year=where.start_year, position=1, starts_on=tasks.days(start) if start else None,
            ends_on=None if end is None else tasks.days(end), cancelled_at=cancelled,
        )  # fmt: skip
        for confirmed in (None, now) if done else (None,):
            Assignment.objects.create(
                occurrence=occurrence, organization=place.schools[0], started_at=started, returned_at=returned,
                done_on=tasks.days(done) if done else None, confirmed_at=confirmed, released_at=released,
                external=str(confirmed is None),
            )  # fmt: skip
    rows = list(live_tasks().select_related("occurrence"))
    by_rule = {state: {row.pk for row in rows if state_of_row(row, today) == state} for state in S}
    by_filter = {
        state: set(live_tasks().filter(state_filter(state, today)).values_list("pk", flat=True)) for state in S
    }
    assert by_filter == by_rule
    assert all(by_rule.values())
    assert sum(len(found) for found in by_filter.values()) == len(rows)
    terms = Occurrence.objects.filter(activity__plan=where)
    counted = counted_states(Assignment.objects.filter(occurrence__activity__plan=where), terms, today)
    of_rows: dict[int, Counter[S]] = defaultdict(Counter)
    for row in rows:
        of_rows[row.occurrence_id][state_of_row(row, today)] += 1
    assert counted == of_rows
