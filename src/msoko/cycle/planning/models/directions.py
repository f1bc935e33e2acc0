"""Who answers for a direction of managing the quality of education."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Organization
from msoko.foundation.roster.models import Appointment


class DirectionOwner(models.Model):
    """A named owner of a direction in a municipality or an organization; `direction` is a code of the definitions."""

    owner = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    direction = models.CharField("направление", max_length=40)
    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="+", verbose_name="кто отвечает")
    decided_at = models.DateTimeField("когда назначен")
    decided_by = models.CharField("кто назначил", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "owner", "direction", "decided_at"),
        **personal("appointment", "decided_by"),
    }

    class Meta:
        verbose_name = "владелец направления"
        verbose_name_plural = "владельцы направлений"
        ordering = ["direction"]
        constraints = [models.UniqueConstraint(fields=["owner", "direction"], name="direction_owner_unique")]
