"""Personal addresses of calendars, and sets of filters that people keep."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.planning.models.plans import Plan
from msoko.foundation.access.models import User
from msoko.foundation.kernel.privacy import Privacy, official, personal


class CalendarFeed(models.Model):
    """An address that a calendar program reads without a password: the secret in it is kept as a hash alone.

    It shows what its person may see at the moment of reading, of one plan or of all.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, blank=True, related_name="+")
    title = models.CharField("название", max_length=200)
    query = models.CharField("фильтры", max_length=1000, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("создан")
    read_at = models.DateTimeField("последнее обращение", null=True, blank=True)
    revoked_at = models.DateTimeField("отозван", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **personal("user"),
        **official("id", "plan", "title", "query", "secret_hash", "created_at", "read_at", "revoked_at"),
    }

    class Meta:
        verbose_name = "адрес календаря"
        verbose_name_plural = "адреса календарей"
        ordering = ["-created_at", "-id"]


class SavedView(models.Model):
    """Filters of plans under a name: of one person, or shared with those who see the same plan."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="+")
    name = models.CharField("название", max_length=100)
    query = models.CharField("фильтры", max_length=1000)
    is_shared = models.BooleanField("видят все, кто видит план", default=False)
    created_at = models.DateTimeField("создан")

    privacy: ClassVar[dict[str, Privacy]] = {
        **personal("user"),
        **official("id", "plan", "name", "query", "is_shared", "created_at"),
    }

    class Meta:
        verbose_name = "сохранённый вид"
        verbose_name_plural = "сохранённые виды"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "plan", "name"], name="saved_view_unique")]
