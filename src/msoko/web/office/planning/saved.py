"""Filters of a plan kept under a name."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from msoko.cycle.planning.api import Plan, SavedView, forget_view, plans_visible, rename_view, save_view, views_of
from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import say, say_refusal, signed_in

#: what belongs to a view; the shown month and the page do not
_KEPT = (
    "q", "direction", "cycle_part", "unit", "month", "result", "organization", "person", "state", "only", "year",
    "long", "view", "zoom",
)  # fmt: skip


def saved_options(request: WorkplaceRequest, plan: Plan) -> dict[str, object]:
    """Saved views of a plan, and what of the address would be saved."""
    return {"saved_views": list(views_of(request.user, plan)), "query_to_save": _kept(request.GET)}


def _kept(query: QueryDict) -> str:
    kept = QueryDict(mutable=True)
    for name in _KEPT:
        value = query.get(name)
        if value:
            kept[name] = str(value)
    return kept.urlencode()


@require_POST
@signed_in(Permission.SEE_PLANS)
def view_save(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Keep the filters of the address."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    query = _kept(QueryDict(request.POST.get("query", "")[:2000]))
    try:
        save_view(
            act_of(request), user=request.user, plan=plan, name=request.POST.get("name", ""), query=query,
            is_shared=bool(request.POST.get("shared")),
        )  # fmt: skip
        say(request, "Вид сохранён.")
    except RefusedError as refusal:
        say_refusal(request, refusal)
    return redirect(f"{reverse('office:planning:plan', args=[pk])}?{query}")


@require_POST
@signed_in(Permission.SEE_PLANS)
def view_rename(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Another name for saved filters."""
    view = _own_view(request, pk)
    try:
        rename_view(act_of(request), user=request.user, view=view, name=request.POST.get("name", ""))
        say(request, "Вид переименован.")
    except RefusedError as refusal:
        say_refusal(request, refusal)
    return redirect(f"{reverse('office:planning:plan', args=[view.plan_id])}?{view.query}")


@require_POST
@signed_in(Permission.SEE_PLANS)
def view_forget(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Forget saved filters."""
    view = _own_view(request, pk)
    forget_view(act_of(request), user=request.user, view=view)
    say(request, "Вид удалён.")
    return redirect("office:planning:plan", view.plan_id)


def _own_view(request: WorkplaceRequest, pk: int) -> SavedView:
    rows = SavedView.objects.filter(user=request.user, plan__in=plans_visible(request.scope).values("pk"))
    return get_object_or_404(rows.select_related("plan__owner"), pk=pk)
