"""A plan as a Gantt chart: bars drawn by the server in windows of rows and months, the table behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.cycle.planning.api import Activity, Plan, TermKey, dependencies_of, plans_visible, years_of
from msoko.foundation.access.api import Permission
from msoko.web.office.planning.calendar_page import plan_terms
from msoko.web.office.planning.filters import filter_options, jump_options
from msoko.web.office.planning.rows import shown_dates
from msoko.web.office.planning.saved import saved_options
from msoko.web.office.planning.timeline import Item, last_day, month_of, next_month, short_month_title, window_of
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import signed_in

ROWS = 40
#: pixels a day by zoom, and how many months are drawn
ZOOMS = {"month": (24.0, 1), "quarter": (7.0, 3), "year": (2.3, 12), "years": (0.9, 36)}
ROW_HEIGHT, HEAD = 26, 34


@dataclass(frozen=True, slots=True)
class Bar:
    """A window on the chart, in pixels. `was`: where it stood before it was postponed."""

    item: Item
    x: float
    width: float
    y: float
    tone: str
    was: tuple[float, float] | None = None

    @property
    def text(self) -> str:
        """The term in words, with its state."""
        dates = shown_dates(self.item.occurrence.starts_on, self.item.occurrence.ends_on)
        return f"{dates}, {self.item.state.label.lower()}" if self.item.state else dates


@dataclass(frozen=True, slots=True)
class Line:
    activity: Activity
    y: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    path: str


_TONES = {
    "confirmed": "good", "confirmed_late": "good", "done": "info", "in_work": "info", "overdue": "bad",
    "cancelled": "none", "returned": "warn", "blocked": "warn",
}  # fmt: skip


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_gantt(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Rows of one page, months of one zoom."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    zoom = request.GET.get("zoom", "year")
    pixels, months = ZOOMS.get(zoom, ZOOMS["year"])
    first = month_of(request.GET.get("shown", ""), _usual_start(plan, months))
    last = last_day(next_month(first, months - 1))
    window = window_of(request.scope, plan_terms(request, plan), request.GET, first, last)
    rows: dict[int, list[TermKey]] = {}
    for key in sorted(window.keys, key=lambda one: (one.position, one.activity, one.first, one.last)):
        rows.setdefault(key.activity, []).append(key)
    page = Paginator(list(rows.values()), ROWS).get_page(request.GET.get("page"))
    drawn = {one.occurrence.pk: one for one in window.items(key for found in page for key in found)}
    shown = [[drawn[key.pk] for key in found if key.pk in drawn] for found in page]
    lines = [_line(found, number, first, last, pixels) for number, found in enumerate(filter(None, shown))]
    today = timezone.localdate()
    span = years_of(plan)
    jump = jump_options(request.GET, span[0].start, span[-1].end)
    context = filter_options(plan) | saved_options(request, plan) | jump | {
        "plan": plan, "page": page, "lines": lines, "zoom": zoom if zoom in ZOOMS else "year",
        "marks": _marks(first, months, pixels), "width": round((last - first).days * pixels + pixels, 1),
        "height": ROW_HEIGHT * max(len(lines), 1), "head": HEAD, "shown": f"{first:%Y-%m}",
        "today": round((today - first).days * pixels, 1) if first <= today <= last else None,
        "previous": next_month(first, -months), "next": next_month(first, months),
        "may_move": request.scope.may(Permission.CONFIRM_TASKS, plan.owner),
        "arrows": _arrows(lines, plan), "has_long": window.has_long, "long_count": window.long_count,
    }  # fmt: skip
    return render(request, "office/planning/gantt.html", context)


def _usual_start(plan: Plan, months: int) -> dt.date:
    """The start of the plan; today's month where less than a year is drawn and the plan is under way."""
    start, today = years_of(plan)[0].start, timezone.localdate()
    return today if months < 12 and start <= today <= years_of(plan)[-1].end else start


def _line(found: list[Item], number: int, first: dt.date, last: dt.date, pixels: float) -> Line:
    y = number * ROW_HEIGHT
    return Line(found[0].activity, y, tuple(_bar(item, y, first, last, pixels) for item in found))


def _bar(item: Item, y: float, first: dt.date, last: dt.date, pixels: float) -> Bar:
    x, width = _span(item.first, item.last, first, last, pixels)
    planned = item.occurrence.planned_ends_on
    was = None
    if planned and planned != item.occurrence.ends_on:
        was = _span(item.occurrence.planned_starts_on or planned, planned, first, last, pixels)
    return Bar(item, x, width, y + 5, _TONES.get(str(item.state or ""), "plan"), was)


def _span(start: dt.date, end: dt.date, first: dt.date, last: dt.date, pixels: float) -> tuple[float, float]:
    begin = (max(start, first) - first).days * pixels
    finish = ((min(end, last) - first).days + 1) * pixels
    return round(begin, 1), round(max(finish - begin, 5.0), 1)


def _marks(first: dt.date, months: int, pixels: float) -> list[tuple[float, str]]:
    """Where months begin, with their names; every third one when there are many."""
    step = 1 if months <= 12 else 3
    found = [next_month(first, number) for number in range(0, months, step)]
    return [(round((one - first).days * pixels, 1), short_month_title(one)) for one in found]


def _arrows(lines: Iterable[Line], plan: Plan) -> list[Arrow]:
    """Confirmed dependencies between activities of this page."""
    ends = {line.activity.pk: line for line in lines if line.bars}
    found = []
    for one in dependencies_of(plan).filter(state="confirmed", predecessor__in=ends, successor__in=ends):
        before, after = ends[one.predecessor_id], ends[one.successor_id]
        x1 = before.bars[-1].x + before.bars[-1].width
        x2, y1, y2 = after.bars[0].x, before.y + ROW_HEIGHT / 2, after.y + ROW_HEIGHT / 2
        found.append(Arrow(f"M{x1:.0f},{y1:.0f} h6 V{y2:.0f} H{x2:.0f}"))
    return found
