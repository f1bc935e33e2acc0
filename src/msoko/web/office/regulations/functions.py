"""The matrix of functions: the board with gaps, people, documents, who does what, organizations of a municipality."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    Gap,
    GroupState,
    MatrixFunction,
    RequiredDocument,
    adopt_definition,
    assign_people,
    bind_document,
    board_of_functions,
    decide_power,
    documents_visible,
    gap_counts,
    groups_of,
    groups_of_many,
    matrices_visible,
    staff_of,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.catalog.functions import definitions_for, matrix_definitions, power_title, powers
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.web.office.procedures.owners import owners_with
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
    if matrix is None:
        context["definitions"] = definitions_for(owner.kind) if owner else []
        return render(request, "office/regulations/functions.html", context)
    states = board_of_functions(groups_of(matrix), timezone.localdate())
    candidates = (
        documents_visible(request.scope).exclude(status__in=[DocumentStatus.REPEALED]).defer("text", "search_key")
    )
    context |= {
        "groups": _chosen(states, request),
        "counts": [(gap.value, GAP_TITLES[gap], count) for gap, count in gap_counts(states).items()],
        "staff": list(staff_of(matrix.owner)) if may_edit else [],
        "candidates": list(candidates.order_by("title")[:500]) if may_edit else [],
        "powers": powers(),
        "need": RequiredDocument.objects.filter(matrix=matrix, pk=whole_number(request.GET.get("need", ""))).first(),
    }  # fmt: skip
    return render(request, "office/regulations/functions.html", context)


def _chosen(states: Sequence[GroupState], request: WorkplaceRequest) -> list[GroupState]:
    """Functions that the filters let through; groups without any are left out when there are filters."""
    gap, power = request.GET.get("gap", ""), request.GET.get("power", "")
    words = request.GET.get("q", "").casefold().split()
    if not (gap or power or words):
        return list(states)
    found = []
    for group in states:
        functions = tuple(
            one for one in group.functions
            if (not gap or (gap == "any" and one.gaps) or gap in one.gaps)
            and (not power or one.function.power == power)
            and all(word in one.function.text.casefold() for word in words)
        )  # fmt: skip
        if functions:
            found.append(GroupState(group.group, group.requirements, functions))
    return found


Change = Callable[[WorkplaceRequest, Organization, FunctionMatrix | None], str]


@require_POST
@signed_in(Permission.EDIT_DOCUMENTS)
def function_decide(request: WorkplaceRequest, what: str) -> HttpResponse:
    """Adopt a definition, assign people, bind a document, decide a power."""
    changes: dict[str, Change] = {"adopt": _adopt, "assign": _assign, "bind": _bind, "power": _power}
    _, owner, matrix = matrix_of(request)
    if owner is None or what not in changes or not request.scope.may(Permission.EDIT_DOCUMENTS, owner):
        raise ForbiddenError
    try:
        say(request, changes[what](request, owner, matrix))
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        say_refusal(request, refusal)
    return redirect(f"{reverse('office:regulations:functions')}?organization={owner.pk}")


def _adopt(request: WorkplaceRequest, owner: Organization, matrix: FunctionMatrix | None) -> str:
    adopt_definition(act_of(request), owner=owner, definition=request.POST.get("definition", ""))
    return "Матрица принята. Назначьте ответственных и укажите документы."


def _assign(request: WorkplaceRequest, owner: Organization, matrix: FunctionMatrix | None) -> str:
    keys = [whole_number(one) for one in request.POST.getlist("function")]
    functions = list(
        MatrixFunction.objects.filter(group__matrix=matrix, pk__in=keys).select_related("group__matrix__owner")
    )
    chosen = [whole_number(one) for one in request.POST.getlist("person")]
    people = list(staff_of(owner).filter(pk__in=chosen))
    if not people and request.POST.getlist("person") != ["none"]:
        raise RefusedError("Сотрудник не выбран.", "Выберите его из списка; чтобы освободить функции, «снять».")
    assign_people(act_of(request), functions=functions, people=people)
    return "Ответственные назначены." if people else "Ответственные сняты."


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
    rows = MatrixFunction.objects.filter(group__matrix=matrix).select_related("group__matrix__owner")
    function = rows.filter(pk=whole_number(request.POST.get("function", ""))).first()
    if function is None:
        raise RefusedError("Функция не найдена.", "Обновите страницу.")
    decide_power(
        act_of(request), function=function, power=request.POST.get("power", ""), note=request.POST.get("note", "")
    )
    return f"Вид полномочия: {power_title(function.power).lower()}."


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def function_people(request: WorkplaceRequest) -> HttpResponse:
    """Who does what: people of an organization with their functions."""
    owners, owner, matrix = matrix_of(request)
    people: dict[int, tuple[Any, list[Any]]] = {}
    for group in groups_of(matrix) if matrix else []:
        for function in group.functions.all():
            for person in function.people.all():
                people.setdefault(person.pk, (person, []))[1].append((group, function))
    rows = sorted(people.values(), key=lambda one: one[0].person.search_key)
    context = {"owners": owners, "owner": owner, "matrix": matrix, "people": rows}
    return render(request, "office/regulations/function_people.html", context)


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def function_compare(request: WorkplaceRequest) -> HttpResponse:
    """Own matrix beside the definition: what is there, what is not, what is own."""
    owners, owner, matrix = matrix_of(request)
    kinds = definitions_for(owner.kind) if owner else []
    sample = matrix_definitions().get(matrix.definition) if matrix and matrix.definition else next(iter(kinds), None)
    own = [(one.text, group.title) for group in (groups_of(matrix) if matrix else []) for one in group.functions.all()]
    asked = [(one.text, group.title) for group in (sample.groups if sample else ()) for one in group.functions]
    context = {
        "owners": owners, "owner": owner, "matrix": matrix, "sample": sample,
        "missing": [one for one in asked if one[0] not in {text for text, _ in own}],
        "extra": [one for one in own if one[0] not in {text for text, _ in asked}],
        "same": sum(text in {one for one, _ in asked} for text, _ in own),
    }  # fmt: skip
    return render(request, "office/regulations/function_compare.html", context)


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def function_overview(request: WorkplaceRequest) -> HttpResponse:
    """Organizations of the municipality: who has a matrix and how many gaps."""
    today = timezone.localdate()
    matrices = {one.owner_id: one for one in matrices_visible(request.scope)}
    kinds = [kind for one in matrix_definitions().values() for kind in one.applies_to]
    organizations = Organization.objects.filter(
        request.scope.filter(Permission.SEE_DOCUMENTS), kind__in=kinds, closed_on__isnull=True
    ).order_by("sort_key")
    groups = groups_of_many(matrices.values())
    rows = []
    for one in organizations:
        matrix = matrices.get(one.pk)
        counts = gap_counts(board_of_functions(groups.get(matrix.pk, []), today)) if matrix else {}
        people = sum(counts.get(gap, 0) for gap in (Gap.NO_PERSON, Gap.PERSON_LEFT))
        rows.append((one, matrix, people, sum(counts.values()) - people))
    return render(request, "office/regulations/function_overview.html", {"rows": rows})
