"""Who sees a task, who works on it, who answers for it. Each rule has two faces: for a row and as a filter."""

from __future__ import annotations

from django.db.models import Q

from msoko.cycle.planning.models import Assignment, Occurrence, Plan
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.orgs.api import Organization

_OWNER = "occurrence__activity__plan__owner__"


def own_paths(scope: Scope) -> frozenset[str]:
    """Paths of organizations whose work is the person's own: their places and what these answer for as a whole."""
    return frozenset(scope.home_paths) | frozenset(scope.paths.get(Permission.EXECUTE_TASKS, ()))


def is_own(scope: Scope, row: Assignment) -> bool:
    """The row is a task of the person's own organization, not of one that they watch over."""
    organization = row.organization
    return organization is not None and may_work_for(scope, organization) and organization.path in own_paths(scope)


def own_rows(scope: Scope) -> Q:
    """`is_own` as a filter."""
    return Q(organization__isnull=False) if scope.is_everything else own_organizations(scope, "organization__")


def own_organizations(scope: Scope, prefix: str = "") -> Q:
    """Organizations whose tasks are the person's own. `prefix` leads to the organization («organization__»)."""
    if scope.is_everything:
        return Q()
    return scope.filter(Permission.EXECUTE_TASKS, prefix) & Q(**{f"{prefix}path__in": own_paths(scope)})


def may_work_for(scope: Scope, organization: Organization) -> bool:
    """Report on tasks of the organization: its own people, and those above who may also confirm."""
    if scope.is_everything:
        return True
    if not scope.may(Permission.EXECUTE_TASKS, organization):
        return False
    return organization.path in own_paths(scope) or scope.may(Permission.CONFIRM_TASKS, organization)


def may_report(scope: Scope, row: Assignment) -> bool:
    """Start, report, attach: for the addressee. Rows of outside executors are kept by those who answer for the plan."""
    if row.organization is None:
        return may_answer(scope, row.occurrence.activity.plan)
    return may_work_for(scope, row.organization)


def may_answer(scope: Scope, plan: Plan) -> bool:
    """Confirm, return, postpone, cancel, release."""
    return scope.may(Permission.CONFIRM_TASKS, plan.owner)


def sees_row(scope: Scope, row: Assignment) -> bool:
    """The owner's side sees all rows of a plan; an addressee its own."""
    if scope.may(Permission.SEE_PLANS, row.occurrence.activity.plan.owner):
        return True
    return row.organization is not None and scope.may(Permission.EXECUTE_TASKS, row.organization)


def visible_rows(scope: Scope) -> Q:
    """`sees_row` as a filter."""
    return scope.filter(Permission.SEE_PLANS, _OWNER) | scope.filter(Permission.EXECUTE_TASKS, "organization__")


def answered_rows(scope: Scope) -> Q:
    """Rows of the plans that the person answers for."""
    return scope.filter(Permission.CONFIRM_TASKS, _OWNER)


def own_plans(scope: Scope, permission: Permission, prefix: str) -> Q:
    """Plans of the person's own organizations where they have the permission: those of the organizations below are
    kept by their own people. `prefix` leads to the owner («plan__owner__»)."""
    if scope.is_everything:
        return Q()
    tops = {*scope.home_paths, *scope.paths.get(permission, ())}
    return scope.filter(permission, prefix) & Q(**{f"{prefix}path__in": tops})


def own_answered(scope: Scope) -> Q:
    """Rows of the plans of the person's own organizations that the person answers for."""
    return own_plans(scope, Permission.CONFIRM_TASKS, _OWNER)


def sees_whole(scope: Scope, occurrence: Occurrence) -> bool:
    """Whether the person sees all addressees of the occurrence."""
    return scope.may(Permission.SEE_PLANS, occurrence.activity.plan.owner)
