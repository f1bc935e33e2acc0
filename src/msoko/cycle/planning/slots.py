"""Terms of an activity for the years of a plan → its dated slots. Pure: nothing is stored here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.terms import Interval, PlanYear, SchoolCalendar, Status, Term, parse_term

#: Statuses whose occurrences come from elsewhere: a request, an outside schedule, another activity, a person.
WITHOUT_DATES = frozenset({
    Status.ON_REQUEST, Status.AS_NEEDED, Status.EXTERNAL_SCHEDULE, Status.UNSPECIFIED, Status.CONSTRAINT,
    Status.INVALID,
})  # fmt: skip
_FREQUENT = {"FREQ=DAILY": "ежедневно", "FREQ=WEEKLY": "еженедельно"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that an activity is done in a year of the plan; both ends inclusive, no start for a mere deadline.

    `is_tentative`: a person has yet to confirm it. `in_horizon`: false for periods outside the plan (an archive item).
    """

    year: int
    starts_on: dt.date | None
    ends_on: dt.date | None
    part: str = ""
    is_tentative: bool = False
    in_horizon: bool = True

    @property
    def key(self) -> tuple[dt.date | None, dt.date | None, str]:
        """What tells one slot of an activity from another."""
        return self.starts_on, self.ends_on, self.part


def terms_of(phrase: str, years: Sequence[PlanYear], calendars: Mapping[int, SchoolCalendar]) -> list[Term]:
    """The phrase understood for every year of a plan. `calendars`: by the start of the school year."""
    return [parse_term(phrase, year, calendars.get(year.start_year)) for year in years]


def slots_of(terms: Sequence[Term], years: Sequence[PlanYear]) -> list[Slot]:
    """Slots of all years, each window once; nothing for terms without dates.

    A window that a phrase names by its own year stands in the year of the plan that holds its end; one outside of the
    whole plan stands in the first year with `in_horizon` false.
    """
    inside = [
        slot
        for term, year in zip(terms, years, strict=True)
        if term.in_horizon
        for slot in _slots(term, year)
    ]  # fmt: skip
    if inside:
        return _once(inside)
    outside = [
        slot for term, year in zip(terms[:1], years[:1], strict=True) if not term.in_horizon
        for slot in _slots(term, year)
    ]  # fmt: skip
    return _once(outside)


def _slots(term: Term, year: PlanYear) -> list[Slot]:
    if term.status in WITHOUT_DATES:
        return []
    parts = term.parts or ("",) * len(term.intervals)
    found = [
        _slot(interval, part, term, year) for interval, part in zip(term.intervals, parts, strict=True)
    ]  # fmt: skip
    return found or _frequent(term, year)


def _slot(interval: Interval, part: str, term: Term, year: PlanYear) -> Slot:
    starts_on, ends_on = interval
    is_open = ends_on is None
    return Slot(
        year.start_year,
        starts_on,
        year.end if is_open else ends_on,
        part[:300],
        is_tentative=is_open or term.tentative or term.review,
        in_horizon=term.in_horizon,
    )


def _frequent(term: Term, year: PlanYear) -> list[Slot]:
    """Daily and weekly work is one slot of its bounds, or of the year: a task for every week would drown the rest."""
    word = next((word for rule, word in _FREQUENT.items() if (term.rrule or "").startswith(rule)), "")
    if not word:
        return []
    starts_on, ends_on = term.within or (year.start, year.end)
    return [Slot(year.start_year, starts_on, ends_on, word, is_tentative=term.review)]


def _once(slots: Iterable[Slot]) -> list[Slot]:
    return list({slot.key: slot for slot in reversed(list(slots))}.values())[::-1]
