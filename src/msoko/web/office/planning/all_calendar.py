"""Terms of all plans in sight, month by month."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.cycle.planning.api import (
    AssignmentState,
    Occurrence,
    occurrences_for_calendar,
    plans_visible,
    states_of_terms,
    working_days_off,
)
from msoko.foundation.access.api import Permission
from msoko.web.office.planning.timeline import Item, last_day, month_of, month_title, next_month, weeks_of
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import signed_in

ROWS = 100


@require_GET
@signed_in(Permission.SEE_PLANS)
def all_calendar(request: WorkplaceRequest) -> HttpResponse:
    """A month by days, a list under it in pages."""
    today = timezone.localdate()
    month = month_of(request.GET.get("shown", ""), today)
    rows = list(_touching(_filtered(request), month))
    states = states_of_terms(request.scope, [one.pk for one in rows], today)
    items = [Item(one.activity, one, states.get(one.pk)) for one in rows]
    if request.GET.get("state"):
        items = [one for one in items if one.state == request.GET["state"]]
    has_long = request.GET.get("long") == "1"
    shown = [one for one in items if has_long or not one.is_long]
    off = working_days_off(month - dt.timedelta(days=7), last_day(month) + dt.timedelta(days=7))
    context = {
        "month": month, "title": month_title(month), "today": today, "weeks": weeks_of(month, shown, off, today),
        "previous": next_month(month, -1), "next": next_month(month), "has_long": has_long,
        "long_count": sum(one.is_long for one in items), "found": len(shown),
        "page": Paginator(shown, ROWS).get_page(request.GET.get("page")),
        "plans": plans_visible(request.scope), "states": AssignmentState.choices,
    }  # fmt: skip
    return render(request, "office/planning/all_calendar.html", context)


def _filtered(request: WorkplaceRequest) -> QuerySet[Occurrence]:
    rows = occurrences_for_calendar(request.scope, None).select_related("activity__section", "activity__plan__owner")
    plan = whole_number(request.GET.get("plan", ""))
    if plan:
        rows = rows.filter(activity__plan=plan)
    for word in request.GET.get("q", "")[:200].split():
        rows = rows.filter(Q(activity__title__icontains=word) | Q(activity__responsible_raw__icontains=word))
    return rows


def _touching(rows: QuerySet[Occurrence], month: dt.date) -> QuerySet[Occurrence]:
    is_begun = Q(starts_on__lte=last_day(month)) | Q(starts_on__isnull=True, ends_on__lte=last_day(month))
    return rows.filter(is_begun, ends_on__gte=month).order_by("ends_on", "starts_on", "activity__position", "id")
