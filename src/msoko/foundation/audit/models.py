"""The journal: append-only, no foreign keys, so that history outlives what it speaks of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.foundation.kernel.privacy import Privacy, official, personal


class AuditEvent(models.Model):
    """One act. `event` is `step.noun.participle`; labels are kept as they were on that day."""

    at = models.DateTimeField("когда", db_index=True)
    actor_id = models.CharField("кто (учётная запись)", max_length=40, db_index=True)
    actor_label = models.CharField("кто", max_length=200)
    address = models.CharField("адрес", max_length=45, blank=True)
    event = models.CharField("что сделано", max_length=80, db_index=True)
    object_kind = models.CharField("вид объекта", max_length=40, blank=True)
    object_id = models.CharField("объект", max_length=40, blank=True)
    object_label = models.CharField("название объекта", max_length=300, blank=True)
    organization_id = models.BigIntegerField("организация", null=True, db_index=True)
    organization_path = models.CharField("место в дереве", max_length=200, blank=True, db_index=True)
    organization_label = models.CharField("название организации", max_length=300, blank=True)
    details = models.JSONField("подробности", default=dict)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "at", "event", "object_kind", "object_id", "object_label", "organization_id"),
        **official("organization_path", "organization_label", "details"),
        **personal("actor_id", "actor_label", "address"),
    }

    class Meta:
        verbose_name = "запись журнала"
        verbose_name_plural = "журнал"
        ordering = ["-id"]

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise TypeError("the journal is append-only")
        super().save(force_insert=True)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise TypeError("the journal is append-only")
