"""Load of units by month: a heat table with its figures, and Excel."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.cycle.planning.api import Load, Plan, activities_of, load_of, plans_visible
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.web.office.planning.rows import chosen, filter_options
from msoko.web.office.planning.saved import saved_options
from msoko.web.office.planning.timeline import month_title
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import signed_in
from qualimetry.narrative.blocks import Column, Table

#: steps of the heat, the darkest is the heaviest month
STEPS = 4


def _load(request: WorkplaceRequest, plan: Plan) -> tuple[Load, dict[str, object]]:
    current = [one for one in activities_of(plan) if one.dropped_at is None]
    return load_of(chosen(current, request.GET)), filter_options(plan, current)


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_load(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Units by months."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    load, options = _load(request, plan)
    rows = [(unit, [(count, _heat(count, load.heaviest)) for count in unit.counts]) for unit in load.units]
    context = options | saved_options(request, plan) | {
        "plan": plan, "load": load, "rows": rows, "months": [month_title(month) for month in load.months],
    }  # fmt: skip
    return render(request, "office/planning/load.html", context)


def _heat(count: int, heaviest: int) -> int:
    return -(-count * STEPS // heaviest) if heaviest else 0


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_load_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The same as a workbook."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    load, _ = _load(request, plan)
    columns = (
        Column("Ответственный", width=3.0), *(Column(month_title(month), "integer") for month in load.months),
        Column("Всего", "integer"),
    )  # fmt: skip
    lines = tuple((one.unit, *one.counts, one.total) for one in (*load.units, load.all_units))
    table = Table("load", "Сроки по месяцам", columns, lines, total_rows=1)
    act = act_of(request)
    record(act, "planning.table.downloaded", kind="plan", object_id=plan.pk, label=plan.title, organization=plan.owner)
    sheet = SheetSpec("Нагрузка", table, as_of=timezone.localdate(act.at))
    return download(f"Нагрузка — {plan.title[:60]}.xlsx", tables_bytes([sheet], title="Нагрузка"))
