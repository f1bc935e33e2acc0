"""A reading as the JSON document of `msoko plan parse`."""

from __future__ import annotations

from intake.contracts import Problem
from intake.plans.contracts import Activity, Json, PlanReading, Remark, Responsible, RowPlace


def plan_document(reading: PlanReading) -> Json:
    """Everything that was read, as plain values."""
    return {
        "file": reading.file,
        "sha256": reading.sha256,
        "title": reading.title,
        "period": reading.period,
        "edition": reading.edition or None,
        "abbreviations": reading.abbreviations,
        "columns": [{"header": one.header, "role": one.role or None, "table": one.table} for one in reading.columns],
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "level": section.level,
                "path": path_document(section.path),
                "direction": section.direction or None,
            }
            for section in reading.sections
        ],
        "activities": [activity_document(activity) for activity in reading.activities],
        "questions": [
            {"abbreviation": one.abbreviation, "reason": one.reason, "candidates": list(one.candidates),
             "activities": list(one.rows)}
            for one in reading.questions
        ],
        "warnings": [
            *(problem_document(problem) for problem in reading.problems),
            *(remark_document(remark) for remark in reading.remarks),
        ],
    }  # fmt: skip


def activity_document(activity: Activity) -> Json:
    """One activity with the keys of the interface."""
    return {
        "section_path": path_document(activity.section_path),
        "number": activity.number,
        "title": activity.title,
        "terms_raw": activity.terms_raw,
        "terms_source": activity.terms_source or None,
        "terms": activity.terms,
        "responsible_raw": activity.responsible_raw,
        "responsible": [responsible_document(one) for one in activity.responsible],
        "deliverables_raw": activity.deliverables_raw,
        "deliverables": [
            {"text": one.text, "kind": one.kind or None, "destination": one.destination or None}
            for one in activity.deliverables
        ],
        "label": activity.label or None,
        "direction": activity.direction or None,
        "direction_source": activity.direction_source,
        "cycle_part": activity.cycle_part or None,
        "cycle_part_source": activity.cycle_part_source,
        "group": activity.group or None,
        "extra": dict(activity.extra),
        "place": place_document(activity.place),
        "warnings": [remark_document(remark) for remark in activity.remarks],
    }


def responsible_document(one: Responsible) -> Json:
    """A unit as named and resolved."""
    texts = {name: getattr(one, name) for name in ("raw", "resolved", "is_lead", "is_executor")}
    return {
        **texts,
        "abbreviations": list(one.abbreviations),
        "source": one.source or None,
        "qualifier": one.qualifier or None,
    }


def path_document(path: tuple[tuple[str, str], ...]) -> list[Json]:
    """Sections from the top down."""
    return [{"number": number, "title": title} for number, title in path]


def place_document(place: RowPlace) -> Json:
    """Where a row stands."""
    return {
        "sheet": place.sheet or None,
        "table": place.table,
        "page": place.page,
        "rows": [place.first_row, place.last_row],
    }


def remark_document(remark: Remark) -> Json:
    """A warning with its place in words."""
    return {
        "code": remark.code,
        "severity": remark.severity,
        "message": remark.message,
        "hint": remark.hint,
        "place": str(remark.place) if remark.place is not None else None,
    }


def problem_document(problem: Problem) -> Json:
    """A problem of the file in the same shape."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
        "place": problem.sheet,
    }
