"""Specifications: the list, a version, a new version in an editable table."""

from __future__ import annotations

from django.db.models import Count, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from msoko.cycle.procedures.api import (
    BlueprintVersion,
    blueprint_title,
    blueprint_value,
    blueprints_visible,
    campaign_title,
    campaigns_visible,
    procedure_short,
    store_blueprint,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.web.office.procedures.forms import GRADES, ScaleForm, WorkForm, procedure_choices
from msoko.web.office.procedures.owners import owners_with
from msoko.web.office.procedures.specification_page import boundaries, levels_table
from msoko.web.office.procedures.specification_rows import (
    COLUMNS,
    TypedRow,
    blueprint_of,
    condition_text,
    rows_of_items,
    scale_initial,
    typed_rows,
)
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import page_of, refuse, say, signed_in
from qualimetry.frames.blueprint import Blueprint


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def blueprint_list(request: WorkplaceRequest) -> HttpResponse:
    """Versions in scope; filters in the address."""
    known = blueprints_visible(request.scope)
    page = page_of(request, listed_blueprints(request))
    context = {
        "page": page,
        "rows": [(version, blueprint_title(version).rsplit(",", 1)[0]) for version in page],
        "procedures": procedure_choices(None),
        "subjects": [(name, name) for name in known.order_by("subject").values_list("subject", flat=True).distinct()],
        "grades": GRADES[1:],
        "may_edit": bool(owners_with(request.scope, Permission.EDIT_BLUEPRINTS)),
    }
    return render(request, "office/procedures/blueprints.html", context)


def listed_blueprints(request: WorkplaceRequest) -> QuerySet[BlueprintVersion]:
    """Versions that the address asks for, with `item_count` and `points`."""
    rows = _filtered(blueprints_visible(request.scope), request)
    return rows.annotate(item_count=Count("items"), points=Sum("items__max_score"))


def _filtered(rows: QuerySet[BlueprintVersion], request: WorkplaceRequest) -> QuerySet[BlueprintVersion]:
    for field in ("procedure", "subject"):
        if request.GET.get(field):
            rows = rows.filter(**{field: request.GET[field]})
    grade = request.GET.get("grade_level", "")
    if grade.isdecimal() and len(grade) < 3:
        rows = rows.filter(grade_level=int(grade))
    if request.GET.get("scale") == "unverified":
        rows = rows.filter(is_scale_verified=False, lowest_three__isnull=False)
    return rows.order_by("-year", "procedure", "grade_level", "subject", "-version")


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def blueprint_detail(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Items, boundaries, conditions, source; where it is used."""
    version = _version(request, pk)
    value = blueprint_value(version)
    context = {
        "version": version,
        "title": blueprint_title(version),
        "procedure": procedure_short(version.procedure),
        "value": value,
        "boundaries": boundaries(value),
        "levels": levels_table(value),
        "conditions": [condition_text(rule) for rule in value.cut_scores.conditions] if value.cut_scores else [],
        "element_names": value.element_names,
        "others": _same_work(request, version),
        "campaigns": [(one, campaign_title(one)) for one in campaigns_visible(request.scope).filter(blueprint=version)],
        "may_edit": request.scope.may(Permission.EDIT_BLUEPRINTS, version.owner),
    }
    return render(request, "office/procedures/blueprint.html", context)


def _version(request: WorkplaceRequest, pk: int) -> BlueprintVersion:
    return get_object_or_404(blueprints_visible(request.scope).prefetch_related("items"), pk=pk)


def _same_work(request: WorkplaceRequest, version: BlueprintVersion) -> QuerySet[BlueprintVersion]:
    same = blueprints_visible(request.scope).filter(
        owner=version.owner, procedure=version.procedure, subject=version.subject, grade_level=version.grade_level
    )
    return same.exclude(pk=version.pk).order_by("-year", "-version")


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_BLUEPRINTS)
def blueprint_add(request: WorkplaceRequest) -> HttpResponse:
    """A specification of a work that has none."""
    owners = owners_with(request.scope, Permission.EDIT_BLUEPRINTS)
    if not owners:
        raise RefusedError("Спецификации ведут муниципалитет и организации.", "Обратитесь к администратору.")
    return _edit(request, owners[0], None)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_BLUEPRINTS)
def blueprint_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """A change of a version makes the next version."""
    version = _version(request, pk)
    return _edit(request, version.owner, version)


def _edit(request: WorkplaceRequest, owner: Organization, version: BlueprintVersion | None) -> HttpResponse:
    base = blueprint_value(version) if version else None
    initial = _work_initial(version)
    work = WorkForm(request.POST or None, owner=owner, initial=initial)
    scale = ScaleForm(
        request.POST or None,
        initial=scale_initial(base, is_verified=version.is_scale_verified) if base and version else {},
    )
    rows = typed_rows(request.POST) if request.method == "POST" else rows_of_items(base.items if base else ())
    if request.method == "POST" and work.is_valid() and scale.is_valid():
        stored = _store(request, owner, work, scale, rows, base)
        if stored is not None:
            say(request, f"Сохранено: {blueprint_title(stored)}.")
            return redirect("office:procedures:blueprint", stored.pk)
    context = {"work": work, "scale": scale, "rows": rows, "columns": COLUMNS, "version": version, "owner": owner}
    return render(
        request, "office/procedures/blueprint_form.html", context, status=400 if work.errors or scale.errors else 200
    )


def _work_initial(version: BlueprintVersion | None) -> dict[str, object]:
    names = ("procedure", "subject", "grade_level", "year")
    return {name: getattr(version, name) for name in names} if version else {}


def _store(
    request: WorkplaceRequest, owner: Organization, work: WorkForm, scale: ScaleForm, rows: list[TypedRow],
    base: Blueprint | None,
) -> BlueprintVersion | None:  # fmt: skip
    try:
        return store_blueprint(
            act_of(request),
            owner=owner,
            blueprint=blueprint_of(work.cleaned_data, scale.cleaned_data, rows, base),
            source=f"Введена в системе: {request.user.actor_label}",
            is_scale_verified=scale.cleaned_data["is_scale_verified"],
        )
    except RefusedError as refusal:
        refuse(scale, refusal)
        return None
