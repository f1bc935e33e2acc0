"""The person behind a job: written into its payload, and an act of theirs again when the worker does it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from msoko.foundation.access.api import User
from msoko.foundation.kernel.acts import Act, Actor, SystemActor


def asked_by(act: Act) -> dict[str, str]:
    """Who asked and from where, for the entry «actor» of a payload."""
    return {"id": act.actor.actor_id, "address": act.address}


def act_of_job(payload: Mapping[str, Any]) -> Act:
    """The act of whoever asked, at this moment; their rights are checked again by what is done with it."""
    described = payload["actor"]
    return Act(actor=_actor(described["id"]), at=timezone.now(), address=described.get("address", ""))


def _actor(actor_id: str) -> Actor:
    if actor_id == SystemActor().actor_id:
        return SystemActor()
    return User.objects.get(pk=int(actor_id))
