"""RRULE texts: yearly windows, months, days of months. No DTSTART: it is the start of the first interval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from intake.terms.nodes import DayOf
from intake.terms.pieces import AcademicQuarter, Break, Day, Edge, LastDay, NthWeekday, Piece, Season, Week, last_day
from intake.terms.placing import Placed
from intake.terms.values import Rule

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKING: Final = "BYDAY=MO,TU,WE,TH,FR"
#: month and day of the month, -1 for the last
Fixed = tuple[int, int]


def yearly_rules(placed: Sequence[Placed]) -> tuple[Rule, ...]:
    """One rule when all windows start on the same day of their months, a rule for each else; empty when dates of a
    window move from year to year in a way that no rule gives."""
    fixed = [_fixed_pair(one) for one in placed]
    if all(pair is not None for pair in fixed):
        pairs = [pair for pair in fixed if pair is not None]
        if len({_days(pair) for pair in pairs}) == 1:
            return (_merged(pairs),)
        return tuple(_merged([pair]) for pair in pairs)
    singles = [_single(one) for one in placed]
    return tuple(rule for rule in singles if rule is not None) if all(singles) else ()


def fixed_rule(months: Sequence[int], day: int) -> str:
    return f"FREQ=YEARLY;BYMONTH={','.join(map(str, sorted(set(months))))};BYMONTHDAY={day}"


def monthly_rules(day_of: DayOf, months: Sequence[int]) -> Rule | None:
    """Rule of a day or part of every month; None when dates cannot be written as a rule."""
    prefix = "FREQ=MONTHLY" + (f";BYMONTH={','.join(map(str, months))}" if months else "")
    if day_of.shape == "weekday":
        days = ",".join(f"{number}{WEEKDAYS[day_of.weekday - 1]}" for number in day_of.numbers)
        return Rule(f"{prefix};BYDAY={days}")
    if day_of.shape == "last_day":
        return Rule(f"{prefix};{_edge_day(day_of)}")
    if day_of.shape == "day":
        return _days_rule(day_of, prefix)
    return _part_rule(day_of, prefix)


def _days_rule(day_of: DayOf, prefix: str) -> Rule | None:
    if len(day_of.numbers) > 1 and max(day_of.numbers) > 28:
        return None
    if day_of.last:
        return Rule(f"{prefix};{_month_days((day_of.numbers[0],))}", f"{prefix};{_month_days((day_of.last,))}")
    return Rule(f"{prefix};{_month_days(day_of.numbers)}")


def _month_days(numbers: Sequence[int]) -> str:
    """Days 29–31 mean the last day of a shorter month."""
    if len(numbers) == 1 and numbers[0] > 28:
        return f"BYMONTHDAY={','.join(map(str, range(28, numbers[0] + 1)))};BYSETPOS=-1"
    return f"BYMONTHDAY={','.join(map(str, numbers))}"


def _edge_day(day_of: DayOf) -> str:
    if day_of.place == "рабдень":
        return f"{_WORKING};BYSETPOS={day_of.numbers[0]}"
    return f"BYMONTHDAY={day_of.numbers[0]}"


def _part_rule(day_of: DayOf, prefix: str) -> Rule | None:
    if day_of.shape == "week":
        is_last = day_of.numbers == (-1,)
        return Rule(f"{prefix};BYMONTHDAY=-7", f"{prefix};BYMONTHDAY=-1") if is_last else None
    edges = {"начало": 1, "середина": 2, "конец": 3}
    number = edges[day_of.place] if day_of.shape == "edge" else day_of.numbers[0]
    if len(day_of.numbers) > 1 or day_of.last:
        return None
    cuts = (1, 16) if day_of.shape == "half" else (1, 11, 21)
    place = number - 1 if number > 0 else len(cuts) - 1
    if not 0 <= place < len(cuts):
        return None
    end = cuts[place + 1] - 1 if place + 1 < len(cuts) else -1
    return Rule(f"{prefix};BYMONTHDAY={cuts[place]}", f"{prefix};BYMONTHDAY={end}")


def until(rule: str, day: dt.date | None) -> str:
    """The rule closed by its last day."""
    return f"{rule};UNTIL={day:%Y%m%d}" if day else rule


def _fixed_pair(one: Placed) -> tuple[Fixed | None, Fixed | None] | None:
    window = one.window
    if any(_moves(piece) for piece in (window.first, window.last) if piece is not None):
        return None
    start, end = one.interval
    ends_month = end is not None and end.day == last_day(end.year, end.month)
    return (
        (start.month, start.day) if start else None,
        (end.month, -1 if ends_month and not isinstance(window.last, Day) else end.day) if end else None,
    )


def _moves(piece: Piece) -> bool:
    whole = piece.whole if isinstance(piece, Edge) else piece
    return isinstance(whole, Week | NthWeekday | LastDay | AcademicQuarter | Break)


def _days(pair: tuple[Fixed | None, Fixed | None]) -> tuple[int | None, int | None]:
    return (pair[0][1] if pair[0] else None), (pair[1][1] if pair[1] else None)


def _merged(pairs: Sequence[tuple[Fixed | None, Fixed | None]]) -> Rule:
    starts = [pair[0] for pair in pairs if pair[0]]
    ends = [pair[1] for pair in pairs if pair[1]]
    if not starts:
        return Rule(fixed_rule([end[0] for end in ends], ends[0][1]))
    first = fixed_rule([start[0] for start in starts], starts[0][1])
    if not ends:
        return Rule(first)
    second = fixed_rule([end[0] for end in ends], ends[0][1])
    return Rule(first, second if second != first else None)


def _single(one: Placed) -> Rule | None:
    piece = one.window.last
    if one.window.first not in (None, piece):
        return None
    if isinstance(piece, NthWeekday):
        return Rule(f"FREQ=YEARLY;BYMONTH={piece.month};BYDAY={piece.number}{WEEKDAYS[piece.weekday - 1]}")
    if isinstance(piece, LastDay):
        day = f"{_WORKING};BYSETPOS=-1" if piece.is_working else "BYMONTHDAY=-1"
        return Rule(f"FREQ=YEARLY;BYMONTH={piece.month};{day}")
    if isinstance(piece, Week | AcademicQuarter | Break | Edge | Season) and _fixed_pair(one) is None:
        return None
    pair = _fixed_pair(one)
    return _merged([pair]) if pair else None
