"""What was understood, in a Russian sentence for the preview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from intake.terms.values import Interval, PlanYear, Status, Term

_SHOWN: Final = 4
_STATUSES: Final = {
    Status.DATED: "Срок",
    Status.PERIOD: "Период",
    Status.DEADLINE: "Крайний срок",
    Status.RECURRING: "Повторяется",
    Status.RELATIVE: "Зависит от события",
    Status.ON_REQUEST: "По запросу",
    Status.AS_NEEDED: "По необходимости",
    Status.EXTERNAL_SCHEDULE: "По внешнему графику или документу",
    Status.PERMANENT: "Постоянно",
    Status.UNSPECIFIED: "Срок не определён",
    Status.CONSTRAINT: "Ограничение частоты",
    Status.INVALID: "Такого срока не существует",
}
_UNITS: Final = {
    "calendar_day": "календарный день", "working_day": "рабочий день", "week": "неделя", "month": "месяц",
    "hour": "час", "quarter": "квартал", "year": "год", "decade": "декада",
}  # fmt: skip
_ANCHORS: Final = {
    "school_year_end": "конец учебного года", "year_end": "конец года", "calendar_year_end": "конец календарного года",
    "quarter_end": "конец квартала", "academic_quarter_end": "конец четверти", "half_year_end": "конец полугодия",
    "month_end": "конец месяца", "unknown": "событие не названо",
}  # fmt: skip


def explain(term: Term, plan: PlanYear) -> Term:
    """The term with its explanation."""
    said = _STATUSES[term.status]
    details = [detail for detail in (_event(term), _who(term), _dates(term.intervals), _frame(term)) if detail]
    text = f"{said}: {'; '.join(details)}" if details else said
    if term.tentative:
        text += "; срок предварительный"
    if not term.in_horizon:
        text += f"; вне плана на {plan.label}"
    return replace(term, explanation=f"{text}.")


def shown_interval(interval: Interval) -> str:
    """«01.09.2026 – 30.09.2026», «до 01.03.2027», «с 01.09.2026», «05.10.2026»."""
    start, end = interval
    if start is None:
        return f"до {_day(end)}"
    if end is None:
        return f"с {_day(start)}"
    return _day(start) if start == end else f"{_day(start)} – {_day(end)}"


def shown_anchor(anchor: str) -> str:
    """Name of an event for a person."""
    return _ANCHORS.get(anchor, anchor)


def _day(day: dt.date | None) -> str:
    return day.strftime("%d.%m.%Y") if day else ""


def _dates(intervals: Sequence[Interval]) -> str:
    shown = ", ".join(shown_interval(one) for one in intervals[:_SHOWN])
    left = len(intervals) - _SHOWN
    return f"{shown} и ещё {left}" if left > 0 else shown


def _event(term: Term) -> str:
    if term.status is not Status.RELATIVE:
        return shown_anchor(term.anchor or "")
    anchor = shown_anchor(term.anchor or "")
    if not term.offset or not term.unit:
        return anchor
    side = "до события" if term.offset < 0 else "после события"
    return f"{anchor}, {abs(term.offset)} × {_UNITS.get(term.unit, term.unit)} {side}"


def _who(term: Term) -> str:
    return f"кто запрашивает – {term.requester}" if term.requester else ""


def _frame(term: Term) -> str:
    parts = []
    if term.within:
        parts.append(f"в пределах {shown_interval(term.within)}")
    if term.since:
        parts.append(f"начиная с {_day(term.since)}")
    if term.until:
        parts.append(f"по {_day(term.until)}")
    if term.time:
        parts.append(f"время {term.time}")
    return ", ".join(parts)
