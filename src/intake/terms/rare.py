"""Terms that come once in several years: counted from the last time, or asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from intake.terms.draft import Draft
from intake.terms.group import Group
from intake.terms.nodes import Frequency, Window
from intake.terms.pieces import CalendarYear
from intake.terms.placing import Placed
from intake.terms.rules import yearly_rules
from intake.terms.single import put
from intake.terms.values import Rule

_LAST_TIME: Final = "год последнего проведения"


def every_few_years(frequency: Frequency, group: Group, windows: Sequence[Window], draft: Draft) -> None:
    """«Раз в три года»: a date only when a year is known from which to count."""
    step = int(frequency.interval)
    last = next((limits.last_done for limits in group.limits if limits.last_done), None)
    placed = put(windows, draft) if windows else []
    named = next((one.interval[0] or one.interval[1] for one in placed if one.window.is_explicit), None)
    base = last[0] if last else draft.since.year if draft.since else named.year if named else None
    if named and not last:
        draft.ask(f"{named.year} год – год проведения?")
        placed = [draft.placing.place(_yearless(one.window)) for one in placed if not _is_whole_year(one.window)]
    draft.rules.append(Rule(f"FREQ=YEARLY;INTERVAL={step}{_rule_tail(placed)}", part=group.label))
    if base is None:
        draft.anchor = _LAST_TIME
        draft.ask("В каком году это было последний раз?")
        return
    _count_from(base, step, last, placed, draft)


def _is_whole_year(window: Window) -> bool:
    return isinstance(window.last, CalendarYear)


def _yearless(window: Window) -> Window:
    first = replace(window.first, year=None, school_year=None) if window.first else None
    last = replace(window.last, year=None, school_year=None) if window.last else None
    return replace(window, first=first, last=last)


def _rule_tail(placed: Sequence[Placed]) -> str:
    rules = yearly_rules(placed) if placed else ()
    return rules[0].rrule.removeprefix("FREQ=YEARLY") if rules and rules[0].rrule else ""


def _count_from(
    base: int, step: int, last: tuple[int, int | None] | None, placed: Sequence[Placed], draft: Draft
) -> None:
    month = (last[1] if last else None) or _month_of(placed) or 1
    draft.since = dt.date(base, month, 1)
    if not placed:
        due = [
            year for year in (draft.plan.start.year, draft.plan.end.year) if year >= base and (year - base) % step == 0
        ]
        draft.ask(f"Следующий раз – {due[0]} год?" if due else "В этом году плана не повторяется. Верно?")
        draft.is_explicit = not due
        for year in due[:1]:
            draft.add((dt.date(year, 1, 1), dt.date(year, 12, 31)))
        return
    for one in placed:
        year = (one.interval[0] or one.interval[1] or draft.plan.start).year
        if (year - base) % step == 0 and year >= base:
            draft.add(one.interval)
    if not draft.intervals:
        draft.is_explicit = True


def _month_of(placed: Sequence[Placed]) -> int | None:
    day = (placed[0].interval[0] or placed[0].interval[1]) if placed else None
    return day.month if day else None
