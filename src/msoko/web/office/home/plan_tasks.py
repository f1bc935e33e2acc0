"""Plans of organizations on the home page: whose are not in force yet, and rows of the plan above to take in."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from msoko.cycle.planning.api import links
from msoko.foundation.access.api import Permission
from msoko.foundation.orgs.api import start_year_of
from msoko.web.office.home.task import Task
from msoko.web.ui.middleware import WorkplaceRequest
from qualimetry.narrative.russian import counted


def plan_tasks(request: WorkplaceRequest) -> list[Task]:
    """One line: of an organization, its own plan; of those above, how many organizations have none in force."""
    if not request.scope.may_anywhere(Permission.EDIT_PLANS):
        return []
    start = start_year_of(timezone.localdate())
    rows = [
        row
        for row in links.own_plans_of(request.scope, start)
        if request.scope.may(Permission.EDIT_PLANS, row.organization)
    ]
    if len(rows) > 1:
        return _of_municipality(rows, start) if request.scope.may_anywhere(Permission.APPROVE_PLANS) else []
    return [task for row in rows for task in _of_organization(row, start)]


def _of_municipality(rows: list[links.OrganizationPlans], start: int) -> list[Task]:
    waiting = sum(row.state in {"draft", "none"} for row in rows)
    if not waiting or not any(row.plan for row in rows):  # where nobody keeps plans here, nobody is waited for
        return []
    url = reverse("office:planning:organizations") + f"?year={start}&state=waiting"
    state = f"{counted(waiting, 'организация')} из {len(rows)}"
    return [Task("Планы организаций не утверждены", _year(start), url, "Кого ждём", "warn", state)]


def _of_organization(row: links.OrganizationPlans, start: int) -> list[Task]:
    basis = f"{row.organization.short_name}, {_year(start)}"
    plan = row.plan
    if plan is None:
        url = reverse("office:planning:add") + f"?owner={row.organization.pk}"
        return [Task("План организации не составлен", basis, url, "Составить план", "warn", "плана нет")]
    found = []
    page = reverse("office:planning:plan", args=[plan.pk])
    if plan.status == "draft":
        found.append(Task("План организации не утверждён", basis, page, "Проверить и утвердить", "warn", "проект"))
    if plan.status != "closed" and links.lacks_rows(plan):
        url = reverse("office:planning:linked", args=[plan.pk])
        title = "В плане организации нет мероприятий вышестоящего плана"
        found.append(Task(title, f"{plan.title}, {basis}", url, "Посмотреть и взять", "info", "можно взять"))
    return found


def _year(start: int) -> str:
    return f"{start}/{(start + 1) % 100:02d} учебный год"
