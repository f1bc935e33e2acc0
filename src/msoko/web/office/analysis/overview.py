"""The first page of a campaign's results: figures with comparison, distribution, marks by organization."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.analysis.api import Figure, ask_for_run, class_groups, estimate_of, figures_only
from msoko.foundation.access.api import Permission
from msoko.foundation.orgs.api import OrganizationKind
from msoko.web.office.analysis.books import SMALL_NOTE, workbook
from msoko.web.office.analysis.charting import Drawn, drawn
from msoko.web.office.analysis.desk import Desk, desk_of, view_of_results
from msoko.web.office.analysis.ordering import BAND, NAME, SIZE, Order, order_of, ordered
from msoko.web.office.analysis.pictures import distribution_charts, parts_chart
from msoko.web.office.analysis.tables import Cell, GroupRow, cell, group_row, groups_table
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import say, signed_in
from qualimetry.narrative import russian

MAIN_FIGURES = 4
#: a school's own organizations stand beside the totals up to so many
FEW_OWN = 4


@dataclass(frozen=True, slots=True)
class MainFigure:
    """A large figure with what it is compared with: «регион 61,4 % · страна 63,0 %»."""

    figure: Figure
    cell: Cell
    compared: tuple[str, ...]
    grounds_url: str


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def overview(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """«Результаты процедуры»."""
    desk = desk_of(request, pk)
    if desk.is_hidden:
        return render(request, "office/analysis/hidden.html", desk.context("overview"))
    order = order_of(desk.campaign, request.GET.get("order", NAME))
    context = desk.context(
        "overview",
        main=main_figures(desk),
        groups=compared_rows(desk),
        figures=desk.figures,
        charts=distribution_charts(desk),
        parts=_parts(desk, order),
        may_recompute=request.scope.may(Permission.EDIT_REPORTS, desk.campaign.owner),
        order=order,
        orders=((NAME, "по названию"), (SIZE, "по числу участников"), (BAND, "по уровню")),
    )
    return render(request, "office/analysis/overview.html", context)


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def overview_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Everything on the page as Excel."""
    desk = desk_of(request, pk)
    if desk.is_hidden:
        return render(request, "office/analysis/hidden.html", desk.context("overview"), status=403)
    rows = [*compared_rows(desk), *([] if desk.is_sliced else organization_rows(desk))]
    groups = groups_table("groups", "Итоги и сравнение", rows, desk.figures, SMALL_NOTE)
    charts = [(chart.caption, chart.table) for chart in distribution_charts(desk, as_blocks=True) if chart.table]
    return workbook(desk, "Результаты", [("Итоги", groups), *charts], desk.figures)


@require_POST
@signed_in(Permission.EDIT_REPORTS)
def recompute(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Ask for the campaign to be computed anew."""
    desk = desk_of(request, pk)
    ask_for_run(act_of(request), campaign=desk.campaign)
    say(request, "Расчёт поставлен в очередь. Когда он закончится, обновите страницу.", "info")
    return redirect("office:analysis:detail", pk)


def main_figures(desk: Desk) -> list[MainFigure]:
    """The four figures with comparison to the municipality, region, country."""
    others = [(desk.owner_name, desk.result.whole)] if desk.is_sliced else []
    others += [(group.group.label, group) for group in desk.result.references]
    url = reverse("office:analysis:grounds", args=[desk.campaign.pk])
    found = []
    for figure in _known_first(desk)[:MAIN_FIGURES]:
        known = [(name, estimate_of(group, figure.key)) for name, group in others]
        compared = tuple(
            f"{name}: {russian.percent(e.value, e.n) if figure.is_share else russian.decimal(e.value, figure.places)}"
            for name, e in known
            if e is not None and e.value is not None
        )
        query = desk.slice_query.replace("?", "&")
        found.append(MainFigure(figure, cell(desk.group, figure), compared, f"{url}?figure={figure.key}{query}"))
    return found


def _known_first(desk: Desk) -> list[Figure]:
    """Figures that have a value before those that the data do not give."""

    def is_unknown(figure: Figure) -> bool:
        estimate = estimate_of(desk.group, figure.key)
        return estimate is None or estimate.value is None

    return sorted(desk.figures, key=is_unknown)


def compared_rows(desk: Desk) -> list[GroupRow]:
    """The slice, the whole, own organizations of a school, region and country."""
    rows = []
    if desk.is_sliced:
        rows.append(group_row(desk.slice_title, desk.group, desk.figures))
        if desk.choice.class_group is not None:
            rows += [row for row in organization_rows(desk) if row.group.group.organization == desk.choice.organization]
    elif not desk.sees_all and len(desk.rows) <= FEW_OWN:
        rows += organization_rows(desk)
    full_name = desk.campaign.owner.full_name
    if desk.closing is None:
        rows.append(group_row(desk.owner_name, desk.result.whole, desk.figures, full_name=full_name, is_total=True))
    rows += [group_row(group.group.label, group, desk.figures, is_total=True) for group in desk.result.references]
    return rows


def organization_rows(desk: Desk) -> list[GroupRow]:
    """Organizations that the person sees, by name."""
    return [
        group_row(
            row.organization.short_name,
            desk.shown(figures_only(row)),
            desk.figures,
            full_name=row.organization.full_name,
            url=reverse("office:analysis:organization", args=[desk.campaign.pk, row.organization_id]),
        )
        for row in desk.rows
    ]


def _parts(desk: Desk, order: Order) -> Drawn | None:
    """Organizations as bars, for those who see several of them."""
    if desk.is_sliced or not desk.rows:
        return None
    if desk.sees_all:
        view_of_results(desk, "организации")
    is_own = desk.campaign.owner.kind != OrganizationKind.MUNICIPALITY
    rows = class_rows(desk, desk.campaign.owner_id) if is_own else ordered(organization_rows(desk), order)
    chart = parts_chart(desk, [(row.name, row.group) for row in rows])
    return drawn(chart) if chart else None


def class_rows(desk: Desk, organization: int | None) -> list[GroupRow]:
    """Classes of one organization, or of all that the person sees."""
    rows = class_groups(desk.request.scope, desk.run)
    if organization is not None:
        rows = rows.filter(organization=organization)
    address = reverse("office:analysis:detail", args=[desk.campaign.pk])
    found = []
    for row in rows:
        title = desk.class_title(row.class_group)
        query = urlencode([("organization", row.organization_id), ("class_group", row.class_group or "-")])
        name = title if organization is not None else f"{row.organization.short_name}, {title}"
        found.append(group_row(name, desk.shown(figures_only(row)), desk.figures, url=f"{address}?{query}"))
    return found
