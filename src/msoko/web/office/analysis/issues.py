"""Issues of a report: freezing, files, a finished Word file; reports of all organizations as one ZIP."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.analysis.api import (
    ReportIssue,
    ask_for_issue,
    ask_for_school_reports,
    attach_word,
    report_title,
    reports_visible,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.documents.files import file_name
from msoko.foundation.jobs.api import JobState
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.kernel.storage import default_storage
from msoko.web.office.analysis.desk import desk_of
from msoko.web.office.analysis.reports import all_reports_job, visible_report
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import say, signed_in

_FILES = {"docx": "word_name", "pdf": "pdf_name", "word": "attached_name"}


@require_POST
@signed_in(Permission.ISSUE_REPORTS)
def issue_ask(request: WorkplaceRequest, report: int) -> HttpResponse:
    """«Выпустить»: the document is frozen now, its files are written by the worker."""
    found = visible_report(request, report)
    ask_for_issue(act_of(request), report=found)
    say(request, "Справка выпускается: файлы появятся в списке выпусков.", "info")
    return redirect("office:analysis:report", found.pk)


@require_GET
@signed_in(Permission.SEE_ORGANIZATIONS)
def issue_download(request: WorkplaceRequest, issue: int, kind: str) -> HttpResponse:
    """A file of an issue: Word, PDF, or the Word file that a person attached."""
    found = _visible_issue(request, issue)
    name = getattr(found, _FILES.get(kind, ""), "")
    if not name:
        raise Http404
    record(
        act_of(request), "analysis.report.downloaded", kind="report", object_id=found.report_id,
        label=report_title(found.report), organization=found.report.organization,
        details={"format": kind, "number": found.number},
    )  # fmt: skip
    suffix = ".pdf" if kind == "pdf" else ".docx"
    title = f"{report_title(found.report)}, выпуск {found.number}{' (из Word)' if kind == 'word' else ''}"
    return download(file_name(title, suffix), default_storage().read(name))


@require_POST
@signed_in(Permission.ISSUE_REPORTS)
def issue_attach(request: WorkplaceRequest, issue: int) -> HttpResponse:
    """Keep the Word file in which a person finished the text."""
    found = _visible_issue(request, issue)
    sent = request.FILES.get("file")
    if sent is None:
        raise RefusedError("Файл не выбран.", "Выберите документ Word и повторите.")
    attach_word(act_of(request), issue=found, data=sent.read())
    say(request, f"Файл Word приложен к выпуску {found.number}.", "good")
    return redirect("office:analysis:report", found.report_id)


@require_POST
@signed_in(Permission.EDIT_REPORTS)
def all_reports(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Ask for the reports of all organizations."""
    desk = desk_of(request, pk)
    ask_for_school_reports(act_of(request), campaign=desk.campaign)
    say(request, "Справки организаций составляются. Архив появится на этой странице.", "info")
    return redirect("office:analysis:reports", pk)


@require_GET
@signed_in(Permission.EDIT_REPORTS)
def all_reports_download(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The ZIP that the person asked for."""
    desk = desk_of(request, pk)
    job = all_reports_job(request, pk)
    if job is None or job.state != JobState.DONE or not desk.sees_all:
        raise Http404
    record(
        act_of(request), "analysis.report.downloaded", kind="campaign", object_id=pk, label=desk.title,
        organization=desk.campaign.owner, details={"format": "zip", "count": job.result.get("count", 0)},
    )  # fmt: skip
    return download(str(job.result["name"]), default_storage().read(str(job.result["file"])))


def _visible_issue(request: WorkplaceRequest, pk: int) -> ReportIssue:
    issues = ReportIssue.objects.defer("document").select_related("report__campaign", "report__organization")
    return get_object_or_404(issues.filter(report__in=reports_visible(request.scope).values("pk")), pk=pk)
