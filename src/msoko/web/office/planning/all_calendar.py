"""Terms of all plans in sight, month by month."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.cycle.planning.api import (
    Activity,
    AssignmentState,
    Occurrence,
    plans_visible,
    terms_in_sight,
    with_words,
    working_days_off,
)
from msoko.foundation.access.api import Permission
from msoko.web.office.planning.timeline import (
    Month,
    grid_of,
    last_day,
    month_of,
    month_title,
    next_month,
    touching,
    window_of,
)
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
    days = grid_of(month)
    window = window_of(request.scope, _filtered(request), request.GET, *days)
    listed = touching(window.keys, month, last_day(month))
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    context = {
        "month": month, "title": month_title(month), "today": today,
        "weeks": Month(month, window).weeks(working_days_off(*days), today),
        "previous": next_month(month, -1), "next": next_month(month), "has_long": window.has_long,
        "long_count": window.long_count, "found": len(listed), "page": page, "listed": window.items(page.object_list),
        "plans": plans_visible(request.scope), "states": AssignmentState.choices,
    }  # fmt: skip
    return render(request, "office/planning/all_calendar.html", context)


def _filtered(request: WorkplaceRequest) -> QuerySet[Occurrence]:
    rows = terms_in_sight(request.scope)
    plan = whole_number(request.GET.get("plan", ""))
    if plan:
        rows = rows.filter(activity__plan=plan)
    words = request.GET.get("q", "")[:200].casefold().split()
    if not words:
        return rows
    activities = Activity.objects.filter(pk__in=rows.order_by().values("activity"))
    return rows.filter(activity__in=with_words(activities, words))
