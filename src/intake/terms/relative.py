"""Terms that hang on the end of a school year, quarter or half-year: dates proposed for a person to confirm."""

from __future__ import annotations

import datetime as dt

from intake.terms.nodes import Relative
from intake.terms.occurrences import academic_quarters, half_years, months, quarters
from intake.terms.pieces import Calendars, month_span
from intake.terms.values import Interval, PlanYear
from intake.terms.workdays import working_day_after


def known_ends(relative: Relative, plan: PlanYear, calendars: Calendars) -> tuple[Interval, ...]:
    """Proposed intervals of a relative term with a known event, empty when the event is not on the calendar."""
    name, _, numbers = relative.known.partition(":")
    if name == "school_year_end":
        return _after_school_year(relative, plan)
    ends = _ends(name, plan, calendars)
    if numbers:
        ends = _chosen(ends, name, [int(number) for number in numbers.split(",")])
    if relative.offset is None:
        return tuple((None, end) for end in ends)
    return tuple(_moved(end, relative) for end in ends)


def _moved(end: dt.date, relative: Relative) -> Interval:
    """The window after the event, or the deadline before it."""
    day = shifted(end, relative.offset or 0, relative.unit)
    return (None, day) if day < end else (end, day)


def shifted(day: dt.date, offset: int, unit: str) -> dt.date:
    """The day moved by calendar days, working days of the production calendar, weeks or months."""
    if unit == "month":
        month = day.month - 1 + offset
        year, month = day.year + month // 12, month % 12 + 1
        return dt.date(year, month, min(day.day, month_span(year, month)[1].day))
    if unit == "working_day":
        return working_day_after(day, offset)
    return day + dt.timedelta(days=offset * (7 if unit == "week" else 1))


def _after_school_year(relative: Relative, plan: PlanYear) -> tuple[Interval, ...]:
    year = plan.start_year + 1 if plan.is_school else plan.start_year
    if relative.offset is None:
        return ((dt.date(year, 6, 1), dt.date(year, 6, 30)),)
    return (_moved(dt.date(year, 5, 31), relative),)


def _ends(name: str, plan: PlanYear, calendars: Calendars) -> list[dt.date]:
    if name == "academic_quarter_end":
        spans = academic_quarters(plan, calendars).intervals
    elif name == "quarter_end":
        spans = quarters(plan, calendars).intervals
    elif name == "half_year_end":
        spans = half_years(plan).intervals
    elif name == "month_end":
        spans = tuple(month_span(year, month) for year, month in months(plan, (), ()))
    elif name == "calendar_year_end":
        spans = ((None, dt.date(plan.start_year, 12, 31)),)
    else:
        spans = ()
    return [end for _, end in spans if end is not None]


def _chosen(ends: list[dt.date], name: str, numbers: list[int]) -> list[dt.date]:
    if name == "quarter_end":
        return [end for end in ends if (end.month + 2) // 3 in numbers]
    return [end for place, end in enumerate(ends, 1) if place in numbers]
