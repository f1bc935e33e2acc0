"""Specifications from Excel with a preview; the blank template; export of a version."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from intake.contracts import Severity
from msoko.cycle.procedures.api import (
    blueprint_title,
    blueprint_value,
    blueprints_visible,
    check_blueprint,
    store_blueprint,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.documents.result_files.specifications import blank_specification, write_specification
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.office.procedures.forms import WorkForm
from msoko.web.office.procedures.owners import owners_with
from msoko.web.office.procedures.specification_files import KEY, blueprint_of_kept, keep, read_specification
from msoko.web.office.procedures.specification_page import boundaries, levels_table
from msoko.web.office.procedures.specification_rows import condition_text
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import refuse, say, signed_in


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_BLUEPRINTS)
def specification_import(request: WorkplaceRequest) -> HttpResponse:
    """Choose the file; it is shown before anything is stored."""
    context: dict[str, object] = {"problems": [], "refusal": None}
    upload = request.FILES.get("file")
    if request.method == "POST":
        if upload is None:
            context["refusal"] = RefusedError("Файл не выбран.", "Выберите файл Excel, ODS или CSV.")
        else:
            found, problems = read_specification(upload.name or "", upload.read())
            context["problems"] = problems
            if found is not None:
                request.session[KEY] = keep(found)
                return redirect("office:procedures:blueprint_import_preview")
            context["refusal"] = RefusedError("Спецификация в файле не найдена.", "Скачайте бланк и заполните его.")
    return render(
        request, "office/procedures/blueprint_import.html", context, status=400 if context["refusal"] else 200
    )


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_BLUEPRINTS)
def specification_preview(request: WorkplaceRequest) -> HttpResponse:
    """What was understood; POST stores it as a version."""
    kept = request.session.get(KEY)
    owners = owners_with(request.scope, Permission.EDIT_BLUEPRINTS)
    if kept is None or not owners:
        return redirect("office:procedures:blueprint_import")
    form = WorkForm(request.POST or None, owner=owners[0], initial=kept["work"])
    if request.method == "POST" and form.is_valid():
        try:
            blueprint = blueprint_of_kept(kept, form.cleaned_data)
            stored = store_blueprint(
                act_of(request), owner=owners[0], blueprint=blueprint, source=kept["file"],
                is_scale_verified=request.POST.get("is_scale_verified") == "on",
                event="procedures.blueprint.imported",
            )  # fmt: skip
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            del request.session[KEY]
            say(request, f"Принята спецификация: {blueprint_title(stored)}.")
            return redirect("office:procedures:blueprint", stored.pk)
    value = blueprint_of_kept(kept, None)
    context = {
        "form": form, "kept": kept, "value": value, "boundaries": boundaries(value), "levels": levels_table(value),
        "conditions": [condition_text(rule) for rule in value.cut_scores.conditions] if value.cut_scores else [],
        "problems": [problem for problem in kept["problems"] if problem["severity"] != Severity.INFO.value],
        "refusal": _refusal_of(value),
    }  # fmt: skip
    return render(request, "office/procedures/blueprint_preview.html", context, status=400 if form.errors else 200)


def _refusal_of(value: object) -> RefusedError | None:
    try:
        check_blueprint(value)  # type: ignore[arg-type]
    except RefusedError as refusal:
        return refusal
    return None


@require_GET
@signed_in(Permission.EDIT_BLUEPRINTS)
def specification_template(request: WorkplaceRequest) -> HttpResponse:
    """The blank form with every sheet that reading knows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.xlsx"
        blank_specification(path)
        return download("Бланк спецификации.xlsx", path.read_bytes())


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def specification_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """A version in the layout of the form: it can be corrected and loaded again."""
    version = get_object_or_404(blueprints_visible(request.scope).prefetch_related("items"), pk=pk)
    title = blueprint_title(version).rsplit(", версия", 1)[0]
    record(
        act_of(request), "procedures.blueprint.downloaded", kind="blueprint", object_id=version.pk,
        label=blueprint_title(version), organization=version.owner,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "specification.xlsx"
        write_specification(path, title, blueprint_value(version))
        return download(f"Спецификация. {title}.xlsx", path.read_bytes())
