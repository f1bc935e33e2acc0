"""The network schedule: floats and the critical path by the critical path method on working days.

After J. E. Kelley and M. R. Walker, 1959. A plan seldom gives durations. An activity with a duration takes that many
working days inside its window; without one only the float of its window is known, and the schedule says so. Windows:
not earlier than their start, not later than their end. Pure: nothing is stored here.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: holidays in a row are never as long
_MARGIN = 60
_YEAR = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Node:
    """An activity with the window of its year; `duration` in working days, None when nobody has given it."""

    key: int
    starts_on: dt.date | None
    ends_on: dt.date | None
    duration: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """`after` begins when `before` is finished and `lag` working days have passed."""

    before: int
    after: int
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Timing:
    """Earliest and latest days of an activity, floats in working days. `is_critical`: a day of delay delays the end.

    `total_float` is None where the window is not known. `free_float`: what the activity may lose before the next one
    has to begin later; without a next one it is the total float.
    """

    early_start: dt.date | None
    early_finish: dt.date | None
    late_start: dt.date | None
    late_finish: dt.date | None
    total_float: int | None
    free_float: int | None
    is_critical: bool


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An input that is due after its consumer, by how many calendar days."""

    link: Link
    due_on: dt.date
    needed_on: dt.date

    @property
    def days(self) -> int:
        return (self.due_on - self.needed_on).days


class CircleError(ValueError):
    """Activities wait for each other; `keys` is the circle."""

    def __init__(self, keys: Sequence[int]) -> None:
        super().__init__("circular dependency")
        self.keys = tuple(keys)


def check_no_circle(links: Iterable[Link]) -> None:
    """Raises CircleError naming the activities that wait for each other."""
    import networkx as nx  # noqa: PLC0415 -- slow import

    graph = nx.DiGraph((link.before, link.after) for link in links)
    try:
        found = nx.find_cycle(graph)
    except nx.NetworkXNoCycle:
        return
    raise CircleError([before for before, *_ in found])


def contradictions(nodes: Mapping[int, Node], links: Iterable[Link]) -> list[Contradiction]:
    """Links whose input is due after the consumer is due."""
    found = []
    for link in links:
        due, needed = nodes[link.before].ends_on, nodes[link.after].ends_on
        if due is not None and needed is not None and due > needed:
            found.append(Contradiction(link, due, needed))
    return found


def timings(nodes: Mapping[int, Node], links: Sequence[Link], calendar: WorkingCalendar) -> dict[int, Timing]:
    """Early and late days of every activity.

    Raises:
        CircleError: when activities wait for each other.
    """
    check_no_circle(links)
    import networkx as nx  # noqa: PLC0415 -- slow import

    graph = nx.DiGraph()
    graph.add_nodes_from(nodes)
    for link in links:
        graph.add_edge(link.before, link.after, lag=link.lag)
    order = list(nx.topological_sort(graph))
    early = _forward(graph, order, nodes, calendar)
    late = _backward(graph, order, nodes, calendar)
    free = {key: _free(graph, key, early, calendar) for key in order}
    return {key: _timing(nodes[key], early[key], late[key], free[key], calendar) for key in order}


Days = tuple[dt.date | None, dt.date | None]


def _forward(graph: Any, order: Sequence[int], nodes: Mapping[int, Node], calendar: WorkingCalendar) -> dict[int, Days]:
    """Early start and finish: not before the window, not before every input is finished."""
    early: dict[int, Days] = {}
    for key in order:
        node = nodes[key]
        starts = [node.starts_on] if node.starts_on else []
        for before in graph.predecessors(key):
            finish = early[before][1]
            if finish is not None:
                starts.append(calendar.shift(finish, 1 + graph.edges[before, key]["lag"]))
        start = calendar.working(max(starts)) if starts else None
        early[key] = (start, _finish(start, node, calendar))
    return early


def _finish(start: dt.date | None, node: Node, calendar: WorkingCalendar) -> dt.date | None:
    if start is None:
        return None
    return calendar.shift(start, max(node.duration or 1, 1) - 1)


def _backward(
    graph: Any, order: Sequence[int], nodes: Mapping[int, Node], calendar: WorkingCalendar
) -> dict[int, Days]:
    """Late start and finish: not after the window, not after any consumer has to begin."""
    late: dict[int, Days] = {}
    for key in reversed(order):
        node = nodes[key]
        ends = [node.ends_on] if node.ends_on else []
        for after in graph.successors(key):
            start = late[after][0]
            if start is not None:
                ends.append(calendar.shift(start, -1 - graph.edges[key, after]["lag"]))
        finish = calendar.working(min(ends), forward=False) if ends else None
        start = None if finish is None else calendar.shift(finish, 1 - max(node.duration or 1, 1))
        late[key] = (start, finish)
    return late


def _free(graph: Any, key: int, early: Mapping[int, Days], calendar: WorkingCalendar) -> int | None:
    """Working days between the early finish and the nearest early start of what follows; None when nothing does."""
    finish = early[key][1]
    if finish is None:
        return None
    gaps = [
        calendar.between(calendar.shift(finish, 1 + graph.edges[key, after]["lag"]), start)
        for after in graph.successors(key)
        if (start := early[after][0]) is not None
    ]
    return min(gaps, default=None)


def _timing(node: Node, early: Days, late: Days, free: int | None, calendar: WorkingCalendar) -> Timing:
    slack = None
    if early[0] is not None and late[0] is not None:
        slack = calendar.between(early[0], late[0])
    is_critical = slack is not None and slack <= 0 and node.duration is not None
    return Timing(early[0], early[1], late[0], late[1], slack, slack if free is None else free, is_critical)


class WorkingCalendar:
    """Working days: Monday to Friday without the days off that are given, and the weekend days on which people work.

    Days are counted by their place in a list of all working days, which grows to where it is asked.
    """

    def __init__(self, days_off: Iterable[dt.date] = (), working_days: Iterable[dt.date] = ()) -> None:
        self._working = frozenset(working_days)
        self._off = frozenset(days_off) - self._working
        self._days: list[dt.date] = []
        self._known: tuple[dt.date, dt.date] | None = None

    def is_working(self, day: dt.date) -> bool:
        return day in self._working or (day.weekday() < 5 and day not in self._off)

    def working(self, day: dt.date, *, forward: bool = True) -> dt.date:
        """The day itself or the nearest working one after (before) it."""
        step = dt.timedelta(days=1 if forward else -1)
        while not self.is_working(day):
            day += step
        return day

    def shift(self, day: dt.date, count: int) -> dt.date:
        """The working day `count` working days after (before) the day; 0 gives the day itself made working."""
        day = self.working(day, forward=count >= 0)
        reach = dt.timedelta(days=abs(count) * 7 + _MARGIN)  # one working day a week is the worst that there is
        days = self._list(day - reach if count < 0 else day, day + reach if count > 0 else day)
        return days[bisect_left(days, day) + count]

    def between(self, start: dt.date, end: dt.date) -> int:
        """Working days from `start` to `end`: 0 for the same day, negative when `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        days = self._list(start, end)
        return bisect_right(days, end) - bisect_right(days, start)

    def _list(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """All working days of a time that holds both days."""
        if self._known is None or first < self._known[0] or last > self._known[1]:
            start, end = self._known or (first, last)
            self._known = min(first, start) - _YEAR, max(last, end) + _YEAR
            count = (self._known[1] - self._known[0]).days + 1
            every = (self._known[0] + dt.timedelta(days=number) for number in range(count))
            self._days = [day for day in every if self.is_working(day)]
        return self._days
