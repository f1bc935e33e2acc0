"""History of accepted batches, and taking one back."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.collection.api import (
    Batch,
    batches_in_state,
    batches_visible,
    summaries_visible,
    withdraw_batch,
    withdraw_summary,
)
from msoko.cycle.procedures.api import campaign_title
from msoko.foundation.access.api import Permission
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import page_of, say, signed_in

STATES = [("current", "Действуют"), ("superseded", "Заменены"), ("withdrawn", "Отозваны")]


@require_GET
@signed_in(Permission.IMPORT_RESULTS)
def batch_list(request: WorkplaceRequest) -> HttpResponse:
    """Who accepted what, when, from which files."""
    page = page_of(request, listed_batches(request), 25)
    context = {
        "page": page,
        "rows": [(batch, campaign_title(batch.campaign)) for batch in page],
        "states": STATES,
        "may_withdraw": request.scope.may_anywhere(Permission.WITHDRAW_RESULTS),
    }
    return render(request, "office/collection/batches.html", context)


def listed_batches(request: WorkplaceRequest) -> QuerySet[Batch]:
    """Batches that the address asks for, newest first."""
    rows = batches_visible(request.scope).prefetch_related("session__files")
    if request.GET.get("campaign", "").isdecimal():
        rows = rows.filter(campaign_id=whole_number(request.GET["campaign"]))
    return batches_in_state(rows, request.GET["state"]) if request.GET.get("state") in dict(STATES) else rows


@require_POST
@signed_in(Permission.WITHDRAW_RESULTS)
def batch_withdraw(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Withdraw on a basis; what had been superseded speaks again."""
    batch = get_object_or_404(batches_visible(request.scope), pk=pk)
    withdraw_batch(act_of(request), batch=batch, basis=request.POST.get("basis", ""))
    say(
        request, f"Результаты отозваны: {campaign_title(batch.campaign)}. Действуют прежние данные, расчёт обновляется."
    )
    return redirect("office:collection:batches")


@require_POST
@signed_in(Permission.WITHDRAW_RESULTS)
def summary_withdraw(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Withdraw a summary report on a basis; the campaign is computed without it."""
    summary = get_object_or_404(summaries_visible(request.scope), pk=pk)
    withdraw_summary(act_of(request), summary=summary, basis=request.POST.get("basis", ""))
    say(request, f"Сводный отчёт отозван: {campaign_title(summary.campaign)}. Расчёт обновляется.")
    return redirect("office:procedures:campaign", summary.campaign_id)
