"""A matrix on its way in: a file, a sample or an edition is opened as a draft, corrected, compared, accepted."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.cycle.regulations.api import (
    MatrixDraft,
    accept_draft,
    confirm_all,
    confirm_proposed,
    correct_function,
    correct_group,
    current_groups,
    decide_kinds,
    decide_pairs,
    decide_posts,
    differences_of,
    discard_draft,
    mark_rows,
    matrix_drafts_visible,
    matrix_preview_of,
    open_file,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.catalog.documents import document_kinds
from msoko.foundation.catalog.functions import matrix_definitions, powers
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.web.office.regulations.functions import matrix_of
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.pasted import pasted_table
from msoko.web.ui.views import say, say_refusal, signed_in


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def matrix_import(request: WorkplaceRequest) -> HttpResponse:
    """Choose a file or paste a table; what was read waits as a draft."""
    owners, owner, matrix = matrix_of(request)
    if owner is None or not request.scope.may(Permission.EDIT_DOCUMENTS, owner):
        raise ForbiddenError
    refusal = None
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            draft = open_file(
                act_of(request), owner=owner, name=(upload.name or "файл") if upload else "",
                data=upload.read() if upload else b"", pasted=pasted_table(request),
            )  # fmt: skip
        except ForbiddenError:
            raise
        except RefusedError as error:
            refusal = error
        else:
            return redirect("office:regulations:matrix_draft", draft.pk)
    context = {
        "owners": owners, "owner": owner, "matrix": matrix, "refusal": refusal, "pasted": request.POST.get("table", ""),
        "waiting": list(matrix_drafts_visible(request.scope).filter(owner=owner).defer("content")[:10]),
    }  # fmt: skip
    return render(request, "office/regulations/function_import.html", context, status=400 if refusal else 200)


@require_GET
@signed_in(Permission.EDIT_DOCUMENTS)
def matrix_draft(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The draft with its questions, and beside the current matrix."""
    draft = get_object_or_404(matrix_drafts_visible(request.scope), pk=pk)
    groups = current_groups(draft)
    kinds = [(one.id, one.title) for one in document_kinds().values()]
    context = {
        "draft": draft, "preview": matrix_preview_of(draft), "has_matrix": bool(groups), "powers": powers(),
        "found": differences_of(draft, groups) if groups else None, "kinds": kinds,
        "sample": matrix_definitions().get(draft.definition),
    }  # fmt: skip
    return render(request, "office/regulations/matrix_draft.html", context)


Do = Callable[[WorkplaceRequest, MatrixDraft, int], str]


@require_POST
@signed_in(Permission.EDIT_DOCUMENTS)
def matrix_draft_do(request: WorkplaceRequest, pk: int, what: str) -> HttpResponse:
    """Correct, answer, decide, accept, discard."""
    draft = get_object_or_404(matrix_drafts_visible(request.scope), pk=pk)
    doing: dict[str, Do] = {
        "function": _function, "group": _group, "rows": _rows, "posts": _posts, "kinds": _kinds, "pairs": _pairs,
        "proposed": _proposed, "leave": _leave, "accept": _accept, "discard": _discard,
    }  # fmt: skip
    if what not in doing:
        raise ForbiddenError
    version = whole_number(request.POST.get("version", ""))
    try:
        said = doing[what](request, draft, version)
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        say_refusal(request, refusal)
    else:
        if said:
            say(request, said)
        if what in {"accept", "discard"}:
            return redirect(f"{reverse('office:regulations:functions')}?organization={draft.owner_id}")
    anchor = request.POST.get("anchor", "")
    address = reverse("office:regulations:matrix_draft", args=[pk])
    return redirect(f"{address}#{anchor}" if anchor.replace("-", "").isalnum() else address)


def _function(request: WorkplaceRequest, draft: MatrixDraft, version: int) -> str:
    names = ("text", "group", "posts", "documents", "power")
    values = {name: request.POST.get(name, "") for name in names}
    key = request.POST.get("key", "")
    correct_function(act_of(request), draft=draft, version=version, key=key, values=values)
    return "Функция исправлена." if key else "Функция добавлена."


def _group(request: WorkplaceRequest, draft: MatrixDraft, version: int) -> str:
    values = {name: request.POST.get(name, "") for name in ("number", "title", "posts", "documents", "after")}
    key = request.POST.get("key", "")
    correct_group(act_of(request), draft=draft, version=version, key=key, values=values)
    return "Группа исправлена." if key else "Группа добавлена."


def _rows(request: WorkplaceRequest, draft: MatrixDraft, version: int) -> str:
    what, _, key = request.POST.get("mark", "").partition(":")
    if what not in {"confirm", "skip", "take"}:
        raise ForbiddenError
    mark_rows(act_of(request), draft=draft, version=version, what=what, keys=[key])
    return ""


def _posts(request: WorkplaceRequest, draft: MatrixDraft, version: int) -> str:
    names = {}
    for raw, chosen, other in zip(
        request.POST.getlist("raw"), request.POST.getlist("name"), request.POST.getlist("other"), strict=False
    ):
        name = other.strip() or (raw if chosen == "as_is" else chosen)
        if name:
            names[raw] = name
    if not names:
        raise RefusedError("Ничего не выбрано.", "Выберите должность или «оставить как в файле».")
    decide_posts(act_of(request), draft=draft, version=version, names=names)
    return "Ответы о должностях сохранены: следующий файл их вспомнит."


def _kinds(request: WorkplaceRequest, draft: MatrixDraft, version: int) -> str:
    pairs = zip(request.POST.getlist("raw"), request.POST.getlist("kind"), strict=False)
    decide_kinds(act_of(request), draft=draft, version=version, kinds={raw: kind for raw, kind in pairs if kind})
    return "Виды документов сохранены."


def _pairs(request: WorkplaceRequest, draft: MatrixDraft, version: int) -> str:
    pairs, documents = _answers(request.POST)
    kept = [whole_number(one) for one in request.POST.getlist("kept")]
    decide_pairs(act_of(request), draft=draft, version=version, pairs=pairs, documents=documents, kept=kept)
    return "Решения сохранены."


def _answers(posted: QueryDict) -> tuple[dict[str, int], dict[str, str]]:
    pairs: dict[str, int] = {}
    documents: dict[str, str] = {}
    for name in posted:
        part, _, key = name.partition(":")
        value = posted.get(name, "")
        if part == "pair" and value:
            pairs[key] = 0 if value == "new" else whole_number(value)
        if part == "document" and value:
            documents[key] = "" if value == "none" else value
    return pairs, documents


def _proposed(request: WorkplaceRequest, draft: MatrixDraft, version: int) -> str:
    confirm_proposed(act_of(request), draft=draft, version=version)
    return "Предложенные пары подтверждены."


def _leave(request: WorkplaceRequest, draft: MatrixDraft, version: int) -> str:
    confirm_all(act_of(request), draft=draft, version=version)
    return "Остальное оставлено как в файле."


def _accept(request: WorkplaceRequest, draft: MatrixDraft, version: int) -> str:
    is_known = request.POST.get("losses") == "1"
    title = request.POST.get("title", "")
    matrix = accept_draft(act_of(request), draft=draft, version=version, are_losses_known=is_known, title=title)
    if matrix.edition == 1:
        return "Матрица принята. Назначьте ответственных и укажите документы."
    return f"Матрица принята, редакция {matrix.edition}. Назначения прежних функций сохранены."


def _discard(request: WorkplaceRequest, draft: MatrixDraft, version: int) -> str:
    discard_draft(act_of(request), draft=draft, version=version)
    return "Проект матрицы отменён, действующая матрица прежняя."
