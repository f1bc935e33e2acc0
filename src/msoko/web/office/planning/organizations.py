"""Plans of organizations of a municipality: who has one in force, how much of the municipality's plan it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.cycle.planning.api import links
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.foundation.orgs.api import OrganizationKind, start_year_of
from msoko.web.office.procedures.owners import PUPIL_KINDS
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import signed_in
from qualimetry.narrative.blocks import Column, Table

STATES = {"approved": "Утверждён", "closed": "Закрыт", "draft": "Проект", "none": "Плана нет"}
_WAITING = frozenset({"draft", "none"})
_MEANINGS = (
    ("Касается организации", "Мероприятия утверждённых муниципальных планов года, которые относятся к организации."),
    ("Взято", "Сколько из них стоит в планах организации связанными строками."),
)  # fmt: skip
Row = links.OrganizationPlans
_ORDERS: dict[str, Callable[[Row], tuple[object, ...]]] = {
    "organization": lambda row: (row.organization.sort_key,),
    "state": lambda row: (list(STATES).index(row.state), row.organization.sort_key),
    "approved": lambda row: (row.approved_on or dt.date.max, row.organization.sort_key),
    "taken": lambda row: (row.taken / row.concerned if row.concerned else 0, row.organization.sort_key),
    "missing": lambda row: (row.missing, row.organization.sort_key),
}


@require_GET
@signed_in(Permission.SEE_PLANS)
def organization_list(request: WorkplaceRequest) -> HttpResponse:
    """Organizations with their plans of a school year, filtered and in order."""
    year, every = _rows(request)
    rows = _filtered(request, every)
    in_force = [row for row in every if row.state in {"approved", "closed"}]
    taken = sum(row.taken for row in every if row.plan)
    concerned = sum(row.concerned for row in every if row.plan)
    page = Paginator(rows, 100).get_page(request.GET.get("page"))
    context = {
        "page": page, "year": year, "years": sorted({*links.years_of_plans(request.scope), year}, reverse=True),
        "kinds": [(kind.value, OrganizationKind(kind).label) for kind in PUPIL_KINDS], "states": STATES.items(),
        "total": len(every), "in_force": len(in_force), "drafts": sum(row.state == "draft" for row in every),
        "without": sum(row.state == "none" for row in every), "share": taken / concerned if concerned else None,
        "taken": taken, "concerned": concerned,
        "may_edit": request.scope.may_anywhere(Permission.EDIT_PLANS),
    }  # fmt: skip
    return render(request, "office/planning/organizations.html", context)


@require_GET
@signed_in(Permission.SEE_PLANS)
def organization_export(request: WorkplaceRequest) -> HttpResponse:
    """The whole filter as a workbook."""
    year, every = _rows(request)
    rows = tuple(
        (
            row.organization.short_name, OrganizationKind(row.organization.kind).label, STATES[row.state],
            row.plan.title if row.plan else "", f"{row.approved_on:%d.%m.%Y}" if row.approved_on else "",
            row.concerned, row.taken if row.plan else None, row.missing if row.plan else None, len(row.plans),
        )
        for row in _filtered(request, every)
    )  # fmt: skip
    columns = (
        Column("Организация", width=3.0), Column("Вид", width=2.5), Column("Состояние"), Column("План", width=4.0),
        Column("Утверждён"), Column("Касается организации", "integer"), Column("Взято", "integer"),
        Column("Не взято", "integer"), Column("Планов", "integer"),
    )  # fmt: skip
    act = act_of(request)
    record(act, "planning.table.downloaded", kind="table", label="Планы организаций", details={"rows": len(rows)})
    title = f"Планы организаций, {year}/{(year + 1) % 100:02d} учебный год"
    table = Table("organization_plans", title, columns, rows)
    sheets = [SheetSpec("Планы организаций", table, _MEANINGS, as_of=timezone.localdate(act.at))]
    return download(f"Планы организаций {year}.xlsx", tables_bytes(sheets, title=title))


def _rows(request: WorkplaceRequest) -> tuple[int, list[Row]]:
    asked = whole_number(request.GET.get("year", ""))
    year = asked if 2000 <= asked <= 2100 else start_year_of(timezone.localdate())
    return year, links.organization_plans(request.scope, year)


def _filtered(request: WorkplaceRequest, every: list[Row]) -> list[Row]:
    query = request.GET
    words = query.get("q", "")[:200].casefold().split()
    state = query.get("state", "")
    rows = [
        row
        for row in every
        if query.get("kind", "") in {"", row.organization.kind}
        and (not state or row.state == state or (state == "waiting" and row.state in _WAITING))
        and (query.get("missing") != "1" or row.missing)
        and all(word in row.organization.short_name.casefold() for word in words)
    ]
    asked = query.get("sort", "")
    key = _ORDERS.get(asked.lstrip("-"), _ORDERS["organization"])
    return sorted(rows, key=key, reverse=asked.startswith("-"))
