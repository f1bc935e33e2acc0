"""What was understood, in a Russian sentence for the preview."""

from __future__ import annotations

import datetime as dt
import re
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
_WITH_DATES: Final = (Status.DATED, Status.DEADLINE, Status.PERIOD, Status.RECURRING)
_LAST_TIME: Final = "год последнего проведения"
_HEADING: Final = "месяц из заголовка"
#: one, two to four, five and more
_UNITS: Final = {
    "calendar_day": ("календарный день", "календарных дня", "календарных дней"),
    "working_day": ("рабочий день", "рабочих дня", "рабочих дней"),
    "week": ("неделю", "недели", "недель"),
    "month": ("месяц", "месяца", "месяцев"),
    "hour": ("час", "часа", "часов"),
    "quarter": ("квартал", "квартала", "кварталов"),
    "year": ("год", "года", "лет"),
}
_ANCHORS: Final = {
    "school_year_end": "конца учебного года",
    "year_end": "конца года",
    "calendar_year_end": "конца календарного года",
    "quarter_end": "конца квартала",
    "academic_quarter_end": "конца четверти",
    "half_year_end": "конца полугодия",
    "month_end": "конца месяца",
    "unknown": "события, которое не названо",
}
_PERIODS: Final = {
    "year": "год", "half_year": "полугодие", "quarter": "квартал", "academic_quarter": "четверть", "month": "месяц",
    "week": "неделю", "day": "день",
}  # fmt: skip
_FREQUENCIES: Final = {"YEARLY": "ежегодно", "MONTHLY": "ежемесячно", "WEEKLY": "еженедельно", "DAILY": "ежедневно"}
_STEPS: Final = {"YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week"}
_WEEKDAYS: Final = {"MO": "пн", "TU": "вт", "WE": "ср", "TH": "чт", "FR": "пт", "SA": "сб", "SU": "вс"}


def explain(term: Term, plan: PlanYear) -> Term:
    """The term with its explanation."""
    is_dated = term.status in _WITH_DATES
    before, after = ("", _event(term)) if is_dated else (_event(term), "")
    details = (_frequency(term), before, _who(term), _limit(term), _dates(term.intervals), after, _frame(term))
    said = [detail for detail in details if detail]
    text = f"{_STATUSES[term.status]}: {'; '.join(said)}" if said else _STATUSES[term.status]
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
    """Name of an event for a person, as after «до» and «после»."""
    return _ANCHORS.get(anchor, anchor)


def _day(day: dt.date | None) -> str:
    return day.strftime("%d.%m.%Y") if day else ""


def _dates(intervals: Sequence[Interval]) -> str:
    shown = ", ".join(shown_interval(one) for one in intervals[:_SHOWN])
    left = len(intervals) - _SHOWN
    return f"{shown} и ещё {left}" if left > 0 else shown


def _counted(number: int, unit: str) -> str:
    forms = _UNITS.get(unit)
    if forms is None:
        return str(number)
    is_teen = 10 < number % 100 < 20
    place = 2 if is_teen else 0 if number % 10 == 1 else 1 if number % 10 in (2, 3, 4) else 2
    return f"{number} {forms[place]}"


def _frequency(term: Term) -> str:
    """«Ежегодно», «раз в 3 года», «еженедельно (вт)»; several rules are told by their dates."""
    if term.status is not Status.RECURRING or term.rrule is None:
        return ""
    parts = dict(part.partition("=")[::2] for part in term.rrule.split(";"))
    step = int(parts.get("INTERVAL", "1"))
    name = parts.get("FREQ", "")
    said = _FREQUENCIES.get(name, "") if step == 1 else f"раз в {_counted(step, _STEPS.get(name, ''))}"
    if name == "YEARLY" and step == 1 and parts.get("BYMONTH", "").count(",") == 3:
        said = "четыре раза в год"
    days = [_WEEKDAYS[day] for day in parts.get("BYDAY", "").split(",") if day in _WEEKDAYS]
    counts = [f"{count} раза в {_PERIODS[unit]}" for unit, count in term.counts if unit in _PERIODS and count < 5]
    return ", ".join([said + (f" ({', '.join(days)})" if days and name == "WEEKLY" else ""), *counts])


def _event(term: Term) -> str:
    if not term.anchor or term.status is Status.UNSPECIFIED:
        return ""
    if term.status is Status.RELATIVE:
        return _relative(term)
    if term.anchor == _LAST_TIME:
        return f"неизвестен {term.anchor}"
    if term.status in _WITH_DATES:
        return f"оговорка – «{shown_anchor(term.anchor)}»"
    return f"«{term.anchor}»"


def _relative(term: Term) -> str:
    anchor = shown_anchor(term.anchor or "")
    if anchor == _HEADING:
        return "месяц должен быть назван в заголовке или строке выше"
    if term.offset is None or term.unit not in _UNITS:
        return f"«{anchor}»" if anchor == term.anchor else f"после {anchor}"
    if term.offset == 0:
        return f"в тот же день – «{anchor}»"
    side = "до" if term.offset < 0 else "после"
    return f"{'за' if term.offset < 0 else 'через'} {_counted(abs(term.offset), term.unit)} {side} {anchor}"


def _who(term: Term) -> str:
    return f"«{term.requester}»" if term.requester else ""


def _limit(term: Term) -> str:
    found = re.fullmatch(r"(\d+)/(?:([\d.]+) )?(\w+)", term.max_per or "")
    if not found:
        return f"не чаще: {term.max_per}" if term.max_per else ""
    count, step, unit = found.groups()
    every = (
        f"{step.replace('.', ',')} {_UNITS[unit][1] if unit in _UNITS else unit}" if step else _PERIODS.get(unit, unit)
    )
    return f"не чаще {count} раз{'а' if count == '1' else ''} в {every}"


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
