"""«Сверка с отчётами ФИС ОКО»: figures of summary reports beside those counted from participants."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from msoko.cycle.analysis.api import Agreement, Compared, compared_summaries
from msoko.foundation.access.api import Permission
from msoko.web.office.analysis.books import workbook
from msoko.web.office.analysis.desk import Desk, desk_of, view_of_results
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import signed_in
from qualimetry.narrative import russian
from qualimetry.narrative.blocks import Column, Table


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def reconciliation(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Every report: agrees or differs, with both figures."""
    desk = desk_of(request, pk)
    if desk.is_hidden:
        return render(request, "office/analysis/hidden.html", desk.context("reconciliation"))
    if desk.rows:
        view_of_results(desk, "сверка с отчётами")
    shows_all = request.GET.get("show") == "all"
    reports = [
        (report, [_texts(one) for one in (report.compared if shows_all else report.differing)])
        for report in agreements(desk)
    ]
    context = desk.context("reconciliation", reports=reports, shows_all=shows_all)
    return render(request, "office/analysis/reconciliation.html", context)


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def reconciliation_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """All compared figures as Excel."""
    desk = desk_of(request, pk)
    if desk.is_hidden:
        return render(request, "office/analysis/hidden.html", desk.context("reconciliation"), status=403)
    return workbook(desk, "Сверка", [(report.title, _table(report)) for report in agreements(desk)])


def agreements(desk: Desk) -> list[Agreement]:
    """Reports against results, as far as the person sees organizations."""
    organizations = {row.organization_id: group for row, group in desk.full_rows}
    found = compared_summaries(desk.run, desk.result.whole, organizations)
    if desk.sees_all:
        return found
    return [Agreement(one.title, one.is_verified_layout, one.compared, ()) for one in found]


def _texts(one: Compared) -> tuple[str, str, str, str, bool]:
    def shown(value: float | None) -> str:
        return russian.percent(value, places=2) if one.is_share else russian.integer(value)

    return one.name, one.figure, shown(one.printed), shown(one.computed), one.agrees


def _table(report: Agreement) -> Table:
    columns = (
        Column("Группа", width=4),
        Column("Показатель", width=3),
        Column("В отчёте", width=2),
        Column("По результатам участников", width=2),
        Column("Сверка", width=2),
    )
    rows = tuple((*texts[:4], "совпадает" if texts[4] else "расходится") for texts in map(_texts, report.compared))
    return Table("reconciliation", report.title, columns, rows)
