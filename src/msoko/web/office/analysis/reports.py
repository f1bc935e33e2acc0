"""«Справка»: the reports of a campaign, the page of one report, files of the draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.analysis.api import (
    Report,
    ReportIssue,
    current_document,
    draft_report,
    latest_run,
    may_edit_report,
    may_issue_report,
    report_title,
    reports_visible,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.documents.charts import to_svg
from msoko.foundation.documents.files import file_name
from msoko.foundation.jobs.api import Job, jobs_of
from msoko.foundation.orgs.api import Organization
from msoko.web.office.analysis.desk import Desk, desk_of
from msoko.web.office.analysis.paper import chart_of, paper_of
from msoko.web.ui.downloads import download
from msoko.web.ui.exports import export_tables, moment_text
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import say, signed_in
from qualimetry.narrative.blocks import Column, Table

FORMATS = ("docx", "pdf", "xlsx")
_CHART_KEPT = "private, max-age=86400, immutable"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An organization that may have a report, with the report if it was made."""

    organization: Organization
    report: Report | None
    issue_count: int
    is_outdated: bool

    @property
    def state(self) -> str:
        """In words, as the page says it."""
        if self.report is None:
            return "не составлялась"
        return "результаты пересчитаны" if self.is_outdated else "выпущена" if self.issue_count else "черновик"


@require_GET
@signed_in(Permission.SEE_ORGANIZATIONS)
def report_list(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Reports of the campaign: of the owner, then of the organizations that the person sees."""
    desk = desk_of(request, pk)
    may_make = request.scope.may_anywhere(Permission.EDIT_REPORTS)
    owner, rows = report_rows(desk)
    context = desk.context(
        "reports",
        owner=owner,
        rows=rows,
        may_make=may_make,
        may_make_all=request.scope.may(Permission.EDIT_REPORTS, desk.campaign.owner) and len(desk.rows) > 1,
        job=all_reports_job(request, pk),
    )
    return render(request, "office/analysis/reports.html", context)


@require_GET
@signed_in(Permission.SEE_ORGANIZATIONS)
def reports_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Which organizations have a report of the campaign, and in what state."""
    desk = desk_of(request, pk)
    owner, rows = report_rows(desk)
    columns = (
        Column("Организация", width=3.0), Column("Состояние", width=2.0), Column("Сформирована"),
        Column("Выпусков", "integer"),
    )  # fmt: skip
    listed = tuple(
        (one.organization.short_name, one.state, moment_text(one.report.generated_at if one.report else None),
         one.issue_count)
        for one in [*([owner] if owner else []), *rows]
    )  # fmt: skip
    table = Table("reports", "Справки организаций", columns, listed)
    return export_tables(request, f"{desk.title}. Справки", [("Справки", table)], source=desk.title)


def report_rows(desk: Desk) -> tuple[ReportRow | None, list[ReportRow]]:
    """The report of the owner, where the person sees it, and those of the organizations."""
    reports = _reports(desk)
    owner = desk.campaign.owner
    places = [row.organization for row in desk.rows if row.organization_id != owner.pk]
    own = _row(desk, owner, reports.get(owner.pk)) if desk.sees_all else None
    return own, [_row(desk, place, reports.get(place.pk)) for place in places]


@require_POST
@signed_in(Permission.EDIT_REPORTS)
def report_make(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Generate the report of the owner or of an organization; edits stay."""
    desk = desk_of(request, pk)
    wanted = request.POST.get("organization", "")
    places = {desk.campaign.owner_id: desk.campaign.owner} if desk.sees_all else {}
    places |= {row.organization_id: row.organization for row in desk.rows}
    organization = places.get(whole_number(wanted))
    if organization is None:
        raise Http404
    report = draft_report(act_of(request), campaign=desk.campaign, organization=organization)
    _, conflicts = current_document(report)
    if conflicts:
        say(
            request,
            "Справка сформирована заново. Некоторые места, которые вы правили, изменились: выберите текст.",
            "warn",
        )
    else:
        say(request, "Справка сформирована. Правки сохранены.", "good")
    return redirect("office:analysis:report", report.pk)


@require_GET
@signed_in(Permission.SEE_ORGANIZATIONS)
def report_page(request: WorkplaceRequest, report: int) -> HttpResponse:
    """The document in the middle, sections on the left, grounds of the chosen sentence on the right."""
    found = visible_report(request, report)
    document, conflicts = current_document(found)
    job = found.job
    context = {
        "report": found,
        "title": report_title(found),
        "campaign": found.campaign,
        "document": document,
        "paper": paper_of(found, document, [edit.block_key for edit in found.edits.all()]),
        "conflicts": conflicts,
        "issues": found.issues.defer("document"),
        "may_edit": may_edit_report(request.scope, found),
        "may_issue": may_issue_report(request.scope, found),
        "is_outdated": _is_outdated(found),
        "job": job if job and not job.is_over and job.created_by_id == request.user.actor_id else None,
        "failed_job": job if job and job.is_over and job.error else None,
    }
    return render(request, "office/analysis/report.html", context)


@require_GET
@signed_in(Permission.SEE_ORGANIZATIONS)
def draft_download(request: WorkplaceRequest, report: int, kind: str) -> HttpResponse:
    """The draft as Word, PDF or Excel."""
    from msoko.foundation.documents.batch import render as print_document  # noqa: PLC0415 -- slow import

    found = visible_report(request, report)
    if kind not in FORMATS:
        raise Http404
    document, _ = current_document(found)
    record(
        act_of(request), "analysis.report.downloaded", kind="report", object_id=found.pk, label=report_title(found),
        organization=found.organization, details={"format": kind, "draft": True},
    )  # fmt: skip
    return download(file_name(f"{report_title(found)} (черновик)", f".{kind}"), print_document(document, kind))


@require_GET
@signed_in(Permission.SEE_ORGANIZATIONS)
def chart_picture(request: WorkplaceRequest, report: int, key: str) -> HttpResponse:
    """A chart of the draft as it will be printed. Its address holds the hash of what is drawn."""
    document, _ = current_document(visible_report(request, report))
    chart = chart_of(document, key)
    if chart is None:
        raise Http404
    response = HttpResponse(to_svg(chart.specification), content_type="image/svg+xml")
    response["Cache-Control"] = _CHART_KEPT
    return response


def visible_report(request: WorkplaceRequest, pk: int) -> Report:
    """A report that the person may see; «not found» for all others."""
    return get_object_or_404(reports_visible(request.scope).defer(None).select_related("job"), pk=pk)


def all_reports_job(request: WorkplaceRequest, campaign: int) -> Job | None:
    """The person's latest printing of all reports of the campaign."""
    return jobs_of(request.user).filter(kind="analysis.school_reports", payload__campaign=campaign).first()


def _row(desk: Desk, organization: Organization, report: Report | None) -> ReportRow:
    count = len(report.issues.all()) if report else 0
    return ReportRow(organization, report, count, bool(report and report.run_id != desk.run.pk))


def _reports(desk: Desk) -> dict[int, Report]:
    issues = Prefetch("issues", ReportIssue.objects.only("report_id", "number", "issued_at"))
    found = reports_visible(desk.request.scope).filter(campaign=desk.campaign).prefetch_related(issues)
    return {report.organization_id: report for report in found}


def _is_outdated(report: Report) -> bool:
    run = latest_run(report.campaign)
    return run is not None and run.pk != report.run_id
