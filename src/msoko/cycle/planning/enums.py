"""Kinds and states of plans, units, dependencies, occurrences."""

from django.db import models


class PlanKind(models.TextChoices):
    CYCLOGRAM = "cyclogram", "Циклограмма"
    SCHEDULE = "schedule", "План-график"
    ROADMAP = "roadmap", "План мероприятий («дорожная карта»)"
    WORK_PLAN = "work_plan", "План работы"
    INTERNAL = "internal", "План ВСОКО"
    OTHER = "other", "Иной план"


class PlanStatus(models.TextChoices):
    DRAFT = "draft", "Проект"
    APPROVED = "approved", "Утверждён"
    CLOSED = "closed", "Закрыт"


class YearKind(models.TextChoices):
    SCHOOL = "school", "Учебный год"
    CALENDAR = "calendar", "Календарный год"


class UnitKind(models.TextChoices):
    """What a responsible unit of an activity is. A group fans out to every organization of its kind."""

    ORGANIZATION = "organization", "Организация"
    DEPARTMENT = "department", "Отдел"
    BODY = "body", "Объединение или комиссия"
    PERSON = "person", "Сотрудник"
    GROUP = "group", "Все организации вида"
    EXTERNAL = "external", "Сторонний соисполнитель"
    UNKNOWN = "unknown", "Не распознан"


class UnitRole(models.TextChoices):
    LEAD = "lead", "Ответственный"
    CO = "co", "Соисполнитель"
    CONTROLLER = "controller", "Контролирует"


class DependencyState(models.TextChoices):
    PROPOSED = "proposed", "Предложена"
    CONFIRMED = "confirmed", "Подтверждена"
    REJECTED = "rejected", "Отклонена"


class AssignmentState(models.TextChoices):
    """Derived from facts and the date, never stored: `planning.tasks_states`."""

    UPCOMING = "upcoming", "Предстоит"
    WAITING = "waiting", "Не начато"
    BLOCKED = "blocked", "Ждёт предшествующего"
    IN_WORK = "in_work", "В работе"
    RETURNED = "returned", "Возвращено на доработку"
    OVERDUE = "overdue", "Просрочено"
    DONE = "done", "Исполнено, ждёт подтверждения"
    CONFIRMED = "confirmed", "Исполнено"
    CONFIRMED_LATE = "confirmed_late", "Исполнено с нарушением срока"
    CANCELLED = "cancelled", "Снято"


class EvidenceKind(models.TextChoices):
    DOCUMENT = "document", "Документ"
    FILE = "file", "Файл"
    LINK = "link", "Ссылка"


class ReminderKind(models.TextChoices):
    BEFORE = "before", "Скоро срок"
    TODAY = "today", "Срок сегодня"
    OVERDUE = "overdue", "Срок прошёл"
    ESCALATION = "escalation", "Не исполнено исполнителями"


class LetterKind(models.TextChoices):
    REMINDERS = "reminders", "Напоминания"
    DIGEST = "digest", "Сводка недели"
