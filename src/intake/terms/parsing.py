"""A phrase and the year of a plan → a `Term`."""

from __future__ import annotations

import datetime as dt

from intake.terms.draft import Draft
from intake.terms.folded import is_ditto
from intake.terms.meaning import understand
from intake.terms.original import as_written
from intake.terms.phrase import read_phrase
from intake.terms.pieces import Calendars
from intake.terms.school_calendar import SchoolCalendar
from intake.terms.values import Interval, PlanYear, Rule, Status, Term
from intake.terms.wording import explain

_LONGEST = 1000
_ASKS_ALWAYS = (Status.UNSPECIFIED, Status.INVALID)


def parse_term(phrase: str, year: PlanYear, calendar: SchoolCalendar | None = None) -> Term:
    """The term that a phrase of a plan means in one plan year. Never raises on any text.

    `calendar` gives quarters and breaks; without one of that year the usual dates stand in and the term asks for
    review. The same phrase for another year is another call.
    """
    draft = Draft(year, Calendars(calendar))
    if is_ditto(phrase):
        draft.is_same = True
        draft.ask("Взять срок предыдущей строки?")
    elif len(phrase) > _LONGEST:
        draft.ask("Слишком длинный текст: это не срок.")
    else:
        understand(read_phrase(phrase), draft)
        if "?" in phrase:
            draft.ask("В тексте стоит знак вопроса: верен ли срок?")
    return _term(phrase, draft)


def _term(phrase: str, draft: Draft) -> Term:
    is_invalid = draft.status is Status.INVALID
    intervals = () if is_invalid else _unique(draft)
    if draft.status in _ASKS_ALWAYS and not draft.questions:
        draft.ask("Какого числа?" if draft.time else "Какой срок поставить?")
    rules = [] if is_invalid else draft.rules
    is_single = len(rules) == 1 and not draft.is_mixed
    single = rules[0] if is_single else Rule()
    term = Term(
        phrase=phrase,
        status=draft.status,
        intervals=tuple(one for one, _ in intervals),
        review=bool(draft.questions) or draft.status in _ASKS_ALWAYS,
        in_horizon=_is_in_horizon(draft, [one for one, _ in intervals]),
        rrule=single.rrule,
        rrule_end=single.rrule_end,
        rules=() if is_single else tuple(rules),
        alt=tuple(draft.alt) if intervals else (),
        rdate=draft.is_rdate,
        deadline=draft.is_deadline and draft.status is Status.RECURRING,
        since=draft.since,
        until=draft.until,
        within=draft.within,
        min_count=draft.min_count,
        counts=tuple(draft.counts.items()),
        max_per=draft.max_per or None,
        anchor=as_written(draft.anchor, phrase) or None,
        offset=draft.offset,
        unit=draft.unit or None,
        requester=as_written(draft.requester, phrase) or None,
        parts=tuple(as_written(part, phrase) for _, part in intervals) if any(part for _, part in intervals) else (),
        time=draft.time or None,
        same_as_previous=draft.is_same,
        exdate_years=draft.except_years,
        tentative=draft.is_tentative,
        questions=tuple(draft.questions),
    )
    return explain(term, draft.plan)


def _unique(draft: Draft) -> list[tuple[Interval, str]]:
    return list(dict.fromkeys(zip(draft.intervals, draft.parts, strict=True)))


def _is_in_horizon(draft: Draft, intervals: list[Interval]) -> bool:
    """Terms without their own year belong to the plan; named years may lie outside."""
    if not draft.is_explicit:
        return True
    return any(_touches(one, draft.plan) for one in intervals)


def _touches(interval: Interval, plan: PlanYear) -> bool:
    start, end = interval
    if start is None and end is not None:
        return plan.holds(end) or end == plan.start - dt.timedelta(days=1)
    if end is None and start is not None:
        return start <= plan.end
    return start is not None and end is not None and start <= plan.end and end >= plan.start
