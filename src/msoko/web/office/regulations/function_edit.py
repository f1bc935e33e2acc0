"""The matrix by hand: rows added, changed, moved, removed and brought back; required documents with terms; history."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from msoko.cycle.regulations.api import (
    FunctionEntry,
    FunctionGroup,
    FunctionMatrix,
    GroupEntry,
    MatrixFunction,
    add_function,
    add_group,
    change_function,
    change_group,
    groups_of,
    known_posts,
    last_change,
    matrices_visible,
    move_row,
    remove_row,
    restore_row,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.catalog.documents import document_kinds
from msoko.foundation.catalog.functions import powers
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import say, say_refusal, signed_in

_NEW_DOCUMENTS = 3
_PAGE = 40


def own_matrix(request: WorkplaceRequest, pk: int) -> FunctionMatrix:
    """A current matrix that the person may change."""
    matrix = get_object_or_404(matrices_visible(request.scope), pk=pk)
    if not request.scope.may(Permission.EDIT_DOCUMENTS, matrix.owner):
        raise ForbiddenError
    return matrix


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def matrix_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Rows with their actions, and what was removed."""
    matrix = own_matrix(request, pk)
    if request.method == "POST":
        return _move_or_remove(request, matrix)
    removed_groups = FunctionGroup.objects.filter(matrix=matrix, removed_at__isnull=False)
    removed = MatrixFunction.objects.filter(
        group__matrix=matrix, removed_at__isnull=False, group__removed_at__isnull=True
    ).select_related("group")
    context = {
        "matrix": matrix, "owner": matrix.owner, "groups": groups_of(matrix), "removed_functions": list(removed),
        "removed_groups": list(removed_groups.prefetch_related("functions")),
    }  # fmt: skip
    return render(request, "office/regulations/matrix_edit.html", context)


def _move_or_remove(request: WorkplaceRequest, matrix: FunctionMatrix) -> HttpResponse:
    what, _, name = request.POST.get("do", "").partition(":")
    kind, key = name[:1], whole_number(name[1:])
    row: FunctionGroup | MatrixFunction = (
        get_object_or_404(FunctionGroup.objects.select_related("matrix__owner"), matrix=matrix, pk=key) if kind == "g"
        else get_object_or_404(
            MatrixFunction.objects.select_related("group__matrix__owner"), group__matrix=matrix, pk=key
        )
    )  # fmt: skip
    act = act_of(request)
    try:
        if what == "remove":
            remove_row(act, row=row)
            say(request, "Строка убрана. Вернуть её можно внизу страницы.")
        elif what == "restore":
            restore_row(act, row=row)
            say(request, "Строка возвращена с ответственными и документами.")
        elif what in {"up", "down"}:
            move_row(act, row=row, step=-1 if what == "up" else 1)
        else:
            raise ForbiddenError
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        say_refusal(request, refusal)
    return redirect(f"{reverse('office:regulations:matrix_edit', args=[matrix.pk])}#{kind}{key}")


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def group_add(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """A new group."""
    return _row_page(request, own_matrix(request, pk), kind="group")


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def group_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Number, title, posts and documents of a group."""
    group = get_object_or_404(FunctionGroup.objects.select_related("matrix__owner"), pk=pk, removed_at__isnull=True)
    return _row_page(request, own_matrix(request, group.matrix_id), kind="group", group=group)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def function_add(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """A new function of a group."""
    group = get_object_or_404(FunctionGroup.objects.select_related("matrix__owner"), pk=pk, removed_at__isnull=True)
    return _row_page(request, own_matrix(request, group.matrix_id), kind="function", group=group)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def function_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Text, group, posts, documents and kind of power of a function."""
    rows = MatrixFunction.objects.select_related("group__matrix__owner")
    function = get_object_or_404(rows, pk=pk, removed_at__isnull=True)
    return _row_page(
        request, own_matrix(request, function.group.matrix_id), kind="function", group=function.group, function=function
    )


def _row_page(
    request: WorkplaceRequest, matrix: FunctionMatrix, *, kind: str, group: FunctionGroup | None = None,
    function: MatrixFunction | None = None,
) -> HttpResponse:  # fmt: skip
    row: Any = function if kind == "function" else group
    values = _values(row)
    error: RefusedError | None = None
    if request.method == "POST":
        values = _posted(request.POST)
        try:
            saved = _save(request, matrix, kind, group, function)
        except ForbiddenError:
            raise
        except RefusedError as refusal:
            error = refusal
        else:
            say(request, "Изменения записаны." if row else "Строка добавлена.")
            return redirect(f"{reverse('office:regulations:matrix_edit', args=[matrix.pk])}#{kind[0]}{saved}")
    context = {
        "matrix": matrix, "owner": matrix.owner, "kind": kind, "row": row, "group": group, "values": values,
        "error": error, "groups": list(matrix.groups.filter(removed_at__isnull=True)), "powers": powers(),
        "required": list(matrix.required.all()), "kinds": [(one.id, one.title) for one in document_kinds().values()],
        "seen": last_change(row) if row else "",
        "new_documents": values["new_documents"], "posts_known": known_posts(matrix.owner),
    }  # fmt: skip
    return render(request, "office/regulations/matrix_row.html", context, status=400 if error else 200)


def _values(row: Any) -> dict[str, Any]:
    if row is None:
        return _posted(QueryDict())
    return {
        "text": row.text if isinstance(row, MatrixFunction) else row.title, "number": getattr(row, "number", ""),
        "posts": "\n".join(row.posts), "power": getattr(row, "power", ""), "group": getattr(row, "group_id", 0),
        "power_note": getattr(row, "power_note", ""), "documents": {one.pk for one in row.required.all()},
        "new_documents": [("", "")] * _NEW_DOCUMENTS,
    }  # fmt: skip


def _posted(posted: QueryDict) -> dict[str, Any]:
    new = list(zip(posted.getlist("new_title"), posted.getlist("new_kind"), strict=False))
    return {
        **{name: posted.get(name, "") for name in ("text", "number", "posts", "power", "power_note")},
        "group": whole_number(posted.get("group", "")),
        "documents": {whole_number(one) for one in posted.getlist("document")},
        "new_documents": new or [("", "")] * _NEW_DOCUMENTS,
    }


def _save(
    request: WorkplaceRequest, matrix: FunctionMatrix, kind: str, group: FunctionGroup | None,
    function: MatrixFunction | None,
) -> int:  # fmt: skip
    values, act = _posted(request.POST), act_of(request)
    common = {
        "text": values["text"], "posts": [line.strip()[:300] for line in values["posts"].splitlines() if line.strip()],
        "documents": sorted(values["documents"]),
        "new_documents": [(title.strip(), chosen) for title, chosen in values["new_documents"] if title.strip()],
        "seen": whole_number(seen) if (seen := request.POST.get("seen", "")) else None,
    }  # fmt: skip
    if kind == "group":
        entry = GroupEntry(**common, number=values["number"])
        saved = change_group(act, group=group, entry=entry) if group else add_group(act, matrix=matrix, entry=entry)
        return saved.pk
    assert group is not None
    row = FunctionEntry(
        **common, power=values["power"], power_note=values["power_note"], group=values["group"] if function else 0
    )
    if function is not None:
        return change_function(act, function=function, entry=row).pk
    return add_function(act, group=group, entry=row).pk
