"""Points of orders and discussions that wait for the organizations of a person."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from msoko.cycle.regulations.api import Discussion, discussions_visible, waiting_moderation, waiting_points
from msoko.foundation.access.api import Permission
from msoko.web.office.home.task import Task
from msoko.web.ui.middleware import WorkplaceRequest
from qualimetry.narrative.russian import counted

_DAYS = 14
_MOST = 5


def order_tasks(request: WorkplaceRequest) -> list[Task]:
    """The nearest points, late ones first."""
    today = timezone.localdate()
    found = []
    for one in waiting_points(request.scope, today, _DAYS)[:_MOST]:
        point, is_late = one.point, one.due_on < today
        where = "" if one.count == 1 else f" · не исполнено: {counted(one.count, 'организация')}"
        found.append(
            Task(
                f"Пункт {point.number} приказа № {point.document.number}".replace("Пункт  ", "Пункт "),
                f"{point.text[:120]} · до {one.due_on:%d.%m.%Y}{where}",
                f"{reverse('office:regulations:order', args=[point.document_id])}?point={point.pk}",
                "Отметить", "bad" if is_late else "warn", "Просрочено" if is_late else "Срок близко",
            )
        )  # fmt: skip
    return found


def discussion_tasks(request: WorkplaceRequest) -> list[Task]:
    """Discussions that take remarks now, those that wait for their summing up."""
    today = timezone.localdate()
    rows = discussions_visible(request.scope).filter(result="", opens_on__lte=today).order_by("closes_on")[:_MOST]
    return [_discussion(one, is_over=one.closes_on < today) for one in rows
            if one.closes_on >= today or request.scope.may(Permission.EDIT_DOCUMENTS, one.owner)]  # fmt: skip


def moderation_tasks(request: WorkplaceRequest) -> list[Task]:
    """Remarks of visitors of the portal that nobody has looked at."""
    return [
        Task(
            f"Замечания с портала: {one.title[:120]}",
            f"Ждут проверки: {one.waiting}. До неё их никто не видит",  # type: ignore[attr-defined]  # annotated
            reverse("office:regulations:discussion", args=[one.pk]), "Проверить", "warn", "Ждут проверки",
        )
        for one in waiting_moderation(request.scope)[:_MOST]
    ]  # fmt: skip


def _discussion(one: Discussion, *, is_over: bool) -> Task:
    address = reverse("office:regulations:discussion", args=[one.pk])
    if is_over:
        basis = "Срок обсуждения истёк: ответьте на замечания и подведите итог"
        return Task(f"Обсуждение: {one.title[:120]}", basis, address, "Подвести итог", "warn", "Ждёт итога")
    basis = f"{one.owner.short_name} · замечания до {one.closes_on:%d.%m.%Y}"
    return Task(f"Обсуждение: {one.title[:120]}", basis, address, "Открыть", "info", "Идёт обсуждение")
