"""States of documents, levels of the legal basis."""

from django.db import models


class DocumentStatus(models.TextChoices):
    """Life cycle of a document: draft → discussion → approved → in force → superseded or repealed."""

    DRAFT = "draft", "Проект"
    DISCUSSION = "discussion", "На обсуждении"
    APPROVED = "approved", "Утверждён"
    IN_FORCE = "in_force", "Действует"
    SUPERSEDED = "superseded", "Заменён новой редакцией"
    REPEALED = "repealed", "Отменён"


class DocumentLevel(models.TextChoices):
    """Where a document stands in the chain of the legal basis."""

    FEDERAL = "federal", "Федеральный"
    REGIONAL = "regional", "Региональный"
    MUNICIPAL = "municipal", "Муниципальный"
    LOCAL = "local", "Локальный акт организации"


class PointState(models.TextChoices):
    """How far an organization has come with a point of an order."""

    WAITING = "waiting", "Не начато"
    STARTED = "started", "Исполняется"
    DONE = "done", "Исполнено"


class DiscussionSubject(models.TextChoices):
    """What is put to discussion."""

    DOCUMENT = "document", "Проект документа"
    PROCEDURE = "procedure", "Оценочная процедура"
    INDICATORS = "indicators", "Показатели"
    CRITERIA = "criteria", "Критерии"
    INSTRUMENT = "instrument", "Инструментарий"


class RemarkDecision(models.TextChoices):
    """The answer to a remark."""

    ACCEPTED = "accepted", "Учтено"
    PARTLY = "partly", "Учтено частично"
    REJECTED = "rejected", "Отклонено"


class RemarkModeration(models.TextChoices):
    """A remark from the open portal: nothing of it is shown before a person has looked at it."""

    WAITING = "waiting", "Ждёт проверки"
    SHOWN = "shown", "Показано на портале"
    HIDDEN = "hidden", "Не показано"


class DiscussionResult(models.TextChoices):
    """What a discussion or an expert comes to."""

    ACCEPT = "accept", "Принять"
    REWORK = "rework", "Доработать"
    REJECT = "reject", "Отклонить"
