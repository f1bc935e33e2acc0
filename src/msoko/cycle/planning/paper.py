"""A plan on paper: the official five columns, sections over all columns, the approval block."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msoko.cycle.planning.enums import PlanStatus
from msoko.cycle.planning.models import Activity, Plan
from msoko.cycle.planning.outline import outlined
from msoko.foundation.documents.official_table import FullRow, OfficialTable

COLUMNS = (("№ п/п", 0.07), ("Мероприятие", 0.40), ("Срок", 0.15), ("Ответственные", 0.19), ("Результат", 0.19))


def plan_paper(plan: Plan, activities: Sequence[Activity]) -> OfficialTable:
    """The plan, or the rows of it that are on screen, as a table for Word and Excel."""
    return OfficialTable(
        title=plan.title,
        columns=COLUMNS,
        rows=tuple(_rows(activities)),
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


def _rows(activities: Sequence[Activity]) -> list[FullRow | tuple[str, ...]]:
    found: list[FullRow | tuple[str, ...]] = []
    for begun, activity in outlined(activities):
        found += [FullRow(f"{one.number} {one.title}".strip()) for one in begun]
        found.append(_cells(activity))
    return found


def _cells(activity: Activity) -> tuple[str, ...]:
    """Cells as a person would print them: units and results separated by commas."""
    number = " ".join(part for part in (activity.number, activity.label) if part)
    units = ", ".join(unit.raw for unit in activity.units.all())
    results = "; ".join(one.text for one in activity.deliverables.all())
    return number, activity.title, activity.terms_text, units, results
