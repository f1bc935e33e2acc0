"""Reminders: what a person wants to be told, what was told on which day, letters that go out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.planning.enums import LetterKind, ReminderKind
from msoko.cycle.planning.models.execution import Occurrence
from msoko.foundation.access.models import User
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Organization


class ReminderSettings(models.Model):
    """What a person wants to be told. No row: the usual settings of `definitions/policies/execution.toml`."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    days_before = models.PositiveSmallIntegerField("за сколько дней до срока")
    on_day = models.BooleanField("в день срока")
    overdue_every_days = models.PositiveSmallIntegerField("о просроченном раз в столько дней")
    escalation = models.BooleanField("о просроченном у исполнителей")
    by_email = models.BooleanField("присылать и по почте")
    weekly_digest = models.BooleanField("сводка недели по почте")

    privacy: ClassVar[dict[str, Privacy]] = {
        **personal("user"),
        **official("id", "days_before", "on_day", "overdue_every_days", "escalation", "by_email", "weekly_digest"),
    }

    class Meta:
        verbose_name = "настройки напоминаний"
        verbose_name_plural = "настройки напоминаний"


class Reminder(models.Model):
    """A person was told of a term on a day; never twice of the same thing on the same day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField("о чём", max_length=20, choices=ReminderKind)
    on_date = models.DateField("за день")
    seen_at = models.DateTimeField("прочитано", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **personal("user"),
        **official("id", "occurrence", "organization", "kind", "on_date", "seen_at"),
    }

    class Meta:
        verbose_name = "напоминание"
        verbose_name_plural = "напоминания"
        ordering = ["-on_date", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "occurrence", "organization", "kind", "on_date"],
                nulls_distinct=False,
                name="reminder_unique",
            )
        ]


class Letter(models.Model):
    """A letter to a person. `sending_at` is written before the letter is handed over: one that was interrupted there
    is not sent again by itself, because it may have gone.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField("вид", max_length=20, choices=LetterKind)
    on_date = models.DateField("за день")
    address = models.EmailField("адрес")
    subject = models.CharField("тема", max_length=200)
    body = models.TextField("текст")
    created_at = models.DateTimeField("составлено")
    sending_at = models.DateTimeField("отправляется", null=True, blank=True)
    sent_at = models.DateTimeField("отправлено", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    error = models.CharField("ошибка", max_length=500, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **personal("user", "address"),
        **official("id", "kind", "on_date", "subject", "body", "created_at", "sending_at", "sent_at", "attempts"),
        **official("error"),
    }

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["user", "kind", "on_date"], name="letter_unique")]
