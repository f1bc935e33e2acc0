"""Activities «по графику»: which wait for the outside schedule, and its dates when it has come."""

from __future__ import annotations

import datetime as dt
import re

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from msoko.cycle.planning.api import (
    ScheduleEntry,
    bind_schedule,
    by_schedule_activities,
    is_month_of_schedules,
    waiting_for_schedule,
)
from msoko.cycle.procedures.api import Campaign, Proposal, binding_proposals, campaign_title, campaigns_visible
from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import start_year_of
from msoko.web.office.planning.tasks.filters import day_of
from msoko.web.office.planning.tasks.looks import term_words
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import page_of, say, signed_in

_DAY = re.compile(r"(\d{1,2})[.](\d{1,2})[.](\d{4})")
_LINES = 8


@require_GET
@signed_in(Permission.EDIT_PLANS)
def schedule_list(request: WorkplaceRequest) -> HttpResponse:
    """Activities that wait for a schedule, then those that have their dates."""
    today = timezone.localdate()
    years = {today.year, start_year_of(today)}
    waiting = set(waiting_for_schedule(request.scope, years).values_list("pk", flat=True))
    page = page_of(request, by_schedule_activities(request.scope))
    offered = binding_proposals(request.scope, list(page), _since())
    rows = [
        (one, one.pk in waiting, [term_words(term) for term in one.occurrences.all()],
         [offer for offer in offered.get(one.pk, ()) if offer.is_new or offer.is_changed])
        for one in page
    ]  # fmt: skip
    context = {"page": page, "rows": rows, "waiting": len(waiting), "is_due": is_month_of_schedules(today)}
    return render(request, "office/tasks/schedules.html", context)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def schedule_bind(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Dates of an activity: typed, pasted as lines of a table, or taken from campaigns that are planned already."""
    activity = get_object_or_404(by_schedule_activities(request.scope), pk=pk)
    proposals = binding_proposals(request.scope, [activity], _since()).get(activity.pk, [])
    refusal: RefusedError | None = None
    if request.method == "POST":
        try:
            entries = [
                *_proposed(request, proposals),
                *_from_campaigns(request),
                *_typed(request),
                *pasted_entries(request.POST.get("pasted", "")),
            ]
            made = bind_schedule(act_of(request), activity=activity, entries=entries)
        except ForbiddenError:
            raise
        except RefusedError as error:
            refusal = error
        else:
            say(request, f"График учтён, сроков: {len(made)}.")
            return redirect("office:tasks:schedules")
    context = {
        "activity": activity,
        "proposals": proposals,
        "chosen_proposals": request.POST.getlist("proposal"),
        "lines": [_line(request, number) for number in range(1, _LINES + 1)],
        "campaigns": [(one, campaign_title(one)) for one in _campaigns(request)],
        "chosen": request.POST.getlist("campaign"),
        "terms": [(one, term_words(one)) for one in activity.occurrences.all()],
        "refusal": refusal,
        "pasted": request.POST.get("pasted", ""),
        "basis": request.POST.get("basis", ""),
    }
    return render(request, "office/tasks/schedule_form.html", context, status=400 if refusal else 200)


def _line(request: WorkplaceRequest, number: int) -> dict[str, str]:
    names = ("part", "from", "to")
    return {"number": str(number), **{name: request.POST.get(f"{name}-{number}", "") for name in names}}


def _since() -> dt.date:
    """The beginning of this school year: nothing of the past is offered."""
    return dt.date(start_year_of(timezone.localdate()), 9, 1)


def _proposed(request: WorkplaceRequest, proposals: list[Proposal]) -> list[ScheduleEntry]:
    """Terms of the proposals that the person has confirmed."""
    chosen = set(request.POST.getlist("proposal"))
    return [one.entry for one in proposals if one.key in chosen]


def _campaigns(request: WorkplaceRequest) -> list[Campaign]:
    """Campaigns with dates from the beginning of this school year on, so that none of the past is offered."""
    return list(campaigns_visible(request.scope).filter(starts_on__gte=_since()).order_by("starts_on", "id")[:200])


def _from_campaigns(request: WorkplaceRequest) -> list[ScheduleEntry]:
    asked = {whole_number(text) for text in request.POST.getlist("campaign")}
    return [
        ScheduleEntry(
            one.starts_on, one.ends_on or one.starts_on, part=campaign_title(one)[:300], origin_kind="campaign",
            origin_id=str(one.pk), label=f"Процедура: {campaign_title(one)}",
        )
        for one in _campaigns(request)
        if one.pk in asked and one.starts_on
    ]  # fmt: skip


def _typed(request: WorkplaceRequest) -> list[ScheduleEntry]:
    label = request.POST.get("basis", "").strip()
    found = []
    for number in range(1, _LINES + 1):
        line = _line(request, number)
        start, end = day_of(line["from"]), day_of(line["to"])
        if last := end or start:
            found.append(ScheduleEntry(start if end else None, last, part=line["part"], label=label))
    return found


def pasted_entries(text: str) -> list[ScheduleEntry]:
    """Lines of a table with one or two dates in each: «Математика, 5 класс  14.04.2027  16.04.2027».

    Raises:
        RefusedError: when a line has no date, or one that does not exist.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        days = [_day(number, match) for match in _DAY.finditer(line)]
        if not days:
            raise RefusedError(f"Строка {number}: дата не найдена.", "Пишите даты так: 14.04.2027.")
        part = " ".join(_DAY.sub(" ", line).replace("\t", " ").strip(" -–—;,|").split())
        found.append(ScheduleEntry(days[0] if len(days) > 1 else None, days[-1], part=part, label="Внешний график"))
    return found


def _day(number: int, match: re.Match[str]) -> dt.date:
    day, month, year = match.groups()
    found = day_of(f"{year}-{int(month):02}-{int(day):02}")
    if found is None:
        raise RefusedError(f"Строка {number}: даты {match[0]} не существует.", "Исправьте дату и повторите.")
    return found
