"""Quarters and breaks of a school year: given by a file, or the usual ones until somebody gives them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

Span = tuple[dt.date, dt.date]

BREAKS: Final = ("autumn", "winter", "spring", "summer", "first_grade")
BREAK_NAMES: Final = {
    "autumn": "осенние каникулы",
    "winter": "зимние каникулы",
    "spring": "весенние каникулы",
    "summer": "летние каникулы",
    "first_grade": "дополнительные каникулы 1-х классов",
}


@dataclass(frozen=True)
class SchoolCalendar:
    """Calendar of one school year: four quarters, breaks by name (`BREAKS`), both ends inclusive.

    `is_approximate` marks the usual dates that stand in until the calendar of the year is given: whatever is
    computed from them asks for confirmation.
    """

    start_year: int
    quarters: tuple[Span, Span, Span, Span]
    breaks: dict[str, Span]
    is_approximate: bool = False

    @property
    def lessons_end(self) -> dt.date:
        return self.quarters[3][1]


def usual_calendar(start_year: int) -> SchoolCalendar:
    """The dates most schools keep: nine days of autumn and spring break from a Saturday, winter break to the second
    Sunday of January or so, lessons to 26 May."""
    autumn = _weekend_break(dt.date(start_year, 10, 24))
    spring = _weekend_break(dt.date(start_year + 1, 3, 24))
    extra = _weekend_break(dt.date(start_year + 1, 2, 10))
    winter = (dt.date(start_year, 12, 31), _next_sunday(dt.date(start_year + 1, 1, 8)))
    day, last = dt.timedelta(days=1), dt.date(start_year + 1, 5, 26)
    quarters = (
        (dt.date(start_year, 9, 1), autumn[0] - day),
        (autumn[1] + day, winter[0] - day),
        (winter[1] + day, spring[0] - day),
        (spring[1] + day, last),
    )
    summer = (last + day, dt.date(start_year + 1, 8, 31))
    breaks = {"autumn": autumn, "winter": winter, "spring": spring, "summer": summer, "first_grade": extra}
    return SchoolCalendar(start_year, quarters, breaks, is_approximate=True)


def _weekend_break(earliest: dt.date) -> Span:
    """Nine days from the first Saturday not before the day."""
    start = earliest + dt.timedelta(days=(5 - earliest.weekday()) % 7)
    return start, start + dt.timedelta(days=8)


def _next_sunday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(6 - day.weekday()) % 7)
