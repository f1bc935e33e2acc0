"""Reading the registry within a scope."""

from __future__ import annotations

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet

from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.orgs.api import Organization, OrganizationName
from msoko.foundation.roster.models import Appointment, Body


def visible_appointments(scope: Scope, on: dt.date) -> QuerySet[Appointment]:
    """Posts and duties in force on a day in organizations that the person may see."""
    return (
        Appointment.objects.filter(scope.filter(Permission.SEE_REGISTRY, "organization__"))
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
        .select_related("person", "organization", "department")
        .order_by("person__search_key", "id")
    )


def visible_bodies(scope: Scope, on: dt.date) -> QuerySet[Body]:
    """Bodies of organizations in sight with their present members."""
    present = visible_appointments(scope, on)
    return (
        Body.objects.filter(scope.filter(Permission.SEE_REGISTRY, "organization__"))
        .select_related("organization")
        .prefetch_related(Prefetch("members", queryset=present, to_attr="present"))
        .order_by("kind", "name")
    )


def remembered_names(organization: Organization) -> QuerySet[OrganizationName]:
    """How files call the organization, newest decision first."""
    names = OrganizationName.objects.filter(organization=organization).select_related("municipality")
    return names.order_by("-decided_at", "-id")
