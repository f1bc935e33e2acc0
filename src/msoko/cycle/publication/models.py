"""Releases: what a person has put on the open portal. Without a row here nothing is reachable from outside."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.regulations.models import Discussion
from msoko.foundation.kernel.privacy import Privacy, official, personal


class PublishedDiscussion(models.Model):
    """A discussion on the portal; taken back from `withdrawn_at` on. Its number is that of the address."""

    discussion = models.OneToOneField(Discussion, models.CASCADE, related_name="+")
    summary = models.TextField("о чём, простыми словами", blank=True)
    contact = models.CharField("куда обратиться", max_length=300, blank=True)
    published_at = models.DateTimeField("опубликовано")
    published_by = models.CharField("кто опубликовал", max_length=200)
    withdrawn_at = models.DateTimeField("снято", null=True, blank=True)
    withdrawn_by = models.CharField("кто снял", max_length=200, blank=True)
    withdrawal_reason = models.CharField("почему снято", max_length=500, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "discussion", "summary", "contact", "published_at", "withdrawn_at", "withdrawal_reason"),
        **personal("published_by", "withdrawn_by"),
    }

    class Meta:
        verbose_name = "обсуждение на портале"
        verbose_name_plural = "обсуждения на портале"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_by="")),
                name="published_discussion_withdrawal_is_whole",
            ),
        ]
