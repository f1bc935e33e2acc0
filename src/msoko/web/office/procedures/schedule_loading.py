"""Schedules and hours of the curriculum from files: choosing a file or pasting a table."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from msoko.cycle.procedures.api import (
    PASTED,
    hours_paper,
    hours_table,
    import_hours,
    open_schedule_import,
    schedules_visible,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.load import load_policy
from msoko.foundation.documents.official_table import official_xlsx
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import Organization, SchoolYear, school_years
from msoko.web.office.procedures.schedules import schedule_owners, year_of
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.pasted import pasted_table
from msoko.web.ui.views import say, signed_in


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def schedule_import(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Choose a file or paste a table."""
    schedule = get_object_or_404(schedules_visible(request.scope), pk=pk)
    if not request.scope.may(Permission.EDIT_PLANS, schedule.organization):
        raise ForbiddenError
    context: dict[str, Any] = {"schedule": schedule, "refusal": None}
    if request.method == "POST":
        name, data = _given(request)
        try:
            session = open_schedule_import(act_of(request), schedule=schedule, file_name=name, data=data)
        except RefusedError as refusal:
            context |= {"refusal": refusal, "pasted": request.POST.get("table", "")[:100_000]}
        else:
            return redirect("office:procedures:schedule_import_preview", session.pk)
    return render(request, "office/procedures/schedule_import.html", context, status=400 if context["refusal"] else 200)


def _place(request: WorkplaceRequest) -> tuple[list[Organization], Organization, SchoolYear]:
    owners, year = schedule_owners(request), year_of(request)
    if not owners or year is None:
        raise RefusedError("Часы учебного плана ведут школы.", "Обратитесь к администратору.")
    wanted = request.POST.get("owner") or request.GET.get("owner")
    return owners, next((one for one in owners if str(one.pk) == wanted), owners[0]), year


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def hours(request: WorkplaceRequest) -> HttpResponse:
    """Hours of the curriculum of the own organization: the table, loading of a file."""
    owners, owner, year = _place(request)
    refusal = None
    if request.method == "POST":
        name, data = _given(request)
        try:
            count = import_hours(
                act_of(request), organization=owner, school_year=year, file_name=name, data=data, per=_per(request)
            )
        except ForbiddenError:
            raise
        except RefusedError as found:
            refusal = found
        else:
            say(request, f"Часы учебного плана сохранены: {count}.")
            return redirect(f"{request.path}?year={year.start_year}&owner={owner.pk}")
    titles, rows = hours_table(owner, year)
    context = {
        "owner": owner, "owners": owners, "year": year, "years": school_years(), "titles": titles, "rows": rows,
        "is_empty": not any(any(row) for _, row in rows), "refusal": refusal, "policy": load_policy(),
        "pasted": request.POST.get("table", "")[:100_000], "per": _per(request),
    }  # fmt: skip
    return render(request, "office/procedures/schedule_hours.html", context, status=400 if refusal else 200)


def _per(request: WorkplaceRequest) -> str:
    told = request.POST.get("per", "")
    return told if told in ("week", "year") else ""


def _given(request: WorkplaceRequest) -> tuple[str, bytes]:
    """The name and the bytes of the file, else of the pasted table."""
    upload = request.FILES.get("file")
    if upload is not None:
        return upload.name or "файл", upload.read()
    return PASTED, pasted_table(request).encode()


@require_GET
@signed_in(Permission.EDIT_PLANS)
def hours_blank(request: WorkplaceRequest) -> HttpResponse:
    """The blank form with the hours that are known."""
    _, owner, year = _place(request)
    record(
        act_of(request), "procedures.hours.downloaded", kind="organization", object_id=owner.pk,
        label=f"Часы учебного плана, {year.label}", organization=owner,
    )  # fmt: skip
    return download("Часы учебного плана.xlsx", official_xlsx(hours_paper(owner, year), "Часы"))
