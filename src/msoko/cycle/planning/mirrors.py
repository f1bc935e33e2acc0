"""Terms of linked rows: what the plan above says of its terms, shown in the plan of an organization.

A mirror has no tasks: what the organization does is done, reported and confirmed at the term it shows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from intake.terms import PlanYear
from msoko.cycle.planning.enums import PlanStatus
from msoko.cycle.planning.models import Activity, Assignment, Occurrence, Plan
from msoko.cycle.planning.scheduling import Understanding, years_of

#: origin of an occurrence that shows a term of a plan above
ORIGIN = "link"
_BATCH = 500
_DATES = ("starts_on", "ends_on")
_SHOWN = (*_DATES, "part", "is_tentative", "origin_label", "cancelled_at", "cancelled_by", "cancelled_basis", "year")


def mirror(sources: Iterable[int]) -> None:
    """Bring the rows linked with the activities in step with them: phrases of terms and terms.

    Rows of closed plans stay as they are. One query where nothing is linked.
    """
    found = list(
        Activity.objects.filter(source__in=list(sources))
        .exclude(plan__status=PlanStatus.CLOSED)
        .select_related("plan__owner", "source__plan")
    )
    rows = [row for row in found if is_followed(row)]
    parted = [row.pk for row in found if not is_followed(row)]
    if parted:  # years of a draft were changed: what it showed of the plan above is no more of its time
        Occurrence.objects.filter(activity__in=parted, source__isnull=False).delete()
    if rows:
        _follow_phrases(rows)
        _follow_terms(rows)


def _follow_phrases(rows: Sequence[Activity]) -> None:
    """The phrase of the plan above holds; what the organization took stays in `taken` until it looks."""
    understandings: dict[int, Understanding] = {}
    moved = [row for row in rows if row.source and row.terms_text != row.source.terms_text]
    for row in moved:
        assert row.source is not None
        known = understandings.get(row.plan_id) or understandings.setdefault(row.plan_id, Understanding(row.plan))
        row.terms_text, row.terms = row.source.terms_text, known.stored(row.source.terms_text)
    Activity.objects.bulk_update(moved, ["terms_text", "terms"], batch_size=_BATCH)


def _follow_terms(rows: Sequence[Activity]) -> None:
    terms = Occurrence.objects.filter(activity__in={row.source_id for row in rows}, in_horizon=True)
    by_source: dict[int, list[Occurrence]] = {}
    for term in terms:
        by_source.setdefault(term.activity_id, []).append(term)
    known = {
        (one.activity_id, one.source_id): one
        for one in Occurrence.objects.filter(activity__in=[row.pk for row in rows], source__isnull=False)
    }
    made: list[Occurrence] = []
    changed: list[Occurrence] = []
    for row in rows:
        years = years_of(row.plan)
        for position, term in enumerate(by_source.get(row.source_id or 0, ()), 1):
            year = _year_of(term, years)
            if year is None:
                continue
            mirrored = known.pop((row.pk, term.pk), None)
            if mirrored is None:
                mirrored = Occurrence(activity=row, source=term, origin_kind=ORIGIN, position=position)
                made.append(mirrored)
            else:
                changed.append(mirrored)
            _show(mirrored, row, term, year)
    Occurrence.objects.filter(pk__in=[one.pk for one in known.values()]).delete()
    Occurrence.objects.bulk_create(made, batch_size=_BATCH)
    Occurrence.objects.bulk_update(changed, [*_SHOWN, "in_horizon"], batch_size=_BATCH)


def is_followed(row: Activity) -> bool:
    """Whether the row follows an activity of a plan above; a row carried into years that the plan above has not reached
    yet keeps its link and lives by itself."""
    return row.source is not None and is_together(row.plan, row.source.plan)


def is_together(one: Plan, other: Plan) -> bool:
    """Whether two plans have days in common."""
    (first, last), (start, end) = span_of(one), span_of(other)
    return first <= end and start <= last


def span_of(plan: Plan) -> tuple[dt.date, dt.date]:
    """First and last day of a plan."""
    years = years_of(plan)
    return years[0].start, years[-1].end


def _year_of(term: Occurrence, years: Sequence[PlanYear]) -> int | None:
    """The year of the organization's plan that holds the term; None for a term outside of it."""
    day: dt.date | None = term.ends_on or term.starts_on
    if day is None:
        return next((year.start_year for year in years if year.start_year == term.year), None)
    return next((year.start_year for year in years if year.holds(day)), None)


def _show(mirrored: Occurrence, row: Activity, term: Occurrence, year: int) -> None:
    source = row.source
    assert source is not None
    for name in _SHOWN[:-1]:
        setattr(mirrored, name, getattr(term, name))
    mirrored.year = year
    if source.dropped_at is not None and mirrored.cancelled_at is None:
        mirrored.cancelled_at = source.dropped_at
        mirrored.cancelled_basis = f"Исключено из плана выше: {source.dropped_reason or 'без указания причины'}"[:500]


def tasks_behind(term: Occurrence, owner: int) -> list[Assignment]:
    """Tasks by which a term of a plan is judged: its own, or those of the organization at the term that it shows.

    Reads what was prefetched: `assignments` of the term and of its source.
    """
    if term.source_id is None:
        return list(term.assignments.all())
    assert term.source is not None
    return [one for one in term.source.assignments.all() if one.organization_id == owner]


def was_planned(term: Occurrence) -> tuple[dt.date | None, dt.date | None]:
    """The first dates of a mirror: of the approval here, else of the approval above."""
    if term.planned_ends_on or term.planned_starts_on:
        return term.planned_starts_on, term.planned_ends_on
    source = term.source
    if source is not None and (source.planned_ends_on or source.planned_starts_on):
        return source.planned_starts_on, source.planned_ends_on
    return term.starts_on, term.ends_on


def is_moved(term: Occurrence) -> bool:
    """Whether the plan above has moved the term since."""
    return term.source_id is not None and was_planned(term) != (term.starts_on, term.ends_on)
