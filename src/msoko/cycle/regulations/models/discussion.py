"""Professional and public discussion: what is discussed by clauses, remarks and their answers, expert opinions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from msoko.cycle.regulations.enums import DiscussionResult, DiscussionSubject, RemarkDecision, RemarkModeration
from msoko.cycle.regulations.models.register import RegisteredDocument
from msoko.foundation.kernel.privacy import Privacy, official, personal
from msoko.foundation.orgs.models import Organization


class Discussion(models.Model):
    """A document of the register or another thing (a procedure, criteria, an instrument) under discussion.

    Open while the day is within its period and it has not been summed up; `result` is there from then on.
    """

    owner = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    document = models.ForeignKey(RegisteredDocument, models.CASCADE, null=True, blank=True, related_name="discussions")
    subject = models.CharField("что обсуждается", max_length=20, choices=DiscussionSubject)
    title = models.CharField("название", max_length=500)
    link = models.CharField("где посмотреть", max_length=500, blank=True)
    opens_on = models.DateField("начало")
    closes_on = models.DateField("окончание")
    participants = models.ManyToManyField(Organization, related_name="+", blank=True)
    result = models.CharField("итог", max_length=20, choices=DiscussionResult, blank=True)
    conclusion = models.TextField("вывод", blank=True)
    closed_at = models.DateTimeField("подведён итог", null=True, blank=True)
    created_at = models.DateTimeField("открыто")
    created_by = models.CharField("кто открыл", max_length=200)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "owner", "document", "subject", "title", "link", "opens_on", "closes_on", "participants"),
        **official("result", "conclusion", "closed_at", "created_at"),
        **personal("created_by"),
    }

    class Meta:
        verbose_name = "обсуждение"
        verbose_name_plural = "обсуждения"
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="discussion_dates_in_order"
            ),
        ]


class DiscussionClause(models.Model):
    """A numbered clause of what is discussed; remarks are made to it."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField("порядок")
    number = models.CharField("номер", max_length=40)
    text = models.TextField("текст")

    privacy: ClassVar[dict[str, Privacy]] = official("id", "discussion", "position", "number", "text")

    class Meta:
        verbose_name = "пункт обсуждения"
        verbose_name_plural = "пункты обсуждения"
        ordering = ["position", "id"]


class Remark(models.Model):
    """A remark to a clause or to the whole, and the answer to it.

    It comes from a registered person of an organization, or from a visitor of the open portal. That of a visitor has
    no organization, waits for a moderator, and is shown in `shown_text`, where what names people is left out.
    """

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="remarks")
    clause = models.ForeignKey(DiscussionClause, models.CASCADE, null=True, blank=True, related_name="remarks")
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="+")
    author = models.CharField("кто", max_length=200, blank=True)
    author_id = models.CharField(max_length=40, blank=True)
    email = models.CharField("адрес посетителя", max_length=254, blank=True)
    text = models.TextField("замечание")
    proposal = models.TextField("предлагаемая редакция", blank=True)
    made_at = models.DateTimeField("когда")
    decision = models.CharField("решение", max_length=20, choices=RemarkDecision, blank=True)
    answer = models.TextField("ответ", blank=True)
    answered_at = models.DateTimeField("когда отвечено", null=True, blank=True)
    answered_by = models.CharField("кто ответил", max_length=200, blank=True)
    moderation = models.CharField("проверка", max_length=20, choices=RemarkModeration, blank=True)
    shown_text = models.TextField("как показано", blank=True)
    moderated_at = models.DateTimeField("когда проверено", null=True, blank=True)
    moderated_by = models.CharField("кто проверил", max_length=200, blank=True)
    moderation_reason = models.CharField("почему не показано", max_length=500, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "discussion", "clause", "organization", "made_at", "decision", "answered_at"),
        **official("moderation", "moderated_at"),
        **personal("author", "author_id", "email", "text", "proposal", "answer", "answered_by", "shown_text"),
        **personal("moderated_by", "moderation_reason"),
    }

    class Meta:
        verbose_name = "замечание"
        verbose_name_plural = "замечания"
        ordering = ["clause__position", "made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False, moderation="")
                | (models.Q(organization__isnull=True) & ~models.Q(moderation="")),
                name="remark_of_organization_or_visitor",
            ),
        ]

    @property
    def is_from_portal(self) -> bool:
        """Whether a visitor of the open portal sent it."""
        return bool(self.moderation)

    @property
    def open_text(self) -> str:
        """The words that may be read outside: those of a moderator where he has changed them."""
        return self.shown_text or self.text


class ExpertOpinion(models.Model):
    """A structured opinion of an expert: answers by criteria, recommendation, conclusion.

    Kept as a draft until its author signs it; counts from `signed_at` on.
    """

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="opinions")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    expert = models.CharField("эксперт", max_length=200)
    expert_id = models.CharField(max_length=40)
    post = models.CharField("должность", max_length=200, blank=True)
    answers = models.JSONField("по критериям", default=dict)
    recommendation = models.CharField("рекомендация", max_length=20, choices=DiscussionResult, blank=True)
    conclusion = models.TextField("заключение", blank=True)
    made_at = models.DateTimeField("когда")
    signed_at = models.DateTimeField("подписано", null=True, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **official("id", "discussion", "organization", "recommendation", "made_at", "signed_at"),
        **personal("expert", "expert_id", "post", "answers", "conclusion"),
    }

    class Meta:
        verbose_name = "экспертное заключение"
        verbose_name_plural = "экспертные заключения"
        constraints = [models.UniqueConstraint(fields=["discussion", "expert_id"], name="one_opinion_of_an_expert")]
