"""Schedules as files: the official form in Word and Excel, the page for a site, tables of the municipality."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from msoko.cycle.procedures.api import (
    SchedulePeriod,
    WorkLevel,
    checked,
    heat,
    schedule_html,
    schedule_label,
    schedule_list_paper,
    schedule_paper,
    schedules_visible,
    school_states,
    weeks_of,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.documents.official_table import official_docx, official_xlsx
from msoko.foundation.orgs.api import school_years
from msoko.web.office.procedures.schedule_page import filtered
from msoko.web.office.procedures.schedules import STATES, year_of
from msoko.web.ui.downloads import download
from msoko.web.ui.exports import export_tables
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import signed_in
from qualimetry.narrative.blocks import Column, Table

_KINDS = {"docx", "xlsx", "html"}


@require_GET
@signed_in(Permission.SEE_PLANS)
def schedule_download(request: WorkplaceRequest, pk: int, kind: str) -> HttpResponse:
    """The rows that the filters let through; `?form=list` gives a row a work."""
    if kind not in _KINDS:
        raise Http404
    schedule = get_object_or_404(schedules_visible(request.scope), pk=pk)
    state = checked(schedule)
    entries = filtered(state, request.GET)
    is_list = request.GET.get("form") == "list"
    paper = schedule_list_paper(state, entries) if is_list else schedule_paper(state, entries)
    data = {
        "docx": lambda: official_docx(paper),
        "xlsx": lambda: official_xlsx(paper, "График"),
        "html": lambda: schedule_html(paper),
    }[kind]()
    record(
        act_of(request), "procedures.schedule.downloaded", kind="schedule", object_id=schedule.pk,
        label=schedule_label(schedule), organization=schedule.organization,
        details={"as": kind, "works": len(entries)},
    )  # fmt: skip
    name = f"График оценочных процедур {schedule.organization.short_name} {schedule.school_year.label}"
    return download(f"{name.replace('/', '-')[:100]}.{kind}", data)


@require_GET
@signed_in(Permission.SEE_PLANS)
def schedules_export(request: WorkplaceRequest) -> HttpResponse:
    """Who has a schedule, as a workbook."""
    year = year_of(request)
    titles = dict(STATES)
    rows = tuple(
        (row.organization.short_name, titles[row.state],
         "; ".join(SchedulePeriod(one.period).label for one in row.schedules),
         "; ".join(one.basis for one in row.in_force), sum(one.clash_count for one in row.in_force))
        for row in (school_states(request.scope, year) if year else [])
    )  # fmt: skip
    columns = ("Организация", "Состояние", "Периоды", "Основание", "Нарушений при утверждении")
    table = Table("schedules", "Графики", tuple(Column(title) for title in columns), rows)
    return export_tables(request, "Графики оценочных процедур", [("Графики", table)])


@require_GET
@signed_in(Permission.SEE_PLANS)
def schedule_summary(request: WorkplaceRequest) -> HttpResponse:
    """How many schools write works of a grade in a week."""
    year = year_of(request)
    subject, level = request.GET.get("subject", "")[:100], request.GET.get("level", "")
    grades, weeks = weeks_of(request.scope, year, subject=subject, level=level) if year else ([], [])
    most = max((count for row in weeks for count in row.counts), default=0)
    context = {
        "year": year, "years": school_years(), "grades": grades, "levels": WorkLevel.choices, "count": len(weeks),
        "weeks": [(row, [(count, heat(count, most)) for count in row.counts]) for row in weeks],
    }  # fmt: skip
    return render(request, "office/procedures/schedule_summary.html", context)


@require_GET
@signed_in(Permission.SEE_PLANS)
def summary_export(request: WorkplaceRequest) -> HttpResponse:
    """The summary as a workbook."""
    year = year_of(request)
    subject, level = request.GET.get("subject", "")[:100], request.GET.get("level", "")
    grades, weeks = weeks_of(request.scope, year, subject=subject, level=level) if year else ([], [])
    rows = tuple((f"{row.monday:%d.%m.%Y}–{row.sunday:%d.%m.%Y}", *row.counts, row.works) for row in weeks)
    columns = ("Неделя", *(f"{grade} класс, школ" for grade in grades), "Работ всего")
    table = Table("weeks", "Неделя", tuple(Column(title) for title in columns), rows)
    return export_tables(request, "Работы по неделям", [("По неделям", table)])
