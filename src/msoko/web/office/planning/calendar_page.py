"""A plan as a calendar: a month by days, a year by months; files and addresses for calendar programs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.cycle.planning.api import (
    CalendarEntry,
    Occurrence,
    Plan,
    PlanFilter,
    calendar_entries,
    calendar_file,
    create_feed,
    feed_by_secret,
    feeds_of,
    plans_visible,
    revoke_feed,
    states_of_terms,
    terms_of_activities,
    working_days_off,
    years_of,
)
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.audit.api import record
from msoko.web.office.planning.filters import chosen, filter_options, jump_options, plan_filter
from msoko.web.office.planning.saved import saved_options
from msoko.web.office.planning.timeline import (
    Item,
    Month,
    Window,
    grid_of,
    last_day,
    month_of,
    month_title,
    next_month,
    touching,
    window_of,
)
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import say, signed_in

ROWS = 100
#: terms of a month that the page of a year names; the rest stand behind the name of the month
MONTH_ROWS = 10


def plan_terms(request: WorkplaceRequest, plan: Plan) -> QuerySet[Occurrence]:
    """Occurrences of the activities that the filters of the address let through."""
    return terms_of_activities(chosen(request.scope, plan, request.GET))


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_calendar(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """A month by days, or the year of the plan by months. Only what is shown is read."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    today = timezone.localdate()
    first, last = years_of(plan)[0].start, years_of(plan)[-1].end
    month = month_of(request.GET.get("shown", ""), today if first <= today <= last else first)
    is_year = request.GET.get("view") == "year"
    start = _year_start(first, last, month)
    days = (start, last_day(next_month(start, 11))) if is_year else grid_of(month)
    window = window_of(request.scope, plan_terms(request, plan), request.GET, *days)
    context = filter_options(plan) | saved_options(request, plan) | {
        "plan": plan, "month": month, "title": month_title(month), "today": today, "is_year": is_year,
        "previous": next_month(month, -1), "next": next_month(month),
        "long_count": window.long_count, "has_long": window.has_long,
    } | jump_options(request.GET, first, last)  # fmt: skip
    if is_year:
        context["months"] = _year(window, start)
    else:
        context["weeks"] = Month(month, window).weeks(working_days_off(*days), today)
        page = Paginator(touching(window.keys, month, last_day(month)), ROWS).get_page(request.GET.get("page"))
        context |= {"page": page, "listed": window.items(page.object_list)}
    return render(request, "office/planning/calendar.html", context)


def _year_start(first: dt.date, last: dt.date, month: dt.date) -> dt.date:
    """The first month of the plan's year that holds the month."""
    start = first.replace(day=1)
    while next_month(start, 12) <= month and next_month(start, 12) <= last:
        start = next_month(start, 12)
    return start


@dataclass(frozen=True, slots=True)
class YearMonth:
    """A month of a year: how many terms end in it, the first of them."""

    month: dt.date
    title: str
    count: int
    items: tuple[Item, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.items)


def _year(window: Window, start: dt.date) -> list[YearMonth]:
    months = [next_month(start, number) for number in range(12)]
    due = {one: [key for key in window.keys if one <= key.last <= last_day(one)] for one in months}
    drawn = window.items(key for found in due.values() for key in found[:MONTH_ROWS])
    items = {one.occurrence.pk: one for one in drawn}
    return [
        YearMonth(
            one, month_title(one), len(found), tuple(items[key.pk] for key in found[:MONTH_ROWS] if key.pk in items)
        )
        for one, found in due.items()
    ]


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
    if plan is None or plan_filter(query) == PlanFilter():
        return calendar_entries(scope, plan, address)
    keys = set(chosen(scope, plan, query).values_list("pk", flat=True))
    entries = [one for one in calendar_entries(scope, plan, address) if one.activity in keys]
    if not query.get("state"):
        return entries
    states = states_of_terms(scope, [one.occurrence for one in entries], timezone.localdate())
    return [one for one in entries if states.get(one.occurrence) == query["state"]]


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
