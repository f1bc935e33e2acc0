"""Directions of managing quality: owners, activities by parts of the cycle, gaps."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.planning.api import (
    DirectionRow,
    Plan,
    confirm_proposals,
    matrix_of,
    name_direction_owner,
    plans_visible,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.cycle import cycle_parts, editions
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization, start_year_of
from msoko.foundation.roster.api import Appointment, visible_appointments
from msoko.web.office.planning.forms import owner_of
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import say, say_refusal, signed_in
from qualimetry.narrative.blocks import Column, Table


class Board:
    """What the address asks for: whose directions, of which year and plan, by which edition."""

    def __init__(self, request: WorkplaceRequest) -> None:
        visible = plans_visible(request.scope)
        owners = list(Organization.objects.filter(pk__in=visible.values("owner")).order_by("path"))
        if not owners:
            raise RefusedError("Планов ещё нет.", "Загрузите план муниципалитета или составьте его.")
        self.owners = owners
        self.owner = owner_of(owners, request.GET.get("owner"))
        own: QuerySet[Plan] = visible.filter(owner=self.owner)
        self.years = sorted({plan.start_year for plan in own}, reverse=True)
        asked = whole_number(request.GET.get("year", ""))
        now = start_year_of(timezone.localdate())
        self.year = asked if asked in self.years else next((y for y in self.years if y <= now), self.years[0])
        self.all_plans = [plan for plan in own if plan.start_year <= self.year < plan.start_year + plan.years]
        key = whole_number(request.GET.get("plan", ""))
        self.plans = [plan for plan in self.all_plans if plan.pk == key] or self.all_plans
        known = [code for code, _ in editions()]
        told = next((plan.directions for plan in self.plans if plan.directions), "")
        self.edition = request.GET["edition"] if request.GET.get("edition") in known else told or known[0]

    @property
    def rows(self) -> list[DirectionRow]:
        return matrix_of(self.owner, self.plans, self.edition)


@require_GET
@signed_in(Permission.SEE_PLANS)
def direction_list(request: WorkplaceRequest) -> HttpResponse:
    """The matrix direction × part of the cycle with owners."""
    board = Board(request)
    rows = board.rows
    may_edit = request.scope.may(Permission.EDIT_PLANS, board.owner)
    context = {
        "board": board,
        "rows": rows,
        "parts": cycle_parts(board.edition),
        "editions": editions(),
        "may_edit": may_edit,
        "people": _people(request, board.owner) if may_edit else [],
        "proposed": sum(cell.proposed for row in rows for cell in row.cells),
        "gaps": sum(row.gaps for row in rows if row.code),
        "single": board.plans[0] if len(board.plans) == 1 else None,
        "waiting": [plan for plan in board.plans if may_edit],
    }
    return render(request, "office/planning/directions.html", context)


def _people(request: WorkplaceRequest, owner: Organization) -> QuerySet[Appointment]:
    today = timezone.localdate()
    rows = visible_appointments(request.scope, today).filter(organization__path__startswith=owner.path)
    rows = rows.exclude(valid_until__lt=today).exclude(post="").select_related("person", "organization")
    if owner.kind == "municipality":
        rows = rows.filter(organization__kind__in=("authority", "advisory_service", "municipality"))
    return rows.order_by("person__search_key")[:300]


@require_GET
@signed_in(Permission.SEE_PLANS)
def direction_export(request: WorkplaceRequest) -> HttpResponse:
    """The matrix as a workbook."""
    board = Board(request)
    parts = [title for _, title in cycle_parts(board.edition)]
    titles = ["Направление", "Отвечает", *parts, "Часть не указана", "Всего"]
    rows = tuple((row.title, _name(row), *(cell.count for cell in row.cells), row.count) for row in board.rows)
    table = Table("directions", "Направления и части цикла", tuple(Column(title) for title in titles), rows)
    act = act_of(request)
    record(act, "planning.table.downloaded", kind="table", label="Направления", details={"rows": len(rows)})
    sheets = [SheetSpec("Направления", table, as_of=timezone.localdate(act.at))]
    return download("Направления.xlsx", tables_bytes(sheets, title="Направления и части управленческого цикла"))


def _name(row: DirectionRow) -> str:
    return row.owner.appointment.person.full_name if row.owner else ""


@require_POST
@signed_in(Permission.EDIT_PLANS)
def direction_owner(request: WorkplaceRequest) -> HttpResponse:
    """Name the person who answers for a direction."""
    owner = get_object_or_404(
        Organization.objects.filter(request.scope.filter(Permission.EDIT_PLANS)),
        pk=whole_number(request.POST.get("owner", "")),
    )
    key = whole_number(request.POST.get("appointment", ""))
    person = get_object_or_404(visible_appointments(request.scope, timezone.localdate()), pk=key) if key else None
    try:
        name_direction_owner(
            act_of(request), owner=owner, direction=request.POST.get("direction", ""), appointment=person
        )
    except RefusedError as refusal:
        say_refusal(request, refusal)
    else:
        say(request, "Владелец направления назначен." if person else "Владелец направления снят.")
    return redirect(f"{reverse('office:planning:directions')}?owner={owner.pk}")


@require_POST
@signed_in(Permission.EDIT_PLANS)
def proposals_confirm(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """All proposed directions and parts of a plan are right."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    count = confirm_proposals(act_of(request), plan=plan)
    say(request, f"Подтверждено мероприятий: {count}.")
    return redirect("office:planning:plan", pk)
