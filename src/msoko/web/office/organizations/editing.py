"""Adding and changing organizations and their context data."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from msoko.foundation.access.api import Permission, visible_organizations
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization, SchoolYear, school_years
from msoko.foundation.roster.api import change_organization, close_organization, create_organization, set_context
from msoko.web.office.organizations.forms import CloseForm, ContextForm, OrganizationForm
from msoko.web.office.organizations.parents import possible_parents
from msoko.web.ui.context import chosen_school_year
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import form_page, refuse, say, signed_in


def _editable(request: WorkplaceRequest, pk: int) -> Organization:
    rows = visible_organizations(request.scope).filter(request.scope.filter(Permission.EDIT_REGISTRY))
    return get_object_or_404(rows.select_related("parent"), pk=pk)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_REGISTRY)
def organization_add(request: WorkplaceRequest) -> HttpResponse:
    """A new organization of a municipality."""
    parents = possible_parents(request.scope)
    parent = next(
        (one for one in parents if str(one.pk) == request.POST.get("parent")), parents[0] if parents else None
    )
    form = OrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and parent is not None:
        try:
            organization = create_organization(act_of(request), parent=parent, entry=form.entry)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, f"Организация «{organization.short_name}» добавлена.")
            return redirect("office:organizations:detail", organization.pk)
    return form_page(request, "office/organizations/edit.html", form, {"parents": parents, "parent": parent})


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_REGISTRY)
def organization_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Change the entry."""
    organization = _editable(request, pk)
    form = OrganizationForm(request.POST or None, initial=OrganizationForm.of(organization), own_kind=organization.kind)
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_organization(act_of(request), organization=organization, entry=form.entry)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Сведения сохранены." if changed else "Ничего не изменилось.", "good" if changed else "info")
            return redirect("office:organizations:detail", pk)
    context = {"organization": organization, "close_form": CloseForm(initial={"closed_on": organization.closed_on})}
    return form_page(request, "office/organizations/edit.html", form, context)


@require_POST
@signed_in(Permission.EDIT_REGISTRY)
def organization_close(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Close from a day, or open again."""
    organization = _editable(request, pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        raise RefusedError("Дата закрытия не понята.", "Укажите день, месяц и год.")
    close_organization(act_of(request), organization=organization, on=form.cleaned_data["closed_on"])
    say(request, "Организация закрыта." if form.cleaned_data["closed_on"] else "Организация вновь открыта.")
    return redirect("office:organizations:detail", pk)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_REGISTRY)
def context_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Context data of the school year chosen at the top; last year's values stand beside."""
    organization = _editable(request, pk)
    years = school_years()
    year = chosen_school_year(request, years)
    if year is None:
        raise RefusedError("Ни один учебный год ещё не заведён.", "Он появится с первой процедурой.")
    stored = _counts(organization, year.start_year)
    form = ContextForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        try:
            set_context(
                act_of(request), organization=organization, school_year=year, values=form.counts,
                source=form.cleaned_data["source"],
            )  # fmt: skip
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, f"Контекстные данные за {year.label} учебный год сохранены.")
            return redirect("office:organizations:detail", pk)
    context = {"organization": organization, "year": year, "rows": _beside_last_year(form, organization, year)}
    return form_page(request, "office/organizations/context.html", form, context)


def _beside_last_year(form: ContextForm, organization: Organization, year: SchoolYear) -> list[tuple[object, object]]:
    last = _counts(organization, year.start_year - 1)
    return [(bound, last.get(bound.name)) for bound in form if bound.name != "source"]


def _counts(organization: Organization, start_year: int) -> dict[str, Any]:
    return dict(organization.contexts.filter(school_year__start_year=start_year).values().first() or {})
