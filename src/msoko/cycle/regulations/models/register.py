"""Register of documents of an organization: kind, number, date, edition, file, life cycle, legal basis."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.regulations.enums import DocumentLevel, DocumentStatus
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Organization


class RegisteredDocument(models.Model):
    """One edition of a document. `kind` is a code of `definitions/documents`; a new edition points at the one before.

    `is_public` only says that the document is meant for the site; what is published passes through publication.
    """

    owner = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    kind = models.CharField("вид", max_length=40)
    number = models.CharField("номер", max_length=60, blank=True)
    signed_on = models.DateField("дата", null=True, blank=True)
    title = models.CharField("заголовок", max_length=500)
    level = models.CharField("уровень", max_length=20, choices=DocumentLevel, default=DocumentLevel.MUNICIPAL)
    status = models.CharField("состояние", max_length=20, choices=DocumentStatus, default=DocumentStatus.DRAFT)
    edition = models.PositiveSmallIntegerField("редакция", default=1)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="next_editions", verbose_name="прежняя редакция"
    )
    in_force_from = models.DateField("действует с", null=True, blank=True)
    in_force_until = models.DateField("действует по", null=True, blank=True)
    ended_by = models.CharField("чем прекращён", max_length=300, blank=True)
    review_on = models.DateField("пересмотреть не позднее", null=True, blank=True)
    summary = models.TextField("о чём", blank=True)
    text = models.TextField("текст", blank=True)
    file_key = models.CharField("файл", max_length=200, blank=True)
    file_name = models.CharField("имя файла", max_length=200, blank=True)
    scan_key = models.CharField("скан подписанного", max_length=200, blank=True)
    scan_name = models.CharField("имя файла скана", max_length=200, blank=True)
    is_public = models.BooleanField("для сайта", default=False)
    search_key = models.TextField(editable=False)
    created_at = models.DateTimeField("внесён")
    created_by = models.CharField("кто внёс", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "owner", "kind", "number", "signed_on", "title", "level", "status", "edition", "previous"),
        **official("in_force_from", "in_force_until", "ended_by", "review_on", "summary", "text", "file_key"),
        **official("file_name", "scan_key", "scan_name", "is_public", "search_key", "created_at"),
        **personal("created_by"),
    }

    class Meta:
        verbose_name = "документ"
        verbose_name_plural = "документы"
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(in_force_until__isnull=True)
                | models.Q(in_force_from__isnull=True)
                | models.Q(in_force_until__gte=models.F("in_force_from")),
                name="document_dates_in_order",
            ),
        ]


class DocumentBasis(models.Model):
    """A link of the legal basis: a document rests on another document, on an act of `definitions/norms` or on an act
    that is only named in words."""

    document = models.ForeignKey(RegisteredDocument, models.CASCADE, related_name="bases")
    base = models.ForeignKey(RegisteredDocument, models.PROTECT, null=True, blank=True, related_name="derived")
    norm = models.CharField("федеральный акт", max_length=40, blank=True)
    words = models.CharField("иной акт", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("порядок", default=0)

    privacy: ClassVar[dict[str, Privacy]] = official("id", "document", "base", "norm", "words", "position")

    class Meta:
        verbose_name = "правовое основание"
        verbose_name_plural = "правовые основания"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "base"], condition=models.Q(base__isnull=False), name="document_base_once"
            ),
            models.UniqueConstraint(
                fields=["document", "norm"], condition=~models.Q(norm=""), name="document_norm_once"
            ),
        ]
