"""Orders that came from outside or as files: their points as assignments of organizations, and who has done them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.regulations.enums import PointState
from msoko.cycle.regulations.models.register import RegisteredDocument
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Organization


class OrderImport(models.Model):
    """An order as it was read, before a person has accepted it. `document` is there from the acceptance on."""

    owner = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    document = models.OneToOneField(
        RegisteredDocument, models.CASCADE, null=True, blank=True, related_name="imported_order"
    )
    file_name = models.CharField("файл", max_length=200, blank=True)
    file_key = models.CharField("хранение файла", max_length=200, blank=True)
    text = models.TextField("текст")
    reading = models.JSONField("разбор", default=dict)
    controller = models.CharField("контроль", max_length=300, blank=True)
    created_at = models.DateTimeField("загружен")
    created_by = models.CharField("кто загрузил", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "owner", "document", "file_name", "file_key", "created_at"),
        **personal("text", "reading", "controller", "created_by"),
    }

    class Meta:
        verbose_name = "загруженный приказ"
        verbose_name_plural = "загруженные приказы"


class OrderPoint(models.Model):
    """A point of an order in words, with its term; `due_on` is the first day by which it is done."""

    document = models.ForeignKey(RegisteredDocument, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField("порядок")
    number = models.CharField("номер", max_length=40, blank=True)
    text = models.TextField("пункт")
    addressee = models.CharField("кому", max_length=300, blank=True)
    term = models.CharField("срок", max_length=300, blank=True)
    due_on = models.DateField("исполнить до", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "document", "position", "number", "term", "due_on"),
        **personal("text", "addressee"),
    }

    class Meta:
        verbose_name = "пункт приказа"
        verbose_name_plural = "пункты приказов"
        ordering = ["position", "id"]


class PointTask(models.Model):
    """A point as the assignment of an organization by a day; a recurring term gives one for every day."""

    point = models.ForeignKey(OrderPoint, models.CASCADE, related_name="tasks")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    due_on = models.DateField("исполнить до", null=True, blank=True)
    state = models.CharField("состояние", max_length=10, choices=PointState, default=PointState.WAITING)
    done_on = models.DateField("исполнено", null=True, blank=True)
    proof = models.CharField("чем подтверждено", max_length=300, blank=True)
    changed_at = models.DateTimeField("отмечено", null=True, blank=True)
    changed_by = models.CharField("кто отметил", max_length=200, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "point", "organization", "due_on", "state", "done_on", "proof", "changed_at"),
        **personal("changed_by"),
    }

    class Meta:
        verbose_name = "поручение организации"
        verbose_name_plural = "поручения организаций"
        constraints = [
            models.UniqueConstraint(fields=["point", "organization", "due_on"], name="point_task_once_a_day"),
            models.UniqueConstraint(
                fields=["point", "organization"], condition=models.Q(due_on__isnull=True), name="point_task_once"
            ),
        ]
