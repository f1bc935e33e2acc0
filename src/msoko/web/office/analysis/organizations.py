"""Organizations of a campaign, and the page of one organization with its classes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from msoko.cycle.analysis.api import group_of, organization_groups
from msoko.foundation.access.api import Permission
from msoko.web.office.analysis.books import SMALL_NOTE, workbook
from msoko.web.office.analysis.charting import drawn
from msoko.web.office.analysis.desk import desk_of, view_of_results
from msoko.web.office.analysis.gap_lists import gap_lists, told_gaps
from msoko.web.office.analysis.gaps import gaps_table
from msoko.web.office.analysis.ordering import NAME, order_of, ordered
from msoko.web.office.analysis.overview import class_rows, compared_rows, organization_rows
from msoko.web.office.analysis.pictures import means_of, parts_chart
from msoko.web.office.analysis.tables import group_row, groups_table
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import signed_in


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def organization_table(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Organizations with intervals and bands, in the order that the procedure allows."""
    desk = desk_of(request, pk)
    order = order_of(desk.campaign, request.GET.get("sort", NAME))
    if desk.rows:
        view_of_results(desk, "таблица организаций")
    chart = means_of(desk, [(row.name, row.group) for row in ordered(organization_rows(desk), order)])
    context = desk.context(
        "organizations",
        rows=ordered(organization_rows(desk), order),
        totals=[] if desk.is_hidden else [row for row in compared_rows(desk) if row.is_total],
        figures=desk.figures,
        order=order,
        default_sort=NAME,
        may_sort_by_result=not order_of(desk.campaign, "result").is_refused,
        chart=drawn(chart) if chart and len(desk.rows) > 1 else None,
    )
    return render(request, "office/analysis/organizations.html", context)


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def organization_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The table of organizations and of their classes as Excel."""
    desk = desk_of(request, pk)
    order = order_of(desk.campaign, request.GET.get("sort", NAME))
    totals = [] if desk.is_hidden else [row for row in compared_rows(desk) if row.is_total]
    rows = [*ordered(organization_rows(desk), order), *totals]
    table = groups_table("organizations", "Организации", rows, desk.figures, SMALL_NOTE)
    classes = groups_table("classes", "Классы", class_rows(desk, None), desk.figures, SMALL_NOTE)
    return workbook(desk, "Организации", [("Организации", table), ("Классы", classes)], desk.figures)


@require_GET
@signed_in(Permission.SEE_ORGANIZATIONS)
def organization_page(request: WorkplaceRequest, pk: int, organization: int) -> HttpResponse:
    """One organization: figures beside the municipality, classes, gaps."""
    desk = desk_of(request, pk)
    found = organization_groups(request.scope, desk.run).defer(None)
    row = get_object_or_404(found, organization__pk=organization)  # by the key: a number too large is «not found»
    view_of_results(desk, row.organization.short_name)
    group = desk.shown(group_of(row))
    classes = class_rows(desk, organization)
    own = group_row(row.organization.short_name, group, desk.figures, full_name=row.organization.full_name)
    totals = [] if desk.is_hidden else [one for one in compared_rows(desk) if one.is_total]
    chart = parts_chart(desk, [(own.name, group), *((one.name, one.group) for one in classes)])
    context = desk.context(
        "organizations",
        organization=row.organization,
        own=own,
        groups=[own, *totals],
        classes=classes,
        figures=desk.figures,
        gaps=told_gaps(desk, [gap for gap in desk.gaps if gap.organization == organization]),
        chart=drawn(chart) if chart and not desk.is_hidden else None,
    )
    return render(request, "office/analysis/organization.html", context)


@require_GET
@signed_in(Permission.SEE_ORGANIZATIONS)
def organization_page_export(request: WorkplaceRequest, pk: int, organization: int) -> HttpResponse:
    """Figures, classes and gaps of one organization as Excel."""
    desk = desk_of(request, pk)
    found = organization_groups(request.scope, desk.run).defer(None)
    row = get_object_or_404(found, organization__pk=organization)
    own = group_row(
        row.organization.short_name, desk.shown(group_of(row)), desk.figures, full_name=row.organization.full_name
    )
    totals = [] if desk.is_hidden else [one for one in compared_rows(desk) if one.is_total]
    tables = [
        ("Показатели", groups_table("figures", "Показатели", [own, *totals], desk.figures, SMALL_NOTE)),
        ("Классы", groups_table("classes", "Классы", class_rows(desk, organization), desk.figures, SMALL_NOTE)),
        ("Дефициты", gaps_table(gap_lists(desk, [gap for gap in desk.gaps if gap.organization == organization]))),
    ]
    return workbook(desk, row.organization.short_name, tables, desk.figures)
