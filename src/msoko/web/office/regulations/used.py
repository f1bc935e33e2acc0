"""Where a document of the register is used: functions that rest on it, plans that it approves, tasks that it closes."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from msoko.cycle.planning.api import Evidence, plans_visible, tasks_readable
from msoko.cycle.regulations.api import RegisteredDocument, RequiredDocument, matrices_visible
from msoko.web.ui.middleware import WorkplaceRequest

_MOST = 50


@dataclass(frozen=True, slots=True)
class Use:
    """A line «Где применяется»."""

    title: str
    note: str
    url: str = ""


def uses_of(request: WorkplaceRequest, document: RegisteredDocument) -> list[Use]:
    """Uses that the person may see; three queries."""
    return [*_functions(request, document), *_plans(request, document), *_tasks(request, document)]


def _functions(request: WorkplaceRequest, document: RegisteredDocument) -> list[Use]:
    rows = RequiredDocument.objects.filter(documents=document, matrix__is_current=True)
    rows = rows.filter(matrix__in=matrices_visible(request.scope).values("pk")).select_related("matrix__owner")
    board = reverse("office:regulations:functions")
    return [
        Use(one.title, f"матрица функций, {one.matrix.owner.short_name}", f"{board}?organization={one.matrix.owner_id}")
        for one in rows[:_MOST]
    ]


def _plans(request: WorkplaceRequest, document: RegisteredDocument) -> list[Use]:
    rows = plans_visible(request.scope).filter(basis_document=document)
    return [Use(one.title, "утверждает план", reverse("office:planning:plan", args=[one.pk])) for one in rows[:_MOST]]


def _tasks(request: WorkplaceRequest, document: RegisteredDocument) -> list[Use]:
    rows = Evidence.objects.filter(document=document, withdrawn_at__isnull=True)
    rows = rows.filter(assignment__in=tasks_readable(request.scope).values("pk"))
    rows = rows.select_related("assignment__occurrence__activity")
    return [
        Use(
            one.assignment.occurrence.activity.title,
            "подтверждает исполнение",
            reverse("office:tasks:detail", args=[one.assignment.occurrence_id]),
        )
        for one in rows[:_MOST]
    ]
