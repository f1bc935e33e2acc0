"""Nodes of one rule: what stands together between commas when a phrase has several frequencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from intake.terms.nodes import DayOf, Frequency, Limits, Node, Note, Relative, Undated, Unit, Window, Windows
from intake.terms.phrase import Phrase

_FINER: Final[tuple[Unit, ...]] = (
    "year",
    "break",
    "half_year",
    "academic_quarter",
    "quarter",
    "month",
    "week",
    "day",
    "working_day",
)


@dataclass
class Group:
    """Nodes sorted by kind; every window keeps its label."""

    windows: list[Window] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    frequency: Frequency | None = None
    days: list[DayOf] = field(default_factory=list)
    undated: list[Undated] = field(default_factory=list)
    relative: list[Relative] = field(default_factory=list)
    limits: list[Limits] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    label: str = ""

    def add(self, node: Node, label: str) -> None:
        if isinstance(node, Windows):
            self.windows += node.items
            self.labels += [label] * len(node.items)
        elif isinstance(node, Frequency):
            self.frequency = node if self.frequency is None else _merged(self.frequency, node)
            self.label = self.label or label
        elif isinstance(node, DayOf):
            self.days.append(node)
        elif isinstance(node, Undated):
            self.undated.append(node)
        elif isinstance(node, Relative):
            self.relative.append(node)
        elif isinstance(node, Limits):
            self.limits.append(node)
        else:
            self.notes.append(node)

    @property
    def is_empty(self) -> bool:
        return not (self.windows or self.frequency or self.days or self.undated or self.relative)


def groups_of(phrase: Phrase) -> list[Group]:
    """One group, or one for every frequency that cannot be merged with the one before it."""
    groups: list[Group] = [Group()]
    pending: list[tuple[Node, str]] = []
    for place, (node, label) in enumerate(zip(phrase.nodes, phrase.labels, strict=True)):
        here = groups[-1].frequency
        if isinstance(node, Frequency) and here is not None and not _can_merge(here, node):
            groups.append(Group())
        pending.append((node, label))
        if place in phrase.commas or isinstance(node, Frequency):
            _settle(groups[-1], pending)
    _settle(groups[-1], pending)
    return [group for group in groups if not group.is_empty or group.limits or group.notes]


def _settle(group: Group, pending: list[tuple[Node, str]]) -> None:
    for node, label in pending:
        group.add(node, label)
    pending.clear()


def _can_merge(first: Frequency, second: Frequency) -> bool:
    if first.unit == second.unit:
        return first.interval == second.interval
    if {first.unit, second.unit} in ({"year", "half_year"}, {"year", "quarter"}):
        return max(first.count, second.count) > 1
    return {first.unit, second.unit} <= {"week", "day", "working_day"}


def _merged(first: Frequency, second: Frequency) -> Frequency:
    finer = max(first, second, key=lambda one: _FINER.index(one.unit))
    count = max(first.count, second.count) if first.unit == second.unit else finer.count
    return replace(
        finer,
        count=count,
        bound=first.bound or second.bound,
        weekdays=tuple(sorted({*first.weekdays, *second.weekdays})),
    )


def labels_of(group: Group) -> Sequence[str]:
    """Labels of the windows, none when no window has one."""
    return group.labels if any(group.labels) else [""] * len(group.labels)
