"""Work on a matrix: changes of its rows that can be undone, and a matrix on its way in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.regulations.models.functions import FunctionGroup, FunctionMatrix, MatrixFunction
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Organization


class RowChange(models.TextChoices):
    """What was done with a row."""

    ADDED = "added", "Добавлено"
    CHANGED = "changed", "Изменено"
    MOVED = "moved", "Перемещено"
    REMOVED = "removed", "Убрано"
    RESTORED = "restored", "Возвращено"


class MatrixChange(models.Model):
    """A change of one group or function by a person, with the row before and after."""

    matrix = models.ForeignKey(FunctionMatrix, models.CASCADE, related_name="changes")
    group = models.ForeignKey(FunctionGroup, models.CASCADE, null=True, blank=True, related_name="+")
    function = models.ForeignKey(MatrixFunction, models.CASCADE, null=True, blank=True, related_name="+")
    what = models.CharField("что сделано", max_length=10, choices=RowChange)
    before = models.JSONField("было", default=dict, blank=True)
    after = models.JSONField("стало", default=dict, blank=True)
    at = models.DateTimeField("когда")
    by = models.CharField("кто", max_length=200)
    undone_at = models.DateTimeField("отменено", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "matrix", "group", "function", "what", "before", "after", "at", "undone_at"),
        **personal("by"),
    }

    class Meta:
        verbose_name = "изменение матрицы функций"
        verbose_name_plural = "изменения матриц функций"
        ordering = ["-at", "-id"]


class MatrixDraft(models.Model):
    """A matrix from a file, a sample or an earlier edition, before a person has accepted it.

    `content`: groups and functions as they would be (`matrix_content`); `answers`: what people decided – posts by their
    words, which function continues which (`pairs`), which removed ones stay (`kept`). `version` grows
    with every change.
    """

    owner = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    title = models.CharField("название", max_length=500)
    definition = models.CharField("образец", max_length=40, blank=True)
    file_name = models.CharField("из файла", max_length=200, blank=True)
    content = models.JSONField("содержание", default=dict)
    remarks = models.JSONField("замечания при чтении", default=list, blank=True)
    answers = models.JSONField("ответы", default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField("когда")
    created_by = models.CharField("кто", max_length=200)
    accepted_at = models.DateTimeField("принята", null=True, blank=True)
    discarded_at = models.DateTimeField("отменена", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "owner", "title", "definition", "file_name", "content", "remarks", "answers", "version"),
        **official("created_at", "accepted_at", "discarded_at"),
        **personal("created_by"),
    }

    class Meta:
        verbose_name = "проект матрицы функций"
        verbose_name_plural = "проекты матриц функций"
        ordering = ["-created_at", "-id"]
