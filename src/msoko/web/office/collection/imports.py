"""Loading results: files → what was understood → answers → acceptance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from intake.fields.subjects import subject_names
from msoko.cycle.collection.api import (
    ImportSession,
    accept_import,
    accepted_before,
    add_files,
    answer_questions,
    batches_with_runs,
    discard_import,
    open_import,
    read_again,
    sessions_visible,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.web.office.collection.answers import answers_of
from msoko.web.office.collection.session_page import (
    SEVERITIES,
    accepted_summaries,
    campaigns_of,
    dropped_columns,
    file_rows,
    organization_label,
    questions_of,
    registry_of,
    remarks_of,
    role_choices,
    summaries_of,
)
from msoko.web.office.collection.uploads import named_bytes
from msoko.web.office.procedures.forms import GRADES, procedure_choices
from msoko.web.office.procedures.owners import owners_with
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import page_of, say, signed_in

_PAGE = 100


@require_GET
@signed_in(Permission.IMPORT_RESULTS, Permission.SEE_INDIVIDUAL)
def import_list(request: WorkplaceRequest) -> HttpResponse:
    """The drop zone and the imports of the organization, newest first."""
    if not request.scope.may_anywhere(Permission.IMPORT_RESULTS):
        return redirect("office:collection:individual")
    context = {
        "page": page_of(request, sessions_visible(request.scope).defer("uploads"), 25),
        "owners": owners_with(request.scope, Permission.IMPORT_RESULTS),
    }
    return render(request, "office/collection/list.html", context)


@require_POST
@signed_in(Permission.IMPORT_RESULTS)
def import_open(request: WorkplaceRequest) -> HttpResponse:
    """Keep the files and start reading."""
    owners = owners_with(request.scope, Permission.IMPORT_RESULTS)
    if not owners:
        raise ForbiddenError("Результаты загружают муниципалитет и организации.")
    owner = next((one for one in owners if str(one.pk) == request.POST.get("organization")), owners[0])
    session = open_import(act_of(request), organization=owner, files=named_bytes(request))
    return redirect("office:collection:session", session.pk)


@require_GET
@signed_in(Permission.IMPORT_RESULTS)
def import_session(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """One import: progress, questions, what was understood, files, remarks."""
    session = get_object_or_404(sessions_visible(request.scope), pk=pk)
    return _session_page(request, session)


def _session_page(
    request: WorkplaceRequest, session: ImportSession, refusal: RefusedError | None = None
) -> HttpResponse:
    registry = registry_of(session)
    files = list(session.files.all())
    rows = file_rows(session, files)
    remarks = remarks_of(files)
    wanted = request.GET.get("severity")
    chosen = [remark for remark in remarks if not wanted or remark.severity == wanted]
    questions = questions_of(session, registry)
    is_open = not session.accepted_at and not session.discarded_at
    context = {
        "session": session, "refusal": refusal, "is_open": is_open,
        "is_busy": is_open and session.job is not None and not session.job.is_over,
        "tab": request.GET.get("tab", "overview"), "questions": questions, "registry": registry,
        "labels": [organization_label(one) for one in registry.values()],
        "procedures": procedure_choices(None), "grades": GRADES, "subjects": subject_names(), "roles": role_choices(),
        "campaigns": campaigns_of(session, registry), "summaries": summaries_of(session),
        "specifications": session.preview.get("specifications", []),
        "dropped": dropped_columns(files), "file_count": len(rows),
        "acceptable": sum(row.is_acceptable for row in rows),
        "clean": sum(row.is_acceptable and not row.errors for row in rows),
        "files": Paginator(rows, _PAGE).get_page(request.GET.get("page")),
        "remarks": Paginator(chosen, _PAGE).get_page(request.GET.get("page")), "remark_count": len(remarks),
        "severities": SEVERITIES, "repeated": accepted_before(session) if is_open else [],
        "batches": batches_with_runs(session) if session.accepted_at else [],
        "accepted_summaries": accepted_summaries(session) if session.accepted_at else [],
    }  # fmt: skip
    return render(request, "office/collection/session.html", context, status=400 if refusal else 200)


@require_GET
@signed_in(Permission.IMPORT_RESULTS)
def import_progress(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """How far the work on an import is, as a fragment; over, the page is loaded again."""
    session = get_object_or_404(sessions_visible(request.scope), pk=pk)
    response = render(request, "office/collection/parts/progress.html", {"session": session, "job": session.job})
    if session.job is None or session.job.is_over:
        response["HX-Refresh"] = "true"
    return response


def _changed(
    request: WorkplaceRequest, pk: int, change: Callable[[ImportSession, int], str], tab: str = ""
) -> HttpResponse:
    """Make a change of an import; a refusal (another person was first) shows the import as it is now."""
    session = get_object_or_404(sessions_visible(request.scope), pk=pk)
    try:
        said = change(session, _version(request))
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        fresh = get_object_or_404(sessions_visible(request.scope), pk=pk)
        return _session_page(request, fresh, refusal)
    if said:
        say(request, said, "info")
    return redirect(reverse("office:collection:session", args=[pk]) + (f"?tab={tab}" if tab else ""))


def _version(request: WorkplaceRequest) -> int:
    """Version of the import that the page showed; 0 fits none."""
    return whole_number(request.POST.get("version", ""))


@require_POST
@signed_in(Permission.IMPORT_RESULTS)
def import_answer(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Keep answers and read again."""

    def change(session: ImportSession, version: int) -> str:
        registry = registry_of(session)
        answers: dict[str, Any] = answers_of(request.POST, questions_of(session, registry), registry)
        answer_questions(act_of(request), session=session, answers=answers, version=version)
        return "Ответы сохранены, файлы проверяются."

    return _changed(request, pk, change)


@require_POST
@signed_in(Permission.IMPORT_RESULTS)
def import_accept(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Accept all that is understood, or only files without errors."""

    def change(session: ImportSession, version: int) -> str:
        only_good = request.POST.get("what") == "good"
        accept_import(
            act_of(request), session=session, version=version, only_good=only_good,
            without_asked=request.POST.get("what") == "understood",
        )  # fmt: skip
        return ""

    return _changed(request, pk, change)


@require_POST
@signed_in(Permission.IMPORT_RESULTS)
def import_discard(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Forget the import and its files."""

    def change(session: ImportSession, version: int) -> str:
        discard_import(act_of(request), session=session, version=version)
        return "Загрузка отменена, её файлы удалены. Принятые ранее результаты не изменились."

    return _changed(request, pk, change)


@require_POST
@signed_in(Permission.IMPORT_RESULTS)
def import_add(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Add files to an open import."""

    def change(session: ImportSession, version: int) -> str:
        add_files(act_of(request), session=session, files=named_bytes(request), version=version)
        return "Файлы добавлены и читаются."

    return _changed(request, pk, change)


@require_POST
@signed_in(Permission.IMPORT_RESULTS)
def import_read(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Read the files once more."""

    def change(session: ImportSession, version: int) -> str:
        read_again(act_of(request), session=session, version=version)
        return "Файлы читаются заново."

    return _changed(request, pk, change)
