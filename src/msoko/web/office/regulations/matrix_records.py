"""Records of a matrix: required documents with terms, history with undoing, editions and samples opened as drafts."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from msoko.cycle.regulations.api import (
    FunctionMatrix,
    MatrixChange,
    MatrixFunction,
    editions_of_matrix,
    history_of_matrix,
    open_edition,
    open_sample,
    set_term,
    undo_change,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import event_title
from msoko.foundation.catalog.documents import document_kinds
from msoko.foundation.catalog.functions import power_title
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.web.office.regulations.function_edit import own_matrix
from msoko.web.office.regulations.functions import matrix_of
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import page_of, say, say_refusal, signed_in

_PAGE = 40


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def matrix_documents(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Required documents: title, kind, term with its source."""
    matrix = own_matrix(request, pk)
    if request.method == "POST":
        required = get_object_or_404(matrix.required.select_related("matrix__owner"), pk=_key(request, "required"))
        years = request.POST.get("years", "").strip()
        try:
            kind = request.POST.get("kind", "")
            if kind not in document_kinds():
                raise RefusedError("Вид документа не выбран.", "Выберите из списка.")
            set_term(
                act_of(request), required=required, title=request.POST.get("title", ""), kind=kind,
                years=whole_number(years) if years else None, source=request.POST.get("source", ""),
            )  # fmt: skip
            say(request, "Документ изменён.")
        except ForbiddenError:
            raise
        except RefusedError as refusal:
            say_refusal(request, refusal)
        return redirect(f"{reverse('office:regulations:matrix_documents', args=[pk])}#d{required.pk}")
    live = MatrixFunction.objects.filter(removed_at__isnull=True)
    rows = matrix.required.prefetch_related("documents", Prefetch("functions", live), "groups")
    context = {
        "matrix": matrix, "owner": matrix.owner, "rows": [(one, document_kinds().get(one.kind)) for one in rows],
        "kinds": [(one.id, one.title) for one in document_kinds().values()],
    }  # fmt: skip
    return render(request, "office/regulations/matrix_documents.html", context)


def _key(request: WorkplaceRequest, name: str) -> int:
    return whole_number(request.POST.get(name, ""))


@require_http_methods(["GET", "POST"])
@signed_in(Permission.SEE_DOCUMENTS)
def matrix_history(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Changes of rows, the journal, editions; a change is undone here, an edition brought back as a draft."""
    matrix = get_object_or_404(FunctionMatrix.objects.select_related("owner"), pk=pk)
    editions = editions_of_matrix(request.scope, matrix.owner)
    matrix = get_object_or_404(editions, pk=pk)
    may_edit = request.scope.may(Permission.EDIT_DOCUMENTS, matrix.owner)
    if request.method == "POST":
        if not may_edit:
            raise ForbiddenError
        return _undo(request, matrix)
    changes = MatrixChange.objects.filter(matrix=matrix).select_related("function", "group")
    page = page_of(request, changes, _PAGE)
    context = {
        "matrix": matrix, "owner": matrix.owner, "editions": list(editions), "page": page, "may_edit": may_edit,
        "changes": [(one, _lines(one)) for one in page.object_list],
        "events": [(one, event_title(one.event)) for one in history_of_matrix(matrix)[:_PAGE]],
    }  # fmt: skip
    return render(request, "office/regulations/matrix_history.html", context)


def _undo(request: WorkplaceRequest, matrix: FunctionMatrix) -> HttpResponse:
    act = act_of(request)
    try:
        if request.POST.get("edition"):
            return redirect("office:regulations:matrix_draft", open_edition(act, edition=matrix).pk)
        change = get_object_or_404(
            MatrixChange.objects.select_related("matrix"), matrix=matrix, pk=_key(request, "change")
        )  # fmt: skip
        undo_change(act, change=change)
        say(request, "Изменение отменено.")
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        say_refusal(request, refusal)
    return redirect("office:regulations:matrix_history", matrix.pk)


_FIELDS = (("text", "Текст"), ("number", "Номер"), ("posts", "Должности, органы"), ("documents", "Документы"),
           ("power", "Вид полномочия"), ("power_note", "Как определён"), ("group_title", "Группа"))  # fmt: skip


def _lines(change: MatrixChange) -> list[tuple[str, str, str]]:
    """What differs between before and after, in words."""
    if change.what != "changed":
        return []
    return [
        (title, _shown(name, change.before.get(name)), _shown(name, change.after.get(name)))
        for name, title in _FIELDS
        if change.before.get(name) != change.after.get(name)
    ]


def _shown(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return power_title(str(value or "")) if name == "power" else str(value or "")


@require_POST
@signed_in(Permission.EDIT_DOCUMENTS)
def matrix_sample(request: WorkplaceRequest) -> HttpResponse:
    """A sample is opened as a draft beside the current matrix."""
    _, owner, _ = matrix_of(request)
    if owner is None or not request.scope.may(Permission.EDIT_DOCUMENTS, owner):
        raise ForbiddenError
    try:
        draft = open_sample(act_of(request), owner=owner, definition=request.POST.get("definition", ""))
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        say_refusal(request, refusal)
        return redirect(f"{reverse('office:regulations:functions')}?organization={owner.pk}")
    return redirect("office:regulations:matrix_draft", draft.pk)
