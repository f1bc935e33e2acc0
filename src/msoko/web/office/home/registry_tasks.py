"""Tasks of those who keep the registry, and of anybody whose job failed."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from msoko.foundation.access.api import Permission
from msoko.foundation.jobs.api import JobState, jobs_of
from msoko.foundation.orgs.api import Organization, OrganizationKind, school_years
from msoko.web.office.home.task import Task
from msoko.web.office.organizations.lacks import Lack, lacking
from msoko.web.ui.context import chosen_school_year
from msoko.web.ui.middleware import WorkplaceRequest
from qualimetry.narrative.russian import counted

_RECENT = dt.timedelta(days=3)
_BASES = {
    Lack.CODE: ("Указать логины школ", "Без логина файлы ВПР приходится сопоставлять по названию"),
    Lack.EXAM_CODE: ("Указать коды ОО в протоколах ГИА", "По коду узнаются файлы ОГЭ и ЕГЭ"),
    Lack.CONTEXT: ("Ввести контекстные данные", "Без них результаты не сравнить с учётом условий школ"),
}


def registry_tasks(request: WorkplaceRequest) -> list[Task]:
    """What is missing in the organizations that the person keeps."""
    if not request.scope.may_anywhere(Permission.EDIT_REGISTRY):
        return []
    schools = Organization.objects.filter(
        request.scope.filter(Permission.EDIT_REGISTRY), kind=OrganizationKind.SCHOOL, closed_on__isnull=True
    )
    address = reverse("office:organizations:list")
    if not schools.exists():
        basis = "Реестр пуст: с него начинаются процедуры, загрузка результатов и справки"
        return [Task("Загрузить список организаций", basis, reverse("office:organizations:import"), "Загрузить")]
    year = chosen_school_year(request, school_years())
    found = ((lack, schools.filter(lacking(lack, year)).distinct().count()) for lack in Lack)
    return [
        Task(
            title=_BASES[lack][0],
            basis=f"{_BASES[lack][1]} · {counted(count, 'школа')}",
            url=f"{address}?kind=school&lack={lack}",
            action="Показать школы",
            tone="warn",
            state="Не хватает сведений",
        )
        for lack, count in found
        if count
    ]


def job_tasks(request: WorkplaceRequest) -> list[Task]:
    """Own jobs that failed in the last days."""
    failed = jobs_of(request.user).filter(state=JobState.FAILED, finished_at__gte=timezone.now() - _RECENT)[:5]
    return [
        Task(job.title, job.error, reverse("office:jobs:detail", args=[job.pk]), "Открыть", "bad", "Не выполнено")
        for job in failed
    ]
