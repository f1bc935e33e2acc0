"""Runs, reports and their issues. A run is immutable: the same inputs and method give the same result."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.procedures.models import Campaign
from msoko.foundation.jobs.models import Job
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Organization


class Run(models.Model):
    """A computation of a campaign's results from its current batches."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    #: sha256 of batches, blueprint, policy and method version together: equal key, equal result
    input_key = models.CharField(max_length=64)
    inputs = models.JSONField("исходные данные", default=dict)
    method_version = models.CharField("версия методики", max_length=20)
    computed_at = models.DateTimeField("рассчитано")
    statistics_name = models.CharField("файл статистик", max_length=300)
    participant_count = models.PositiveIntegerField("участников")
    organization_count = models.PositiveIntegerField("организаций")
    #: order among the runs of the campaign: the highest speaks (an old run may become valid again);
    #: 0 = does not speak, its batches are withdrawn
    valid_from = models.PositiveIntegerField(default=0)
    #: main figures as estimates by their keys (`analysis.figures`): lists read these, not the whole summary
    headline = models.JSONField("главные показатели", default=dict)
    #: totals: `CampaignResult` without organizations and classes
    summary = models.JSONField("итоги", default=dict)

    privacy: ClassVar[dict[str, Privacy]] = official(
        "id", "campaign", "input_key", "inputs", "method_version", "computed_at", "statistics_name",
        "participant_count", "organization_count", "summary", "headline", "valid_from",
    )  # fmt: skip

    class Meta:
        verbose_name = "расчёт"
        verbose_name_plural = "расчёты"
        ordering = ["-valid_from", "-id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "input_key"], name="run_input_unique")]

    @property
    def is_counted(self) -> bool:
        """No participants are known: the figures are those of summary reports."""
        return bool(self.inputs.get("summaries"))


class RunGroup(models.Model):
    """The result of one organization (or of one of its classes) in a run.

    `result` holds its figures; `details` its items and elements, ten times larger: pages that do not show them leave
    them in the database.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="groups")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    class_group = models.CharField("класс", max_length=20, blank=True)  # "" = the whole organization
    is_class = models.BooleanField(default=False)
    result = models.JSONField("результат", default=dict)
    details = models.JSONField("задания и элементы", default=dict)

    privacy: ClassVar[dict[str, Privacy]] = official(
        "id", "run", "organization", "class_group", "is_class", "result", "details"
    )

    class Meta:
        verbose_name = "результат группы"
        verbose_name_plural = "результаты групп"
        constraints = [
            models.UniqueConstraint(fields=["run", "organization", "class_group", "is_class"], name="run_group_unique")
        ]


class Report(models.Model):
    """An analytical report of a campaign for the municipality or for one organization; edits survive regeneration."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")  # municipality or a school
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    document = models.JSONField("документ", default=dict)
    generated_at = models.DateTimeField("сформирована")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = official(
        "id", "campaign", "organization", "run", "document", "generated_at", "job"
    )

    class Meta:
        verbose_name = "справка"
        verbose_name_plural = "справки"
        constraints = [models.UniqueConstraint(fields=["campaign", "organization"], name="report_unique")]


class ReportEdit(models.Model):
    """What a specialist wrote instead of a generated block; `original` is what stood there then."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="edits")
    block_key = models.CharField("место", max_length=200)
    original = models.TextField("было")
    text = models.TextField("стало")
    edited_at = models.DateTimeField("когда")
    edited_by = models.CharField("кто", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "report", "block_key", "original", "text", "edited_at"),
        **personal("edited_by"),
    }

    class Meta:
        verbose_name = "правка"
        verbose_name_plural = "правки"
        constraints = [models.UniqueConstraint(fields=["report", "block_key"], name="report_edit_unique")]


class ReportIssue(models.Model):
    """A frozen issue of a report: the document as it was, its files, who issued it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="issues")
    number = models.PositiveSmallIntegerField("выпуск")
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    document = models.JSONField("документ", default=dict)
    word_name = models.CharField(max_length=300)
    pdf_name = models.CharField(max_length=300)
    issued_at = models.DateTimeField("выпущена")
    issued_by = models.CharField("кто выпустил", max_length=200)
    #: the text as it was finished in Word, beside the files that the system wrote
    attached_name = models.CharField("файл из Word", max_length=300, blank=True)
    attached_at = models.DateTimeField("приложен", null=True)
    attached_by = models.CharField("кто приложил", max_length=200, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "report", "number", "run", "document", "word_name", "pdf_name", "issued_at"),
        **official("attached_name", "attached_at"),
        **personal("issued_by", "attached_by"),
    }

    class Meta:
        verbose_name = "выпуск справки"
        verbose_name_plural = "выпуски справок"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_issue_unique")]
