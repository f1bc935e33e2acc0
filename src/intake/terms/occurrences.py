"""Occurrences of frequencies within a plan year, with their rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from intake.terms.nodes import DayOf, Frequency
from intake.terms.pieces import (
    AcademicQuarter,
    Break,
    Calendars,
    HalfYear,
    NoSuchDay,
    Quarter,
    last_day,
    month_span,
    nth_weekday,
    part_of_month,
    school_year_span,
    week_of_month,
)
from intake.terms.placing import months_of
from intake.terms.rules import WEEKDAYS, fixed_rule, monthly_rules
from intake.terms.values import Interval, PlanYear, Rule

Span = tuple[dt.date, dt.date]
_DAY: Final = dt.timedelta(days=1)
_YEAR: Final = 366


@dataclass(frozen=True)
class Expansion:
    """Dates and the rule of one frequency; `is_rdate` – the dates cannot be written as a rule."""

    intervals: tuple[Interval, ...] = ()
    rule: Rule | None = None
    alt: tuple[tuple[Interval, ...], ...] = ()
    within: Span | None = None
    is_rdate: bool = False
    is_deadline: bool = False
    doubt: str = ""


def school_span(plan: PlanYear) -> Span:
    """1 September – 31 May of a school plan, the whole of a calendar one."""
    if plan.is_school:
        return dt.date(plan.start_year, 9, 1), dt.date(plan.start_year + 1, 5, 31)
    return plan.window


def whole_year(plan: PlanYear) -> Expansion:
    """«Ежегодно» with no month: the year of the plan, to be made more precise."""
    start, end = plan.window
    rule = Rule(fixed_rule([start.month], 1), fixed_rule([end.month], -1))
    return Expansion((plan.window,), rule, alt=year_options(plan), doubt="В каком месяце?")


def year_options(plan: PlanYear) -> tuple[tuple[Interval, ...], ...]:
    """Other readings of «год»."""
    if not plan.is_school:
        return ((plan.window,),)
    first, second = plan.start_year, plan.start_year + 1
    calendar = tuple(((dt.date(year, 1, 1), dt.date(year, 12, 31)),) for year in (first, second))
    return ((school_span(plan),), *calendar)


def half_years(plan: PlanYear) -> Expansion:
    pieces = [HalfYear(number, is_school=plan.is_school) for number in (1, 2)]
    spans = tuple(_in_plan(piece, plan) for piece in pieces)
    rule = Rule(fixed_rule([start.month for start, _ in spans], 1), fixed_rule([end.month for _, end in spans], -1))
    year = plan.end.year
    calendar = ((dt.date(year - 1, 7, 1), dt.date(year - 1, 12, 31)), (dt.date(year, 1, 1), dt.date(year, 6, 30)))
    return Expansion(spans, rule, alt=(calendar,) if plan.is_school else ())


def quarters(plan: PlanYear, calendars: Calendars) -> Expansion:
    """Calendar quarters that end within the plan; schools sometimes mean academic ones."""
    spans = sorted(_in_plan(Quarter(number), plan) for number in (1, 2, 3, 4))
    rule = Rule(fixed_rule([1, 4, 7, 10], 1), fixed_rule([3, 6, 9, 12], -1))
    alt = (tuple(calendars.of(plan.start_year).quarters),) if plan.is_school else ()
    return Expansion(tuple(spans), rule, alt=alt)


def academic_quarters(plan: PlanYear, calendars: Calendars) -> Expansion:
    spans = [_in_plan(AcademicQuarter(number), plan, calendars) for number in (1, 2, 3, 4)]
    return Expansion(tuple(sorted(spans)), is_rdate=True)


def breaks(plan: PlanYear, calendars: Calendars) -> Expansion:
    """All breaks but the extra one of first grades; summer may not be meant."""
    names = ("autumn", "winter", "spring", "summer")
    if plan.is_school:
        spans = tuple(school_year_span(Break(name), plan.start_year, calendars) for name in names)
    else:
        spans = tuple(Break(name).span(plan.start_year, calendars) for name in names)
    return Expansion(tuple(sorted(spans)), is_rdate=True, alt=(spans[:3],), doubt="Включать ли летние каникулы?")


def months(plan: PlanYear, allowed: Sequence[Span], skipped: Sequence[int]) -> list[tuple[int, int]]:
    """Months of the plan that the phrase allows."""
    spans = list(allowed) or [plan.window]
    found = [month for span in spans for month in months_of(span) if month[1] not in skipped]
    return list(dict.fromkeys(found))


def monthly(plan: PlanYear, chosen: Sequence[tuple[int, int]]) -> Expansion:
    spans = tuple(month_span(year, month) for year, month in chosen)
    by_month = f";BYMONTH={','.join(str(month) for _, month in chosen)}" if len(chosen) < 12 else ""
    if spans and (max(spans)[0] - min(spans)[0]).days > _YEAR:
        return Expansion(spans, is_rdate=True, doubt="Месяцы каких лет?")
    rule = Rule(f"FREQ=MONTHLY{by_month};BYMONTHDAY=1", f"FREQ=MONTHLY{by_month};BYMONTHDAY=-1")
    return Expansion(spans, rule, alt=_shorter(spans, plan) if len(chosen) == 12 else ())


def every_few_months(plan: PlanYear, step: int) -> Expansion:
    chosen = months(plan, (), ())[::step]
    spans = []
    for year, month in chosen:
        last = month + step - 1
        end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
        spans.append((dt.date(year, month, 1), month_span(end_year, end_month)[1]))
    return Expansion(tuple(spans), Rule(f"FREQ=MONTHLY;INTERVAL={step};BYMONTHDAY=1"), doubt="В каких месяцах?")


def weekly(frequency: Frequency, plan: PlanYear, allowed: Sequence[Span]) -> Expansion:
    """Weeks and days give a rule and bounds, not a list of dates."""
    within = allowed[0] if len(allowed) == 1 else plan.window if frequency.unit == "working_day" else school_span(plan)
    days = f";BYDAY={','.join(WEEKDAYS[day - 1] for day in frequency.weekdays)}" if frequency.weekdays else ""
    interval = f";INTERVAL={int(frequency.interval)}" if frequency.interval > 1 else ""
    kind = "DAILY" if frequency.unit == "day" and not frequency.weekdays else "WEEKLY"
    doubt = "Верно ли выбраны месяцы?" if len(allowed) > 1 else ""
    return Expansion(rule=Rule(f"FREQ={kind}{interval}{days}"), within=within, doubt=doubt)


def days_of_months(day_of: DayOf, chosen: Sequence[tuple[int, int]]) -> Expansion:
    """A day or part of each chosen month."""
    intervals: list[Interval] = []
    for year, month in chosen:
        intervals += day_in_month(day_of, year, month)
    rule = monthly_rules(day_of, [month for _, month in chosen] if len(chosen) < 12 else [])
    return Expansion(tuple(intervals), _due(rule, day_of), is_rdate=rule is None, is_deadline=day_of.is_deadline)


def day_in_month(day_of: DayOf, year: int, month: int) -> list[Interval]:
    """Intervals of the day or part in one month; a fifth Friday that a month lacks is skipped."""
    spans: list[Interval] = []
    for number in day_of.numbers or (0,):
        try:
            start, end = _part(day_of, number, year, month)
        except NoSuchDay:
            continue
        spans.append((None if day_of.is_deadline else start, end))
    return spans


def _part(day_of: DayOf, number: int, year: int, month: int) -> Span:
    if day_of.shape == "day":
        days = last_day(year, month)
        return dt.date(year, month, min(number, days)), dt.date(year, month, min(day_of.last or number, days))
    if day_of.shape == "weekday":
        day = nth_weekday(year, month, number, day_of.weekday)
        return day, day
    if day_of.shape == "week":
        return week_of_month(year, month, number)[0], week_of_month(year, month, day_of.last or number)[1]
    if day_of.shape == "last_day":
        return _edge_day(day_of, number, year, month)
    if day_of.shape == "edge":
        return part_of_month({"начало": 1, "середина": 2, "конец": 3}[day_of.place], "decade", year, month)
    first = part_of_month(number, day_of.shape, year, month)
    return first[0], part_of_month(day_of.last or number, day_of.shape, year, month)[1]


def _edge_day(day_of: DayOf, number: int, year: int, month: int) -> Span:
    day, step = (month_span(year, month)[1], -_DAY) if number == -1 else (dt.date(year, month, 1), _DAY)
    while day_of.place == "рабдень" and day.weekday() > 4:
        day += step
    return day, day


def days_of_quarters(day_of: DayOf, plan: PlanYear) -> Expansion:
    """A day after each quarter («до 5 числа, следующего за кварталом»), in its last month, or an edge of it."""
    first = (
        day_of.months == "after" or day_of.place == "начало" or (day_of.numbers == (1,) and day_of.shape == "last_day")
    )
    numbers = (1, 4, 7, 10) if first else (2, 5, 8, 11) if day_of.place == "середина" else (3, 6, 9, 12)
    chosen = [month for month in months(plan, (), ()) if month[1] in numbers]
    intervals = [one for year, month in chosen for one in day_in_month(day_of, year, month)]
    base = monthly_rules(day_of, sorted(numbers))
    rule = _due(Rule(_yearly(base.rrule), _yearly(base.rrule_end)) if base else None, day_of)
    doubt = "Какой день считать сроком квартала?" if day_of.shape == "edge" else ""
    return Expansion(tuple(intervals), rule, is_deadline=day_of.is_deadline, is_rdate=rule is None, doubt=doubt)


def edges_of_terms(day_of: DayOf, plan: PlanYear, calendars: Calendars) -> Expansion:
    """Starts, middles or ends of half-years and academic quarters."""
    is_half = day_of.unit == "half_year"
    spans = half_years(plan).intervals if is_half else academic_quarters(plan, calendars).intervals
    intervals: list[Interval] = []
    for start, end in spans:
        assert start is not None
        assert end is not None
        if day_of.is_deadline:
            intervals.append((None, start - _DAY if day_of.place == "начало" else end))
        elif day_of.place == "начало":
            intervals.append((start, start + 9 * _DAY))
        elif day_of.place == "середина":
            middle = start + (end - start) / 2
            intervals.append((middle - 5 * _DAY, middle + 5 * _DAY))
        else:
            intervals.append(
                (end.replace(day=21) if end == month_span(end.year, end.month)[1] else end - 9 * _DAY, end)
            )
    return Expansion(tuple(intervals), is_rdate=True, is_deadline=day_of.is_deadline, doubt="Уточните даты.")


def _due(rule: Rule | None, day_of: DayOf) -> Rule | None:
    """The rule of a deadline gives its day, which is the end of the part."""
    return Rule(rule.rrule_end or rule.rrule) if rule and day_of.is_deadline else rule


def _yearly(rule: str | None) -> str | None:
    return rule.replace("FREQ=MONTHLY", "FREQ=YEARLY") if rule else None


def _in_plan(piece: Quarter | HalfYear | AcademicQuarter, plan: PlanYear, calendars: Calendars | None = None) -> Span:
    calendars = calendars or Calendars()
    if plan.is_school:
        return school_year_span(piece, plan.start_year, calendars)
    return piece.span(plan.start_year, calendars)


def _shorter(spans: Sequence[Span], plan: PlanYear) -> tuple[tuple[Interval, ...], ...]:
    """Schools often mean nine months, or ten."""
    return (tuple(spans[:9]), tuple(spans[:10])) if plan.is_school else ()
