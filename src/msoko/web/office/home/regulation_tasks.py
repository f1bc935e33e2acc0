"""Tasks of those who keep documents: warnings of the register, gaps of functions."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from msoko.cycle.regulations.api import (
    GAP_TITLES,
    TROUBLE_TITLES,
    board_of_functions,
    documents_visible,
    gap_counts,
    groups_of,
    matrices_visible,
    trouble_counts,
)
from msoko.foundation.access.api import Permission
from msoko.web.office.home.task import Task
from msoko.web.office.procedures.owners import owners_with
from msoko.web.ui.middleware import WorkplaceRequest
from qualimetry.narrative.russian import counted


def regulation_tasks(request: WorkplaceRequest) -> list[Task]:
    """What the documents and functions of one's own organization lack."""
    owners = owners_with(request.scope, Permission.EDIT_DOCUMENTS)
    if not owners:
        return []
    today = timezone.localdate()
    own = documents_visible(request.scope).filter(owner__in=owners)
    address = reverse("office:regulations:list")
    found = [
        Task(
            TROUBLE_TITLES[trouble], f"{counted(count, 'документ')} реестра", f"{address}?trouble={trouble}",
            "Показать", "warn", "Нормативная база",
        )
        for trouble, count in trouble_counts(own, today).items()
    ]  # fmt: skip
    gaps = reverse("office:regulations:function_gaps")
    for matrix in matrices_visible(request.scope).filter(owner__in=owners)[:3]:
        counts = gap_counts(board_of_functions(groups_of(matrix), today))
        if counts:
            words = "; ".join(f"{GAP_TITLES[gap].lower()} – {count}" for gap, count in counts.items())
            url = f"{gaps}?organization={matrix.owner_id}"
            found.append(Task("Закрыть пробелы в функциях", words, url, "Открыть", "warn", "Функции"))
    return found
