"""The network schedule of a plan: proposals to decide, contradictions, floats, the critical path, the drawing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.planning.api import (
    Activity,
    DependencyState,
    Network,
    Plan,
    PlanStatus,
    Timing,
    YearKind,
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
    """The network of a year of the plan."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    year = _year(request, plan)
    network = network_of(plan, year)
    activities = {one.pk: one for one in plan.activities.filter(dropped_at__isnull=True)}
    rows = list(dependencies_of(plan))
    context = {
        "plan": plan, "year": year, "years": range(plan.start_year, plan.start_year + plan.years),
        "proposed": [one for one in rows if one.state == DependencyState.PROPOSED],
        "confirmed": [one for one in rows if one.state == DependencyState.CONFIRMED],
        "rejected": [one for one in rows if one.state == DependencyState.REJECTED],
        "network": network,
        "rows": [(activities[key], timing, network.nodes[key]) for key, timing in network.timings.items()],
        "contradictions": [(activities[one.link.before], activities[one.link.after], one)
                           for one in network.contradictions],
        "critical": [activities[key] for key, timing in network.timings.items() if timing.is_critical],
        "drawing": _draw(network, activities),
        "activities": activities.values(),
        "may_edit": request.scope.may(Permission.EDIT_PLANS, plan.owner) and plan.status != PlanStatus.CLOSED,
        "box": (BOX_WIDTH, BOX_HEIGHT),
    }  # fmt: skip
    return render(request, "office/planning/network.html", context)


def _year(request: WorkplaceRequest, plan: Plan) -> int:
    year = whole_number(request.GET.get("year", ""))
    return year if plan.start_year <= year < plan.start_year + plan.years else plan.start_year


def _draw(network: Network, activities: dict[int, Activity]) -> Drawing:
    """Linked activities in columns: each one column after the last of its inputs."""
    linked = {key for link in network.links for key in (link.before, link.after)}
    order = [key for key in network.timings if key in linked]
    column: dict[int, int] = {}
    for key in order:
        inputs = [column[link.before] for link in network.links if link.after == key]
        column[key] = max(inputs, default=-1) + 1
    filled: dict[int, int] = {}
    places: dict[int, tuple[float, float]] = {}
    for key in sorted(order, key=lambda one: (column[one], activities[one].position)):
        row = filled.setdefault(column[key], 0)
        filled[column[key]] = row + 1
        places[key] = (column[key] * (BOX_WIDTH + GAP_X) + 4, row * (BOX_HEIGHT + GAP_Y) + 4)
    boxes = tuple(Box(activities[key], *places[key], network.timings[key].is_critical) for key in places)
    paths = tuple(_path(places[one.before], places[one.after], network, one.before, one.after) for one in network.links)
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
        chosen = [
            get_object_or_404(
                plan.activities.select_related("plan__owner"), pk=whole_number(request.POST.get(name, ""))
            )
            for name in ("before", "after")
        ]
        lag = min(whole_number(request.POST.get("lag", "")), 400)
        add_dependency(act_of(request), before=chosen[0], after=chosen[1], lag_days=lag)
        return "Связь добавлена."

    return decided(request, pk, decide, "network")


@require_GET
@signed_in(Permission.SEE_PLANS)
def network_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The table of the network as a workbook, or for paper."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    network = network_of(plan, _year(request, plan))
    activities = {one.pk: one for one in plan.activities.all()}
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
