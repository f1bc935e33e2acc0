"""Where another reading of a window is as likely: questions to a person and acceptable alternatives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from intake.terms.occurrences import school_span, year_options
from intake.terms.pieces import Calendars, CalendarYear, Day, PlanWindow, Quarter, SchoolYear
from intake.terms.placing import Placed, is_year_long
from intake.terms.values import Interval, PlanYear
from intake.terms.wording import shown_interval


def weekday_question(one: Placed) -> str:
    day = one.interval[0]
    if not one.window.weekday or day is None or day.isoweekday() == one.window.weekday:
        return ""
    names = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
    return f"{day:%d.%m.%Y} – {names[day.weekday()]}, а указан другой день недели. Что верно?"


def year_question(one: Placed, plan: PlanYear) -> str:
    """The rule of years gives an answer where another year is as likely."""
    start, end = one.interval
    if one.window.is_explicit or end is None:
        return ""
    first, second = plan.start_year, plan.start_year + 1
    if isinstance(one.window.last, SchoolYear) and not plan.is_school:
        return f"{first - 1}/{first % 100:02d} или {first}/{second % 100:02d} учебный год?"
    if isinstance(one.window.last, CalendarYear | SchoolYear | PlanWindow):
        is_asked = isinstance(one.window.last, SchoolYear) != plan.is_school
    else:
        is_asked = plan.is_school and (
            (end.month == 8 and (start is None or start.month == 8))
            or (start is None and end == plan.start)
            or one.window.last == Quarter(3)
            or is_year_long(one)
        )
    return f"{first} или {second} год?" if is_asked else ""


def doubt_question(one: Placed) -> str:
    if one.window.is_open:
        return "Когда срок кончается?"
    return f"Верно ли: {shown_interval(one.interval)}?"


def adjacent(placed: Sequence[Placed]) -> list[tuple[Interval, ...]]:
    """Two windows that touch may be one."""
    (start, end), (after, last) = placed[0].interval, placed[1].interval
    if start and end and after and last and after == end + dt.timedelta(days=1):
        return [((start, last),)]
    return []


def other_readings(one: Placed, plan: PlanYear, calendars: Calendars) -> list[tuple[Interval, ...]]:
    """Acceptable readings beside the chosen one."""
    start, end = one.interval
    piece = one.window.last
    if one.window.is_deadline and end is not None and isinstance(piece, Day):
        return [((None, end - dt.timedelta(days=1)),)]
    if one.window.is_deadline and isinstance(piece, CalendarYear) and not piece.is_explicit:
        school_end = school_span(plan)[1]
        return [((None, school_end),), ((None, plan.end),)] if plan.is_school else []
    if one.window.is_deadline and isinstance(piece, CalendarYear) and end is not None:
        other = end.replace(year=end.year + (1 if one.window.is_before else -1))
        return [((None, other),)]
    if isinstance(piece, SchoolYear) and end is not None and start is not None:
        return [((start, calendars.of(start.year).lessons_end),), ((start, dt.date(end.year, 8, 31)),)]
    if isinstance(piece, PlanWindow):
        return list(year_options(plan))
    if isinstance(piece, CalendarYear) and not piece.is_explicit and start is not None and end is not None:
        later = (dt.date(start.year + 1, 1, 1), dt.date(end.year + 1, 12, 31))
        return [(later,), ((start, end), later)]
    return []
