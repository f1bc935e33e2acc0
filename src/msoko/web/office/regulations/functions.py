"""The matrix of functions: the board with gaps, people, documents, who does what, organizations of a municipality."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.regulations.api import (
    GAP_TITLES,
    DocumentStatus,
    FunctionMatrix,
    GroupState,
    MatrixFunction,
    RegisteredDocument,
    RequiredDocument,
    adopt_definition,
    assign_people,
    assign_proposed,
    bind_document,
    board_of_functions,
    compare_with_sample,
    decide_power,
    decide_sample,
    documents_visible,
    gap_counts,
    gap_rows,
    gap_summaries,
    groups_of,
    matrices_visible,
    matrix_drafts_visible,
    people_proposals,
    staff_of,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.catalog.documents import document_kinds
from msoko.foundation.catalog.drafts import draft_templates
from msoko.foundation.catalog.functions import definitions_for, matrix_definitions, power_title, powers
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.foundation.roster.api import Appointment
from msoko.web.office.procedures.owners import owners_with
from msoko.web.office.regulations.function_rows import (
    OverviewRow,
    chosen_gaps,
    chosen_groups,
    overview_rows,
    people_rows,
    what_of,
)
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import say, say_refusal, signed_in


def matrix_of(request: WorkplaceRequest) -> tuple[list[Organization], Organization | None, FunctionMatrix | None]:
    """Own organizations, the chosen one (also of a school under the municipality) and its matrix."""
    owners = owners_with(request.scope, Permission.SEE_DOCUMENTS)
    asked = whole_number(request.POST.get("organization") or request.GET.get("organization") or "")
    below = Organization.objects.filter(request.scope.filter(Permission.SEE_DOCUMENTS), pk=asked).first()
    owner = below or next(iter(owners), None)
    matrix = matrices_visible(request.scope).filter(owner=owner).first() if owner else None
    return owners, owner, matrix


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def board(request: WorkplaceRequest) -> HttpResponse:
    """Functions with people, documents and gaps; what an organization without a matrix may take."""
    owners, owner, matrix = matrix_of(request)
    may_edit = owner is not None and request.scope.may(Permission.EDIT_DOCUMENTS, owner)
    context: dict[str, Any] = {"owners": owners, "owner": owner, "matrix": matrix, "may_edit": may_edit}
    context["definitions"] = definitions_for(owner.kind) if owner else []
    if matrix is None:
        return render(request, "office/regulations/functions.html", context)
    states = board_of_functions(groups_of(matrix), timezone.localdate())
    candidates = (
        documents_visible(request.scope).exclude(status__in=[DocumentStatus.REPEALED]).defer("text", "search_key")
    )
    need = RequiredDocument.objects.filter(matrix=matrix, pk=whole_number(request.GET.get("need", ""))).first()
    staff = list(staff_of(matrix.owner)) if may_edit else []
    context |= {
        "proposals": people_proposals(states, staff),
        "groups": chosen_groups(states, request.GET), "all_groups": [one.group for one in states],
        "counts": [(gap.value, GAP_TITLES[gap], count) for gap, count in gap_counts(states).items()],
        "assigned": _assigned(states), "staff": staff,
        "candidates": _with_kind_first(candidates.order_by("title")[:500], need) if may_edit and need else [],
        "powers": powers(), "need": need, "sample": matrix_definitions().get(matrix.definition),
        "waiting": matrix_drafts_visible(request.scope).filter(owner=owner).count() if may_edit else 0,
        "chosen": whole_number(request.GET.get("assign", "")),
    }  # fmt: skip
    return render(request, "office/regulations/functions.html", context)


def _assigned(states: Sequence[GroupState]) -> list[Appointment]:
    people = {who.pk: who for group in states for one in group.functions for who in one.people}
    return sorted(people.values(), key=lambda who: who.person.search_key)


def _with_kind_first(documents: Iterable[RegisteredDocument], need: RequiredDocument) -> list[RegisteredDocument]:
    """Documents of the kind that is needed stand first."""
    return sorted(documents, key=lambda one: one.kind != need.kind)


Change = Callable[[WorkplaceRequest, Organization, FunctionMatrix | None], str]


@require_POST
@signed_in(Permission.EDIT_DOCUMENTS)
def function_decide(request: WorkplaceRequest, what: str) -> HttpResponse:
    """Adopt a definition, assign people, bind a document, decide a power."""
    changes: dict[str, Change] = {
        "adopt": _adopt, "assign": _assign, "bind": _bind, "power": _power, "sample": _sample, "by_post": _by_post,
    }  # fmt: skip
    _, owner, matrix = matrix_of(request)
    if owner is None or what not in changes or not request.scope.may(Permission.EDIT_DOCUMENTS, owner):
        raise ForbiddenError
    try:
        say(request, changes[what](request, owner, matrix))
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        say_refusal(request, refusal)
    page = "function_compare" if what == "sample" else "functions"
    return redirect(f"{reverse(f'office:regulations:{page}')}?organization={owner.pk}")


def _sample(request: WorkplaceRequest, owner: Organization, matrix: FunctionMatrix | None) -> str:
    function = _function(request, matrix)
    is_same = request.POST.get("same") == "1"
    decide_sample(act_of(request), function=function, code=request.POST.get("code", ""), is_same=is_same)
    return "Пара подтверждена." if is_same else "Пара отклонена."


def _function(request: WorkplaceRequest, matrix: FunctionMatrix | None) -> MatrixFunction:
    rows = MatrixFunction.objects.filter(group__matrix=matrix, removed_at__isnull=True)
    function = rows.select_related("group__matrix__owner").filter(
        pk=whole_number(request.POST.get("function", ""))
    ).first()  # fmt: skip
    if function is None:
        raise RefusedError("Функция не найдена.", "Обновите страницу.")
    return function


def _adopt(request: WorkplaceRequest, owner: Organization, matrix: FunctionMatrix | None) -> str:
    adopt_definition(act_of(request), owner=owner, definition=request.POST.get("definition", ""))
    return "Матрица принята. Назначьте ответственных и укажите документы."


def _assign(request: WorkplaceRequest, owner: Organization, matrix: FunctionMatrix | None) -> str:
    keys = [whole_number(one) for one in request.POST.getlist("function")]
    rows = MatrixFunction.objects.filter(group__matrix=matrix, pk__in=keys, removed_at__isnull=True)
    functions = list(rows.select_related("group__matrix__owner"))
    chosen = [whole_number(one) for one in request.POST.getlist("person")]
    people = list(staff_of(owner).filter(pk__in=chosen))
    if not people and request.POST.getlist("person") != ["none"]:
        raise RefusedError("Сотрудник не выбран.", "Выберите его из списка; чтобы освободить функции, «снять».")
    assign_people(act_of(request), functions=functions, people=people)
    return "Ответственные назначены." if people else "Ответственные сняты."


def _by_post(request: WorkplaceRequest, owner: Organization, matrix: FunctionMatrix | None) -> str:
    picked = [one.partition(":") for one in request.POST.getlist("pick")]
    rows = MatrixFunction.objects.filter(group__matrix=matrix, removed_at__isnull=True)
    functions = rows.select_related("group__matrix__owner").in_bulk([whole_number(one) for one, _, _ in picked])
    staff = staff_of(owner).in_bulk([whole_number(one) for _, _, one in picked])
    pairs = [
        (functions[whole_number(one)], staff[whole_number(other)])
        for one, _, other in picked if whole_number(one) in functions and whole_number(other) in staff
    ]  # fmt: skip
    if not pairs:
        raise RefusedError("Никто не отмечен.", "Отметьте, кого назначить.")
    assign_proposed(act_of(request), pairs=pairs)
    return f"Назначено по должностям: {len(pairs)}."


def _bind(request: WorkplaceRequest, owner: Organization, matrix: FunctionMatrix | None) -> str:
    rows = RequiredDocument.objects.filter(matrix=matrix).select_related("matrix__owner")
    required = rows.filter(pk=whole_number(request.POST.get("required", ""))).first()
    document = documents_visible(request.scope).filter(pk=whole_number(request.POST.get("document", ""))).first()
    if required is None or document is None:
        raise RefusedError("Документ не выбран.", "Выберите документ реестра или внесите новый.")
    is_bound = request.POST.get("unbind") != "1"
    bind_document(act_of(request), required=required, document=document, is_bound=is_bound)
    return "Документ связан с функциями." if is_bound else "Связь с документом убрана."


def _power(request: WorkplaceRequest, owner: Organization, matrix: FunctionMatrix | None) -> str:
    function = _function(request, matrix)
    decide_power(
        act_of(request), function=function, power=request.POST.get("power", ""), note=request.POST.get("note", "")
    )
    return f"Вид полномочия: {power_title(function.power).lower()}."


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def function_people(request: WorkplaceRequest) -> HttpResponse:
    """Who does what: people of an organization with their functions."""
    owners, owner, matrix = matrix_of(request)
    rows = people_rows(groups_of(matrix) if matrix else [], request.GET, timezone.localdate())
    context = {"owners": owners, "owner": owner, "matrix": matrix, "rows": rows}
    return render(request, "office/regulations/function_people.html", context)


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def function_gaps(request: WorkplaceRequest) -> HttpResponse:
    """Every gap in a line with what closes it."""
    owners, owner, matrix = matrix_of(request)
    states = board_of_functions(groups_of(matrix) if matrix else [], timezone.localdate())
    rows = gap_rows(states)
    templates = {one.kind: one.id for one in draft_templates().values() if not one.subject}
    kinds = {one.requirement.required.kind for one in rows if one.requirement is not None}
    context = {
        "owners": owners, "owner": owner, "matrix": matrix, "all_groups": [one.group for one in states],
        "may_edit": owner is not None and request.scope.may(Permission.EDIT_DOCUMENTS, owner), "all_count": len(rows),
        "counts": [(gap.value, GAP_TITLES[gap], count) for gap, count in gap_counts(states).items()],
        "kinds": [(one.id, one.title) for one in document_kinds().values() if one.id in kinds],
        "rows": [
            (row, what_of(row), templates.get(row.requirement.required.kind, "") if row.requirement else "")
            for row in chosen_gaps(rows, request.GET)
        ],
    }  # fmt: skip
    return render(request, "office/regulations/function_gaps.html", context)


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def function_compare(request: WorkplaceRequest) -> HttpResponse:
    """Own matrix beside the sample, whatever the words: what is there, what might be, what is not, what is own."""
    owners, owner, matrix = matrix_of(request)
    kinds = definitions_for(owner.kind) if owner else []
    sample = matrix_definitions().get(matrix.definition) if matrix and matrix.definition else next(iter(kinds), None)
    context = {
        "owners": owners, "owner": owner, "matrix": matrix, "sample": sample,
        "found": compare_with_sample(groups_of(matrix), sample) if matrix and sample else None,
        "may_edit": owner is not None and request.scope.may(Permission.EDIT_DOCUMENTS, owner),
    }  # fmt: skip
    return render(request, "office/regulations/function_compare.html", context)


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def function_overview(request: WorkplaceRequest) -> HttpResponse:
    """Organizations of the municipality: who has a matrix and how many gaps."""
    rows, organizations, adopted = overview_of(request)
    kinds = {one.kind: one.get_kind_display() for one in organizations}
    context = {
        "rows": rows, "kinds": kinds.items(), "count": len(organizations), "adopted": adopted,
        "gaps": sum(row.gaps for row in rows),
    }  # fmt: skip
    return render(request, "office/regulations/function_overview.html", context)


def overview_of(request: WorkplaceRequest) -> tuple[list[OverviewRow], list[Organization], int]:
    """Rows on screen, all organizations that may have a matrix, how many of them have one."""
    kinds = [kind for one in matrix_definitions().values() for kind in one.applies_to]
    visible = Organization.objects.filter(request.scope.filter(Permission.SEE_DOCUMENTS), kind__in=kinds)
    organizations = list(visible.filter(closed_on__isnull=True).order_by("sort_key"))
    matrices = {one.owner_id: one for one in matrices_visible(request.scope)}
    summaries = gap_summaries(matrices.values(), timezone.localdate())
    rows = overview_rows(organizations, matrices, summaries, request.GET)
    return rows, organizations, sum(one.pk in matrices for one in organizations)
