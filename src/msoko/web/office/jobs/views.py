"""Long work that the person asked for: how far it is, what came of it, taking it back."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from msoko.foundation.jobs.api import Job, JobState, cancel_job, jobs_of
from msoko.web.ui.exports import export_tables, moment_text
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import page_of, say, signed_in
from qualimetry.narrative.blocks import Column, Table


@require_GET
@signed_in()
def job_list(request: WorkplaceRequest) -> HttpResponse:
    """Own jobs, newest first."""
    context = {"page": page_of(request, _listed(request)), "states": JobState.choices}
    return render(request, "office/jobs/list.html", context)


@require_GET
@signed_in()
def job_export(request: WorkplaceRequest) -> HttpResponse:
    """Own jobs with the filter of the page."""
    columns = (
        Column("Задание", width=4.0), Column("Состояние"), Column("Сделано", "integer"), Column("Всего", "integer"),
        Column("Поставлено"), Column("Закончено"), Column("Ошибка", width=3.0),
    )  # fmt: skip
    rows = tuple(
        (job.title, JobState(job.state).label, job.progress_done, job.progress_total, moment_text(job.created_at),
         moment_text(job.finished_at), job.error)
        for job in _listed(request)
    )  # fmt: skip
    return export_tables(request, "Задания", [("Задания", Table("jobs", "Задания", columns, rows))])


def _listed(request: WorkplaceRequest) -> QuerySet[Job]:
    rows = jobs_of(request.user)
    state = request.GET.get("state", "")
    return rows.filter(state=state) if state in JobState.values else rows


@require_GET
@signed_in()
def job_detail(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """One job; the page refreshes its progress by itself."""
    return render(request, "office/jobs/detail.html", {"job": get_object_or_404(jobs_of(request.user), pk=pk)})


@require_GET
@signed_in()
def job_progress(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The progress of a job as a fragment; over, it reloads the page that waits for it."""
    job = get_object_or_404(jobs_of(request.user), pk=pk)
    response = render(request, "ui/parts/job.html", {"job": job, "reload": request.GET.get("reload", "")})
    if job.is_over and request.GET.get("reload"):
        response["HX-Refresh"] = "true"
    return response


@require_POST
@signed_in()
def job_cancel(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Ask the job to stop."""
    job = get_object_or_404(jobs_of(request.user), pk=pk)
    cancel_job(act_of(request), job=job)
    say(request, f"Задание «{job.title}» отменяется.", "info")
    return redirect("office:jobs:list")
