"""A schedule on its way in: progress of reading, rows beside what was understood, answers, differences, acceptance."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.fields.subjects import subject_names
from msoko.cycle.procedures.api import (
    ImportRow,
    ScheduleImport,
    WorkLevel,
    accept_schedule_import,
    correct_import_row,
    discard_schedule_import,
    explain_word,
    import_rows,
    schedule_differences,
    schedule_imports_visible,
    skip_import_row,
    unknown_words,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.web.office.procedures.schedule_forms import WorkForm
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import form_page, refuse, say, say_refusal, signed_in

_ON_PAGE = 50


@require_GET
@signed_in(Permission.EDIT_PLANS)
def import_preview(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Rows of the file beside what was understood."""
    return _preview(request, get_object_or_404(schedule_imports_visible(request.scope), pk=pk))


@require_GET
@signed_in(Permission.EDIT_PLANS)
def import_progress(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """How far the reading is, as a fragment; over, the page is loaded again."""
    session = get_object_or_404(schedule_imports_visible(request.scope), pk=pk)
    response = render(request, "office/procedures/parts/schedule_progress.html", {"session": session})
    if session.read_at or session.job is None or session.job.is_over:
        response["HX-Refresh"] = "true"
    return response


def _preview(request: WorkplaceRequest, session: ScheduleImport, refusal: RefusedError | None = None) -> HttpResponse:
    rows = import_rows(session)
    taken = [row for row in rows if not row.is_skipped]
    is_open = session.read_at is not None and not session.accepted_at and not session.discarded_at
    shown = (
        [row for row in rows if row.questions or not row.is_ready] if request.GET.get("only") == "questions" else rows
    )
    context = {
        "session": session, "schedule": session.schedule, "refusal": refusal, "total": len(rows), "taken": len(taken),
        "open": sum(not row.is_ready for row in taken), "asked": sum(bool(row.questions) for row in rows),
        "page": Paginator(shown, _ON_PAGE).get_page(request.GET.get("page")), "is_open": is_open,
        "levels": WorkLevel.choices,
    }  # fmt: skip
    return render(
        request, "office/procedures/schedule_preview.html", context | (_asked(session, rows) if is_open else {}),
        status=400 if refusal else 200,
    )  # fmt: skip


def _asked(session: ScheduleImport, rows: list[ImportRow]) -> dict[str, Any]:
    return {
        "words": unknown_words(rows), "subjects": subject_names(), "differences": schedule_differences(session, rows),
    }  # fmt: skip


def _back(request: WorkplaceRequest, session: ScheduleImport, anchor: str = "") -> HttpResponse:
    """The page of the preview that the person was on."""
    query = "&".join(
        f"{name}={request.POST[name]}" for name in ("page", "only") if request.POST.get(name, "").isalnum()
    )
    address = reverse("office:procedures:schedule_import_preview", args=[session.pk])
    return redirect(f"{address}{'?' + query if query else ''}{anchor}")


@require_POST
@signed_in(Permission.EDIT_PLANS)
def import_word(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """What a short form means in the whole file."""
    session = get_object_or_404(schedule_imports_visible(request.scope), pk=pk)
    try:
        explain_word(
            act_of(request), session=session, word=request.POST.get("word", "")[:200],
            subject=request.POST.get("subject", ""), is_remembered=request.POST.get("remember") == "1",
        )  # fmt: skip
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        return _preview(request, session, refusal)
    return _back(request, session)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def import_row(request: WorkplaceRequest, pk: int, index: int) -> HttpResponse:
    """Correct a row; «skip» leaves it out or takes it back."""
    session = get_object_or_404(schedule_imports_visible(request.scope), pk=pk)
    rows = import_rows(session)
    if index >= len(rows):
        raise RefusedError("Такой строки в файле нет.", "Вернитесь к просмотру загрузки.")
    if request.POST.get("skip") in ("0", "1"):
        try:
            skip_import_row(act_of(request), session=session, index=index, is_skipped=request.POST["skip"] == "1")
        except ForbiddenError:
            raise
        except RefusedError as refusal:
            say_refusal(request, refusal)
        return _back(request, session, f"#row-{index}")
    names = ("class_title", "subject", "title", "level", "starts_on", "lesson", "minutes")
    row = rows[index]
    initial = {name: getattr(row, name) for name in names}
    initial["ends_on"] = row.ends_on if row.ends_on != row.starts_on else None
    form = WorkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            correct_import_row(act_of(request), session=session, index=index, entry=form.entry)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            return _back(request, session, f"#row-{index}")
    context = {"session": session, "schedule": session.schedule, "row": row}
    return form_page(request, "office/procedures/schedule_row.html", form, context)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def import_accept(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Take the works into the draft."""
    session = get_object_or_404(schedule_imports_visible(request.scope), pk=pk)
    try:
        count = accept_schedule_import(
            act_of(request), session=session, removes_gone=request.POST.get("remove_gone") == "1"
        )
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        return _preview(request, session, refusal)
    say(request, f"Добавлено и изменено работ: {count}.")
    return redirect("office:procedures:schedule", session.schedule_id)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def import_discard(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Forget the file."""
    session = get_object_or_404(schedule_imports_visible(request.scope), pk=pk)
    discard_schedule_import(act_of(request), session=session)
    say(request, "Загрузка отменена, график не изменён.")
    return redirect("office:procedures:schedule", session.schedule_id)
