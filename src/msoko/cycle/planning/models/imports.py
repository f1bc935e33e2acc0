"""Plans on their way in: a file that was read, answers of a person, decisions that the municipality remembers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.planning.enums import PlanKind, UnitKind, YearKind
from msoko.cycle.planning.models.plans import Plan
from msoko.foundation.jobs.models import Job
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Department, Organization
from msoko.foundation.roster.models import Body


class PlanImport(models.Model):
    """A file or a pasted table between reading and acceptance. Nothing of it is a plan before `accepted_at`.

    `reading`: what the reader understood (`planning.reading_values`); `answers`: corrections of people by row and by
    abbreviation; `plan`: the plan that it changes, none for a new one. `version` grows with every change.
    """

    owner = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, blank=True, related_name="imports")
    kind = models.CharField("вид", max_length=20, choices=PlanKind, default=PlanKind.SCHEDULE)
    title = models.CharField("название", max_length=500, blank=True)
    year_kind = models.CharField("год", max_length=10, choices=YearKind, default=YearKind.SCHOOL)
    start_year = models.PositiveSmallIntegerField("с года")
    years = models.PositiveSmallIntegerField("сколько лет", default=1)
    file_name = models.CharField("файл", max_length=200)
    file_key = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    reading = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("когда")
    created_by = models.CharField("кто", max_length=200)
    read_at = models.DateTimeField("прочитан", null=True, blank=True)
    accepted_at = models.DateTimeField("принят", null=True, blank=True)
    discarded_at = models.DateTimeField("отменён", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "owner", "plan", "kind", "title", "year_kind", "start_year", "years", "file_name"),
        **official("file_key", "sha256", "reading", "answers", "version", "job", "created_at", "read_at"),
        **official("accepted_at", "discarded_at"),
        **personal("created_by"),
    }

    class Meta:
        verbose_name = "загрузка плана"
        verbose_name_plural = "загрузки планов"
        ordering = ["-created_at", "-id"]


class UnitDecision(models.Model):
    """A remembered decision: plans of this municipality mean this addressee by these words."""

    municipality = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    normal = models.CharField(max_length=500)
    raw = models.CharField("как в плане", max_length=500)
    kind = models.CharField("вид", max_length=20, choices=UnitKind)
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="+")
    department = models.ForeignKey(Department, models.CASCADE, null=True, blank=True, related_name="+")
    body = models.ForeignKey(Body, models.CASCADE, null=True, blank=True, related_name="+")
    group = models.CharField("вид организаций", max_length=60, blank=True)
    decided_at = models.DateTimeField("когда решено")
    decided_by = models.CharField("кто решил", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "municipality", "normal", "raw", "kind", "organization", "department", "body", "group"),
        **official("decided_at"),
        **personal("decided_by"),
    }

    class Meta:
        verbose_name = "ответственный в планах"
        verbose_name_plural = "ответственные в планах"
        constraints = [models.UniqueConstraint(fields=["municipality", "normal"], name="unit_decision_unique")]


class AbbreviationMeaning(models.Model):
    """What an abbreviation means in the plans of a municipality, as a person has explained it."""

    municipality = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    abbreviation = models.CharField("сокращение", max_length=20)
    meaning = models.CharField("значение", max_length=300)
    decided_at = models.DateTimeField("когда решено")
    decided_by = models.CharField("кто решил", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "municipality", "abbreviation", "meaning", "decided_at"),
        **personal("decided_by"),
    }

    class Meta:
        verbose_name = "сокращение"
        verbose_name_plural = "сокращения"
        ordering = ["abbreviation"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "abbreviation"], name="abbreviation_meaning_unique")
        ]
