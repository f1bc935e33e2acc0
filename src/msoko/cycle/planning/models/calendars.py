"""School calendars by year: what «четверть» and «каникулы» of a plan mean."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.foundation.kernel.privacy import Privacy, official, personal, public
from msoko.foundation.orgs.models import Organization


class SchoolCalendarYear(models.Model):
    """The school calendar of a municipality (or an organization of its own) for a school year, as checked YAML."""

    owner = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    start_year = models.PositiveSmallIntegerField("учебный год с")
    text = models.TextField("календарь")
    basis = models.CharField("основание", max_length=300, blank=True)
    changed_at = models.DateTimeField("когда изменён")
    changed_by = models.CharField("кто изменил", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **public("owner", "start_year", "text", "basis"),
        **official("id", "changed_at"),
        **personal("changed_by"),
    }

    class Meta:
        verbose_name = "школьный календарь"
        verbose_name_plural = "школьные календари"
        ordering = ["-start_year"]
        constraints = [models.UniqueConstraint(fields=["owner", "start_year"], name="school_calendar_unique")]
