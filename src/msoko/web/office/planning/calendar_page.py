"""A plan as a calendar: a month by days, a year by months; files and addresses for calendar programs."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.cycle.planning.api import (
    CalendarEntry,
    Plan,
    activities_of,
    calendar_file,
    create_feed,
    entries_of,
    feed_by_secret,
    feeds_of,
    occurrences_for_calendar,
    plans_visible,
    revoke_feed,
    states_of_plan,
    working_days_off,
    years_of,
)
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.audit.api import record
from msoko.web.office.planning.filters import PlanFilter, chosen, filter_options, plan_filter
from msoko.web.office.planning.saved import saved_options
from msoko.web.office.planning.timeline import (
    Item,
    items_of,
    last_day,
    month_of,
    month_title,
    next_month,
    touching,
    weeks_of,
)
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import say, signed_in


def plan_items(request: WorkplaceRequest, plan: Plan) -> tuple[list[Item], dict[str, object]]:
    """Occurrences that the filters let through, and the choices of the filters."""
    current = [one for one in activities_of(plan) if one.dropped_at is None]
    states = states_of_plan(request.scope, plan, timezone.localdate())
    items = items_of(chosen(current, request.GET, states), states)
    wanted = request.GET.get("state")
    shown = [item for item in items if item.state == wanted] if wanted else items
    return shown, filter_options(plan, current)


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_calendar(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """A month by days, or the year of the plan by months."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    items, options = plan_items(request, plan)
    today = timezone.localdate()
    first, last = years_of(plan)[0].start, years_of(plan)[-1].end
    usual = today if first <= today <= last else first
    month = month_of(request.GET.get("shown", ""), usual)
    has_long = request.GET.get("long") == "1"
    shown = [item for item in items if has_long or not item.is_long]
    context = options | saved_options(request, plan) | {
        "plan": plan, "month": month, "title": month_title(month), "today": today,
        "previous": next_month(month, -1), "next": next_month(month),
        "long_count": sum(item.is_long for item in items), "has_long": has_long,
        "is_year": request.GET.get("view") == "year",
    }  # fmt: skip
    if context["is_year"]:
        context["months"] = _year(shown, first, last, month)
    else:
        off = working_days_off(month - dt.timedelta(days=7), last_day(month) + dt.timedelta(days=7))
        context["weeks"] = weeks_of(month, shown, off, today)
        context["listed"] = touching(shown, month, last_day(month))
    return render(request, "office/planning/calendar.html", context)


def _year(items: list[Item], first: dt.date, last: dt.date, month: dt.date) -> list[tuple[dt.date, str, list[Item]]]:
    """Twelve months of the plan's year that holds the month, each with what is due in it."""
    start = first.replace(day=1)
    while next_month(start, 12) <= month and next_month(start, 12) <= last:
        start = next_month(start, 12)
    months = [next_month(start, number) for number in range(12)]
    return [
        (one, month_title(one), [item for item in items if one <= item.last <= last_day(one)]) for one in months
    ]  # fmt: skip


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_ical(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The plan as an iCalendar file."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    act = act_of(request)
    address = request.build_absolute_uri(reverse("office:planning:list")) + "activity/"
    entries = _entries(request.scope, plan, request.GET, address)
    record(
        act, "planning.calendar.downloaded", kind="plan", object_id=plan.pk, label=plan.title,
        organization=plan.owner, details={"entries": len(entries)},
    )  # fmt: skip
    return download(f"{plan.title[:80]}.ics", calendar_file(plan.title, entries, act.at))


def _entries(scope: Scope, plan: Plan | None, query: QueryDict, address: str) -> list[CalendarEntry]:
    """Entries of a plan that the filters let through, or of all plans."""
    rows = occurrences_for_calendar(scope, plan)
    if plan is not None and plan_filter(query) != PlanFilter():
        states = states_of_plan(scope, plan, timezone.localdate()) if query.get("state") else {}
        activities = chosen(activities_of(plan).filter(dropped_at__isnull=True), query, states)
        rows = rows.filter(activity__in=[one.pk for one in activities])
        if query.get("state"):
            rows = rows.filter(pk__in=[pk for pk, state in states.items() if state == query["state"]])
    return entries_of(rows, address)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.SEE_PLANS)
def feed_list(request: WorkplaceRequest) -> HttpResponse:
    """Addresses of the person's calendars; a new one is shown once."""
    address = ""
    if request.method == "POST":
        plan = plans_visible(request.scope).filter(pk=whole_number(request.POST.get("plan", ""))).first()
        query = request.POST.get("query", "")
        title = (request.POST.get("title", "") or (plan.title if plan else "Все планы"))[:200]
        _, secret = create_feed(act_of(request), user=request.user, title=title, plan=plan, query=query)
        address = request.build_absolute_uri(reverse("office:planning:feed_read", args=[secret]))
    chosen_plan = whole_number(request.GET.get("plan", ""))
    kept = request.GET.copy()
    kept.pop("plan", None)
    context = {
        "feeds": feeds_of(request.user), "plans": plans_visible(request.scope), "address": address,
        "chosen_plan": chosen_plan, "query": kept.urlencode() if chosen_plan else "",
    }  # fmt: skip
    return render(request, "office/planning/feeds.html", context)


@require_POST
@signed_in(Permission.SEE_PLANS)
def feed_revoke(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """An address stops working."""
    revoke_feed(act_of(request), feed=get_object_or_404(feeds_of(request.user), pk=pk))
    say(request, "Адрес отозван: календарь по нему больше не обновляется.")
    return redirect("office:planning:feeds")


@require_GET
def feed_read(request: WorkplaceRequest, secret: str) -> HttpResponse:
    """The calendar of an address: no sign-in, the secret in the address is the key."""
    now = timezone.now()
    found = feed_by_secret(secret, now)
    if found is None:
        return HttpResponse(
            "Адрес календаря отозван или неверен.", status=404, content_type="text/plain; charset=utf-8"
        )
    feed, scope = found
    entries = _entries(scope, feed.plan, QueryDict(feed.query), "")
    response = HttpResponse(calendar_file(feed.title, entries, now), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response
