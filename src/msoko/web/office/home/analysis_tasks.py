"""Tasks of the step «Анализ»: results to look at, reports to issue."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from msoko.cycle.analysis.api import campaigns_with_results, headlines, report_states
from msoko.cycle.procedures.api import campaign_title
from msoko.foundation.access.api import Permission
from msoko.web.office.home.task import Task
from msoko.web.ui.middleware import WorkplaceRequest
from qualimetry.narrative import russian

FRESH = dt.timedelta(days=14)
MOST_TASKS = 5


def analysis_tasks(request: WorkplaceRequest) -> list[Task]:
    """«Расчёт готов» and «Справка не выпущена», for those who make and issue reports."""
    if not request.scope.may_anywhere(Permission.EDIT_REPORTS):
        return []
    return [*_unissued(request), *_fresh(request)]


def _unissued(request: WorkplaceRequest) -> list[Task]:
    """Reports that were made and not issued, or were computed anew since."""
    states = [state for state in report_states(request.scope) if not state.is_issued or state.is_outdated]
    return [
        Task(
            title=f"{'Справка не выпущена' if not state.is_issued else 'Справка устарела'}: {state.title}",
            basis="Результаты пересчитаны после того, как справка сформирована."
            if state.is_outdated
            else "Проверьте текст и выпустите справку.",
            url=reverse("office:analysis:report", args=[state.report_id]),
            action="Открыть справку",
            tone="warn",
            state="Не выпущена" if not state.is_issued else "Устарела",
        )
        for state in states[:MOST_TASKS]
    ]


def _fresh(request: WorkplaceRequest) -> list[Task]:
    """Campaigns computed lately that have no report yet and whose report this person may make."""
    campaigns = {
        campaign.run_id: campaign  # type: ignore[attr-defined]  # annotated
        for campaign in campaigns_with_results(request.scope)
        if request.scope.may(Permission.EDIT_REPORTS, campaign.owner)
    }
    reported = {state.campaign_id for state in report_states(request.scope)}
    runs = sorted(headlines(campaigns).values(), key=lambda run: run.computed_at, reverse=True)
    waiting = [run for run in runs if run.computed_at > timezone.now() - FRESH and run.campaign_id not in reported]
    return [
        Task(
            title=f"Расчёт готов: {campaign_title(campaigns[run.pk])}",
            basis=f"{russian.counted(run.organization_count, 'организация')}, "
            f"{russian.counted(run.participant_count, 'участник')}. Справки ещё нет.",
            url=reverse("office:analysis:detail", args=[run.campaign_id]),
            action="Посмотреть результаты",
            tone="good",
            state="Готов",
        )
        for run in waiting[:MOST_TASKS]
    ]
