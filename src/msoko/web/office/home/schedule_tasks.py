"""Schedules of assessment works that are not in force though the school year has begun."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from msoko.cycle.procedures.api import SchoolState, school_states
from msoko.foundation.access.api import Permission
from msoko.foundation.orgs.api import OrganizationKind, SchoolYear, school_years, start_year_of
from msoko.web.office.home.task import Task
from msoko.web.ui.middleware import WorkplaceRequest
from qualimetry.narrative.russian import counted


def schedule_tasks(request: WorkplaceRequest) -> list[Task]:
    """One line: the own schedule of a school, or how many schools of the municipality have none in force."""
    if not request.scope.may_anywhere(Permission.EDIT_PLANS):
        return []
    year = next((one for one in school_years() if one.start_year == start_year_of(timezone.localdate())), None)
    if year is None:
        return []
    schools = [row for row in school_states(request.scope, year) if row.organization.kind == OrganizationKind.SCHOOL]
    waiting = [row for row in schools if row.state != "approved"]
    if not waiting:
        return []
    return [_of_municipality(waiting, len(schools), year) if len(schools) > 1 else _of_school(waiting[0], year)]


def _of_municipality(waiting: list[SchoolState], total: int, year: SchoolYear) -> Task:
    url = reverse("office:procedures:schedules") + f"?year={year.start_year}"
    state = f"{counted(len(waiting), 'школа')} из {total}"
    title = "Графики оценочных процедур не утверждены"
    return Task(title, f"{year.label} учебный год", url, "Кого ждём", "warn", state)


def _of_school(row: SchoolState, year: SchoolYear) -> Task:
    url = reverse("office:procedures:schedules") + f"?year={year.start_year}"
    action, state = "Составить график", "графика нет"
    if row.schedules:
        url = reverse("office:procedures:schedule", args=[row.schedules[0].pk])
        action, state = "Проверить и утвердить", "проект"
    basis = f"{row.organization.short_name}, {year.label} учебный год"
    return Task("График оценочных процедур не утверждён", basis, url, action, "warn", state)
