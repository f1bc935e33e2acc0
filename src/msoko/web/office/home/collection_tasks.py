"""Imports that wait for a person, and results that were not delivered in time."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from msoko.cycle.collection.api import deliveries, open_imports
from msoko.cycle.procedures.api import campaign_title, campaigns_visible
from msoko.foundation.access.api import Permission
from msoko.foundation.orgs.api import school_years
from msoko.web.office.home.task import Task
from msoko.web.ui.context import chosen_school_year
from msoko.web.ui.middleware import WorkplaceRequest
from qualimetry.narrative.russian import counted

_LIMIT = 5


def import_tasks(request: WorkplaceRequest) -> list[Task]:
    """Imports that were read: questions to answer, results to accept."""
    if not request.scope.may_anywhere(Permission.IMPORT_RESULTS):
        return []
    tasks = []
    for session in open_imports(request.scope)[:_LIMIT]:
        questions = len(session.preview.get("questions", []))
        title = f"Загрузка № {session.pk} ждёт ответов" if questions else f"Загрузка № {session.pk} ждёт приёма"
        basis = f"{session.organization.short_name}, {session.created_by}"
        url = reverse("office:collection:session", args=[session.pk])
        action = "Ответить" if questions else "Посмотреть и принять"
        state = counted(questions, "вопрос") if questions else "прочитана"
        tasks.append(Task(title, basis, url, action, "warn" if questions else "info", state))
    return tasks


def delivery_tasks(request: WorkplaceRequest) -> list[Task]:
    """Own campaigns of the chosen school year whose time is over while somebody has not delivered."""
    if not request.scope.may_anywhere(Permission.EDIT_CAMPAIGNS):
        return []
    year = chosen_school_year(request, school_years())
    late = campaigns_visible(request.scope).filter(
        request.scope.filter(Permission.EDIT_CAMPAIGNS, "owner__"), school_year=year, ends_on__lt=timezone.localdate()
    )
    campaigns = list(late)
    known = deliveries(campaigns)
    waiting = [(one, known[one.pk]) for one in campaigns if known[one.pk].missing]
    return [
        Task(
            f"{campaign_title(one)}: результаты не сданы",
            f"Проведение закончилось {one.ends_on:%d.%m.%Y}",
            reverse("office:procedures:campaign", args=[one.pk]),
            "Кого ждём",
            "warn",
            f"не сданы: {delivery.missing} из {delivery.expected}",
        )
        for one, delivery in waiting[:_LIMIT]
    ]
