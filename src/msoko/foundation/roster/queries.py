"""Reading the registry within a scope."""

from __future__ import annotations

import datetime as dt
import re

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


#: posts of those who sign for an organization, in order of weight; heads of departments and associations are others
_HEADS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"начальник управления", r"директор\b", r"заведующ(?:ий|ая)(?! (?:отдел|библиотек|хозяйств|кафедр))",
        r"начальник(?! отдел)", r"руководитель(?: (?:организации|учреждения|управления))?$",
    )
)  # fmt: skip


def head_of(organization: Organization, on: dt.date) -> Appointment | None:
    """Who heads an organization on a day, by the words of the post."""
    rows = Appointment.objects.filter(organization=organization, department=None, valid_from__lte=on).exclude(post="")
    found = list(rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on)).select_related("person"))
    heads = (one for head in _HEADS for one in found if head.match(one.post.strip()))
    return next(heads, None)
