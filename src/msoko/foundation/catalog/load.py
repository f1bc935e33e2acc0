"""Limits of the load by assessment works from `definitions/policies/load.toml`, each rule with its passport."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cache
from typing import Any

from msoko.foundation.catalog.files import tables

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class LoadRule:
    """The passport of a rule: what it demands, how it is checked, what mends a clash, where it stands."""

    id: str
    title: str
    limit: float
    text: str
    how: str
    remedy: str
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class LoadPolicy:
    """`rules` by id; `levels` and `periods` are code → words; weekdays count from 1, Monday."""

    title: str
    source: str
    is_verified: bool
    rules: dict[str, LoadRule]
    levels: dict[str, str]
    periods: dict[str, str]
    shortest_minutes: int
    lesson_minutes: int
    once_a_week_hours: int
    rest_weekdays: frozenset[int]
    not_in_lessons: frozenset[str]
    half_starts: tuple[int, int]
    school_weeks: int
    school_weeks_first_grade: int
    most_weekly_hours: int
    same_procedure_days: int
    vpr_windows: dict[int, Span]

    @property
    def interval_days(self) -> int:
        """Fewest days between two works: 2.5 weeks are 18 days."""
        return math.ceil(self.rules["interval"].limit * 7)

    @property
    def largest_share(self) -> float:
        return self.rules["share"].limit

    def lessons(self, minutes: int | None) -> int:
        """Lessons that a work takes; one when its length is not told."""
        return max(1, math.ceil((minutes or self.lesson_minutes) / self.lesson_minutes))

    def vpr_window(self, start_year: int) -> Span | None:
        """Days of the all-Russian works in a school year; None when the order of the year is not known."""
        return self.vpr_windows.get(start_year)

    def weeks_of(self, grade_level: int) -> int:
        """Weeks of lessons in the year of a grade."""
        return self.school_weeks_first_grade if grade_level == 1 else self.school_weeks

    def span(self, period: str, start_year: int) -> Span:
        """First and last day of a period of a school year."""
        first, last = dt.date(start_year, 9, 1), dt.date(start_year + 1, 8, 31)
        half = dt.date(start_year + 1, *self.half_starts)
        if period == "first_half":
            return first, half - dt.timedelta(days=1)
        return (half, last) if period == "second_half" else (first, last)


@cache
def load_policy() -> LoadPolicy:
    """The policy in force."""
    table: dict[str, Any] = tables("policies")["load"]
    return LoadPolicy(
        title=table["title"],
        source=table["source"],
        is_verified=table["is_verified"],
        rules={code: _rule(code, one) for code, one in table["rules"].items()},
        levels=dict(table["levels"]),
        periods=dict(table["periods"]),
        shortest_minutes=table["shortest_minutes"],
        lesson_minutes=table["lesson_minutes"],
        once_a_week_hours=table["once_a_week_hours"],
        rest_weekdays=frozenset(table["rest_weekdays"]),
        not_in_lessons=frozenset(table["not_in_lessons"]),
        school_weeks=table["school_weeks"],
        school_weeks_first_grade=table["school_weeks_first_grade"],
        most_weekly_hours=table["most_weekly_hours"],
        same_procedure_days=table["same_procedure_days"],
        vpr_windows={one["start_year"]: (one["first"], one["last"]) for one in table["vpr_windows"]},
        half_starts=(table["half"]["starts"][0], table["half"]["starts"][1]),
    )


def _rule(code: str, table: dict[str, Any]) -> LoadRule:
    return LoadRule(
        code, table["title"], float(table["limit"]), table["text"], table["how"], table["remedy"], table["source"],
        table["is_verified"],
    )  # fmt: skip
