"""A read plan before it is accepted: the document's rows beside what was understood; questions answered in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.planning.api import (
    FIELD_TITLES,
    PlanImport,
    Preview,
    UnitKind,
    accept_plan_import,
    choose_match,
    correct_row,
    decide_unit,
    differences_of,
    discard_plan_import,
    explain_abbreviation,
    imports_visible,
    plan_of,
    preview_of,
    years_of,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.catalog.cycle import cycle_parts, directions
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import Department, Organization, municipality_of
from msoko.foundation.roster.api import Body
from msoko.web.office.planning.rows import shown_dates
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import say, signed_in

_PAGE = 50
GROUPS = [
    ("school", "Все школы"), ("preschool", "Все детские сады"),
    ("supplementary", "Все организации дополнительного образования"),
    ("school preschool supplementary", "Все образовательные организации"), ("departments", "Все отделы управления"),
]  # fmt: skip
_FIELDS = ("number", "title", "terms_text", "responsible", "results", "direction", "cycle_part")


@require_GET
@signed_in(Permission.EDIT_PLANS)
def import_preview(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """One import: progress, or the preview."""
    session = get_object_or_404(imports_visible(request.scope), pk=pk)
    return _page(request, session)


def _page(request: WorkplaceRequest, session: PlanImport, refusal: RefusedError | None = None) -> HttpResponse:
    context: dict[str, Any] = {"session": session, "refusal": refusal, "warnings": session.reading.get("warnings", [])}
    if session.read_at:
        preview = preview_of(session)
        context |= _rows(request, session, preview)
        if session.plan is not None and not session.accepted_at:
            context |= {"differences": differences_of(session, preview), "field_titles": FIELD_TITLES}
    return render(request, "office/planning/import.html", context, status=400 if refusal else 200)


def _rows(request: WorkplaceRequest, session: PlanImport, preview: Preview) -> dict[str, Any]:
    rows = [row for row in preview.rows if request.GET.get("only") != "questions" or row.has_questions]
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    names = _names(session)
    years = years_of(plan_of(session))
    edition = session.reading.get("edition") or ""
    return {
        "preview": preview,
        "page": page,
        "rows": [
            (row, _dates(row), [_shown(unit, names) for unit in row.units], list(zip(years, row.terms, strict=True)))
            for row in page
        ],
        "is_open": not session.accepted_at and not session.discarded_at,
        "directions": directions(edition),
        "parts": cycle_parts(edition),
        "choices": _choices(names),
        "groups": GROUPS,
    }


def _dates(row: Any) -> list[str]:
    return [
        f"{one.explanation}" if not one.intervals else ", ".join(shown_dates(*pair) for pair in one.intervals[:6])
        for one in row.terms
    ]  # fmt: skip


def _names(session: PlanImport) -> dict[str, dict[int, str]]:
    municipality = municipality_of(session.owner) or session.owner
    organizations = Organization.objects.filter(path__startswith=municipality.path)
    working = dict(organizations.filter(closed_on__isnull=True).values_list("pk", "short_name"))
    departments = Department.objects.filter(organization__in=working)
    bodies = Body.objects.filter(organization__in=working).values_list("pk", "name")
    return {
        "organization": working, "department": dict(departments.values_list("pk", "name")),
        "body": dict(bodies),
    }  # fmt: skip


def _shown(unit: Any, names: dict[str, dict[int, str]]) -> tuple[Any, str]:
    """A unit and whom it means in words."""
    addressee = unit.addressee
    if addressee.kind is UnitKind.DEPARTMENT:
        return unit, names["department"].get(addressee.department, "")
    if addressee.kind is UnitKind.ORGANIZATION:
        return unit, names["organization"].get(addressee.organization, "")
    if addressee.kind is UnitKind.BODY:
        return unit, names["body"].get(addressee.body, "")
    if addressee.kind is UnitKind.GROUP:
        return unit, dict(GROUPS).get(addressee.group, "").lower() or "несколько организаций"
    words = {UnitKind.EXTERNAL: "сторонний соисполнитель", UnitKind.PERSON: "сотрудник"}
    return unit, words.get(addressee.kind, "")


def _choices(names: dict[str, dict[int, str]]) -> list[tuple[str, str]]:
    return [
        *((f"department:{pk}", name) for pk, name in names["department"].items()),
        *((f"body:{pk}", name) for pk, name in names["body"].items()),
        *((f"organization:{pk}", name) for pk, name in names["organization"].items()),
    ]


def _changed(request: WorkplaceRequest, pk: int, change: Callable[[PlanImport, int], str]) -> HttpResponse:
    """Make a change; a refusal (another person was first) shows the import as it is now."""
    session = get_object_or_404(imports_visible(request.scope), pk=pk)
    try:
        said = change(session, whole_number(request.POST.get("version", "")))
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        return _page(request, get_object_or_404(imports_visible(request.scope), pk=pk), refusal)
    if said:
        say(request, said)
    query = "?only=questions" if request.POST.get("only") == "questions" else ""
    page = whole_number(request.POST.get("page", ""))
    if page > 1:
        query += f"{'&' if query else '?'}page={page}"
    anchor = f"#row-{request.POST['anchor']}" if request.POST.get("anchor", "").isdecimal() else ""
    return redirect(reverse("office:planning:import", args=[pk]) + query + anchor)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def row_correct(request: WorkplaceRequest, pk: int, index: int) -> HttpResponse:
    """Correct a row, confirm it as it is, leave it out or take it back."""

    def change(session: PlanImport, version: int) -> str:
        values: dict[str, Any] = {name: request.POST[name][:2000] for name in _FIELDS if name in request.POST}
        for flag in ("skip", "confirm"):
            if flag in request.POST:
                values[flag] = request.POST[flag] == "1"
        correct_row(act_of(request), session=session, version=version, index=index, values=values)
        return ""

    return _changed(request, pk, change)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def match_choose(request: WorkplaceRequest, pk: int, index: int) -> HttpResponse:
    """Say which activity of the plan a row of the corrected file continues."""

    def change(session: PlanImport, version: int) -> str:
        activity = whole_number(request.POST.get("activity", ""))
        choose_match(act_of(request), session=session, version=version, index=index, activity=activity)
        return "Ответ сохранён."

    return _changed(request, pk, change)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def abbreviation_explain(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Say what an abbreviation means."""

    def change(session: PlanImport, version: int) -> str:
        explain_abbreviation(
            act_of(request), session=session, version=version, abbreviation=request.POST.get("abbreviation", ""),
            meaning=request.POST.get("meaning", ""), is_remembered=bool(request.POST.get("remember")),
        )  # fmt: skip
        return "Сокращение объяснено."

    return _changed(request, pk, change)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def unit_decide(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Say whom a unit means."""

    def change(session: PlanImport, version: int) -> str:
        addressee = _addressee(request.POST.get("addressee", ""), session)
        decide_unit(
            act_of(request), session=session, version=version, raw=request.POST.get("raw", "")[:500],
            addressee=addressee, is_remembered=bool(request.POST.get("remember")),
        )  # fmt: skip
        return "Ответ сохранён."

    return _changed(request, pk, change)


def _addressee(chosen: str, session: PlanImport) -> dict[str, Any]:
    """The addressee of a choice «organization:7»; refuses what is not offered."""
    kind, _, key = chosen.partition(":")
    if kind == "external":
        return {"kind": UnitKind.EXTERNAL.value}
    if kind == "group" and key in dict(GROUPS):
        return {"kind": UnitKind.GROUP.value, "group": key}
    if chosen in dict(_choices(_names(session))):
        return {"kind": UnitKind(kind).value, kind: int(key)}
    raise RefusedError("Ответственный не выбран.", "Выберите организацию, отдел или группу из списка.")


@require_POST
@signed_in(Permission.EDIT_PLANS)
def import_accept(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Make the plan."""
    session = get_object_or_404(imports_visible(request.scope), pk=pk)
    try:
        plan = accept_plan_import(
            act_of(request), session=session, version=whole_number(request.POST.get("version", "")),
            title=request.POST.get("title", ""),
        )  # fmt: skip
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        return _page(request, get_object_or_404(imports_visible(request.scope), pk=pk), refusal)
    say(request, "План принят. Проверьте его и утвердите.")
    return redirect("office:planning:plan", plan.pk)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def import_discard(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Forget the import."""

    def change(session: PlanImport, version: int) -> str:
        discard_plan_import(act_of(request), session=session, version=version)
        return "Загрузка отменена."

    return _changed(request, pk, change)
