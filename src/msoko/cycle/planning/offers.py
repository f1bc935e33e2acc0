"""What plans above offer to the plan of an organization: rows to take in, what changed of those taken, what is gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q, QuerySet

from msoko.cycle.planning.addressees import is_for, units_for
from msoko.cycle.planning.enums import PlanStatus
from msoko.cycle.planning.mirrors import is_together, span_of
from msoko.cycle.planning.models import Activity, Plan
from msoko.cycle.planning.queries import activities_in, activities_of
from msoko.foundation.orgs.api import Organization, OrganizationKind

#: origins of rows that an organization took in
PLAN, CAMPAIGN = "plan", "campaign"
#: the phrase of the term of a procedure: its dates are those of the procedure
BY_PROCEDURE = "по графику проведения процедуры"
_ABOVE = (OrganizationKind.MUNICIPALITY, OrganizationKind.AUTHORITY, OrganizationKind.ADVISORY_SERVICE)


class OfferKind(StrEnum):
    """`CONTINUED`: a row of last year that goes on in the plan above of this year. `ELSEWHERE`: stands in another plan
    of the organization."""

    NEW = "new"
    CONTINUED = "continued"
    CHANGED = "changed"
    DROPPED = "dropped"
    DECLINED = "declined"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Procedure:
    """An assessment procedure that the organization takes part in, as whoever knows procedures tells of it."""

    pk: int
    title: str
    starts_on: dt.date | None
    ends_on: dt.date | None

    @property
    def key(self) -> str:
        return f"{CAMPAIGN}:{self.pk}"


@dataclass(frozen=True, slots=True)
class Change:
    """What the organization took and what the plan above says now. `name`: title, terms, results, why."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to decide. `activity` is of the plan above, `row` of the organization's plan."""

    kind: OfferKind
    key: str
    title: str
    label: str
    activity: Activity | None = None
    procedure: Procedure | None = None
    row: Activity | None = None
    changes: tuple[Change, ...] = ()
    elsewhere: str = ""


@dataclass(slots=True)
class Offers:
    """All offers to a plan. `concerned`: how many activities of plans above concern the organization; `taken`: how many
    of them stand in its plan; `plans`: the plans above."""

    plans: list[Plan] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    concerned: int = 0
    taken: int = 0

    def of(self, *kinds: OfferKind) -> list[Offer]:
        return [one for one in self.offers if one.kind in kinds]

    @property
    def new(self) -> list[Offer]:
        return self.of(OfferKind.NEW, OfferKind.CONTINUED)

    @property
    def updates(self) -> list[Offer]:
        return self.of(OfferKind.CHANGED, OfferKind.DROPPED)

    @property
    def waiting(self) -> int:
        """How many wait for a decision."""
        return len(self.new) + len(self.updates)


def plans_above(owner: Organization, *, has_closed: bool = False) -> list[Plan]:
    """Plans in force of everybody above an organization: its municipality, the authority, its advisory service; with
    `has_closed` also those whose time is over."""
    statuses = (PlanStatus.APPROVED, *([PlanStatus.CLOSED] if has_closed else []))
    keys = [key for key in owner.line if key != owner.pk]
    rows = Plan.objects.filter(
        Q(owner__in=keys) | Q(owner__parent__in=keys, owner__kind__in=_ABOVE), status__in=statuses
    )
    return list(rows.exclude(owner=owner).select_related("owner").order_by("start_year", "pk"))


def offers_of(plan: Plan, procedures: Iterable[Procedure] = ()) -> Offers:
    """Offers to a plan: a constant number of queries whatever the plans hold."""
    found = Offers([one for one in plans_above(plan.owner) if is_together(plan, one)])
    rows = list(activities_of(plan).select_related("source__plan"))
    span = span_of(plan)
    above = [one for one in _of_interest(plan, found.plans, rows) if is_in_time(one, span)] if found.plans else []
    by_plan = {one.pk: one for one in found.plans}
    for one in above:
        one.plan = by_plan[one.plan_id]
    found.offers += _of_activities(plan, rows, above, found)
    found.offers += _of_procedures(plan, rows, procedures)
    return found


def _of_interest(plan: Plan, plans: Sequence[Plan], rows: Sequence[Activity]) -> QuerySet[Activity]:
    """Activities of plans above that may concern the organization, or that its rows follow."""
    meant = Q(pk__in=units_for(plan.owner).values("activity"))
    return activities_in(plans).filter(meant | Q(pk__in=[row.source_id for row in rows if row.source_id]))


def rows_following(activity: Activity, organization: Organization) -> list[Activity]:
    """Rows of plans of an organization that follow an activity of a plan above."""
    rows = Activity.objects.filter(source=activity, plan__owner=organization, dropped_at__isnull=True)
    return list(rows.select_related("plan").order_by("plan_id", "position"))


def snapshot_of(activity: Activity) -> dict[str, str]:
    """What an activity says, so that a change is seen later."""
    results = "; ".join(one.text for one in activity.deliverables.all())
    return {"title": activity.title, "terms": activity.terms_text, "results": results}


def source_label(activity: Activity, owner: Organization) -> str:
    """«план управления, п. 3.1»; a plan of the service is named by its owner."""
    number = activity.number.strip().rstrip(".")
    is_service = owner.kind == OrganizationKind.ADVISORY_SERVICE
    whose = f"план «{owner.short_name}»" if is_service else "план управления"
    return f"{whose}, п.\u00a0{number}" if number else whose


def concerns(activity: Activity, organization: Organization) -> bool:
    """Whether an activity of a plan above is for the organization."""
    return activity.dropped_at is None and any(is_for(unit, organization) for unit in activity.units.all())


def is_in_time(activity: Activity, span: tuple[dt.date, dt.date]) -> bool:
    """Has a term within the days, or none at all yet."""
    terms = activity.occurrences.all()
    days = [one.ends_on or one.starts_on for one in terms if one.in_horizon]
    return not terms or any(day is None or span[0] <= day <= span[1] for day in days)


def _of_activities(plan: Plan, rows: Sequence[Activity], above: Sequence[Activity], found: Offers) -> Iterator[Offer]:
    here = {one.pk: one for one in above}
    elsewhere = _elsewhere(plan, here)
    taken = {row.source_id: row for row in rows if row.source_id in here}
    waiting = {
        row.source.lineage: row
        for row in rows
        if row.source is not None and row.dropped_at is None and not is_together(plan, row.source.plan)
    }
    for one in above:
        row, is_ours = taken.get(one.pk), concerns(one, plan.owner)
        found.concerned += is_ours
        if row is None and is_ours:
            yield _untaken(plan, one, waiting.pop(one.lineage, None), elsewhere.get(one.pk, ""))
        elif row is not None and row.dropped_at is None:
            found.taken += is_ours
            yield from _taken(row, one, is_ours=is_ours)
    if found.plans:
        for row in waiting.values():
            why = Change("why", row.origin_label, "в плане этого года такого мероприятия нет")
            yield Offer(OfferKind.DROPPED, str(row.pk), row.title, row.origin_label, row=row, changes=(why,))


def _elsewhere(plan: Plan, above: Iterable[int]) -> dict[int, str]:
    """Activities that stand in other plans of the organization: key → title of the plan."""
    rows = Activity.objects.filter(plan__owner=plan.owner, source__in=list(above), dropped_at__isnull=True)
    return dict(rows.exclude(plan=plan).values_list("source_id", "plan__title"))


def _untaken(plan: Plan, one: Activity, continued: Activity | None, elsewhere: str) -> Offer:
    label = source_label(one, one.plan.owner)
    if continued is not None:
        return Offer(OfferKind.CONTINUED, str(one.pk), one.title, label, one, row=continued)
    if elsewhere:
        return Offer(OfferKind.ELSEWHERE, str(one.pk), one.title, label, one, elsewhere=elsewhere)
    kind = OfferKind.DECLINED if str(one.pk) in plan.declined else OfferKind.NEW
    return Offer(kind, str(one.pk), one.title, label, one)


def _taken(row: Activity, one: Activity, *, is_ours: bool) -> Iterator[Offer]:
    label = source_label(one, one.plan.owner)
    if not is_ours:
        gone = f"исключено: {one.dropped_reason or 'без указания причины'}"
        reason = gone if one.dropped_at else "больше не относится к организации"
        why = (Change("why", "", reason),)
        yield Offer(OfferKind.DROPPED, str(row.pk), row.title, label, one, row=row, changes=why)
    elif changes := _changes(row.taken, snapshot_of(one)):
        yield Offer(OfferKind.CHANGED, str(row.pk), row.title, label, one, row=row, changes=changes)


def _changes(was: dict[str, str], now: dict[str, str]) -> tuple[Change, ...]:
    return tuple(Change(name, was.get(name, ""), text) for name, text in now.items() if was.get(name, "") != text)


def _of_procedures(plan: Plan, rows: Sequence[Activity], procedures: Iterable[Procedure]) -> Iterator[Offer]:
    taken = {row.origin_id: row for row in rows if row.origin_kind == CAMPAIGN}
    for one in procedures:
        row = taken.get(str(one.pk))
        if row is None:
            kind = OfferKind.DECLINED if one.key in plan.declined else OfferKind.NEW
            yield Offer(kind, one.key, one.title, "график процедур", procedure=one)
            continue
        if row.dropped_at is None and (moved := _dates_changed(row, one)):
            yield Offer(OfferKind.CHANGED, str(row.pk), row.title, "график процедур", None, one, row, (moved,))


def _dates_changed(row: Activity, one: Procedure) -> Change | None:
    term = next((term for term in row.occurrences.all() if term.origin_kind == CAMPAIGN), None)
    if term is None or (term.starts_on, term.ends_on) == (one.starts_on, one.ends_on):
        return None
    return Change("terms", _words(term.starts_on, term.ends_on), _words(one.starts_on, one.ends_on))


def _words(start: dt.date | None, end: dt.date | None) -> str:
    days = [f"{day:%d.%m.%Y}" for day in dict.fromkeys((start, end)) if day]
    return "–".join(days)
