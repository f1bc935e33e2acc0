"""Years of a list: one year written for all, an order that goes over the New Year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from intake.terms.nodes import Window
from intake.terms.pieces import CalendarYear, Piece, SchoolYear
from intake.terms.placing import Placed
from intake.terms.values import Interval, PlanYear


def inherited(windows: Sequence[Window]) -> list[Window]:
    """A year written once at the end covers the whole list; a year beside months covers them all."""
    contexts = [w for w in windows if _is_year(w) and w.is_explicit]
    months = [w for w in windows if not _is_year(w)]
    context = contexts[0] if len(contexts) == 1 and not any(w.is_explicit for w in months) else None
    if context is not None and months and context.last is not None and context.first == context.last:
        return [w if w.is_explicit else _with_year(w, context.last) for w in months]
    done: list[Window] = []
    source: Piece | None = None
    for window in reversed(windows):
        named = _named(window)
        if named is not None:
            source = named
        elif source is not None and not _is_year(window):
            window = _with_year(window, source)
        done.append(window)
    return done[::-1]


def in_order(placed: Sequence[Placed], plan: PlanYear) -> list[Placed]:
    """August just before September belongs to the same calendar year; a December before a named January too."""
    done = list(placed)
    for place in range(len(done) - 2, -1, -1):
        here, after = done[place], done[place + 1]
        end, next_end = here.interval[1], after.interval[1]
        if end is None or next_end is None or end <= next_end:
            continue
        is_summer_gap = not here.window.is_explicit and end.month == 8 and next_end.month in (9, 10) and plan.is_school
        is_new_year = (
            not _names_own_year(here.window)
            and here.window.is_explicit
            and (end.month, next_end.month) in {(12, 1), (11, 1), (12, 2)}
        )
        if is_summer_gap or is_new_year:
            done[place] = Placed(
                here.window, _year_before(here.interval), "Год первого срока выбран по порядку перечня. Верно?"
            )
    return done


def _names_own_year(window: Window) -> bool:
    return not window.is_explicit


def _year_before(interval: Interval) -> Interval:
    start, end = interval
    return (_minus_year(start), _minus_year(end))


def _minus_year(day: dt.date | None) -> dt.date | None:
    if day is None:
        return None
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def _is_year(window: Window) -> bool:
    return isinstance(window.last or window.first, CalendarYear | SchoolYear)


def _named(window: Window) -> Piece | None:
    return next((piece for piece in (window.first, window.last) if piece is not None and piece.is_explicit), None)


def _with_year(window: Window, source: Piece) -> Window:
    def named(piece: Piece | None) -> Piece | None:
        return replace(piece, year=source.year, school_year=source.school_year) if piece is not None else None

    return replace(
        window,
        first=named(window.first) if window.last is None or window.first == window.last else window.first,
        last=named(window.last),
    )
