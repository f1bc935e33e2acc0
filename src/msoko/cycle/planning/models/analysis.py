"""The yearly analysis of a plan: composed by rules, edited by people, frozen when signed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.planning.models.plans import Plan
from msoko.foundation.kernel.privacy import Privacy, official, personal


class PlanAnalysis(models.Model):
    """«Анализ выполнения … за … год» of one year of a plan. Signed, `document` holds the edited text for good."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="analyses")
    year = models.PositiveSmallIntegerField("год плана")
    document = models.JSONField("документ", default=dict)
    composed_at = models.DateTimeField("составлен")
    number = models.CharField("номер", max_length=60, blank=True)
    signed_on = models.DateField("подписан", null=True, blank=True)
    signed_at = models.DateTimeField("когда подписан", null=True, blank=True)
    signed_by = models.CharField("кто подписал", max_length=200, blank=True)
    word_key = models.CharField(max_length=200, blank=True)
    pdf_key = models.CharField(max_length=200, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "plan", "year", "document", "composed_at", "number", "signed_on", "signed_at"),
        **official("word_key", "pdf_key"),
        **personal("signed_by"),
    }

    class Meta:
        verbose_name = "анализ выполнения плана"
        verbose_name_plural = "анализы выполнения планов"
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["plan", "year"], name="plan_analysis_unique")]

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


class PlanAnalysisEdit(models.Model):
    """What a person wrote instead of a composed block; `original` is what stood there then."""

    analysis = models.ForeignKey(PlanAnalysis, models.CASCADE, related_name="edits")
    block_key = models.CharField("место", max_length=200)
    original = models.TextField("было")
    text = models.TextField("стало")
    edited_at = models.DateTimeField("когда")
    edited_by = models.CharField("кто", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "analysis", "block_key", "original", "text", "edited_at"),
        **personal("edited_by"),
    }

    class Meta:
        verbose_name = "правка анализа"
        verbose_name_plural = "правки анализа"
        constraints = [models.UniqueConstraint(fields=["analysis", "block_key"], name="plan_analysis_edit_unique")]
