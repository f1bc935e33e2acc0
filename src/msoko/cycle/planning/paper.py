"""A plan on paper: the official five columns, sections over all columns, the approval block."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.terms import shown_interval
from msoko.cycle.planning.enums import PlanStatus
from msoko.cycle.planning.mirrors import is_moved
from msoko.cycle.planning.models import Activity, Plan
from msoko.cycle.planning.offers import CAMPAIGN
from msoko.cycle.planning.outline import outlined
from msoko.foundation.documents.official_table import FullRow, OfficialTable

COLUMNS = (("№ п/п", 0.07), ("Мероприятие", 0.40), ("Срок", 0.15), ("Ответственные", 0.19), ("Результат", 0.19))


#: printed where a row has no term
NO_TERM = "–"
#: where a row was taken from; printed in plans that hold such rows
SOURCE = ("Источник", 0.12)


def plan_paper(plan: Plan, activities: Sequence[Activity]) -> OfficialTable:
    """The plan, or the rows of it that are on screen, as a table for Word and Excel."""
    has_sources = any(one.origin_label for one in activities)
    return OfficialTable(
        title=plan.title,
        columns=(*COLUMNS, SOURCE) if has_sources else COLUMNS,
        rows=tuple(_rows(activities, has_sources=has_sources)),
        approval=approval_lines(plan),
        notes=_notes(plan),
    )


def approval_lines(plan: Plan) -> tuple[str, ...]:
    """«УТВЕРЖДЁН» with the basis; «ПРОЕКТ» before approval."""
    if plan.status == PlanStatus.DRAFT:
        return ("ПРОЕКТ",)
    return ("УТВЕРЖДЁН", _instrumental(plan.basis))


def _instrumental(basis: str) -> str:
    """«Приказ … от …» → «приказом … от …»; other bases as they are."""
    for word, form in (("Приказ", "приказом"), ("Распоряжение", "распоряжением"), ("Постановление", "постановлением")):
        if re.match(rf"{word}\b", basis, re.IGNORECASE):
            return form + basis[len(word) :]
    return basis


def _notes(plan: Plan) -> tuple[str, ...]:
    if not plan.abbreviations:
        return ()
    return ("Перечень сокращений:", *(f"{short} – {meaning}" for short, meaning in plan.abbreviations.items()))


def _rows(activities: Sequence[Activity], *, has_sources: bool) -> list[FullRow | tuple[str, ...]]:
    found: list[FullRow | tuple[str, ...]] = []
    for begun, activity in outlined(activities):
        found += [FullRow(f"{one.number} {one.title}".strip()) for one in begun]
        found.append((*_cells(activity), activity.origin_label) if has_sources else _cells(activity))
    return found


def _cells(activity: Activity) -> tuple[str, ...]:
    units = [unit.raw for unit in activity.units.all()]
    results = [one.text for one in activity.deliverables.all()]
    return printed_cells(activity.number, activity.label, activity.title, _terms(activity), units, results)


def printed_cells(
    number: str, label: str, title: str, term: str, units: Sequence[str], results: Sequence[str]
) -> tuple[str, ...]:
    """Cells as a person would print them and as an import reads them back: a label beside its number, units by commas,
    results by semicolons. A row without number and term would read as the tail of the row above: its term is a dash."""
    term = term or ("" if number or label else NO_TERM)
    return " ".join(part for part in (number, label) if part), title, term, ", ".join(units), "; ".join(results)


def _terms(activity: Activity) -> str:
    """The phrase of the term; dates of a procedure, and those to which the plan above has moved a row."""
    terms = activity.occurrences.all()
    if activity.origin_kind == CAMPAIGN:
        dates = [shown_interval((one.starts_on, one.ends_on)) for one in terms if one.ends_on]
        return ", ".join(dates) or activity.terms_text
    moved = [shown_interval((one.starts_on, one.ends_on)) for one in terms if one.ends_on and is_moved(one)]
    return f"{activity.terms_text} (перенесено: {', '.join(moved)})" if moved else activity.terms_text
