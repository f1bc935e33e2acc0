"""Home, the search over everything, the choice of the school year."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from msoko.foundation.roster.api import open_school_year
from msoko.web.office.home.planning_desk import planning_sections
from msoko.web.office.home.tasks import tasks_of
from msoko.web.ui.context import SCHOOL_YEAR_SESSION_KEY
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.search import search_everything
from msoko.web.ui.views import signed_in


@require_GET
@signed_in()
def home(request: WorkplaceRequest) -> HttpResponse:
    """«Мои задачи»: what waits for this person."""
    return render(
        request, "office/home/home.html", {"sections": planning_sections(request), "tasks": tasks_of(request)}
    )


@require_GET
@signed_in()
def search(request: WorkplaceRequest) -> HttpResponse:
    """Found entries as a fragment for the search dialog."""
    asked = request.GET.get("q", "").strip()
    return render(request, "ui/parts/found.html", {"asked": asked, "groups": search_everything(request, asked)})


@require_POST
@signed_in()
def school_year(request: WorkplaceRequest) -> HttpResponse:
    """Keep the chosen school year (or open the one that has begun) and return to the page."""
    chosen = request.POST.get("start_year", "")
    if opened := request.POST.get("open", ""):
        year = open_school_year(act_of(request), start_year=whole_number(opened))
        chosen = str(year.start_year)
    if year_number := whole_number(chosen):
        request.session[SCHOOL_YEAR_SESSION_KEY] = year_number
    target = request.POST.get("next", "/")
    return redirect(target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "/")
