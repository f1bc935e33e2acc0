"""Filters of a plan as queries, so that a page of a large plan reads its own rows and no others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from msoko.cycle.planning.calendar_states import states_of_plan
from msoko.cycle.planning.enums import UnitKind
from msoko.cycle.planning.models import Activity, ActivityUnit, Deliverable, Occurrence, Plan
from msoko.foundation.access.api import Scope

#: statuses of a term that a person has to make clear
ASKED = ("unspecified", "invalid")
_UNKNOWN = Exists(ActivityUnit.objects.filter(activity=OuterRef("pk"), kind=UnitKind.UNKNOWN))
#: the term is not understood or a unit is not known
_ASKED = Q(terms=[]) | Q(terms__0__status__in=ASKED) | Q(_UNKNOWN)
_PROPOSED = Q(direction_source="proposed") | Q(cycle_part_source="proposed")
_TEXTS = ("number", "title", "responsible_raw", "deliverable_raw")


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """What of a plan is shown; empty fields let everything through. `month`: «2026-09»."""

    words: tuple[str, ...] = ()
    direction: str = ""
    cycle_part: str = ""
    unit: str = ""
    organization: str = ""
    person: str = ""
    month: str = ""
    result: str = ""
    state: str = ""
    only: str = ""


def filtered_activities(scope: Scope, plan: Plan, wanted: PlanFilter, today: dt.date) -> QuerySet[Activity]:
    """Activities in the plan that pass, in order. A month and a state must hold for one and the same term."""
    rows = Activity.objects.filter(plan=plan, dropped_at__isnull=True).order_by("position", "pk")
    for name in ("direction", "cycle_part"):
        if getattr(wanted, name):
            rows = rows.filter(**{name: getattr(wanted, name)})
    for condition in _units(wanted):
        rows = rows.filter(Exists(ActivityUnit.objects.filter(condition, activity=OuterRef("pk"))))
    if wanted.result:
        rows = rows.filter(Exists(Deliverable.objects.filter(activity=OuterRef("pk"), kind=wanted.result)))
    rows = _by_reading(rows, wanted.only)
    if wanted.state:
        rows = rows.filter(pk__in=_in_state(scope, plan, wanted, today))
    elif wanted.month:
        touching = terms_in_month(Occurrence.objects.all(), wanted.month)
        rows = rows.filter(Exists(touching.filter(activity=OuterRef("pk"))))
    return rows.filter(pk__in=with_words(rows, wanted.words)) if wanted.words else rows


def _units(wanted: PlanFilter) -> list[Q]:
    found = []
    if wanted.unit:
        found.append(Q(raw=wanted.unit))
    if wanted.person:
        found.append(Q(raw=wanted.person, kind=UnitKind.PERSON))
    if wanted.organization:
        key = int(wanted.organization) if wanted.organization.isdecimal() and len(wanted.organization) < 19 else 0
        found.append(Q(organization=key))
    return found


def _by_reading(rows: QuerySet[Activity], only: str) -> QuerySet[Activity]:
    if only == "asked":
        return rows.filter(_ASKED)
    if only == "proposed":
        return rows.filter(_PROPOSED)
    if only == "undated":
        return rows.exclude(Exists(Occurrence.objects.filter(activity=OuterRef("pk"))))
    return rows


def _in_state(scope: Scope, plan: Plan, wanted: PlanFilter, today: dt.date) -> set[int]:
    found = {pk for pk, state in states_of_plan(scope, plan, today).items() if state == wanted.state}
    rows = Occurrence.objects.filter(activity__plan=plan)
    if wanted.month:
        rows = terms_in_month(rows, wanted.month)
    return {activity for pk, activity in rows.order_by().values_list("pk", "activity") if pk in found}


def with_words(rows: QuerySet[Activity], words: Sequence[str]) -> list[int]:
    """Words are sought here and not in the database: SQLite compares Russian letters with their case."""
    texts = ((pk, " ".join(found).casefold()) for pk, *found in rows.values_list("pk", *_TEXTS))
    return [pk for pk, text in texts if all(word in text for word in words)]


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """Activities in the plan, those with questions, with proposals that nobody has confirmed, and those left out."""

    total: int
    asked: int
    proposed: int
    dropped: int


def counts_of_plan(plan: Plan) -> PlanCounts:
    """One query."""
    here = Q(dropped_at__isnull=True)
    found = Activity.objects.filter(plan=plan).aggregate(
        total=Count("pk", filter=here),
        asked=Count("pk", filter=here & _ASKED),
        proposed=Count("pk", filter=here & _PROPOSED),
        dropped=Count("pk", filter=~here),
    )
    return PlanCounts(**found)


def terms_in_month(rows: QuerySet[Occurrence], month: str) -> QuerySet[Occurrence]:
    """Occurrences that touch a month «2026-09»; a deadline counts in its month alone; none for what is no month."""
    try:
        first = dt.date.fromisoformat(f"{month}-01")
    except ValueError:
        return rows.none()
    return touching(rows, first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1))


def touching(rows: QuerySet[Occurrence], first: dt.date, last: dt.date) -> QuerySet[Occurrence]:
    """Occurrences whose window touches the days from `first` to `last`; a deadline is a window of its day."""
    dated = rows.alias(begins=Coalesce("starts_on", "ends_on"), finishes=Coalesce("ends_on", "starts_on"))
    return dated.filter(begins__lte=last, finishes__gte=first)


@dataclass(frozen=True, slots=True)
class PlanValues:
    """What occurs in a plan, for the choices of its filters: codes as they are, words in order."""

    directions: frozenset[str]
    parts: frozenset[str]
    units: tuple[str, ...]
    organizations: tuple[tuple[str, str], ...]
    persons: tuple[str, ...]
    results: frozenset[str]


def values_of_plan(plan: Plan) -> PlanValues:
    """Three queries for distinct values, whatever the number of activities."""
    here = {"activity__plan": plan, "activity__dropped_at__isnull": True}
    units = ActivityUnit.objects.filter(**here).order_by().distinct()
    named = list(units.values_list("raw", "kind", "organization", "organization__short_name"))
    claims = Activity.objects.filter(plan=plan, dropped_at__isnull=True).order_by().distinct()
    pairs = list(claims.values_list("direction", "cycle_part"))
    kinds = Deliverable.objects.filter(**here).order_by().values_list("kind", flat=True).distinct()
    organizations = {(name, str(pk)) for _, _, pk, name in named if pk is not None and name is not None}
    return PlanValues(
        directions=frozenset(direction for direction, _ in pairs),
        parts=frozenset(part for _, part in pairs),
        units=tuple(sorted({raw for raw, *_ in named})),
        organizations=tuple((pk, name) for name, pk in sorted(organizations)),
        persons=tuple(sorted({raw for raw, kind, *_ in named if kind == UnitKind.PERSON})),
        results=frozenset(kinds),
    )
