"""What a calendar program is told of the terms of plans. The file is written by `planning.ical`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Max, Q, QuerySet

from msoko.cycle.planning.models import Activity, Assignment, Occurrence, Plan, Postponement
from msoko.cycle.planning.queries import plans_visible
from msoko.foundation.access.api import Scope


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An occurrence for a calendar program. `key` is unique and stays the same; `sequence` grows with changes.

    `series` is the same for the terms of one activity that may follow one rule; empty for a term that stands alone.
    `planned_*` is the window before it was moved: the place of the term in its rule.
    """

    key: str
    title: str
    starts_on: dt.date | None
    ends_on: dt.date
    section: str = ""
    details: str = ""
    url: str = ""
    is_cancelled: bool = False
    is_done: bool = False
    is_tentative: bool = False
    sequence: int = 0
    changed_at: dt.datetime | None = None
    series: str = ""
    planned_starts_on: dt.date | None = None
    planned_ends_on: dt.date | None = None
    occurrence: int = 0
    activity: int = 0

    @property
    def planned(self) -> tuple[dt.date | None, dt.date]:
        """The window by the plan; the present one where there is no other."""
        if self.planned_ends_on is None:
            return self.starts_on, self.ends_on
        return self.planned_starts_on, self.planned_ends_on


def terms_in_sight(scope: Scope, plan: Plan | None = None) -> QuerySet[Occurrence]:
    """Dated occurrences of a plan or of all plans in sight, those outside of the plan's time left out.

    A term of a plan above that an organization took into its own plan stands once among all plans: as that of its own.
    """
    plans = plans_visible(scope) if plan is None else plans_visible(scope).filter(pk=plan.pk)
    rows = Occurrence.objects.filter(activity__dropped_at__isnull=True, ends_on__isnull=False, in_horizon=True)
    if plan is None:
        rows = rows.filter(source__isnull=True)
    return rows.filter(activity__plan__in=plans.order_by().values("pk"))


def calendar_entries(scope: Scope, plan: Plan | None, address: str) -> list[CalendarEntry]:
    """Entries of a plan or of all plans in sight; `address` is where pages of activities begin
    («https://…/planning/activity/»). A constant number of queries, plain values."""
    terms = terms_in_sight(scope, plan).order_by("ends_on", "starts_on", "pk")
    keys = terms.order_by().values("pk")
    moves = _moves(Q(occurrence__in=keys) | Q(occurrence__mirrors__in=keys))
    done = _done(Q(occurrence__in=keys))
    if plan is not None:  # only the page of one plan shows linked rows
        done |= _done(Q(occurrence__mirrors__in=keys, organization=plan.owner))
    activities = _activities(terms, address)
    rows = terms.values_list(
        "pk", "activity", "source", "part", "starts_on", "ends_on", "planned_starts_on", "planned_ends_on",
        "is_tentative", "cancelled_at", "origin_kind",
    )  # fmt: skip
    return [_entry(_Row(*row), activities[row[1]], moves, done) for row in rows]


class _Row(NamedTuple):
    pk: int
    activity: int
    source: int | None
    part: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    planned_starts_on: dt.date | None
    planned_ends_on: dt.date | None
    is_tentative: bool
    cancelled_at: dt.datetime | None
    origin_kind: str


def _moves(where: Q) -> dict[int, tuple[int, dt.datetime]]:
    """How often terms were moved and when last."""
    rows = Postponement.objects.filter(where).order_by().values("occurrence")
    counted = rows.annotate(count=Count("pk", distinct=True), at=Max("made_at"))
    return {pk: (count, at) for pk, count, at in counted.values_list("occurrence", "count", "at")}


def _done(where: Q) -> set[int]:
    """Terms that everybody who has a task has done."""
    rows = Assignment.objects.filter(where).order_by().values("occurrence")
    counted = rows.annotate(
        everybody=Count("pk", distinct=True), ready=Count("pk", filter=Q(done_at__isnull=False), distinct=True)
    )
    return {
        pk for pk, everybody, ready in counted.values_list("occurrence", "everybody", "ready") if everybody == ready
    }


@dataclass(frozen=True, slots=True)
class _Activity:
    pk: int
    lineage: str
    title: str
    section: str
    details: str
    url: str


def _activities(terms: QuerySet[Occurrence], address: str) -> dict[int, _Activity]:
    rows = Activity.objects.filter(pk__in=terms.order_by().values("activity")).order_by().values_list(
        "pk", "lineage", "number", "title", "section__title", "plan__title", "terms_text", "deliverable_raw",
        "origin_label",
    )  # fmt: skip
    return {
        pk: _Activity(
            pk, str(lineage), f"{number.rstrip('.')} {title}" if number else title, section or "",
            _details(plan, term, result, origin), f"{address}{pk}/" if address else "",
        )
        for pk, lineage, number, title, section, plan, term, result, origin in rows
    }  # fmt: skip


def _details(plan: str, term: str, result: str, origin: str) -> str:
    said = f"{plan}. Срок в плане: {term}. Результат: {result}"
    return f"{said}. Источник: {origin}." if origin else said


def _entry(
    row: _Row, activity: _Activity, moves: dict[int, tuple[int, dt.datetime]], done: set[int]
) -> CalendarEntry:  # fmt: skip
    moved = [moves[pk] for pk in (row.pk, row.source) if pk in moves]
    changes = [row.cancelled_at, *(at for _, at in moved)]
    return CalendarEntry(
        key=f"occurrence-{activity.lineage}-{row.pk}",
        title=f"{activity.title} ({row.part})" if row.part else activity.title,
        starts_on=row.starts_on,
        ends_on=row.ends_on or dt.date.max,
        section=activity.section,
        details=activity.details,
        url=activity.url,
        is_cancelled=row.cancelled_at is not None,
        is_done=(row.source or row.pk) in done,
        is_tentative=row.is_tentative,
        sequence=sum(count for count, _ in moved) + (row.cancelled_at is not None),
        changed_at=next((at for at in changes if at is not None), None),
        series="" if row.origin_kind else f"{activity.lineage}-{activity.pk} {row.part}",
        planned_starts_on=row.planned_starts_on,
        planned_ends_on=row.planned_ends_on,
        occurrence=row.pk,
        activity=activity.pk,
    )
