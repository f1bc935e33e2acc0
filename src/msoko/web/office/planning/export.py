"""A plan as a file: what is on screen in the official form."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from msoko.cycle.planning.api import activities_of, plan_paper, plans_visible
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.documents.official_table import official_docx, official_xlsx
from msoko.web.office.planning.filters import chosen
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import signed_in


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_download(request: WorkplaceRequest, pk: int, kind: str) -> HttpResponse:
    """Word or Excel of the rows that the filters let through."""
    if kind not in {"docx", "xlsx"}:
        raise Http404
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    rows = list(activities_of(plan).filter(pk__in=chosen(request.scope, plan, request.GET).order_by().values("pk")))
    paper = plan_paper(plan, rows)
    data = official_docx(paper) if kind == "docx" else official_xlsx(paper, "План")
    record(
        act_of(request), "planning.plan.downloaded", kind="plan", object_id=plan.pk, label=plan.title,
        organization=plan.owner, details={"as": kind, "rows": len(rows)},
    )  # fmt: skip
    return download(f"{plan.title[:80]}.{kind}", data)
