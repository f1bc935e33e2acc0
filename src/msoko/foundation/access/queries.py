"""Reading accounts and memberships."""

from __future__ import annotations

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet

from msoko.foundation.access.models import Membership, User
from msoko.foundation.access.roles import Permission
from msoko.foundation.access.scope import Scope
from msoko.foundation.audit.api import AuditEvent, events_under


def memberships_on(user: User, on: dt.date) -> list[Membership]:
    """Roles of the account in force on a day, with their organizations."""
    return list(
        Membership.objects.filter(in_force(on), user=user).select_related("organization").order_by("id")
    )  # fmt: skip


def in_force(on: dt.date) -> Q:
    """Memberships in force on a day, as a filter."""
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))


def manageable_memberships(scope: Scope) -> QuerySet[Membership]:
    """Memberships in organizations whose access the person manages."""
    return Membership.objects.filter(scope.filter(Permission.MANAGE_ACCESS, "organization__"))


def manageable_accounts(scope: Scope, on: dt.date) -> QuerySet[User]:
    """Accounts that have or had a role in those organizations; `.current` holds the roles in force there."""
    mine = manageable_memberships(scope)
    current = mine.filter(in_force(on)).select_related("organization").order_by("organization__sort_key", "role")
    return (
        User.objects.filter(pk__in=mine.values("user"))
        .prefetch_related(Prefetch("memberships", queryset=current, to_attr="current"))
        .order_by("last_name", "username")
    )


def demo_accounts() -> QuerySet[User]:
    """Accounts of the demonstration that still may sign in."""
    return User.objects.filter(is_demo=True, is_active=True)


def demo_memberships() -> QuerySet[Membership]:
    """Roles of the accounts of the demonstration, in the order they were given."""
    return Membership.objects.filter(user__in=demo_accounts()).select_related("user", "organization").order_by("id")


def visible_events(scope: Scope) -> QuerySet[AuditEvent]:
    """The part of the journal that the person may read."""
    if scope.is_everything:
        return AuditEvent.objects.all()
    return events_under(scope.paths.get(Permission.SEE_JOURNAL, ()))
