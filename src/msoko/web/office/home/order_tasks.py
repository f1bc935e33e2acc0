"""Points of orders that wait for the organizations of a person."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from msoko.cycle.regulations.api import waiting_points
from msoko.web.office.home.task import Task
from msoko.web.ui.middleware import WorkplaceRequest
from qualimetry.narrative.russian import counted

_DAYS = 14
_MOST = 5


def order_tasks(request: WorkplaceRequest) -> list[Task]:
    """The nearest points, late ones first."""
    today = timezone.localdate()
    found = []
    for point, count in waiting_points(request.scope, today, _DAYS)[:_MOST]:
        is_late = bool(point.due_on and point.due_on < today)
        where = "" if count == 1 else f" · не исполнено: {counted(count, 'организация')}"
        found.append(
            Task(
                f"Пункт {point.number} приказа № {point.document.number}".replace("Пункт  ", "Пункт "),
                f"{point.text[:120]} · до {point.due_on:%d.%m.%Y}{where}",
                f"{reverse('office:regulations:order', args=[point.document_id])}?point={point.pk}",
                "Отметить", "bad" if is_late else "warn", "Просрочено" if is_late else "Срок близко",
            )
        )  # fmt: skip
    return found
