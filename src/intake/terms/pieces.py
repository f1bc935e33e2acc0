"""Pieces of a year: what lies between two days once the year is known.

A piece answers `span(year, calendars)`, both ends inclusive, where `year` is the calendar year of its END. Days that do
not exist raise `NoSuchDay`.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from dataclasses import dataclass, field
from typing import Final, Literal

from intake.terms.school_calendar import SchoolCalendar, usual_calendar

Span = tuple[dt.date, dt.date]
LAST: Final = -1
BEFORE_LAST: Final = -2
_DAY: Final = dt.timedelta(days=1)


class NoSuchDay(ValueError):  # noqa: N818 -- it is an answer, not a failure
    """A day that no calendar has; the message is a Russian sentence."""


@dataclass
class Calendars:
    """The given school calendar, the usual one for other years, and a note that the usual one was needed."""

    given: SchoolCalendar | None = None
    was_approximate: bool = False

    def of(self, start_year: int) -> SchoolCalendar:
        if self.given is not None and self.given.start_year == start_year:
            self.was_approximate |= self.given.is_approximate
            return self.given
        self.was_approximate = True
        return usual_calendar(start_year)


@dataclass(frozen=True)
class Piece:
    """`year` – the calendar year that the phrase names, `school_year` – start of the school year that it names."""

    year: int | None = field(default=None, kw_only=True)
    school_year: int | None = field(default=None, kw_only=True)

    def span(self, year: int, calendars: Calendars) -> Span:
        raise NotImplementedError

    @property
    def is_explicit(self) -> bool:
        return self.year is not None or self.school_year is not None


def last_day(year: int, month: int) -> int:
    return months.monthrange(year, month)[1]


def month_span(year: int, month: int) -> Span:
    return dt.date(year, month, 1), dt.date(year, month, last_day(year, month))


@dataclass(frozen=True)
class Month(Piece):
    month: int

    def span(self, year: int, calendars: Calendars) -> Span:
        return month_span(year, self.month)


@dataclass(frozen=True)
class Day(Piece):
    day: int
    month: int

    def span(self, year: int, calendars: Calendars) -> Span:
        try:
            day = dt.date(year, self.month, self.day)
        except ValueError:
            raise NoSuchDay(f"Даты {self.day:02d}.{self.month:02d}.{year} не существует.") from None
        return day, day


@dataclass(frozen=True)
class MonthPart(Piece):
    """Decade 1–3 or half 1–2 of a month."""

    number: int
    month: int
    of: Literal["decade", "half"] = "decade"

    def span(self, year: int, calendars: Calendars) -> Span:
        return part_of_month(self.number, self.of, year, self.month)


def part_of_month(number: int, of: str, year: int, month: int) -> Span:
    end = last_day(year, month)
    cuts = (1, 11, 21, end + 1) if of == "decade" else (1, 16, end + 1)
    if number == LAST:
        number = len(cuts) - 1
    if not 1 <= number < len(cuts):
        raise NoSuchDay(f"В месяце нет части с номером {number}.")
    return dt.date(year, month, cuts[number - 1]), dt.date(year, month, cuts[number] - 1)


@dataclass(frozen=True)
class Week(Piece):
    """Weeks from Monday to Sunday; the first holds the 1st and is clipped to the month; the last is seven days."""

    first: int
    last: int
    month: int

    def span(self, year: int, calendars: Calendars) -> Span:
        return week_of_month(year, self.month, self.first)[0], week_of_month(year, self.month, self.last)[1]


def week_of_month(year: int, month: int, number: int) -> Span:
    start, end = month_span(year, month)
    if number == LAST:
        return end - 6 * _DAY, end
    monday = start - start.weekday() * _DAY + (number - 1) * 7 * _DAY
    if number < 1 or monday > end:
        raise NoSuchDay(f"В месяце {month:02d}.{year} нет недели с номером {number}.")
    return max(monday, start), monday + 6 * _DAY


@dataclass(frozen=True)
class NthWeekday(Piece):
    """«Второй вторник октября»; weekday 1–7, number −1 for the last."""

    number: int
    weekday: int
    month: int

    def span(self, year: int, calendars: Calendars) -> Span:
        day = nth_weekday(year, self.month, self.number, self.weekday)
        return day, day


def nth_weekday(year: int, month: int, number: int, weekday: int) -> dt.date:
    start, end = month_span(year, month)
    if number < 0:
        day = end - ((end.isoweekday() - weekday) % 7) * _DAY + (number + 1) * 7 * _DAY
    else:
        day = start + ((weekday - start.isoweekday()) % 7) * _DAY + (number - 1) * 7 * _DAY
    if not start <= day <= end:
        raise NoSuchDay(f"В месяце {month:02d}.{year} нет такого дня недели с номером {number}.")
    return day


@dataclass(frozen=True)
class LastDay(Piece):
    month: int
    is_working: bool = False

    def span(self, year: int, calendars: Calendars) -> Span:
        day = month_span(year, self.month)[1]
        while self.is_working and day.weekday() > 4:
            day -= _DAY
        return day, day


@dataclass(frozen=True)
class Quarter(Piece):
    number: int

    def span(self, year: int, calendars: Calendars) -> Span:
        if not 1 <= self.number <= 4:
            raise NoSuchDay(f"Квартала с номером {self.number} нет.")
        return dt.date(year, 3 * self.number - 2, 1), month_span(year, 3 * self.number)[1]


@dataclass(frozen=True)
class HalfYear(Piece):
    """Half of a calendar year, or of a school year (September–December, January–May)."""

    number: int
    is_school: bool = True

    def span(self, year: int, calendars: Calendars) -> Span:
        if self.number not in (1, 2):
            raise NoSuchDay(f"Полугодия с номером {self.number} нет.")
        if self.is_school:
            first, last = ((9, 12), (1, 5))[self.number - 1]
        else:
            first, last = ((1, 6), (7, 12))[self.number - 1]
        return dt.date(year, first, 1), month_span(year, last)[1]


@dataclass(frozen=True)
class Season(Piece):
    """1 winter (December–February), 2 spring, 3 summer, 4 autumn."""

    number: int

    def span(self, year: int, calendars: Calendars) -> Span:
        first = {1: 12, 2: 3, 3: 6, 4: 9}[self.number]
        start = dt.date(year - (first == 12), first, 1)
        return start, month_span(year, (first + 1) % 12 + 1)[1]


@dataclass(frozen=True)
class AcademicQuarter(Piece):
    number: int

    def span(self, year: int, calendars: Calendars) -> Span:
        if not 1 <= self.number <= 4:
            raise NoSuchDay(f"Учебной четверти с номером {self.number} нет.")
        return calendars.of(year if self.number < 3 else year - 1).quarters[self.number - 1]


@dataclass(frozen=True)
class Break(Piece):
    """School break by its name in `school_calendar.BREAKS`."""

    name: str

    def span(self, year: int, calendars: Calendars) -> Span:
        return calendars.of(year if self.name == "autumn" else year - 1).breaks[self.name]


@dataclass(frozen=True)
class SchoolYear(Piece):
    def span(self, year: int, calendars: Calendars) -> Span:
        return dt.date(year - 1, 9, 1), dt.date(year, 5, 31)


@dataclass(frozen=True)
class CalendarYear(Piece):
    def span(self, year: int, calendars: Calendars) -> Span:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)


@dataclass(frozen=True)
class PlanWindow(Piece):
    """The whole year of the plan."""

    is_school: bool = True

    def span(self, year: int, calendars: Calendars) -> Span:
        if self.is_school:
            return dt.date(year - 1, 9, 1), dt.date(year, 8, 31)
        return dt.date(year, 1, 1), dt.date(year, 12, 31)


@dataclass(frozen=True)
class Edge(Piece):
    """First, middle or last decade of a month at the edge of a longer piece: «конец учебного года»."""

    whole: Piece
    place: Literal["начало", "середина", "конец"]

    def span(self, year: int, calendars: Calendars) -> Span:
        start, end = self.whole.span(year, calendars)
        if self.place == "начало":
            return start, start + 9 * _DAY
        if self.place == "конец":
            ends_month = end.day == last_day(end.year, end.month)
            return max(start, end.replace(day=21) if ends_month else end - 9 * _DAY), end
        middle = start + (end - start) / 2
        return middle - 5 * _DAY, middle + 5 * _DAY


SCHOOL_PIECES: Final = (AcademicQuarter, Break, SchoolYear)


def span_of(piece: Piece, year: int, calendars: Calendars) -> Span:
    """Span in the year that the piece itself names, else in the given year of its end."""
    if piece.school_year is not None:
        return school_year_span(piece, piece.school_year, calendars)
    return piece.span(year if piece.year is None else piece.year, calendars)


def school_year_span(piece: Piece, start_year: int, calendars: Calendars) -> Span:
    """The span whose end lies between 1 September of the year and 31 August of the next."""
    was_approximate = calendars.was_approximate
    first = piece.span(start_year, calendars)
    if first[1] >= dt.date(start_year, 9, 1):
        return first
    calendars.was_approximate = was_approximate
    return piece.span(start_year + 1, calendars)
