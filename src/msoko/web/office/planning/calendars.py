"""School calendars: what «четверть» and «каникулы» mean in plans."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from intake.terms import SchoolCalendar, production_year, usual_calendar
from msoko.cycle.planning.api import calendars_for, set_calendar
from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization, start_year_of
from msoko.web.office.planning.calendar_form import CalendarForm, calendar_text, initial_of
from msoko.web.office.planning.forms import owner_of
from msoko.web.office.procedures.owners import owners_with
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import form_page, refuse, say, signed_in


def _owners(request: WorkplaceRequest) -> list[Organization]:
    owners = owners_with(request.scope, Permission.EDIT_PLANS)
    if not owners:
        raise RefusedError("Календарь ведут муниципалитет и организации.", "Обратитесь к администратору.")
    return owners


@require_GET
@signed_in(Permission.EDIT_PLANS)
def calendar_list(request: WorkplaceRequest) -> HttpResponse:
    """Calendars of the years around now: given or the usual dates that stand in."""
    owner = owner_of(_owners(request), request.GET.get("owner"))
    now = start_year_of(timezone.localdate())
    years = range(now - 1, now + 3)
    given = calendars_for(owner, years)
    rows: list[tuple[int, SchoolCalendar]] = [(year, given.get(year) or usual_calendar(year)) for year in years]
    context = {"rows": rows, "owner": owner, "given": given, "production": [production_year(year) for year in years]}
    return render(request, "office/planning/calendars.html", context)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def calendar_edit(request: WorkplaceRequest) -> HttpResponse:
    """Quarters and breaks of a school year."""
    owner = owner_of(_owners(request), request.POST.get("owner") or request.GET.get("owner"))
    year = whole_number(request.GET.get("year", "")) or start_year_of(timezone.localdate())
    calendar = calendars_for(owner, [year]).get(year) or usual_calendar(min(max(year, 2000), 2100))
    form = CalendarForm(request.POST or None, initial=initial_of(calendar))
    if request.method == "POST" and form.is_valid():
        try:
            set_calendar(
                act_of(request), owner=owner, start_year=form.start_year, text=calendar_text(form.cleaned_data),
                basis=form.cleaned_data["basis"],
            )  # fmt: skip
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Школьный календарь сохранён.")
            return redirect("office:planning:calendars")
    return form_page(request, "office/planning/calendar_form.html", form, {"owner": owner, "year": year})
