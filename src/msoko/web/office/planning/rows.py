"""Rows of a plan as the page shows them: sections between activities, terms in words, states of reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from intake.terms import shown_interval
from msoko.cycle.planning.api import Activity, Plan, PlanSection, UnitKind
from msoko.foundation.catalog.cycle import direction_titles, part_titles, result_titles

#: Russian words for a status of terms that has no date of its own.
STATUS_WORDS = {
    "on_request": "по запросу", "as_needed": "по мере необходимости", "external_schedule": "по внешнему графику",
    "relative": "после другого события", "permanent": "постоянно", "unspecified": "срок не понят",
    "constraint": "ограничение, не срок", "invalid": "такой даты нет",
}  # fmt: skip
ASKED = frozenset({"unspecified", "invalid"})


@dataclass(frozen=True, slots=True)
class PlanRow:
    """An activity, or a section when `activity` is None."""

    section: PlanSection | None
    activity: Activity | None
    level: int = 1
    dates: tuple[str, ...] = ()
    status: str = ""
    is_asked: bool = False


def plan_rows(activities: Iterable[Activity]) -> list[PlanRow]:
    """Activities with rows of their sections before them, each section once in a run."""
    found: list[PlanRow] = []
    shown: list[int] = []
    for activity in activities:
        path = _path(activity.section)
        ids = [one.pk for one in path]
        for depth, one in enumerate(path):
            if ids[: depth + 1] != shown[: depth + 1]:
                found.append(PlanRow(one, None, depth + 1))
        shown = ids
        found.append(activity_row(activity))
    return found


def activity_row(activity: Activity) -> PlanRow:
    """An activity with its dates in words."""
    status = str(activity.terms[0]["status"]) if activity.terms else "unspecified"
    dates = tuple(shown_dates(one.starts_on, one.ends_on) for one in activity.occurrences.all())
    is_asked = status in ASKED or any(unit.kind == UnitKind.UNKNOWN for unit in activity.units.all())
    return PlanRow(activity.section, activity, 0, dates, "" if dates else STATUS_WORDS.get(status, ""), is_asked)


def shown_dates(starts_on: dt.date | None, ends_on: dt.date | None) -> str:
    """A window in words: «01.09.2026–30.09.2026», «до 20.04.2027»."""
    return shown_interval((starts_on, ends_on)) if starts_on or ends_on else ""


def _path(section: PlanSection | None) -> list[PlanSection]:
    path: list[PlanSection] = []
    while section is not None and len(path) < 4:
        path.insert(0, section)
        section = section.parent
    return path


def chosen(activities: Iterable[Activity], query: QueryDict) -> list[Activity]:
    """Activities that the filters of the address let through."""
    return [one for one in activities if _fits(one, query)]


def _fits(activity: Activity, query: QueryDict) -> bool:
    words = query.get("q", "").casefold().split()
    text = f"{activity.number} {activity.title} {activity.responsible_raw} {activity.deliverable_raw}".casefold()
    if not all(word in text for word in words):
        return False
    for name in ("direction", "cycle_part"):
        if query.get(name) and getattr(activity, name) != query[name]:
            return False
    if query.get("unit") and query["unit"] not in {unit.raw for unit in activity.units.all()}:
        return False
    if query.get("result") and query["result"] not in {one.kind for one in activity.deliverables.all()}:
        return False
    month = query.get("month", "")
    if month and not any(_touches(one.starts_on, one.ends_on, month) for one in activity.occurrences.all()):
        return False
    what = query.get("only")
    row = activity_row(activity)
    return not ((what == "asked" and not row.is_asked) or (what == "undated" and row.dates))


def _touches(starts_on: dt.date | None, ends_on: dt.date | None, month: str) -> bool:
    """Whether a window touches a month «2026-09»; a deadline counts in its month alone."""
    first, last = starts_on or ends_on, ends_on or starts_on
    return bool(first and last and f"{first:%Y-%m}" <= month <= f"{last:%Y-%m}")


def filter_options(plan: Plan, activities: list[Activity]) -> dict[str, object]:
    """Choices of the filters: only what occurs in the plan."""
    units = sorted({unit.raw for one in activities for unit in one.units.all()})
    kinds = {deliverable.kind for one in activities for deliverable in one.deliverables.all()}
    months = sorted({m for one in activities for o in one.occurrences.all() for m in _months(o.starts_on, o.ends_on)})
    return {
        "directions": [(c, t) for c, t in direction_titles().items() if any(one.direction == c for one in activities)],
        "parts": [(c, t) for c, t in part_titles().items() if any(one.cycle_part == c for one in activities)],
        "units": units,
        "results": [(code, title) for code, title in result_titles().items() if code in kinds],
        "months": months,
    }


def _months(starts_on: dt.date | None, ends_on: dt.date | None) -> list[str]:
    return [f"{day:%Y-%m}" for day in (starts_on, ends_on) if day]
