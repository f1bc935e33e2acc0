"""Methodical associations, councils, working groups, commissions."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.roster.api import (
    Body,
    BodyKind,
    create_body,
    remove_body,
    set_members,
    visible_appointments,
    visible_bodies,
)
from msoko.web.office.people.editing import editable_organizations
from msoko.web.office.people.forms import BodyForm, MembersForm
from msoko.web.ui.exports import export_tables
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import form_page, refuse, say, signed_in
from qualimetry.narrative.blocks import Column, Table


def _editable(request: WorkplaceRequest, pk: int) -> Body:
    rows = visible_bodies(request.scope, timezone.localdate())
    return get_object_or_404(rows.filter(request.scope.filter(Permission.EDIT_REGISTRY, "organization__")), pk=pk)


@require_GET
@signed_in(Permission.SEE_REGISTRY)
def body_list(request: WorkplaceRequest) -> HttpResponse:
    """Bodies in sight with their members."""
    rows = _listed(request)
    may_edit = request.scope.may_anywhere(Permission.EDIT_REGISTRY)
    context = {"bodies": rows, "kinds": BodyKind.choices, "may_edit": may_edit}
    return render(request, "office/people/bodies.html", context)


@require_GET
@signed_in(Permission.SEE_REGISTRY)
def bodies_export(request: WorkplaceRequest) -> HttpResponse:
    """Bodies with the filter of the page, a row a member."""
    titles = ("Название", "Вид", "Организация", "Участник", "Должность")
    rows = tuple(
        (body.name, body.get_kind_display(), body.organization.short_name, *member)
        for body in _listed(request)
        for member in [(one.person.full_name, one.post) for one in body.present] or [("", "")]  # type: ignore[attr-defined]
    )
    table = Table("bodies", "Коллегиальные органы", tuple(Column(title, width=2.0) for title in titles), rows)
    return export_tables(request, "Объединения, советы, комиссии", [("Органы", table)])


def _listed(request: WorkplaceRequest) -> QuerySet[Body]:
    rows = visible_bodies(request.scope, timezone.localdate())
    kind = request.GET.get("kind", "")
    return rows.filter(kind=kind) if kind in BodyKind.values else rows


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_REGISTRY)
def body_add(request: WorkplaceRequest) -> HttpResponse:
    """A new body; its members are chosen on the next page."""
    form = BodyForm(request.POST or None, organizations=editable_organizations(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"kind": BodyKind(form.cleaned_data["kind"])}
        try:
            body = create_body(act_of(request), **given)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            return redirect("office:people:body", body.pk)
    return form_page(request, "office/people/body.html", form, {})


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_REGISTRY)
def body_members(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Who is in the body."""
    body = _editable(request, pk)
    appointments = visible_appointments(request.scope, timezone.localdate())
    chosen = [member.pk for member in body.present]  # type: ignore[attr-defined]  # prefetched by the query
    form = MembersForm(request.POST or None, initial={"members": chosen}, appointments=appointments)
    if request.method == "POST" and form.is_valid():
        set_members(act_of(request), body=body, members=list(form.cleaned_data["members"]))
        say(request, f"Состав «{body.name}» сохранён.")
        return redirect("office:people:bodies")
    return form_page(request, "office/people/body.html", form, {"body": body})


@require_POST
@signed_in(Permission.EDIT_REGISTRY)
def body_remove(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Dissolve the body."""
    body = _editable(request, pk)
    remove_body(act_of(request), body=body)
    say(request, f"«{body.name}»: упразднено.")
    return redirect("office:people:bodies")
