"""Editing a report in place: a block as a form, autosave, conflicts of two people, grounds of a sentence."""

from __future__ import annotations

import json

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.cycle.analysis.api import (
    EditConflictError,
    Report,
    current_document,
    edit_block,
    generated_texts,
    may_edit_report,
    resolve_conflict,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.office.analysis.paper import anchor, block_of, find_block
from msoko.web.office.analysis.report_grounds import grounds_of
from msoko.web.office.analysis.reports import visible_report
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import say, signed_in


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_REPORTS)
def block_edit(request: WorkplaceRequest, report: int) -> HttpResponse:
    """GET: the block as a form (`view=1`: as text). POST: keep the text; `restore=1` the generated one."""
    found = visible_report(request, report)
    if request.method == "POST":
        return _save(request, found)
    key = request.GET.get("key", "")
    if request.GET.get("view"):
        return _shown(request, found, key)
    return render(request, "office/analysis/parts/block_form.html", _form_context(found, key))


@require_GET
@signed_in(Permission.SEE_ORGANIZATIONS)
def block_grounds(request: WorkplaceRequest, report: int) -> HttpResponse:
    """Rules, figures and N behind a block."""
    found = visible_report(request, report)
    document, _ = current_document(found)
    block = find_block(document, request.GET.get("key", ""))
    if block is None:
        raise Http404
    context = {"report": found, "block": block, "grounds": grounds_of(block)}
    return render(request, "office/analysis/parts/block_grounds.html", context)


@require_POST
@signed_in(Permission.EDIT_REPORTS)
def conflict_resolve(request: WorkplaceRequest, report: int) -> HttpResponse:
    """Keep one's own text or take the generated one."""
    found = visible_report(request, report)
    keeps = request.POST.get("keep") == "mine"
    resolve_conflict(act_of(request), report=found, key=request.POST.get("key", ""), keeps_edit=keeps)
    say(request, "Оставлен ваш текст." if keeps else "Взят новый текст.", "good")
    return redirect("office:analysis:report", found.pk)


def _save(request: WorkplaceRequest, report: Report) -> HttpResponse:
    key = request.POST.get("key", "")
    restores = request.POST.get("restore") == "1"
    if not restores and "text" not in request.POST:
        raise RefusedError("Текст не получен.", "Обновите страницу и повторите.")
    text = generated_texts(report).get(key, "") if restores else request.POST.get("text", "")
    try:
        edit_block(act_of(request), report=report, key=key, text=text, seen=request.POST.get("seen", ""))
    except EditConflictError as conflict:
        again = json.dumps({"key": key, "text": text, "seen": conflict.now, "done": "1"}, ensure_ascii=False)
        context = {"report": report, "key": key, "mine": text, "now": conflict.now, "again": again}
        response = render(request, "office/analysis/parts/block_conflict.html", context, status=409)
        response["HX-Retarget"], response["HX-Reswap"] = f"#{anchor(key)}", "outerHTML"
        return response
    if restores or request.POST.get("done") == "1":
        return _shown(request, report, key)
    return render(request, "office/analysis/parts/block_saved.html", {"text": text, "at": act_of(request).at})


def _shown(request: WorkplaceRequest, report: Report, key: str) -> HttpResponse:
    """The block as text; one whose text was emptied says so and can be restored."""
    document, _ = current_document(report)
    edited = [edit.block_key for edit in report.edits.all()]
    block = block_of(report, document, key, edited)
    context = {
        "report": report,
        "block": block,
        "key": key,
        "may_edit": may_edit_report(request.scope, report),
        "has_focus": True,  # the form that had the focus is gone
    }
    return render(request, "office/analysis/parts/block.html", context)


def _form_context(report: Report, key: str) -> dict[str, object]:
    original = generated_texts(report).get(key)
    if original is None:
        raise Http404
    edit = report.edits.filter(block_key=key).first()
    text = edit.text if edit else original
    return {
        "report": report,
        "key": key,
        "text": text,
        "original": original,
        "edit": edit,
        "lines": min(24, 2 + len(text) // 90 + text.count("\n")),
    }
