"""The list of organizations from Excel: file → what each row would do → accept."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from intake.contracts import Severity
from intake.layouts.organizations import OrganizationRow, organization_list_headers, read_organizations
from intake.tables import read_book
from msoko.foundation.access.api import Permission
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.foundation.roster.api import Outcome, import_organizations, plan_list
from msoko.web.office.organizations.forms import ListForm
from msoko.web.office.organizations.parents import possible_parents
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import form_page, say, signed_in
from qualimetry.narrative.blocks import Column, Table

_SESSION_KEY = "organization_list"


def read_list(name: str, data: bytes) -> tuple[list[OrganizationRow], list[dict[str, Any]], bool]:
    """Rows of the file, its problems as plain values, and whether it can be used at all."""
    book, problems = read_book(name, data)
    listed = read_organizations(book)
    found = [*problems, *listed.problems] if book.sheets else problems
    plain = [asdict(problem) | {"severity": str(problem.severity)} for problem in found]
    return listed.rows, plain, bool(listed.rows)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_REGISTRY)
def import_start(request: WorkplaceRequest) -> HttpResponse:
    """Choose the file; it is read and shown before anything is stored."""
    form = ListForm(request.POST or None, request.FILES or None)
    problems: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        rows, problems, is_usable = read_list(upload.name, upload.read())
        if is_usable:
            request.session[_SESSION_KEY] = {
                "file": upload.name, "rows": [asdict(row) for row in rows], "problems": problems,
                "municipality": request.POST.get("municipality", ""),
            }  # fmt: skip
            return redirect("office:organizations:import_preview")
        form.add_error("file", problems[0]["message"] if problems else "В файле нет строк.")
    context = {"municipalities": possible_parents(request.scope), "problems": problems}
    return form_page(request, "office/organizations/import.html", form, context)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_REGISTRY)
def import_preview(request: WorkplaceRequest) -> HttpResponse:
    """What each row would do; POST does it."""
    kept = request.session.get(_SESSION_KEY)
    if kept is None:
        return redirect("office:organizations:import")
    municipality = _municipality(request, kept["municipality"])
    rows = [OrganizationRow(**row) for row in kept["rows"]]
    if request.method == "POST":
        counts = import_organizations(act_of(request), municipality=municipality, rows=rows)
        del request.session[_SESSION_KEY]
        say(request, f"Список принят: добавлено {counts[Outcome.NEW]}, изменено {counts[Outcome.CHANGED]}.")
        return redirect("office:organizations:list")
    plan = plan_list(municipality, rows)
    context = {
        "plan": plan,
        "counts": {outcome.value: sum(row.outcome == outcome for row in plan) for outcome in Outcome},
        "file": kept["file"],
        "problems": [problem for problem in kept["problems"] if problem["severity"] != str(Severity.INFO)],
        "municipality": municipality,
    }
    return render(request, "office/organizations/import_preview.html", context)


@require_GET
@signed_in(Permission.EDIT_REGISTRY)
def import_sample(request: WorkplaceRequest) -> HttpResponse:
    """A blank list with the right headings and one example."""
    return download("Образец списка организаций.xlsx", sample_list())


def sample_list() -> bytes:
    """The workbook of the sample."""
    example = {
        "Полное наименование": "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 1»",
        "Краткое наименование": "МБОУ СОШ № 1",
        "Тип организации": "школа",
        "Населённый пункт": "г. Заречный",
    }
    headers = organization_list_headers()
    table = Table("list", "", tuple(Column(title) for title in headers), (tuple(example.get(x, "") for x in headers),))
    return tables_bytes([SheetSpec("Организации", table, as_of=timezone.localdate())], title="Список организаций")


def _municipality(request: WorkplaceRequest, chosen: str) -> Organization:
    known = possible_parents(request.scope)
    if not known:
        raise RefusedError("Список загружает тот, кто ведёт реестр муниципалитета.", "Обратитесь к администратору.")
    return next((one for one in known if str(one.pk) == chosen), known[0])
