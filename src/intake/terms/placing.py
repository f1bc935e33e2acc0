"""Windows on the calendar: which year a window without a year belongs to (conventions 1–7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from intake.terms.nodes import Window
from intake.terms.pieces import (
    SCHOOL_PIECES,
    Calendars,
    CalendarYear,
    Day,
    Edge,
    HalfYear,
    Month,
    NoSuchDay,
    Piece,
    PlanWindow,
    SchoolYear,
    span_of,
)
from intake.terms.values import Interval, PlanYear

_DAY: Final = dt.timedelta(days=1)
_SUSPICIOUS: Final = 300


@dataclass(frozen=True)
class Placed:
    """A window with its dates; `doubt` is a Russian question for a person, empty when there is none."""

    window: Window
    interval: Interval
    doubt: str = ""


@dataclass
class Placing:
    """Places windows of one phrase in one plan year."""

    plan: PlanYear
    calendars: Calendars = field(default_factory=Calendars)

    def place(self, window: Window) -> Placed:
        """Dates of a window; `NoSuchDay` when it has none."""
        window = self._fitted(window)
        if window.is_deadline:
            return self._deadline(window)
        if window.is_open:
            return self._open(window)
        return self._closed(window)

    def _fitted(self, window: Window) -> Window:
        """A year and halves of a year that are not named follow the kind of the plan."""
        if self.plan.is_school:
            return window
        return replace(window, first=_in_calendar_year(window.first), last=_in_calendar_year(window.last))

    def _tried(self) -> Iterator[int]:
        """Years one by one; a school calendar of a year that did not fit leaves no trace."""
        was_approximate = self.calendars.was_approximate
        for year in range(self.plan.start_year - 1, self.plan.start_year + 3):
            self.calendars.was_approximate = was_approximate
            yield year

    def _deadline(self, window: Window) -> Placed:
        piece = window.last
        assert piece is not None
        if piece.is_explicit:
            return Placed(window, (None, self._due(window, piece, 0)))
        for year in self._tried():
            span = _try_span(piece, year, self.calendars)
            if span and self.plan.holds(span[0] if window.is_before else span[1]):
                due = self._due(window, piece, year)
                doubt = (
                    ""
                    if self.plan.holds(due) and not _is_eve(due, self.plan)
                    else f"Срок {_shown(due)} – до начала плана или после него?"
                )
                return Placed(window, (None, due), doubt)
        raise _absent(piece, self.plan, self.calendars)

    def _due(self, window: Window, piece: Piece, year: int) -> dt.date:
        start, end = span_of(piece, year, self.calendars)
        return start - _DAY if window.is_before else end

    def _open(self, window: Window) -> Placed:
        piece = window.first
        assert piece is not None
        for year in [0] if piece.is_explicit else self._tried():
            span = span_of(piece, year, self.calendars) if piece.is_explicit else _try_span(piece, year, self.calendars)
            if span and (piece.is_explicit or self.plan.holds(span[0])):
                return Placed(window, (span[1] + _DAY if window.is_before else span[0], None))
        raise _absent(piece, self.plan, self.calendars)

    def _closed(self, window: Window) -> Placed:
        first, last = window.first, window.last
        assert first is not None
        assert last is not None
        _refuse_reversed(first, last)
        if first.is_explicit or last.is_explicit:
            return Placed(window, self._explicit(first, last))
        for year in self._tried():
            span = self._span(first, last, year)
            if span and self.plan.holds(span[1]):
                long = (
                    "Окно длится почти весь год: верны ли границы?"
                    if (span[1] - span[0]).days > _SUSPICIOUS and isinstance(first, Day)
                    else ""
                )
                return Placed(window, span, long)
        raise _absent(last, self.plan, self.calendars)

    def _span(self, first: Piece, last: Piece, year: int) -> tuple[dt.date, dt.date] | None:
        ending = _try_span(last, year, self.calendars)
        if ending is None or first is last or first == last:
            return ending
        starting = _try_span(first, year, self.calendars)
        if starting is None or starting[0] > ending[1]:
            starting = _try_span(first, year - 1, self.calendars)
        return (starting[0], ending[1]) if starting else None

    def _explicit(self, first: Piece, last: Piece) -> tuple[dt.date, dt.date]:
        if first == last:
            return span_of(last, 0, self.calendars)
        if not last.is_explicit:
            start = span_of(first, 0, self.calendars)[0]
            return start, self._end_after(last, start)
        end = span_of(last, 0, self.calendars)[1]
        if not first.is_explicit:
            return self._start_before(
                replace(first, school_year=last.school_year) if last.school_year else first, end
            ), end
        start = span_of(first, 0, self.calendars)[0]
        if start > end:
            raise NoSuchDay(f"Конец {_shown(end)} раньше начала {_shown(start)}.")
        return start, end

    def _end_after(self, last: Piece, start: dt.date) -> dt.date:
        for year in (start.year, start.year + 1):
            span = _try_span(last, year, self.calendars)
            if span and span[1] >= start:
                return span[1]
        raise NoSuchDay(f"Конец не находится после {_shown(start)}.")

    def _start_before(self, first: Piece, end: dt.date) -> dt.date:
        for year in (end.year, end.year - 1):
            try:
                start = span_of(first, year, self.calendars)[0]
            except NoSuchDay:
                if not isinstance(first, Day) or (first.month, first.day) != (2, 29):
                    raise
                continue
            if start <= end:
                return start
        raise NoSuchDay(f"Начало не находится раньше {_shown(end)}.")


def _in_calendar_year(piece: Piece | None) -> Piece | None:
    if isinstance(piece, HalfYear | PlanWindow) and piece.school_year is None and piece.is_school:
        return replace(piece, is_school=False)
    return piece


def _try_span(piece: Piece, year: int, calendars: Calendars) -> tuple[dt.date, dt.date] | None:
    try:
        return span_of(piece, year, calendars)
    except NoSuchDay:
        return None


def _absent(piece: Piece, plan: PlanYear, calendars: Calendars) -> NoSuchDay:
    for year in (plan.end.year, plan.start.year):
        try:
            span_of(piece, year, calendars)
        except NoSuchDay as answer:
            return answer
    return NoSuchDay("Такого срока в году плана нет.")


def _refuse_reversed(first: Piece, last: Piece) -> None:
    is_same_month = isinstance(first, Day) and isinstance(last, Day) and first.month == last.month
    if is_same_month and not first.is_explicit and first.day > last.day:  # type: ignore[attr-defined]
        raise NoSuchDay("Конец срока раньше начала.")


def _is_eve(due: dt.date, plan: PlanYear) -> bool:
    return due < plan.start


def _shown(day: dt.date) -> str:
    return day.strftime("%d.%m.%Y")


def is_year_long(placed: Placed) -> bool:
    """A period rather than a date: whole years, or January to December."""
    start, end = placed.interval
    last = placed.window.last
    if start is None or end is None:
        return False
    if isinstance(last, CalendarYear | SchoolYear | PlanWindow):
        return placed.window.first is not None and isinstance(
            placed.window.first, CalendarYear | SchoolYear | PlanWindow
        )
    return (end - start).days >= 360


def uses_school_calendar(window: Window) -> bool:
    """Dates come from the school calendar."""
    return any(_is_school(piece) for piece in (window.first, window.last))


def _is_school(piece: Piece | None) -> bool:
    if isinstance(piece, Edge):
        return _is_school(piece.whole)
    return isinstance(piece, SCHOOL_PIECES) and not isinstance(piece, SchoolYear)


def months_of(span: tuple[dt.date, dt.date]) -> Iterator[tuple[int, int]]:
    """(year, month) of every month that the span touches."""
    year, month = span[0].year, span[0].month
    while (year, month) <= (span[1].year, span[1].month):
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def is_month(window: Window) -> bool:
    return isinstance(window.first, Month) and window.first == window.last
