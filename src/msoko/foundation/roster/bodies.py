"""Acts on bodies: associations, councils, working groups, commissions and who is in them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.foundation.roster.models import Appointment, Body, BodyKind


@transaction.atomic
def create_body(act: Act, *, organization: Organization, kind: BodyKind, name: str, subject: str = "") -> Body:
    """A new body of the organization."""
    require(act, Permission.EDIT_REGISTRY, organization)
    if Body.objects.filter(organization=organization, name=name).exists():
        raise RefusedError(f"«{name}» уже есть в этой организации.", "Дайте другое название.")
    body = Body.objects.create(organization=organization, kind=kind.value, name=name, subject=subject)
    record(act, "roster.body.created", kind="body", object_id=body.pk, label=name, organization=organization)
    return body


@transaction.atomic
def set_members(act: Act, *, body: Body, members: Sequence[Appointment]) -> None:
    """Who is in the body from now on."""
    require(act, Permission.EDIT_REGISTRY, body.organization)
    body.members.set(members)
    record(
        act, "roster.body.changed", kind="body", object_id=body.pk, label=body.name, organization=body.organization,
        details={"members": len(members)},
    )  # fmt: skip


@transaction.atomic
def remove_body(act: Act, *, body: Body) -> None:
    """Dissolve the body; its members keep their posts."""
    require(act, Permission.EDIT_REGISTRY, body.organization)
    record(act, "roster.body.removed", kind="body", object_id=body.pk, label=body.name, organization=body.organization)
    body.delete()
