"""Journal of requests: consultations, visits and whatever else of a plan is done when somebody asks for it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.planning.models.execution import Occurrence
from msoko.cycle.planning.models.plans import Activity
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Organization


class ActivityRequest(models.Model):
    """Who asked for an activity, when, of what. Its occurrence carries the term and the tasks; done is read there."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="requests")
    occurrence = models.OneToOneField(Occurrence, models.CASCADE, related_name="request")
    number = models.PositiveIntegerField("номер")
    asked_on = models.DateField("поступил")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.CharField("от кого", max_length=300, blank=True)
    subject = models.CharField("о чём", max_length=1000)
    result = models.CharField("результат", max_length=1000, blank=True)
    created_at = models.DateTimeField("записан")
    created_by = models.CharField("кто записал", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "activity", "occurrence", "number", "asked_on", "organization", "subject", "result"),
        **official("created_at"),
        **personal("asked_by", "created_by"),
    }

    class Meta:
        verbose_name = "запрос"
        verbose_name_plural = "запросы"
        ordering = ["-asked_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="request_number_unique")]
