"""The order of a plan on paper and on screen: sections stand before their activities, each once in a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msoko.cycle.planning.models import Activity, PlanSection


def outlined(activities: Iterable[Activity]) -> Iterator[tuple[tuple[PlanSection, ...], Activity]]:
    """Every activity with the sections that begin before it, from the top down."""
    shown: tuple[PlanSection, ...] = ()
    for activity in activities:
        path = activity.section.path if activity.section else ()
        begun = tuple(one for depth, one in enumerate(path, 1) if path[:depth] != shown[:depth])
        shown = path
        yield begun, activity
