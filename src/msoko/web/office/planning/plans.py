"""Plans: the list, a new one, the table of one, approval and closing."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.cycle.planning.api import (
    Activity,
    Plan,
    PlanKind,
    PlanStatus,
    activities_of,
    approve_changes,
    approve_plan,
    change_plan,
    close_plan,
    counts_of_plan,
    create_plan,
    deal_out_again,
    dealing_of,
    links,
    plans_visible,
    with_counts,
    withdraw_approval,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.cycle import direction_titles, part_titles
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.web.office.planning.decisions import decided
from msoko.web.office.planning.filters import chosen, filter_options
from msoko.web.office.planning.forms import ApprovalForm, PlanForm, owner_of
from msoko.web.office.planning.linked import procedures_for, takes_in
from msoko.web.office.planning.rows import plan_rows
from msoko.web.office.planning.saved import saved_options
from msoko.web.office.procedures.owners import PUPIL_KINDS, owners_with
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import form_page, page_of, refuse, say, signed_in
from qualimetry.narrative.blocks import Column, Table

#: activities on a page of a plan; as many of those left out are named
ROWS, DROPPED = 100, 200
_SORTS = {
    "title": ("title",), "-title": ("-title",), "year": ("start_year", "title"), "-year": ("-start_year", "title"),
    "owner": ("owner__sort_key", "title"), "-owner": ("-owner__sort_key", "title"),
}  # fmt: skip


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_list(request: WorkplaceRequest) -> HttpResponse:
    """Plans in scope with filters, order and pages in the address."""
    years = plans_visible(request.scope).order_by("-start_year").values_list("start_year", flat=True).distinct()
    context = {
        "page": page_of(request, with_counts(_filtered(request))),
        "kinds": PlanKind.choices,
        "statuses": PlanStatus.choices,
        "years": list(years),
        "may_edit": bool(owners_with(request.scope, Permission.EDIT_PLANS)),
    }
    return render(request, "office/planning/list.html", context)


def _filtered(request: WorkplaceRequest) -> QuerySet[Plan]:
    rows = plans_visible(request.scope)
    for field in ("kind", "status"):
        if request.GET.get(field):
            rows = rows.filter(**{field: request.GET[field]})
    year = request.GET.get("year", "")
    if year.isdecimal() and len(year) == 4:
        rows = rows.filter(start_year=int(year))
    if request.GET.get("q"):
        rows = rows.filter(title__icontains=request.GET["q"][:200])
    return rows.order_by(*_SORTS.get(request.GET.get("sort", ""), ("-start_year", "title", "pk")))


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_list_export(request: WorkplaceRequest) -> HttpResponse:
    """The whole filter as a workbook."""
    rows = tuple(
        (one.title, one.get_kind_display(), one.owner.short_name, one.start_year, one.years, one.get_status_display(),
         one.activity_count, one.question_count)  # type: ignore[attr-defined]
        for one in with_counts(_filtered(request))
    )  # fmt: skip
    titles = ("План", "Вид", "Организация", "С года", "Лет", "Состояние", "Мероприятий", "С вопросами")
    table = Table("plans", "Планы", tuple(Column(title) for title in titles), rows)
    act = act_of(request)
    record(act, "planning.table.downloaded", kind="table", label="Планы", details={"rows": len(rows)})
    sheets = [SheetSpec("Планы", table, as_of=timezone.localdate(act.at))]
    return download("Планы.xlsx", tables_bytes(sheets, title="Планы"))


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def plan_add(request: WorkplaceRequest) -> HttpResponse:
    """An empty plan."""
    owners = owners_with(request.scope, Permission.EDIT_PLANS)
    if not owners:
        raise RefusedError("Планы ведут муниципалитет и организации.", "Обратитесь к администратору.")
    owner = owner_of(owners, request.POST.get("owner") or request.GET.get("owner"))
    parent = _parent(request)
    initial = _initial_of_child(parent) if parent else {"kind": PlanKind.INTERNAL} if _is_pupils(owner) else None
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            plan = create_plan(act_of(request), owner=owner, parent_activity=parent, **form.cleaned_data)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "План создан. Добавьте мероприятия.")
            if takes_in(plan) and links.offers_of(plan).new:
                return redirect("office:planning:linked", plan.pk)
            return redirect("office:planning:plan", plan.pk)
    return form_page(request, "office/planning/form.html", form, {"owner": owner, "owners": owners, "parent": parent})


def _is_pupils(owner: Organization) -> bool:
    """A school, a kindergarten, supplementary education: its own plan is most often that of its quality assessment."""
    return owner.kind in PUPIL_KINDS


def _parent(request: WorkplaceRequest) -> Activity | None:
    """The activity whose result the new plan is."""
    key = whole_number(request.POST.get("activity", "") or request.GET.get("activity", ""))
    rows = Activity.objects.filter(plan__in=plans_visible(request.scope).values("pk"))
    return rows.select_related("plan").filter(pk=key).first() if key else None


def _initial_of_child(parent: Activity) -> dict[str, object]:
    plan = parent.plan
    return {"title": parent.title[:500], "kind": PlanKind.ROADMAP, "year_kind": plan.year_kind,
            "start_year": plan.start_year, "years": plan.years, "directions": plan.directions}  # fmt: skip


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def plan_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """What plan it is, of which years, by which list of directions."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    names = ("title", "kind", "year_kind", "start_year", "years", "directions")
    form = PlanForm(request.POST or None, initial={name: getattr(plan, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            outcome = change_plan(act_of(request), plan=plan, values=form.cleaned_data)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            tail = f" Сроков с отметками об исполнении оставлено: {len(outcome.kept)}." if outcome.kept else ""
            say(request, f"Сведения о плане сохранены.{tail}")
            return redirect("office:planning:plan", pk)
    return form_page(request, "office/planning/form.html", form, {"owner": plan.owner, "owners": [], "plan": plan})


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_detail(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The table of a plan in the official columns."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    counts = counts_of_plan(plan)
    page = Paginator(list(chosen(request.scope, plan, request.GET).values_list("pk", flat=True)), ROWS)
    shown = page.get_page(request.GET.get("page"))
    may_edit_owner = request.scope.may(Permission.EDIT_PLANS, plan.owner)
    context = (
        filter_options(plan)
        | saved_options(request, plan)
        | {
            "plan": plan,
            "page": shown,
            "rows": plan_rows(activities_of(plan).filter(pk__in=list(shown.object_list))),
            "counts": counts,
            "dropped": list(plan.activities.filter(dropped_at__isnull=False)[:DROPPED]) if counts.dropped else [],
            "direction_titles": direction_titles(),
            "sections": list(plan.sections.all()) if may_edit_owner else [],
            "part_titles": part_titles(),
            "may_edit": may_edit_owner and plan.status != PlanStatus.CLOSED,
            "may_edit_owner": may_edit_owner,
            "may_approve": request.scope.may(Permission.APPROVE_PLANS, plan.owner),
            "approval": ApprovalForm(plan=plan),
            "edition_form": ApprovalForm(plan=plan, auto_id="edition_%s"),
            **_offers(request, plan),
            "dealing": dealing_of(plan) if plan.status == PlanStatus.APPROVED else None,
        }
    )
    return render(request, "office/planning/plan.html", context)


def _offers(request: WorkplaceRequest, plan: Plan) -> dict[str, Any]:
    """What the plan above offers, for those who may take it in."""
    if not (takes_in(plan) and request.scope.may(Permission.EDIT_PLANS, plan.owner)):
        return {}
    return {"takes_in": True, "offered": links.offers_of(plan, procedures_for(request, plan))}


@require_POST
@signed_in(Permission.APPROVE_PLANS)
def plan_approve(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Bring a plan into force."""

    def decide(plan: Plan) -> str:
        approve_plan(act_of(request), plan=plan, **_approval(request, plan))
        return "План утверждён: сроки этого дня стали исходными."

    return decided(request, pk, decide, "plan")


def _approval(request: WorkplaceRequest, plan: Plan) -> dict[str, Any]:
    form = ApprovalForm(request.POST, plan=plan)
    if not form.is_valid():
        raise RefusedError("Дата и основание утверждения не указаны.", "Впишите номер и дату приказа.")
    return form.cleaned_data


@require_POST
@signed_in(Permission.APPROVE_PLANS)
def plan_deal(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Finish a dealing out of tasks that was stopped."""

    def decide(plan: Plan) -> str:
        job = deal_out_again(act_of(request), plan=plan)
        return "Задачи раздаются исполнителям." if job else "Задачи розданы исполнителям."

    return decided(request, pk, decide, "plan")


@require_POST
@signed_in(Permission.APPROVE_PLANS)
def plan_edition(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Approve the changes of a plan in force as its new edition."""

    def decide(plan: Plan) -> str:
        changed = approve_changes(act_of(request), plan=plan, **_approval(request, plan))
        return f"Изменения утверждены: действует редакция {changed.edition}."

    return decided(request, pk, decide, "plan")


@require_POST
@signed_in(Permission.APPROVE_PLANS)
def plan_withdraw(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Make an approved plan a draft again."""

    def decide(plan: Plan) -> str:
        withdraw_approval(act_of(request), plan=plan, reason=request.POST.get("reason", ""))
        return "Утверждение отменено: план снова проект."

    return decided(request, pk, decide, "plan")


@require_POST
@signed_in(Permission.APPROVE_PLANS)
def plan_close(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Close a plan whose time is over."""

    def decide(plan: Plan) -> str:
        close_plan(act_of(request), plan=plan, closed_on=timezone.localdate())
        return "План закрыт."

    return decided(request, pk, decide, "plan")
