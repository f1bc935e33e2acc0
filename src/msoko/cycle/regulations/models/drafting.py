"""Texts of papers drawn up in the system, and forms of words that a person has corrected."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.regulations.models.register import RegisteredDocument
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Organization


class OfficialDraft(models.Model):
    """The text of a document of the register: what a template made of facts, and what a person made of that.

    `generated` is kept beside `content`, so that a regeneration tells a person's words from those of the template.
    """

    document = models.OneToOneField(RegisteredDocument, models.CASCADE, related_name="paper")
    template = models.CharField("шаблон", max_length=40)
    facts = models.JSONField("сведения", default=dict)
    generated = models.JSONField("по шаблону", default=dict)
    content = models.JSONField("текст", default=dict)
    changed_at = models.DateTimeField("изменён")
    changed_by = models.CharField("кто изменил", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "document", "template", "changed_at"),
        **personal("facts", "generated", "content", "changed_by"),
    }

    class Meta:
        verbose_name = "текст документа"
        verbose_name_plural = "тексты документов"


class WordForm(models.Model):
    """A post or a name in a case, as a person of the organization has corrected it."""

    owner = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    word = models.CharField("именительный падеж", max_length=300)
    case = models.CharField("падеж", max_length=4)
    form = models.CharField("форма", max_length=300)
    decided_at = models.DateTimeField("когда решено")
    decided_by = models.CharField("кто решил", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "owner", "case", "decided_at"),
        **personal("word", "form", "decided_by"),
    }

    class Meta:
        verbose_name = "форма слова"
        verbose_name_plural = "формы слов"
        constraints = [models.UniqueConstraint(fields=["owner", "word", "case"], name="word_form_unique")]


class PaperBlank(models.Model):
    """The blank of an organization: what stands above its name, its emblem, requisites, margins, who gets copies.

    Empty fields take what the registry of organizations and the definitions have.
    """

    owner = models.OneToOneField(Organization, models.CASCADE, related_name="+")
    top_lines = models.TextField("над названием", blank=True)
    name_lines = models.TextField("название на бланке", blank=True)
    requisites = models.TextField("реквизиты", blank=True)
    emblem_key = models.CharField("герб или эмблема", max_length=200, blank=True)
    look = models.JSONField("поля и шрифт", default=dict)
    distribution = models.TextField("рассылка", blank=True)
    performer = models.CharField("исполнитель", max_length=200, blank=True)
    changed_at = models.DateTimeField("изменён")
    changed_by = models.CharField("кто изменил", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "owner", "top_lines", "name_lines", "requisites", "emblem_key", "look", "distribution"),
        **official("changed_at"),
        **personal("performer", "changed_by"),
    }

    class Meta:
        verbose_name = "бланк организации"
        verbose_name_plural = "бланки организаций"
