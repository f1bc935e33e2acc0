"""A term in the making."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from intake.terms.pieces import Calendars
from intake.terms.placing import Placing
from intake.terms.values import Interval, PlanYear, Rule, Status


@dataclass
class Draft:
    """Everything that becomes a `Term`; `questions` make the term one for review."""

    plan: PlanYear
    calendars: Calendars
    status: Status = Status.UNSPECIFIED
    intervals: list[Interval] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    alt: list[tuple[Interval, ...]] = field(default_factory=list)
    alt_rrule: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    is_rdate: bool = False
    is_deadline: bool = False
    is_tentative: bool = False
    is_same: bool = False
    #: several rules or terms stand in one cell
    is_mixed: bool = False
    is_explicit: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    within: tuple[dt.date, dt.date] | None = None
    min_count: int | None = None
    counts: dict[str, int] = field(default_factory=dict)
    max_per: str = ""
    anchor: str = ""
    offset: int | None = None
    unit: str = ""
    requester: str = ""
    time: str = ""
    except_years: tuple[int, ...] = ()

    @property
    def placing(self) -> Placing:
        return Placing(self.plan, self.calendars)

    def ask(self, question: str) -> None:
        """A question to a person; the same one is asked once."""
        if question and question not in self.questions:
            self.questions.append(question)

    def add(self, interval: Interval, part: str = "") -> None:
        self.intervals.append(interval)
        self.parts.append(part)
