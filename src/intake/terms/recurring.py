"""Terms that repeat: a frequency with its windows, days and limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from intake.terms.bounds import spans_allowed
from intake.terms.draft import Draft
from intake.terms.group import Group, labels_of
from intake.terms.nodes import DayOf, Frequency, Window
from intake.terms.occurrences import (
    Expansion,
    academic_quarters,
    breaks,
    every_few_months,
    half_years,
    monthly,
    months,
    quarters,
    weekly,
    whole_year,
)
from intake.terms.pieces import CalendarYear, PlanWindow
from intake.terms.placing import Placed
from intake.terms.rare import every_few_years
from intake.terms.readings import other_readings
from intake.terms.rules import until, yearly_rules
from intake.terms.single import expand_days, put, use
from intake.terms.values import Interval, Rule, Status
from intake.terms.years import inherited

_NARROW: Final = 70


def recur(group: Group, draft: Draft) -> None:
    """Fill the draft from a group with a frequency."""
    frequency = group.frequency
    assert frequency is not None
    draft.status = Status.RECURRING
    if frequency.bound == "max":
        _constrain(frequency, draft)
        return
    windows = _without_limits(group, draft)
    if frequency.unit == "year" and frequency.interval > 1:
        every_few_years(frequency, group, windows, draft)
    elif group.days:
        _days(group, windows, draft)
    else:
        _plain(frequency, group, windows, draft)
    _keep_to_limits(draft)
    _count(frequency, draft, has_windows=bool(windows))
    if frequency.is_doubtful:
        draft.ask("Верно ли понята периодичность?")


def _keep_to_limits(draft: Draft) -> None:
    """Occurrences before the rule begins or after it has ended are none; a rule that is over is out of the plan."""
    kept = [
        (one, part)
        for one, part in zip(draft.intervals, draft.parts, strict=True)
        if not _is_outside(one, draft.since, draft.until)
    ]
    if len(kept) == len(draft.intervals):
        return
    draft.intervals, draft.parts = [one for one, _ in kept], [part for _, part in kept]
    draft.is_explicit |= not kept


def _is_outside(interval: Interval, since: dt.date | None, until: dt.date | None) -> bool:
    start, end = interval[0] or interval[1], interval[1] or interval[0]
    return bool((since and end and end < since) or (until and start and start > until))


def _constrain(frequency: Frequency, draft: Draft) -> None:
    unit = f"{frequency.interval:g} {frequency.unit}" if frequency.interval != 1 else frequency.unit
    draft.status = Status.CONSTRAINT
    draft.max_per = f"{frequency.count}/{unit}"


def _count(frequency: Frequency, draft: Draft, *, has_windows: bool) -> None:
    if frequency.bound == "min":
        draft.min_count = frequency.count
    elif frequency.count > 1:
        draft.counts[frequency.unit] = frequency.count
    if frequency.count > 1 and not has_windows and frequency.unit not in ("week", "day"):
        draft.questions = [question for question in draft.questions if question != "В каком месяце?"]
        draft.ask("В какие месяцы или дни?")


def _without_limits(group: Group, draft: Draft) -> list[Window]:
    """Windows that place occurrences; whole years that only bound the rule become its limits."""
    kept: list[Window] = []
    for window, label in zip(group.windows, group.labels, strict=True):
        if not _limits(window, draft) and not isinstance(window.last, PlanWindow):
            kept.append(window)
        elif label:
            draft.ask(f"К чему относится «{label}»?")
    for limits in group.limits:
        draft.except_years += limits.except_years
    return inherited(kept)


def _limits(window: Window, draft: Draft) -> bool:
    first, last = window.first, window.last
    if isinstance(first, CalendarYear) and last is None:
        draft.since = dt.date(first.year or draft.plan.start_year, 1, 1)
    elif first is None and isinstance(last, CalendarYear) and last.year:
        draft.until = dt.date(last.year, 12, 31)
    elif (
        isinstance(first, CalendarYear)
        and isinstance(last, CalendarYear)
        and first != last
        and first.year
        and last.year
    ):
        draft.since, draft.until = dt.date(first.year, 1, 1), dt.date(last.year, 12, 31)
    elif first is not None and last is None and first.is_explicit and not isinstance(first, PlanWindow):
        draft.since = draft.placing.place(window).interval[0]
    else:
        return False
    return True


def _plain(frequency: Frequency, group: Group, windows: Sequence[Window], draft: Draft) -> None:
    skipped = tuple(month for limits in group.limits for month in limits.except_months)
    if frequency.unit == "year" and frequency.interval == 1:
        _yearly(group, windows, draft)
        return
    placed = put(windows, draft)
    if frequency.unit in ("quarter", "half_year", "academic_quarter") and _are_exact(placed):
        _yearly(group, windows, draft)
        return
    allowed = spans_allowed(placed, draft.plan)
    if not all(one.interval[0] and one.interval[1] for one in placed):
        open_starts = [(start, draft.plan.end) for start, end in (one.interval for one in placed) if start and not end]
        if open_starts and open_starts[0][0] <= draft.plan.end:
            allowed += open_starts
        else:
            draft.ask("Как сочетаются периодичность и крайний срок?")
    use(_expand(frequency, allowed, skipped, draft), draft)
    if any(limits.except_weekends for limits in group.limits) and frequency.unit not in ("day", "working_day"):
        draft.ask("Какие дни исключить?")
    if draft.since or draft.until:
        draft.rules = [replace(rule, rrule=_until(rule.rrule, draft)) for rule in draft.rules]


def _are_exact(placed: Sequence[Placed]) -> bool:
    """Windows say when exactly each occurrence is, they do not bound the whole."""
    lengths = [(end - start).days for start, end in (one.interval for one in placed) if start and end]
    deadlines = [one for one in placed if one.window.is_deadline]
    return (
        bool(placed) and all(length <= _NARROW for length in lengths) and len(lengths) + len(deadlines) == len(placed)
    )


def _expand(
    frequency: Frequency, allowed: Sequence[tuple[dt.date, dt.date]], skipped: Sequence[int], draft: Draft
) -> Expansion:
    plan, unit = draft.plan, frequency.unit
    if unit in ("week", "day", "working_day"):
        return weekly(frequency, plan, allowed)
    step = frequency.interval * {"month": 1, "quarter": 3, "half_year": 6}.get(unit, 1)
    if frequency.interval > 1 and unit != "academic_quarter" and step == int(step) and 1 < step <= 12:
        return every_few_months(plan, int(step))
    if frequency.interval != 1:
        return Expansion(doubt="В какие месяцы?")
    if unit == "month":
        return monthly(plan, months(plan, allowed, skipped))
    expansion = _terms(unit, draft)
    if not allowed:
        return expansion
    kept = tuple(one for one in expansion.intervals if one[1] and any(start <= one[1] <= end for start, end in allowed))
    if len(kept) == len(expansion.intervals):
        return expansion
    return Expansion(kept, expansion.rule, is_rdate=True, doubt="Верно ли выбраны сроки?")


def _terms(unit: str, draft: Draft) -> Expansion:
    if unit == "break":
        return breaks(draft.plan, draft.calendars)
    if unit == "half_year":
        return half_years(draft.plan)
    if unit == "academic_quarter":
        expansion = academic_quarters(draft.plan, draft.calendars)
        if draft.calendars.was_approximate:
            draft.ask("Верны ли даты каникул и четвертей? Школьный календарь этого года не задан.")
        return expansion
    return quarters(draft.plan, draft.calendars)


def _yearly(group: Group, windows: Sequence[Window], draft: Draft) -> None:
    if not windows:
        _yearly_without_month(draft)
        return
    placed = put(windows, draft)
    labels = labels_of(group) if len(placed) == len(group.windows) else [""] * len(placed)
    kept = [(one, label) for one, label in zip(placed, labels, strict=True) if not _is_excepted(one, draft)]
    for one, label in kept:
        draft.add(one.interval, label)
    if len(placed) == 1:
        draft.alt += other_readings(placed[0], draft.plan, draft.calendars)
    rules = yearly_rules(placed)
    draft.is_rdate |= not rules
    draft.is_deadline |= all(one.window.is_deadline for one in placed)
    draft.rules += [replace(rule, rrule=_until(rule.rrule, draft)) for rule in rules]
    if any(one.window.is_explicit for one in placed):
        draft.is_explicit = True
        draft.ask("Год указан вместе с «ежегодно»: повторять ли срок?")


def _yearly_without_month(draft: Draft) -> None:
    if draft.since and draft.until and not draft.rules:
        placed = draft.placing.place(Window(CalendarYear(), CalendarYear()))
        use(
            Expansion(
                (placed.interval,), Rule(_until("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", draft)), doubt="В каком месяце?"
            ),
            draft,
        )
        return
    expansion = whole_year(draft.plan)
    if expansion.rule and draft.until:
        expansion = replace(expansion, rule=replace(expansion.rule, rrule=_until(expansion.rule.rrule, draft)))
    use(expansion, draft)


def _is_excepted(one: Placed, draft: Draft) -> bool:
    end = one.interval[1] or one.interval[0]
    return end is not None and end.year in draft.except_years


def _until(rule: str | None, draft: Draft) -> str:
    """UNTIL is the last start that the limit lets through."""
    text = rule or ""
    if draft.until is None or "BYMONTH=" not in text or "FREQ=YEARLY" not in text:
        return until(text, draft.until)
    found = [
        part.partition("=")[2].split(",")[-1]
        for part in text.split(";")
        if part.startswith(("BYMONTH=", "BYMONTHDAY="))
    ]
    if len(found) != 2 or int(found[1]) < 1:
        return until(text, draft.until)
    try:
        return until(text, dt.date(draft.until.year, int(found[0]), int(found[1])))
    except ValueError:
        return until(text, draft.until)


def _days(group: Group, windows: Sequence[Window], draft: Draft) -> None:
    frequency = group.frequency
    assert frequency is not None
    skipped = tuple(month for limits in group.limits for month in limits.except_months)
    placed = put(windows, draft)
    allowed = spans_allowed(placed, draft.plan)
    for day_of in group.days:
        fitted = _fitted(day_of, frequency, draft)
        if fitted is None:
            draft.ask("В каком месяце?")
            continue
        expansion = expand_days(fitted, allowed, draft, skipped)
        if frequency.unit == "year" and fitted.unit == "month" and allowed and expansion.rule:
            expansion = replace(expansion, rule=_yearly_rule(expansion.rule))
        use(expansion, draft)
    if not draft.intervals and not draft.rules:
        draft.ask("В каком месяце?")


def _yearly_rule(rule: Rule) -> Rule:
    first, last = (
        text.replace("FREQ=MONTHLY", "FREQ=YEARLY") if text else None for text in (rule.rrule, rule.rrule_end)
    )
    return Rule(first, last, rule.part)


def _fitted(day_of: DayOf, frequency: Frequency, draft: Draft) -> DayOf | None:
    """A day without a unit takes the unit of the frequency."""
    if frequency.unit == "quarter" and day_of.follows_report and day_of.unit == "month":
        return replace(day_of, unit="quarter", months="after", is_doubtful=False)
    if day_of.unit:
        return replace(day_of, is_doubtful=False) if day_of.follows_report else day_of
    if frequency.unit == "month":
        return replace(day_of, unit="month")
    if frequency.unit == "quarter":
        draft.ask("День какого месяца квартала?")
        is_first = day_of.is_deadline or (day_of.shape in ("week", "decade", "half") and day_of.numbers[0] > 0)
        return replace(day_of, unit="quarter", months="after" if is_first else "last")
    if frequency.unit == "year":
        return replace(day_of, unit="month")
    return None
