"""Terms that happen once: windows, deadlines, days of a named or unnamed month."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from intake.terms.draft import Draft
from intake.terms.group import Group, labels_of
from intake.terms.nodes import DayOf, Window
from intake.terms.occurrences import (
    Expansion,
    day_in_month,
    days_of_months,
    days_of_quarters,
    edges_of_terms,
    months,
)
from intake.terms.pieces import Month
from intake.terms.placing import Placed, is_year_long, uses_school_calendar
from intake.terms.readings import adjacent, doubt_question, other_readings, weekday_question, year_question
from intake.terms.values import Interval, Status
from intake.terms.years import in_order, inherited

_STARTS: Final = re.compile(r"\b(?:начал|старт)")
_ENDS: Final = re.compile(r"\b(?:окончан|заверш|конец|финиш)")


def place_windows(group: Group, draft: Draft) -> None:
    """Windows of a phrase without a frequency."""
    windows = inherited(group.windows)
    labels = list(labels_of(group)) if len(windows) == len(group.windows) else [""] * len(windows)
    placed = put(windows, draft)
    placed, labels = _merged(placed, labels)
    placed, labels = _bounds(placed, labels)
    placed, labels = _narrowed(placed, labels)
    for one in placed:
        draft.ask(one.doubt)
    for one, label in zip(placed, labels, strict=True):
        draft.add(one.interval, label)
    draft.status = status_of(placed)
    draft.is_explicit = any(one.window.is_explicit for one in placed)
    for one in placed:
        draft.alt += other_readings(one, draft.plan, draft.calendars) if len(placed) == 1 else []
    if len(placed) == 2:
        draft.alt += adjacent(placed)


def put(windows: Sequence[Window], draft: Draft) -> list[Placed]:
    """Windows on the calendar, with their questions."""
    placed = in_order([draft.placing.place(window) for window in windows], draft.plan)
    for one in placed:
        draft.ask(one.doubt)
        if one.window.is_doubtful:
            draft.ask(doubt_question(one))
        if uses_school_calendar(one.window) and draft.calendars.was_approximate:
            draft.ask("Верны ли даты каникул и четвертей? Школьный календарь этого года не задан.")
        draft.ask(year_question(one, draft.plan))
        draft.ask(weekday_question(one))
    return placed


def status_of(placed: Sequence[Placed]) -> Status:
    if all(one.window.is_deadline for one in placed):
        return Status.DEADLINE
    if all(is_year_long(one) for one in placed):
        return Status.PERIOD
    return Status.DATED


def _bounds(placed: list[Placed], labels: list[str]) -> tuple[list[Placed], list[str]]:
    """«Начало – сентябрь, окончание – май» is one window."""
    if len(placed) != 2 or not (_STARTS.search(labels[0]) and _ENDS.search(labels[1])):
        return placed, labels
    start, end = placed[0].interval[0], placed[1].interval[1]
    if start is None or end is None or start > end:
        return placed, labels
    return [Placed(Window(placed[0].window.first, placed[1].window.last), (start, end))], [""]


def _narrowed(placed: list[Placed], labels: list[str]) -> tuple[list[Placed], list[str]]:
    """«Осенние каникулы (октябрь – ноябрь)»: of two unnamed windows the wide one only tells where the narrow one is."""
    if len(placed) != 2 or any(labels):
        return placed, labels
    wide, narrow = sorted(placed, key=_length, reverse=True)
    if _length(narrow) == _length(wide) or not _covers(wide.interval, narrow.interval):
        return placed, labels
    return [Placed(narrow.window, narrow.interval, "Названы два срока, один внутри другого: какой верный?")], [""]


def _length(one: Placed) -> int:
    start, end = one.interval
    return (end - start).days if start and end else 0


def _covers(wide: Interval, narrow: Interval) -> bool:
    start, end, first, last = *wide, *narrow
    return bool(start and end and first and last and start <= first and last <= end)


def _merged(placed: list[Placed], labels: list[str]) -> tuple[list[Placed], list[str]]:
    """«Октябрь, до 25.10»: a deadline inside the window before it closes the window."""
    done: list[Placed] = []
    names: list[str] = []
    for one, label in zip(placed, labels, strict=True):
        before = done[-1] if done else None
        if before and one.window.is_deadline and not label and _is_inside(one.interval, before.interval):
            done[-1] = Placed(before.window, (before.interval[0], one.interval[1]), before.doubt)
        elif before and one.window.is_open and _is_inside((None, one.interval[0]), before.interval):
            done[-1] = Placed(before.window, (one.interval[0], before.interval[1]), before.doubt)
        elif before and before.window.is_open and one.window.is_deadline and _are_ordered(before, one):
            done[-1] = Placed(Window(before.window.first, one.window.last), (before.interval[0], one.interval[1]))
        elif before and one.window.is_deadline and not label and _is_past(one.interval, before.interval):
            done.append(Placed(one.window, one.interval, "Крайний срок позже окна: что верно?"))
            names.append(label)
        elif before and before.window.is_deadline and not names[-1] and _is_inside(before.interval, one.interval):
            done[-1] = Placed(one.window, (one.interval[0], before.interval[1]), one.doubt)
            names[-1] = label
        else:
            done.append(one)
            names.append(label)
    return done, names


def _are_ordered(opening: Placed, deadline: Placed) -> bool:
    start, due = opening.interval[0], deadline.interval[1]
    return start is not None and due is not None and start <= due


def _is_past(deadline: Interval, window: Interval) -> bool:
    start, end, due = window[0], window[1], deadline[1]
    return start is not None and end is not None and due is not None and due > end and start != end


def _is_inside(deadline: Interval, window: Interval) -> bool:
    start, end, due = window[0], window[1], deadline[1]
    return start is not None and end is not None and due is not None and start <= due <= end and start != end


def place_days(group: Group, draft: Draft) -> None:
    """Days of months: of the named ones, of every month when it is said so, else of a month nobody named."""
    singles = [
        window for window in inherited(group.windows) if window.first is not None and window.first == window.last
    ]
    named = [window for window in singles if isinstance(window.first, Month)]
    if named and len(named) == len(group.windows):
        _in_named_months(group.days, named, draft)
        return
    day_of = group.days[0]
    if day_of.unit in ("quarter", "half_year", "academic_quarter") or day_of.unit == "month":
        repeat_days(group.days, put(inherited(group.windows), draft), draft)
        return
    if group.windows:
        place_windows(group, draft)
        draft.ask("В каком месяце нужен этот день?")
        return
    draft.status = Status.RELATIVE
    draft.anchor = "месяц из заголовка"
    draft.offset = day_of.numbers[0] if day_of.numbers else None
    draft.unit = {"week": "week", "day": "calendar_day"}.get(day_of.shape, day_of.shape)
    draft.ask("К какому месяцу относится срок?")


def _in_named_months(days: Sequence[DayOf], named: Sequence[Window], draft: Draft) -> None:
    is_deadline = False
    for one in put(named, draft):
        start = one.interval[0]
        assert start is not None
        for day_of in days:
            for interval in day_in_month(day_of, start.year, start.month):
                draft.add((start, interval[1]) if day_of.is_deadline else interval)
                is_deadline |= day_of.is_deadline
    draft.status = Status.DATED if draft.intervals else Status.INVALID
    draft.is_explicit = any(window.is_explicit for window in named)
    if not draft.intervals:
        draft.ask("Такого дня в этом месяце нет.")


def repeat_days(days: Sequence[DayOf], placed: Sequence[Placed], draft: Draft) -> None:
    """Days of every month, quarter or half-year."""
    draft.status = Status.RECURRING
    if any(day_of.is_doubtful for day_of in days):
        draft.ask("Срок повторяется или относится к одному месяцу?")
    allowed = [(start, end) for start, end in (one.interval for one in placed) if start and end]
    for day_of in days:
        use(expand_days(day_of, allowed, draft), draft)
    if len(days) > 1:
        draft.intervals.sort(key=lambda pair: pair[1] or dt.date.max)
        draft.ask("Верно ли поняты сроки?")


def expand_days(
    day_of: DayOf, allowed: Sequence[tuple[dt.date, dt.date]], draft: Draft, skipped: Sequence[int] = ()
) -> Expansion:
    if day_of.unit == "quarter":
        return days_of_quarters(day_of, draft.plan)
    if day_of.unit in ("half_year", "academic_quarter"):
        return edges_of_terms(day_of, draft.plan, draft.calendars)
    return days_of_months(day_of, months(draft.plan, allowed, skipped))


def use(expansion: Expansion, draft: Draft, label: str = "") -> None:
    """Take an expansion into the draft."""
    for interval in expansion.intervals:
        draft.add(interval)
    if expansion.rule:
        draft.rules.append(expansion.rule)
    draft.alt += expansion.alt if not draft.alt else ()
    draft.within = expansion.within or draft.within
    draft.is_rdate |= expansion.is_rdate
    draft.is_deadline |= expansion.is_deadline
    draft.ask(expansion.doubt)
