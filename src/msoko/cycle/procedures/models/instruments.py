"""Instruments and campaigns: what is given to whom, in which year, by which specification."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.foundation.kernel.privacy import Privacy, official, personal, public
from msoko.foundation.orgs.models import Organization, SchoolYear
from qualimetry.frames.blueprint import ResultKind

RESULT_KIND_TITLES = [
    (ResultKind.MARKS.value, "Отметки 2–5"),
    (ResultKind.TEST_SCORE.value, "Тестовый балл 0–100"),
    (ResultKind.PASS_FAIL.value, "Зачёт — незачёт"),
    (ResultKind.LEVELS.value, "Уровни без отметок"),
    (ResultKind.POINTS.value, "Только баллы"),
]


class BlueprintVersion(models.Model):
    """A version of a test specification. A used version is frozen: a change makes the next version."""

    owner = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    procedure = models.CharField("процедура", max_length=40)
    subject = models.CharField("предмет", max_length=100)
    grade_level = models.PositiveSmallIntegerField("класс", null=True, blank=True)
    year = models.PositiveSmallIntegerField("год", null=True, blank=True)
    version = models.PositiveSmallIntegerField("версия", default=1)
    result_kind = models.CharField("вид результата", max_length=20, choices=RESULT_KIND_TITLES)
    lowest_three = models.PositiveSmallIntegerField("«3» с", null=True, blank=True)
    lowest_four = models.PositiveSmallIntegerField("«4» с", null=True, blank=True)
    lowest_five = models.PositiveSmallIntegerField("«5» с", null=True, blank=True)
    mark_conditions = models.JSONField("дополнительные условия отметок", default=list, blank=True)
    level_names = models.JSONField("названия уровней", default=list, blank=True)
    level_lowest = models.JSONField("нижние баллы уровней", default=list, blank=True)
    test_score_minimum = models.PositiveSmallIntegerField("минимальный тестовый балл", null=True, blank=True)
    scale_source = models.CharField("источник шкалы", max_length=300, blank=True)
    is_scale_verified = models.BooleanField("шкала подтверждена", default=False)
    is_inferred = models.BooleanField("максимумы выведены из данных", default=False)
    element_names = models.JSONField("названия элементов содержания", default=dict, blank=True)
    source = models.CharField("источник спецификации", max_length=300, blank=True)
    created_at = models.DateTimeField("создана")
    created_by = models.CharField("кто создал", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "owner", "version", "created_at", "is_inferred", "source", "element_names"),
        **public("procedure", "subject", "grade_level", "year", "result_kind", "lowest_three", "lowest_four"),
        **public("lowest_five", "mark_conditions", "level_names", "level_lowest", "test_score_minimum"),
        **public("scale_source", "is_scale_verified"),
        **personal("created_by"),
    }

    class Meta:
        verbose_name = "спецификация"
        verbose_name_plural = "спецификации"
        ordering = ["procedure", "subject", "grade_level", "-year", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "procedure", "subject", "grade_level", "year", "version"], name="blueprint_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(lowest_three__isnull=True)
                | (
                    models.Q(lowest_three__lt=models.F("lowest_four"))
                    & models.Q(lowest_four__lt=models.F("lowest_five"))
                ),
                name="blueprint_cut_scores_in_order",
            ),
        ]


class BlueprintItem(models.Model):
    """An item or sub-item of a specification, at its position (the number of the column in a batch)."""

    blueprint = models.ForeignKey(BlueprintVersion, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("позиция")
    label = models.CharField("номер задания", max_length=20)
    max_score = models.PositiveSmallIntegerField("максимальный балл")
    level = models.CharField("уровень сложности", max_length=1, blank=True, choices=[(x, x) for x in "БПВ"])
    content_elements = models.JSONField("элементы содержания", default=list, blank=True)
    skills = models.JSONField("умения, планируемые результаты", default=list, blank=True)
    section = models.CharField("раздел", max_length=200, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = public(
        "id", "blueprint", "position", "label", "max_score", "level", "content_elements", "skills", "section"
    )

    class Meta:
        verbose_name = "задание"
        verbose_name_plural = "задания"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["blueprint", "position"], name="blueprint_item_position_unique"),
            models.UniqueConstraint(fields=["blueprint", "label"], name="blueprint_item_label_unique"),
        ]


class Campaign(models.Model):
    """The conduct of a procedure: procedure × subject × grade level × year, in a window, in organizations.

    `owner` is the municipality, or a school that runs its own. `year` is the year of the work (2026 of VPR 2026).
    """

    owner = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    procedure = models.CharField("процедура", max_length=40)
    subject = models.CharField("предмет", max_length=100)
    grade_level = models.PositiveSmallIntegerField("класс", null=True, blank=True)
    year = models.PositiveSmallIntegerField("год")
    school_year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    label = models.CharField("уточнение", max_length=120, blank=True)
    starts_on = models.DateField("начало", null=True, blank=True)
    ends_on = models.DateField("окончание", null=True, blank=True)
    blueprint = models.ForeignKey(BlueprintVersion, models.PROTECT, null=True, blank=True, related_name="+")
    organizations = models.ManyToManyField(Organization, related_name="+", blank=True)
    basis = models.TextField("основание", blank=True)
    created_at = models.DateTimeField("создана")
    created_by = models.CharField("кто создал", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "owner", "school_year", "label", "blueprint", "organizations", "basis", "created_at"),
        **public("procedure", "subject", "grade_level", "year", "starts_on", "ends_on"),
        **personal("created_by"),
    }

    class Meta:
        verbose_name = "оценочная процедура"
        verbose_name_plural = "оценочные процедуры"
        ordering = ["-year", "procedure", "grade_level", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "procedure", "subject", "grade_level", "year", "label"],
                name="campaign_unique",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="campaign_dates_in_order",
            ),
        ]
