"""The matrix of functions of an organization: groups, functions, required documents, people who answer."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.regulations.models.register import RegisteredDocument
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Organization
from msoko.foundation.roster.models import Appointment


class FunctionMatrix(models.Model):
    """A matrix adopted from a definition or read from a file. One is current; earlier ones stay for the history."""

    owner = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    title = models.CharField("название", max_length=500)
    definition = models.CharField("образец", max_length=40, blank=True)
    file_name = models.CharField("из файла", max_length=200, blank=True)
    is_current = models.BooleanField("действующая", default=True)
    adopted_at = models.DateTimeField("принята")
    adopted_by = models.CharField("кто принял", max_length=200)
    edition = models.PositiveSmallIntegerField("редакция", default=1)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "owner", "title", "definition", "file_name", "is_current", "adopted_at", "edition"),
        **personal("adopted_by"),
    }

    class Meta:
        verbose_name = "матрица функций"
        verbose_name_plural = "матрицы функций"
        constraints = [
            models.UniqueConstraint(fields=["owner"], condition=models.Q(is_current=True), name="matrix_current_once")
        ]


class RequiredDocument(models.Model):
    """A document that functions of the matrix are carried out by, and the documents of the register that are it.

    `term_years`: after so many years a document is too old for these functions; none leaves it to the kind's term.
    """

    matrix = models.ForeignKey(FunctionMatrix, models.CASCADE, related_name="required")
    code = models.CharField("код", max_length=40, blank=True)
    kind = models.CharField("вид", max_length=40)
    title = models.CharField("документ", max_length=500)
    position = models.PositiveSmallIntegerField("порядок", default=0)
    documents = models.ManyToManyField(RegisteredDocument, related_name="required_by", blank=True)
    term_years = models.PositiveSmallIntegerField("срок, лет", null=True, blank=True)
    term_source = models.CharField("откуда срок", max_length=300, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = official(
        "id", "matrix", "code", "kind", "title", "position", "documents", "term_years", "term_source"
    )

    class Meta:
        verbose_name = "требуемый документ"
        verbose_name_plural = "требуемые документы"
        ordering = ["position", "id"]


class FunctionGroup(models.Model):
    """A group row. `note` says from what a lost group was rebuilt."""

    matrix = models.ForeignKey(FunctionMatrix, models.CASCADE, related_name="groups")
    number = models.CharField("номер", max_length=20, blank=True)
    title = models.CharField("название", max_length=500)
    level = models.PositiveSmallIntegerField("уровень", default=1)
    position = models.PositiveSmallIntegerField("порядок", default=0)
    posts = models.JSONField("должности и органы", default=list)
    is_reconstructed = models.BooleanField("восстановлена", default=False)
    note = models.CharField("пояснение", max_length=500, blank=True)
    required = models.ManyToManyField(RequiredDocument, related_name="groups", blank=True)
    removed_at = models.DateTimeField("убрана", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = official(
        "id", "matrix", "number", "title", "level", "position", "posts", "is_reconstructed", "note", "required",
        "removed_at",
    )  # fmt: skip

    class Meta:
        verbose_name = "группа функций"
        verbose_name_plural = "группы функций"
        ordering = ["position", "id"]


class MatrixFunction(models.Model):
    """A function with the kind of power; `people` are those who answer for it.

    `code`: the function of a sample that it is, whatever its words; `unlike`: codes that a person said it is not.
    """

    group = models.ForeignKey(FunctionGroup, models.CASCADE, related_name="functions")
    position = models.PositiveSmallIntegerField("порядок", default=0)
    text = models.TextField("функция")
    posts = models.JSONField("должности и органы", default=list)
    power = models.CharField("вид полномочия", max_length=20, blank=True)
    power_note = models.CharField("как определён", max_length=300, blank=True)
    is_reconstructed = models.BooleanField("восстановлена", default=False)
    required = models.ManyToManyField(RequiredDocument, related_name="functions", blank=True)
    people = models.ManyToManyField(Appointment, related_name="+", blank=True)
    code = models.CharField("код образца", max_length=40, blank=True)
    unlike = models.JSONField("не те функции образца", default=list, blank=True)
    removed_at = models.DateTimeField("убрана", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "group", "position", "text", "posts", "power", "power_note", "is_reconstructed", "required"),
        **official("code", "unlike", "removed_at"),
        **personal("people"),
    }

    class Meta:
        verbose_name = "функция"
        verbose_name_plural = "функции"
        ordering = ["position", "id"]
