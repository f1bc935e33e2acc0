"""Rows of a plan as the page shows them: sections between activities, terms in words, states of reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from intake.terms import shown_interval
from msoko.cycle.planning.api import ASKED, Activity, Occurrence, PlanSection, UnitKind, links, outlined

#: Russian words for a status of terms that has no date of its own.
STATUS_WORDS = {
    "on_request": "по запросу", "as_needed": "по мере необходимости", "external_schedule": "по внешнему графику",
    "relative": "после другого события", "permanent": "постоянно", "unspecified": "срок не понят",
    "constraint": "ограничение, не срок", "invalid": "такой даты нет",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanRow:
    """An activity, or a section when `activity` is None."""

    section: PlanSection | None
    activity: Activity | None
    level: int = 1
    dates: tuple[str, ...] = ()
    status: str = ""
    is_asked: bool = False
    is_proposed: bool = False
    moved: tuple[str, ...] = ()


def plan_rows(activities: Iterable[Activity]) -> list[PlanRow]:
    """Activities with rows of their sections before them, each section once in a run."""
    found: list[PlanRow] = []
    for begun, activity in outlined(activities):
        found += [PlanRow(one, None, len(one.path)) for one in begun]
        found.append(activity_row(activity))
    return found


def activity_row(activity: Activity) -> PlanRow:
    """An activity with its dates in words."""
    status = str(activity.terms[0]["status"]) if activity.terms else "unspecified"
    dates = tuple(shown_dates(one.starts_on, one.ends_on) for one in activity.occurrences.all())
    is_proposed = "proposed" in {activity.direction_source, activity.cycle_part_source}
    words = "" if dates else STATUS_WORDS.get(status, "")
    moved = tuple(moved_words(one) for one in activity.occurrences.all() if links.is_moved(one)) + _reworded(activity)
    return PlanRow(activity.section, activity, 0, dates, words, is_asked(activity), is_proposed, moved)


def _reworded(activity: Activity) -> tuple[str, ...]:
    """The phrase of a linked row that the plan above has changed since the organization looked."""
    was = activity.taken.get("terms", activity.terms_text)
    return (f"«{activity.terms_text}» вместо «{was}»",) if was != activity.terms_text else ()


def moved_words(term: Occurrence) -> str:
    """How a term of a linked row differs from what was planned: «до 30.04.2027 вместо до 20.04.2027»."""
    now = shown_dates(term.starts_on, term.ends_on) or "без срока"
    was = shown_dates(*links.was_planned(term)) or "без срока"
    return f"{now} вместо {was}"


def is_asked(activity: Activity) -> bool:
    """Whether the term is not understood or a unit is not known."""
    status = str(activity.terms[0]["status"]) if activity.terms else "unspecified"
    return status in ASKED or any(unit.kind == UnitKind.UNKNOWN for unit in activity.units.all())


def shown_dates(starts_on: dt.date | None, ends_on: dt.date | None) -> str:
    """A window in words: «01.09.2026–30.09.2026», «до 20.04.2027»."""
    return shown_interval((starts_on, ends_on)) if starts_on or ends_on else ""
