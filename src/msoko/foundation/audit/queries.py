"""Reading the journal under places of the tree."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from msoko.foundation.audit.models import AuditEvent


def events_under(paths: Iterable[str]) -> QuerySet[AuditEvent]:
    """Events of organizations under the paths, newest first."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(organization_path__startswith=path)
    return AuditEvent.objects.filter(found)
