"""Schedules of assessment works: which class writes what and when; hours of the curriculum beside them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.procedures.models.instruments import Campaign
from msoko.foundation.kernel.privacy import Privacy, official, personal, public
from msoko.foundation.orgs.models import Organization, SchoolYear


class SchedulePeriod(models.TextChoices):
    YEAR = "year", "Учебный год"
    FIRST_HALF = "first_half", "1-е полугодие"
    SECOND_HALF = "second_half", "2-е полугодие"


class ScheduleStatus(models.TextChoices):
    DRAFT = "draft", "Проект"
    APPROVED = "approved", "Утверждён"
    REPLACED = "replaced", "Заменён новым"


class WorkLevel(models.TextChoices):
    FEDERAL = "federal", "Федеральный"
    REGIONAL = "regional", "Региональный"
    MUNICIPAL = "municipal", "Муниципальный"
    SCHOOL = "school", "По инициативе школы"


class WorkSource(models.TextChoices):
    CAMPAIGN = "campaign", "Из процедур"
    IMPORTED = "imported", "Из файла"
    TYPED = "typed", "Внесена вручную"
    COPIED = "copied", "Из прошлого года"


class Schedule(models.Model):
    """A version of the schedule of an organization for a school year or half of it.

    `reason` says why it was approved though `clash_count` clashes remained. `edition_of`: the version in force that
    the draft changes, `change_reason` why; an approved schedule changes only so.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    school_year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    period = models.CharField("период", max_length=20, choices=SchedulePeriod, default=SchedulePeriod.YEAR)
    version = models.PositiveSmallIntegerField("версия", default=1)
    status = models.CharField("состояние", max_length=20, choices=ScheduleStatus, default=ScheduleStatus.DRAFT)
    basis = models.CharField("основание", max_length=500, blank=True)
    approved_on = models.DateField("дата утверждения", null=True, blank=True)
    approved_at = models.DateTimeField("когда утверждён", null=True, blank=True)
    approved_by = models.CharField("кто утвердил", max_length=200, blank=True)
    clash_count = models.PositiveIntegerField("нарушений при утверждении", default=0)
    reason = models.CharField("почему утверждён с нарушениями", max_length=1000, blank=True)
    edition_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    change_reason = models.CharField("почему меняется", max_length=1000, blank=True)
    created_at = models.DateTimeField("создан")
    created_by = models.CharField("кто создал", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **public("organization", "school_year", "period", "version", "status", "basis", "approved_on", "edition_of"),
        **official("change_reason"),
        **official("id", "approved_at", "clash_count", "reason", "created_at"),
        **personal("approved_by", "created_by"),
    }

    class Meta:
        verbose_name = "график оценочных процедур"
        verbose_name_plural = "графики оценочных процедур"
        ordering = ["-school_year__start_year", "organization__sort_key", "period", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "school_year", "period", "version"], name="schedule_version_unique"
            ),
            models.UniqueConstraint(
                fields=["organization", "school_year", "period"],
                condition=models.Q(status="draft"),
                name="schedule_one_draft",
            ),
            models.UniqueConstraint(
                fields=["organization", "school_year", "period"],
                condition=models.Q(status="approved"),
                name="schedule_one_in_force",
            ),
        ]


class ScheduledWork(models.Model):
    """A work of a class, or of a whole grade when `letter` is empty, on a day or on some day of a window."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="works")
    grade_level = models.PositiveSmallIntegerField("параллель")
    letter = models.CharField("литера", max_length=10, blank=True)
    subject = models.CharField("предмет", max_length=100)
    title = models.CharField("вид работы", max_length=200, blank=True)
    level = models.CharField("уровень", max_length=20, choices=WorkLevel, default=WorkLevel.SCHOOL)
    starts_on = models.DateField("день или начало периода")
    ends_on = models.DateField("конец периода")
    lesson = models.PositiveSmallIntegerField("урок", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("минут", null=True, blank=True)
    source = models.CharField("откуда", max_length=20, choices=WorkSource, default=WorkSource.TYPED)
    campaign = models.ForeignKey(Campaign, models.SET_NULL, null=True, blank=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        **public("schedule", "grade_level", "letter", "subject", "title", "level", "starts_on", "ends_on", "lesson"),
        **public("minutes"),
        **official("id", "source", "campaign"),
    }

    class Meta:
        verbose_name = "работа по графику"
        verbose_name_plural = "работы по графику"
        ordering = ["grade_level", "letter", "subject", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="scheduled_work_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["schedule", "grade_level", "letter", "subject", "starts_on", "ends_on", "title"],
                name="scheduled_work_unique",
            ),
        ]


class CurriculumHours(models.Model):
    """Hours a year of a subject in a class, or in a whole grade when `letter` is empty."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    school_year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    grade_level = models.PositiveSmallIntegerField("параллель")
    letter = models.CharField("литера", max_length=10, blank=True)
    subject = models.CharField("предмет", max_length=100)
    hours = models.PositiveSmallIntegerField("часов в год")

    privacy: ClassVar[dict[str, Privacy]] = {
        **public("organization", "school_year", "grade_level", "letter", "subject", "hours"),
        **official("id"),
    }

    class Meta:
        verbose_name = "часы учебного плана"
        verbose_name_plural = "часы учебного плана"
        ordering = ["grade_level", "letter", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "school_year", "grade_level", "letter", "subject"],
                name="curriculum_hours_unique",
            )
        ]
