"""The network schedule of a plan: proposals to decide, contradictions, floats, the critical path, the drawing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.planning.api import (
    Activity,
    Dependency,
    DependencyState,
    Network,
    Plan,
    PlanStatus,
    Timing,
    YearKind,
    activities_named,
    activity_named,
    add_dependency,
    decide_dependencies,
    dependencies_of,
    network_of,
    plans_visible,
    propose_dependencies,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.foundation.documents.official_table import OfficialTable, official_docx
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.office.planning.decisions import decided
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import signed_in
from qualimetry.narrative.blocks import Column, Table

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y = 190, 46, 54, 16
#: rows of the table on a page, dependencies and contradictions that are named, boxes of the drawing, choices of a field
ROWS, NAMED, BOXES, CHOICES = 50, 30, 60, 20


@dataclass(frozen=True, slots=True)
class Box:
    activity: Activity
    x: float
    y: float
    is_critical: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    boxes: tuple[Box, ...]
    paths: tuple[tuple[str, bool], ...]
    width: float
    height: float


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_network(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The network of a year of the plan: a page of its table, a part of its drawing."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    year = _year(request, plan)
    network = network_of(plan, year)
    page = Paginator(list(network.timings), ROWS).get_page(request.GET.get("page"))
    wrong = network.contradictions[:NAMED]
    focus = whole_number(request.GET.get("chain", ""))
    drawn = _drawn(network, focus)
    ends = {key for one in wrong for key in (one.link.before, one.link.after)}
    activities = _activities({*page.object_list, *drawn, *ends})
    context = {
        "plan": plan, "year": year, "years": range(plan.start_year, plan.start_year + plan.years),
        "states": _by_state(plan), "network": network, "page": page,
        "rows": [(activities[key], network.timings[key], network.nodes[key]) for key in page.object_list],
        "contradictions": [(activities[one.link.before], activities[one.link.after], one) for one in wrong],
        "drawing": _draw(network, activities, drawn), "linked_count": len(_linked(network)),
        "focus": activities.get(focus) if focus in drawn else None,
        "may_edit": request.scope.may(Permission.EDIT_PLANS, plan.owner) and plan.status != PlanStatus.CLOSED,
        "box": (BOX_WIDTH, BOX_HEIGHT),
    }  # fmt: skip
    return render(request, "office/planning/network.html", context)


@dataclass(frozen=True, slots=True)
class Links:
    """Dependencies of one state: the first of them, and how many there are."""

    shown: tuple[Dependency, ...]
    count: int


def _by_state(plan: Plan) -> dict[str, Links]:
    """The first dependencies of every state: by so many they are decided, then come the next."""
    rows = dependencies_of(plan).order_by("predecessor__position", "successor__position", "pk")
    counts = dict(dependencies_of(plan).order_by().values("state").annotate(n=Count("pk")).values_list("state", "n"))
    return {
        state.value: Links(tuple(rows.filter(state=state)[:NAMED]), counts.get(state.value, 0))
        for state in DependencyState
    }  # fmt: skip


def _activities(keys: Iterable[int]) -> dict[int, Activity]:
    return Activity.objects.only("plan", "position", "number", "title").in_bulk(list(keys))


def _year(request: WorkplaceRequest, plan: Plan) -> int:
    year = whole_number(request.GET.get("year", ""))
    return year if plan.start_year <= year < plan.start_year + plan.years else plan.start_year


def _linked(network: Network) -> set[int]:
    return {key for link in network.links for key in (link.before, link.after)}


def _drawn(network: Network, focus: int) -> list[int]:
    """Activities that are drawn, inputs first: all linked ones while they fit; of more, the chain of the one that was
    asked for, or else the critical path and whole chains after it."""
    linked = _linked(network)
    order = [key for key in network.timings if key in linked]
    if focus in linked:
        chain = _chain(network, focus)
        return [key for key in order if key in chain][:BOXES]
    if len(order) <= BOXES:
        return order
    chosen: set[int] = set()
    for key in sorted(order, key=lambda one: not network.timings[one].is_critical):
        if key not in chosen:
            chain = _chain(network, key)
            if chosen and len(chosen | chain) > BOXES:
                continue
            chosen |= chain
    return [key for key in order if key in chosen][:BOXES]


def _chain(network: Network, key: int) -> set[int]:
    """Everything that an activity waits for and that waits for it, itself among them."""
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for link in network.links:
        before.setdefault(link.after, []).append(link.before)
        after.setdefault(link.before, []).append(link.after)
    found = {key}
    for steps in (before, after):
        queue = [key]
        while queue:
            fresh = [one for one in steps.get(queue.pop(), ()) if one not in found]
            found.update(fresh)
            queue += fresh
    return found


def _draw(network: Network, activities: dict[int, Activity], order: Sequence[int]) -> Drawing:
    """Linked activities in columns: each one column after the last of its inputs."""
    links = [one for one in network.links if one.before in set(order) and one.after in set(order)]
    column: dict[int, int] = {}
    for key in order:
        inputs = [column[link.before] for link in links if link.after == key]
        column[key] = max(inputs, default=-1) + 1
    filled: dict[int, int] = {}
    places: dict[int, tuple[float, float]] = {}
    for key in sorted(order, key=lambda one: (column[one], activities[one].position)):
        row = filled.setdefault(column[key], 0)
        filled[column[key]] = row + 1
        places[key] = (column[key] * (BOX_WIDTH + GAP_X) + 4, row * (BOX_HEIGHT + GAP_Y) + 4)
    boxes = tuple(Box(activities[key], *places[key], network.timings[key].is_critical) for key in places)
    paths = tuple(_path(places[one.before], places[one.after], network, one.before, one.after) for one in links)
    width = (max(column.values(), default=0) + 1) * (BOX_WIDTH + GAP_X)
    return Drawing(boxes, paths, width, max(filled.values(), default=0) * (BOX_HEIGHT + GAP_Y) + 8)


def _path(
    start: tuple[float, float], end: tuple[float, float], network: Network, before: int, after: int
) -> tuple[str, bool]:
    x1, y1 = start[0] + BOX_WIDTH, start[1] + BOX_HEIGHT / 2
    x2, y2 = end[0], end[1] + BOX_HEIGHT / 2
    middle = (x1 + x2) / 2
    is_critical = network.timings[before].is_critical and network.timings[after].is_critical
    return f"M{x1:.0f},{y1:.0f} C{middle:.0f},{y1:.0f} {middle:.0f},{y2:.0f} {x2:.0f},{y2:.0f}", is_critical


@require_POST
@signed_in(Permission.EDIT_PLANS)
def network_propose(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Propose dependencies from the texts."""

    def decide(plan: Plan) -> str:
        count = propose_dependencies(act_of(request), plan=plan)
        return f"Предложено связей: {count}." if count else "Новых связей в текстах не найдено."

    return decided(request, pk, decide, "network")


@require_POST
@signed_in(Permission.EDIT_PLANS)
def network_decide(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Confirm or reject the marked dependencies."""

    def decide(plan: Plan) -> str:
        keys = [whole_number(one) for one in request.POST.getlist("dependency")]
        if not keys:
            raise RefusedError("Связи не отмечены.", "Отметьте связи в таблице.")
        is_rejected = request.POST.get("decision") == "reject"
        state = DependencyState.REJECTED if is_rejected else DependencyState.CONFIRMED
        count = decide_dependencies(act_of(request), plan=plan, keys=keys, state=state)
        return f"{'Отклонено' if is_rejected else 'Подтверждено'} связей: {count}."

    return decided(request, pk, decide, "network")


@require_POST
@signed_in(Permission.EDIT_PLANS)
def network_add(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Put in a dependency by hand."""

    def decide(plan: Plan) -> str:
        before, after = (activity_named(plan, request.POST.get(name, "")) for name in ("before", "after"))
        lag = min(whole_number(request.POST.get("lag", "")), 400)
        add_dependency(act_of(request), before=before, after=after, lag_days=lag)
        return "Связь добавлена."

    return decided(request, pk, decide, "network")


@require_GET
@signed_in(Permission.SEE_PLANS)
def network_find(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Activities by words of their numbers and titles, as choices of a field."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    words = request.GET.get("before", "") or request.GET.get("after", "")
    names = activities_named(plan, words[:200], CHOICES) if words.strip() else []
    return render(request, "office/planning/parts/choices.html", {"names": names})


@require_GET
@signed_in(Permission.SEE_PLANS)
def network_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The table of the network as a workbook, or for paper."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    network = network_of(plan, _year(request, plan))
    activities = _activities(network.timings)
    rows = [(activities[key], network.nodes[key].duration, one) for key, one in network.timings.items()]
    record(
        act_of(request), "planning.table.downloaded", kind="plan", object_id=plan.pk, label=plan.title,
        organization=plan.owner,
    )  # fmt: skip
    name = f"Сетевой график — {plan.title[:60]}"
    if request.GET.get("kind") == "docx":
        return download(f"{name}.docx", official_docx(_paper(plan, network, rows)))
    columns = tuple(Column(title, width=4.0 if title == "Мероприятие" else 1.0) for title, _ in _COLUMNS)
    cells = tuple(_cells(*row) for row in rows)
    sheet = SheetSpec("Сетевой график", Table("network", "Сетевой график", columns, cells), as_of=timezone.localdate())
    return download(f"{name}.xlsx", tables_bytes([sheet], title="Сетевой график"))


#: titles with shares of the width on paper
_COLUMNS = (
    ("№", 0.06), ("Мероприятие", 0.30), ("Рабочих дней", 0.07), ("Раннее начало", 0.09), ("Раннее окончание", 0.09),
    ("Позднее начало", 0.09), ("Позднее окончание", 0.09), ("Полный резерв, рабочих дней", 0.07),
    ("Свободный резерв, рабочих дней", 0.07), ("Критическое", 0.07),
)  # fmt: skip


def _cells(activity: Activity, duration: int | None, one: Timing) -> tuple[object, ...]:
    return (
        activity.number, activity.title, duration, one.early_start, one.early_finish, one.late_start,
        one.late_finish, one.total_float, one.free_float, "да" if one.is_critical else "",
    )  # fmt: skip


def _paper(plan: Plan, network: Network, rows: list[tuple[Activity, int | None, Timing]]) -> OfficialTable:
    """The table of the network on A4 landscape; what is not known is said above it."""
    notes = [plan.title]
    if network.without_duration:
        notes.append(
            f"Длительность не указана у {network.without_duration} из {len(rows)} мероприятий: "
            "для них известен только резерв внутри срока."
        )
    return OfficialTable(
        f"Сетевой график на {network.year}{f'/{network.year + 1}' if plan.year_kind == YearKind.SCHOOL else ''} год",
        _COLUMNS,
        tuple(tuple(_shown(cell) for cell in _cells(*row)) for row in rows),
        notes=tuple(notes),
    )


def _shown(cell: object) -> str:
    if cell is None:
        return "–"
    return f"{cell:%d.%m.%Y}" if isinstance(cell, dt.date) else str(cell)
