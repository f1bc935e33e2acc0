"""Plans of the organizations of a municipality for a year: who has one, how much of the plan above it holds."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q

from msoko.cycle.planning.addressees import kinds_of, named_by
from msoko.cycle.planning.enums import PlanKind, PlanStatus, UnitRole
from msoko.cycle.planning.mirrors import is_followed, is_together, span_of
from msoko.cycle.planning.models import Activity, Plan
from msoko.cycle.planning.offers import is_in_time, plans_above
from msoko.cycle.planning.queries import activities_in, plans_visible
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.orgs.api import Organization, OrganizationKind

KINDS = (OrganizationKind.SCHOOL, OrganizationKind.PRESCHOOL, OrganizationKind.SUPPLEMENTARY)
_RANK = {PlanStatus.APPROVED: 0, PlanStatus.CLOSED: 1, PlanStatus.DRAFT: 2}


@dataclass(frozen=True, slots=True)
class OrganizationPlans:
    """An organization with its plans of the year, the most settled first. `concerned`: activities of the plans above
    that are for it; `taken`: how many of them stand in its plans."""

    organization: Organization
    plans: tuple[Plan, ...]
    concerned: int
    taken: int

    @property
    def plan(self) -> Plan | None:
        return self.plans[0] if self.plans else None

    @property
    def state(self) -> str:
        """«approved», «closed», «draft», «none»."""
        return self.plan.status if self.plan else "none"

    @property
    def approved_on(self) -> dt.date | None:
        return self.plan.approved_on if self.plan else None

    @property
    def missing(self) -> int:
        """Activities of the plans above that its plans do not hold."""
        return max(0, self.concerned - self.taken) if self.plan else 0


def own_plans_of(scope: Scope, start_year: int) -> list[OrganizationPlans]:
    """Organizations in scope with their plans that touch the school year, without counting rows: two queries."""
    organizations = _organizations(scope)
    plans = _plans_by_owner(scope, organizations, _year(start_year))
    return [OrganizationPlans(one, tuple(plans.get(one.pk, ())), 0, 0) for one in organizations]


def organization_plans(scope: Scope, start_year: int) -> list[OrganizationPlans]:
    """Organizations in scope with their plans that touch the school year: a constant number of queries."""
    organizations = _organizations(scope)
    year = _year(start_year)
    plans = _plans_by_owner(scope, organizations, year)
    above = _above(organizations, year)
    taken = _taken(plans)
    return [
        OrganizationPlans(
            one,
            tuple(plans.get(one.pk, ())),
            above[one.parent_id].count(one) if one.parent_id in above else 0,
            taken[one.pk],
        )
        for one in organizations
    ]


def _organizations(scope: Scope) -> list[Organization]:
    seen = scope.filter(Permission.SEE_PLANS)
    rows = Organization.objects.filter(seen, kind__in=KINDS, closed_on__isnull=True)
    return list(rows.select_related("parent").order_by("sort_key", "pk"))


def lacks_rows(plan: Plan) -> bool:
    """Whether a plan in force above has given the organization tasks whose activities its plans do not hold. A quick
    answer for the home page; `offers_of` says which."""
    above = [one.pk for one in plans_above(plan.owner) if is_together(plan, one)]
    rows = Activity.objects.filter(
        plan__in=above, dropped_at__isnull=True, occurrences__assignments__organization=plan.owner
    )
    taken = Activity.objects.filter(plan__owner=plan.owner, source__isnull=False).values("source")
    return rows.exclude(pk__in=taken).exclude(pk__in=[key for key in plan.declined if key.isdecimal()]).exists()


def years_of_plans(scope: Scope) -> list[int]:
    """Years in which plans in sight begin, the latest first."""
    rows = plans_visible(scope).order_by("-start_year").values_list("start_year", flat=True)
    return list(dict.fromkeys(rows))


def _year(start_year: int) -> Plan:
    """The school year as a plan that nobody stores: what touches it is of the year."""
    return Plan(start_year=start_year, years=1, kind=PlanKind.OTHER)


def _plans_by_owner(scope: Scope, organizations: Sequence[Organization], year: Plan) -> dict[int, list[Plan]]:
    rows = (
        plans_visible(scope)
        .filter(owner__in=[one.pk for one in organizations], start_year__lte=year.start_year + 1)
        .annotate(
            activity_count=Count("activities", filter=Q(activities__dropped_at__isnull=True)),
        )
    )
    found: dict[int, list[Plan]] = defaultdict(list)
    for plan in sorted(rows, key=lambda one: (_RANK[PlanStatus(one.status)], -one.pk)):
        if is_together(plan, year):
            found[plan.owner_id].append(plan)
    return found


@dataclass(slots=True)
class _Meant:
    """Whom activities of plans above mean: by the kind of organizations, by name."""

    by_kind: dict[str, set[int]] = field(default_factory=dict)
    by_name: dict[int, set[int]] = field(default_factory=dict)

    def add(self, activity: Activity) -> None:
        for unit in activity.units.all():
            if unit.role == UnitRole.CONTROLLER:
                continue
            for kind in kinds_of(unit):
                self.by_kind.setdefault(kind, set()).add(activity.pk)
            named = named_by(unit)
            if named is not None:
                self.by_name.setdefault(named, set()).add(activity.pk)

    def count(self, organization: Organization) -> int:
        """How many activities concern the organization."""
        nothing: set[int] = set()
        return len(self.by_kind.get(organization.kind, nothing) | self.by_name.get(organization.pk, nothing))


def _above(organizations: Iterable[Organization], year: Plan) -> dict[int | None, _Meant]:
    """Activities of the plans above by the municipality: read once for all of its organizations."""
    one_of = {one.parent_id: one for one in organizations if one.parent_id is not None}
    found: dict[int | None, _Meant] = {}
    span = span_of(year)
    for municipality, one in one_of.items():
        plans = [plan for plan in plans_above(one, has_closed=True) if is_together(plan, year)]
        rows = activities_in(plans).filter(dropped_at__isnull=True) if plans else ()
        found[municipality] = _Meant()
        for row in rows:
            if is_in_time(row, span):
                found[municipality].add(row)
    return found


def _taken(plans: dict[int, list[Plan]]) -> Counter[int]:
    keys = [plan.pk for of in plans.values() for plan in of]
    rows = Activity.objects.filter(
        plan__in=keys, source__isnull=False, source__dropped_at__isnull=True, dropped_at__isnull=True
    ).select_related("plan", "source__plan")
    pairs = {(row.plan.owner_id, row.source_id) for row in rows if is_followed(row)}
    return Counter(owner for owner, _ in pairs)
