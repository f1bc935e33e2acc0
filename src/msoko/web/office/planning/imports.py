"""Plans from files: the page to drop them, their list, progress of reading."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.planning.api import PASTED_NAME, imports_visible, open_plan_import, plans_visible
from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.office.planning.forms import ImportForm, owner_of
from msoko.web.office.procedures.owners import owners_with
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.pasted import pasted_table
from msoko.web.ui.views import page_of, refuse, signed_in


@require_GET
@signed_in(Permission.EDIT_PLANS)
def import_list(request: WorkplaceRequest) -> HttpResponse:
    """The drop zone and what was loaded before."""
    return _page(request, ImportForm(initial=_initial(request)))


def _initial(request: WorkplaceRequest) -> dict[str, object]:
    """Years and kind of the plan that a corrected file belongs to."""
    plan = plans_visible(request.scope).filter(pk=whole_number(request.GET.get("plan", ""))).first()
    names = ("title", "kind", "year_kind", "start_year", "years")
    return {name: getattr(plan, name) for name in names} if plan else {}


def _page(request: WorkplaceRequest, form: ImportForm) -> HttpResponse:
    context = {
        "form": form,
        "owners": owners_with(request.scope, Permission.EDIT_PLANS),
        "page": page_of(request, imports_visible(request.scope).defer("reading", "answers"), 25),
        "plan": plans_visible(request.scope).filter(pk=whole_number(request.GET.get("plan", ""))).first(),
        "pasted": request.POST.get("table", ""),
        "markup": request.POST.get("table_html", ""),
    }
    return render(request, "office/planning/imports.html", context, status=400 if form.errors else 200)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def import_open(request: WorkplaceRequest) -> HttpResponse:
    """Keep the file or the pasted table and start reading."""
    owners = owners_with(request.scope, Permission.EDIT_PLANS)
    if not owners:
        raise RefusedError("Планы ведут муниципалитет и организации.", "Обратитесь к администратору.")
    form = ImportForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    upload = request.FILES.get("file")
    pasted = pasted_table(request).encode()
    name, data = (upload.name or "файл", upload.read()) if upload else (PASTED_NAME, pasted if pasted.strip() else b"")
    try:
        session = open_plan_import(
            act_of(request), owner=owner_of(owners, request.POST.get("owner")), file_name=name, data=data,
            plan=plans_visible(request.scope).filter(pk=whole_number(request.POST.get("plan", ""))).first(),
            **form.cleaned_data,
        )  # fmt: skip
    except RefusedError as refusal:
        refuse(form, refusal)
        return _page(request, form)
    return redirect("office:planning:import", session.pk)


@require_GET
@signed_in(Permission.EDIT_PLANS)
def import_progress(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """How far the reading is, as a fragment; over, the page is loaded again."""
    session = get_object_or_404(imports_visible(request.scope), pk=pk)
    response = render(request, "office/planning/parts/progress.html", {"session": session, "job": session.job})
    if session.read_at or session.job is None or session.job.is_over:
        response["HX-Refresh"] = "true"
    return response
