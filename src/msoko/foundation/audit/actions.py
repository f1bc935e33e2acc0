"""Writing the journal. Called inside the transaction of the act that it records."""

from __future__ import annotations

from typing import Any, Protocol

from msoko.foundation.audit.models import AuditEvent
from msoko.foundation.kernel.acts import Act


class Place(Protocol):
    """An organization as the journal needs it."""

    pk: Any
    path: Any
    short_name: Any


def record(
    act: Act,
    event: str,
    *,
    kind: str = "",
    object_id: object = "",
    label: str = "",
    organization: Place | None = None,
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write that `act` did `event` to an object of an organization. `details` holds no personal data."""
    journal_entry = AuditEvent(
        at=act.at,
        actor_id=act.actor.actor_id,
        actor_label=act.actor.actor_label,
        address=act.address,
        event=event,
        object_kind=kind,
        object_id=str(object_id),
        object_label=label[:300],
        organization_id=organization.pk if organization else None,
        organization_path=organization.path if organization else "",
        organization_label=organization.short_name if organization else "",
        details=details or {},
    )
    journal_entry.save()
    return journal_entry
