"""What understanding a term yields: the year of a plan, the status, rules of recurrence, the term itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

#: Both ends inclusive; None at the left is a deadline without a start, None at the right an open end.
Interval = tuple[dt.date | None, dt.date | None]


class Status(StrEnum):
    """Statuses of the conventions."""

    DATED = "dated"
    PERIOD = "period"
    DEADLINE = "deadline"
    RECURRING = "recurring"
    RELATIVE = "relative"
    ON_REQUEST = "on_request"
    AS_NEEDED = "as_needed"
    EXTERNAL_SCHEDULE = "external_schedule"
    PERMANENT = "permanent"
    UNSPECIFIED = "unspecified"
    CONSTRAINT = "constraint"
    INVALID = "invalid"


@dataclass(frozen=True)
class PlanYear:
    """The year a plan is made for: a school year (1 September – 31 August) or a calendar year."""

    start_year: int
    kind: Literal["school", "calendar"] = "school"

    @property
    def is_school(self) -> bool:
        return self.kind == "school"

    @property
    def start(self) -> dt.date:
        return dt.date(self.start_year, 9, 1) if self.is_school else dt.date(self.start_year, 1, 1)

    @property
    def end(self) -> dt.date:
        return dt.date(self.start_year + 1, 8, 31) if self.is_school else dt.date(self.start_year, 12, 31)

    @property
    def window(self) -> tuple[dt.date, dt.date]:
        """The horizon, both ends inclusive."""
        return self.start, self.end

    @property
    def label(self) -> str:
        return (
            f"{self.start_year}/{(self.start_year + 1) % 100:02d} учебный год"
            if self.is_school
            else f"{self.start_year} год"
        )

    def holds(self, day: dt.date) -> bool:
        return self.start <= day <= self.end

    def next(self, years: int = 1) -> PlanYear:
        return PlanYear(self.start_year + years, self.kind)


@dataclass(frozen=True)
class Rule:
    """One rule of recurrence in RRULE text without DTSTART (DTSTART = start of the first interval)."""

    rrule: str | None = None
    rrule_end: str | None = None
    part: str = ""

    def to_json(self) -> dict[str, str]:
        pairs = (("part", self.part), ("rrule", self.rrule), ("rrule_end", self.rrule_end))
        return {key: text for key, text in pairs if text}


@dataclass(frozen=True)
class Term:
    """A term understood for one plan year.

    `intervals` hold every occurrence of that year; `review` says that a person must look before the dates are used;
    `explanation` and `questions` are Russian sentences for the preview. Field names are the keys of the conventions.
    """

    phrase: str
    status: Status
    intervals: tuple[Interval, ...] = ()
    review: bool = False
    in_horizon: bool = True
    rrule: str | None = None
    rrule_end: str | None = None
    rules: tuple[Rule, ...] = ()
    alt: tuple[tuple[Interval, ...], ...] = ()
    alt_rrule: tuple[str, ...] = ()
    rdate: bool = False
    deadline: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    within: tuple[dt.date, dt.date] | None = None
    min_count: int | None = None
    counts: tuple[tuple[str, int], ...] = ()
    max_per: str | None = None
    anchor: str | None = None
    offset: int | None = None
    unit: str | None = None
    requester: str | None = None
    parts: tuple[str, ...] = ()
    time: str | None = None
    same_as_previous: bool = False
    exdate_years: tuple[int, ...] = ()
    tentative: bool = False
    explanation: str = ""
    questions: tuple[str, ...] = field(default=())

    @property
    def is_confident(self) -> bool:
        """Dates may be used without asking anyone."""
        return bool(self.intervals) and not self.review

    def to_json(self) -> dict[str, Any]:
        """The keys of the conventions; the first seven always, the others only when they say something."""
        document: dict[str, Any] = {
            "phrase": self.phrase,
            "status": self.status.value,
            "intervals": [_pair(one) for one in self.intervals],
            "rrule": self.rrule,
            "rrule_end": self.rrule_end,
            "review": self.review,
            "in_horizon": self.in_horizon,
        }
        return document | {key: value for key, value in self._further().items() if _says_something(value)}

    def _further(self) -> dict[str, Any]:
        return {
            "rules": [rule.to_json() for rule in self.rules],
            "alt": [[_pair(one) for one in option] for option in self.alt],
            "alt_rrule": list(self.alt_rrule),
            "rdate": self.rdate,
            "deadline": self.deadline,
            "since": _iso(self.since),
            "until": _iso(self.until),
            "within": [day.isoformat() for day in self.within] if self.within else None,
            "min_count": self.min_count,
            **{f"count_per_{unit}": count for unit, count in self.counts},
            "max_per": self.max_per,
            "anchor": self.anchor,
            "offset": self.offset,
            "unit": self.unit,
            "requester": self.requester,
            "parts": list(self.parts) if any(self.parts) else None,
            "time": self.time,
            "same_as_previous": self.same_as_previous,
            "exdate_years": list(self.exdate_years),
            "tentative": self.tentative,
            "explanation": self.explanation,
            "questions": list(self.questions),
        }


def _says_something(value: object) -> bool:
    """Zero is an answer («в день проведения»), False and emptiness are not."""
    return value is not None and value is not False and value != [] and value != ""


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _pair(interval: Interval) -> list[str | None]:
    return [_iso(interval[0]), _iso(interval[1])]
