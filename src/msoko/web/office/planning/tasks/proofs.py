"""Files of proofs: given to those who see the task, every download stands in the journal."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.planning.api import Evidence, tasks_readable, withdraw_evidence
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.storage import default_storage
from msoko.web.office.planning.tasks.card import SEES
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import say, signed_in


def _visible(request: WorkplaceRequest) -> QuerySet[Evidence]:
    return Evidence.objects.filter(assignment__in=tasks_readable(request.scope)).select_related(
        "assignment__occurrence__activity__plan__owner", "assignment__organization"
    )


@require_GET
@signed_in(*SEES)
def proof(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The file of a proof, saved and never shown in the page."""
    found = get_object_or_404(_visible(request), pk=pk)
    storage = default_storage()
    if not found.file_key or not storage.exists(found.file_key):
        raise Http404
    row = found.assignment
    record(
        act_of(request), "planning.evidence.downloaded", kind="assignment", object_id=row.pk, label=found.file_name,
        organization=row.organization or row.occurrence.activity.plan.owner,
    )  # fmt: skip
    return download(found.file_name, storage.read(found.file_key))


@require_POST
@signed_in(*SEES)
def proof_withdraw(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Take a proof back."""
    found = get_object_or_404(_visible(request), pk=pk)
    withdraw_evidence(act_of(request), evidence=found)
    say(request, "Подтверждение отозвано.")
    return redirect("office:tasks:detail", found.assignment.occurrence_id)
