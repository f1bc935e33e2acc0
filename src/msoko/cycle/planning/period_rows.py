"""What plans hold for a month or a quarter: terms with their facts, by one way of judging for pages and papers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from intake.terms import shown_interval
from msoko.cycle.planning.enums import PlanStatus, UnitRole
from msoko.cycle.planning.mirrors import is_together, tasks_behind
from msoko.cycle.planning.models import Activity, Assignment, Evidence, Occurrence, Plan
from msoko.cycle.planning.queries import activities_in, plans_visible
from msoko.cycle.planning.spans import Period
from msoko.cycle.planning.yearly_facts import (
    Outcome,
    TermFact,
    moves_of,
    sorted_terms,
    term_fact,
    terms_with_tasks,
)
from msoko.cycle.planning.yearly_tables import OUTCOMES
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.orgs.api import Organization


class Place(StrEnum):
    """How a term stands to the period: due in it, under way through it, or planned for it and moved out of it."""

    DUE = "due"
    RUNNING = "running"
    MOVED = "moved"


#: in the order of a report; `moved` is a term that was planned for the period and stands in a later one
RESULTS: dict[str, str] = {
    Outcome.ON_TIME: OUTCOMES[Outcome.ON_TIME],
    Outcome.LATE: OUTCOMES[Outcome.LATE],
    Outcome.PARTLY: OUTCOMES[Outcome.PARTLY],
    Outcome.NOT_DONE: OUTCOMES[Outcome.NOT_DONE],
    Place.MOVED: "перенесено на другой срок",
    Outcome.CANCELLED: OUTCOMES[Outcome.CANCELLED],
    Outcome.AHEAD: OUTCOMES[Outcome.AHEAD],
}


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A term with its activity. `bases`: why it was moved or taken off, with numbers of papers; `leads`: how many have
    to close it by a document."""

    plan: Plan
    activity: Activity
    term: Occurrence
    fact: TermFact
    place: Place
    bases: tuple[str, ...] = ()
    proofs: tuple[Evidence, ...] = ()
    leads: int = 0

    @property
    def title(self) -> str:
        return f"{self.activity.title} ({self.term.part})" if self.term.part else self.activity.title

    @property
    def term_words(self) -> str:
        """«до 20.10.2026», «01.10.2026 – 31.10.2026»."""
        return shown_interval((self.term.starts_on, self.term.ends_on))

    @property
    def units(self) -> str:
        return ", ".join(unit.raw for unit in self.activity.units.all())

    @property
    def results(self) -> str:
        return "; ".join(one.text for one in self.activity.deliverables.all())

    @property
    def section(self) -> str:
        """The top section, «2. Мониторинг»; of the plan when there is none."""
        return self.fact.section or "Без раздела"

    @property
    def number(self) -> str:
        return self.activity.number.strip().rstrip(".")

    @property
    def result(self) -> str:
        """A key of `RESULTS`."""
        is_open = self.fact.outcome in {Outcome.AHEAD, Outcome.NOT_DONE, Outcome.PARTLY}
        return Place.MOVED.value if self.place == Place.MOVED and is_open else self.fact.outcome.value

    @property
    def result_words(self) -> str:
        return RESULTS[self.result]

    @property
    def why(self) -> str:
        """Bases of moves and reasons that people named."""
        return "; ".join(dict.fromkeys((*self.bases, *self.fact.reasons)))

    @property
    def day(self) -> dt.date:
        return self.term.ends_on or self.term.starts_on or dt.date.max


def plans_of_period(scope: Scope, owner: Organization, period: Period) -> list[Plan]:
    """Plans of an organization that hold for the period, in force or closed since."""
    rows = plans_visible(scope).filter(owner=owner, start_year__lte=period.last.year).exclude(status=PlanStatus.DRAFT)
    year = Plan(start_year=period.first.year, years=1, year_kind="calendar")
    return [plan for plan in rows.order_by("pk") if is_together(plan, year)]


def owners_of_plans(scope: Scope) -> QuerySet[Organization]:
    """Organizations whose own plans the person sees whole."""
    owners = plans_visible(scope).exclude(status=PlanStatus.DRAFT).order_by().values("owner")
    return Organization.objects.filter(scope.filter(Permission.SEE_PLANS), pk__in=owners).order_by("sort_key", "pk")


def period_rows(plans: Sequence[Plan], period: Period, as_of: dt.date) -> list[PeriodRow]:
    """Terms of plans of one organization for a period: a constant number of queries."""
    if not plans:
        return []
    owner = plans[0].owner_id
    rows = list(
        terms_with_tasks(owner)
        .filter(activity__plan__in=[plan.pk for plan in plans], activity__dropped_at__isnull=True)
        .filter(_touching(period))
    )
    by_plan = {plan.pk: plan for plan in plans}
    activities = {one.pk: one for one in activities_in(plans).filter(pk__in={row.activity_id for row in rows})}
    found = []
    for row in sorted_terms(rows, activities):
        activity = activities[row.activity_id]
        place = _place(row, period)
        if place is not None:
            fact = term_fact(activity, row, owner, period.last, as_of)
            plan, tasks = by_plan[activity.plan_id], _tasks(row, owner)
            proofs = tuple(proof for one in tasks for proof in one.proofs)  # type: ignore[attr-defined]
            leads = sum(one.role == UnitRole.LEAD for one in tasks)
            found.append(PeriodRow(plan, activity, row, fact, place, _bases(row), proofs, leads))
    return found


def by_section(rows: Iterable[PeriodRow]) -> list[tuple[str, list[PeriodRow]]]:
    """Rows under their top sections, in the order of the plans."""
    found: dict[str, list[PeriodRow]] = {}
    for row in rows:
        found.setdefault(row.section, []).append(row)
    return list(found.items())


def by_date(rows: Iterable[PeriodRow]) -> list[PeriodRow]:
    """Rows by their term: the nearest first."""
    return sorted(rows, key=lambda row: (row.day, row.term.starts_on or row.day, row.activity.position))


def counts(rows: Iterable[PeriodRow]) -> dict[str, int]:
    """How many terms came to which result, in the order of `RESULTS`."""
    found = Counter(row.result for row in rows)
    return {key: found[key] for key in RESULTS}


def _touching(period: Period) -> Q:
    first, last = period.first, period.last
    is_begun = Q(starts_on__lte=last) | Q(starts_on__isnull=True, ends_on__lte=last)
    within = is_begun & Q(ends_on__gte=first)
    planned = Q(planned_ends_on__range=(first, last)) | Q(
        source__isnull=False, planned_ends_on__isnull=True, source__planned_ends_on__range=(first, last)
    )
    return within | planned


def _place(row: Occurrence, period: Period) -> Place | None:
    if period.holds(row.ends_on):
        return Place.DUE
    source = row.source
    planned = row.planned_ends_on or (source.planned_ends_on if source else None)
    if period.holds(planned) and row.ends_on != planned:
        return Place.MOVED
    is_over = row.ends_on is None or row.ends_on < period.first
    return None if is_over or row.cancelled_at is not None else Place.RUNNING


def _bases(row: Occurrence) -> tuple[str, ...]:
    moves = [
        f"с {one.was_on:%d.%m.%Y} на {one.now_on:%d.%m.%Y}: {one.basis}" if one.was_on else one.basis
        for one in moves_of(row)
    ]
    return (*moves, *([row.cancelled_basis] if row.cancelled_basis else []))


def _tasks(row: Occurrence, owner: int) -> list[Assignment]:
    return [one for one in tasks_behind(row, owner) if one.released_at is None]
