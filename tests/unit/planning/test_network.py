"""Critical path on working days: a textbook network, floats of windows, circles, contradictions."""

from __future__ import annotations

import datetime as dt

import pytest

from msoko.cycle.planning.network import (
    CircleError,
    Link,
    Node,
    WorkingCalendar,
    check_no_circle,
    contradictions,
    timings,
)

MONDAY = dt.date(2026, 9, 7)
CALENDAR = WorkingCalendar()


def _nodes(durations: dict[int, int | None], end: dt.date) -> dict[int, Node]:
    return {key: Node(key, MONDAY, end, duration) for key, duration in durations.items()}


def test_the_longest_chain_is_critical() -> None:
    # 1(3 days) → 3(2) and 2(1) → 3: the chain 1–3 takes five working days, 2 has two days of float
    found = timings(_nodes({1: 3, 2: 1, 3: 2}, MONDAY + dt.timedelta(days=4)), [Link(1, 3), Link(2, 3)], CALENDAR)
    assert {key: (one.total_float, one.is_critical) for key, one in found.items()} == {
        1: (0, True), 2: (2, False), 3: (0, True),
    }  # fmt: skip
    assert (found[3].early_start, found[3].early_finish) == (dt.date(2026, 9, 10), dt.date(2026, 9, 11))
    assert (found[2].late_start, found[2].late_finish) == (dt.date(2026, 9, 9), dt.date(2026, 9, 9))


def test_weekends_and_days_off_are_skipped() -> None:
    calendar = WorkingCalendar([dt.date(2026, 11, 4)])
    assert calendar.shift(dt.date(2026, 11, 3), 1) == dt.date(2026, 11, 5)
    assert calendar.shift(dt.date(2026, 11, 6), 1) == dt.date(2026, 11, 9)
    assert calendar.shift(dt.date(2026, 11, 5), -1) == dt.date(2026, 11, 3)
    assert calendar.between(dt.date(2026, 11, 3), dt.date(2026, 11, 9)) == 3


def test_without_a_duration_only_the_float_of_the_window_is_known_and_nothing_is_critical() -> None:
    found = timings({1: Node(1, MONDAY, MONDAY + dt.timedelta(days=11))}, [], CALENDAR)
    assert found[1].total_float == 9
    assert not found[1].is_critical


def test_a_lag_is_working_days_between() -> None:
    found = timings(_nodes({1: 1, 2: 1}, MONDAY + dt.timedelta(days=20)), [Link(1, 2, lag=4)], CALENDAR)
    assert found[2].early_start == dt.date(2026, 9, 14)


def test_a_circle_is_named() -> None:
    with pytest.raises(CircleError) as raised:
        check_no_circle([Link(1, 2), Link(2, 3), Link(3, 1), Link(4, 1)])
    assert sorted(raised.value.keys) == [1, 2, 3]


def test_an_input_due_after_its_consumer_is_a_contradiction() -> None:
    nodes = {1: Node(1, None, dt.date(2027, 12, 31)), 2: Node(2, None, dt.date(2027, 8, 31))}
    assert [(one.link.before, one.days) for one in contradictions(nodes, [Link(1, 2)])] == [(1, 122)]
    assert contradictions(nodes, [Link(2, 1)]) == []


def test_a_node_without_dates_has_no_float() -> None:
    found = timings({1: Node(1, None, None, 3), 2: Node(2, MONDAY, None, 1)}, [Link(1, 2)], CALENDAR)
    assert (found[1].total_float, found[2].total_float) == (None, None)


def test_free_float_is_what_may_be_lost_before_the_next_one_begins_later() -> None:
    found = timings(_nodes({1: 3, 2: 1, 3: 2}, MONDAY + dt.timedelta(days=4)), [Link(1, 3), Link(2, 3)], CALENDAR)
    assert {key: one.free_float for key, one in found.items()} == {1: 0, 2: 2, 3: 0}


def test_people_work_on_a_saturday_that_a_decree_names() -> None:
    saturday = dt.date(2027, 2, 20)
    assert not CALENDAR.is_working(saturday)
    assert WorkingCalendar([saturday], [saturday]).shift(dt.date(2027, 2, 19), 1) == saturday
