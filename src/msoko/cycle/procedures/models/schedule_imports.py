"""Schedules on their way in: a file that was read, answers of a person, words that the municipality remembers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.procedures.models.schedules import Schedule
from msoko.foundation.jobs.models import Job
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Organization


class ScheduleImport(models.Model):
    """A file with a schedule: works as read, answers of a person over them by row and, under «words», by short form.

    Nothing is read before `read_at`.
    """

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="imports")
    file_name = models.CharField("файл", max_length=200)
    file_key = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField("хеш файла", max_length=64)
    layout = models.CharField("вид таблицы", max_length=20, blank=True)
    works = models.JSONField("прочитанные работы", default=list)
    problems = models.JSONField("замечания", default=list)
    answers = models.JSONField("исправления", default=dict)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("загружен")
    created_by = models.CharField("кто загрузил", max_length=200)
    read_at = models.DateTimeField("прочитан", null=True, blank=True)
    accepted_at = models.DateTimeField("принят", null=True, blank=True)
    discarded_at = models.DateTimeField("отменён", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "schedule", "file_name", "file_key", "sha256", "layout", "works", "problems", "answers"),
        **official("job", "created_at", "read_at", "accepted_at", "discarded_at"),
        **personal("created_by"),
    }

    class Meta:
        verbose_name = "загрузка графика"
        verbose_name_plural = "загрузки графиков"
        ordering = ["-created_at"]


class ScheduleWord(models.Model):
    """What a short form of a subject means in the schedules of a municipality, as a person has explained it. `word` is
    folded so that spellings of one short form are one word."""

    municipality = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    word = models.CharField("сокращение", max_length=100)
    subject = models.CharField("предмет", max_length=100)
    decided_at = models.DateTimeField("когда решено")
    decided_by = models.CharField("кто решил", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "municipality", "word", "subject", "decided_at"),
        **personal("decided_by"),
    }

    class Meta:
        verbose_name = "сокращение предмета"
        verbose_name_plural = "сокращения предметов"
        ordering = ["word"]
        constraints = [models.UniqueConstraint(fields=["municipality", "word"], name="schedule_word_unique")]
