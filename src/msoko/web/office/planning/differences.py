"""A plan beside last year's: added, gone, changed; as a page and as a workbook."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.cycle.planning.api import (
    FIELD_TITLES,
    Activity,
    Plan,
    YearlyDifferences,
    plan_before,
    plans_visible,
    yearly_differences,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import signed_in
from qualimetry.narrative.blocks import Column, Table

_COLUMNS = (
    Column("Что"), Column("№"), Column("Мероприятие", width=3.0), Column("Поле"), Column("Было", width=2.0),
    Column("Стало", width=2.0),
)  # fmt: skip


def _other(request: WorkplaceRequest, plan: Plan) -> Plan | None:
    """The plan to compare with: named in the address, else the one before."""
    asked = whole_number(request.GET.get("with", ""))
    if asked:
        return get_object_or_404(plans_visible(request.scope), pk=asked)
    return plan_before(plan)


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_differences(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Differences with the plan of the year before or with another plan of the owner."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    other = _other(request, plan)
    mine = plans_visible(request.scope).filter(owner=plan.owner).exclude(pk=plan.pk)
    context = {
        "plan": plan,
        "other": other,
        "others": mine.order_by("-start_year", "title"),
        "differences": yearly_differences(other, plan) if other else None,
        "field_titles": FIELD_TITLES,
    }
    return render(request, "office/planning/differences.html", context)


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_differences_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The same as a workbook."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    other = _other(request, plan)
    lines = _lines(yearly_differences(other, plan)) if other else ()
    act = act_of(request)
    record(act, "planning.table.downloaded", kind="plan", object_id=plan.pk, label=plan.title, organization=plan.owner)
    table = Table("differences", "Отличия от прежнего плана", _COLUMNS, lines)
    sheet = SheetSpec("Отличия", table, as_of=timezone.localdate(act.at))
    return download(f"Отличия — {plan.title[:60]}.xlsx", tables_bytes([sheet], title="Отличия"))


def _lines(found: YearlyDifferences) -> tuple[tuple[str, ...], ...]:
    return (
        *(("Добавлено", one.number, one.title, "", "", one.terms_text) for one in found.added),
        *(("Исключено", one.number, one.title, "", _why(one, reason), "") for one, reason in found.dropped),
        *(
            ("Изменено", one.new.number, one.new.title, FIELD_TITLES[change.field], change.old, change.new)
            for one in found.changed
            for change in one.changes
        ),
    )


def _why(activity: Activity, reason: str) -> str:
    return "; ".join(part for part in (activity.terms_text, reason) if part)
