"""Drafts of official papers: chosen by template, drawn up, edited, looked at, signed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.cycle.regulations.api import (
    CASE_TITLES,
    OPEN,
    OfficialDraft,
    blank_lacks,
    by_rules,
    changed_parts,
    create_draft,
    declining,
    drafts_visible,
    drop_changes,
    issuer_of,
    named_bases,
    numbered,
    paper_of,
    redraw,
    remember_form,
    save_text,
    words_of,
)
from msoko.cycle.ring.api import SUBJECTS, approval_of, sign_with_approval, subject_choices, subject_facts
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.drafts import draft_templates
from msoko.foundation.documents.files import file_name
from msoko.foundation.documents.pdf.official_paper import paper_pdf
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.web.office.procedures.owners import owners_with
from msoko.web.office.regulations import draft_facts
from msoko.web.office.regulations.forms import RegistrationForm
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import form_page, page_of, refuse, say, say_refusal, signed_in

_NEW_POINTS = 3


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def draft_list(request: WorkplaceRequest) -> HttpResponse:
    """Templates to begin with, drafts that are there."""
    page = page_of(request, drafts_visible(request.scope).defer("facts", "generated", "content"), 30)
    context = {
        "page": page,
        "templates": draft_templates().values(),
        "may_edit": request.scope.may_anywhere(Permission.EDIT_DOCUMENTS),
        "may_approve": request.scope.may_anywhere(Permission.APPROVE_DOCUMENTS),
    }
    return render(request, "office/regulations/drafts.html", context)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def draft_new(request: WorkplaceRequest, template: str) -> HttpResponse:
    """Facts of a new paper."""
    owners = owners_with(request.scope, Permission.EDIT_DOCUMENTS)
    if template not in draft_templates() or not owners:
        raise Http404
    asked = whole_number(request.POST.get("owner") or request.GET.get("owner") or "")
    owner = next((one for one in owners if one.pk == asked), None) or _below(request, asked) or owners[0]
    return _facts_page(request, owner, template, None, {"owners": owners})


def _below(request: WorkplaceRequest, pk: int) -> Organization | None:
    """An organization whose documents the person may keep, though they are not the person's own."""
    found = Organization.objects.filter(pk=pk).first() if pk else None
    return found if found and request.scope.may(Permission.EDIT_DOCUMENTS, found) else None


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def draft_facts_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Other facts for a paper: its text is drawn up anew under a person's changes."""
    draft = get_object_or_404(drafts_visible(request.scope), pk=pk)
    return _facts_page(request, draft.document.owner, draft.template, draft, {})


def _facts_page(
    request: WorkplaceRequest, owner: Organization, code: str, draft: OfficialDraft | None, extra: dict[str, Any]
) -> HttpResponse:
    template = draft_templates()[code]
    people = draft_facts.people_of(request.scope, owner)
    named = request.GET.get("title", "")[:400]
    facts: dict[str, Any] = (
        draft.facts if draft else {"signer": draft_facts.head_among(people), "subject_title": named}
    )  # fmt: skip
    form = draft_facts.FactsForm(template, request.POST or None, initial=draft_facts.initial_of(facts))
    executors = draft_facts.posted_executors(request.POST) if request.method == "POST" else facts.get("executors", [])
    chosen = whole_number(request.POST.get("subject") or request.GET.get("subject") or "") or facts.get("subject_pk", 0)
    if request.method == "POST" and form.is_valid():
        values = _facts(request, owner, code, form, executors, chosen)
        try:
            made = (
                redraw(act_of(request), draft=draft, facts=values) if draft
                else create_draft(act_of(request), owner=owner, template=code, facts=values)
            )  # fmt: skip
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            words = "Текст составлен заново, ваши правки сохранены." if draft else "Проект составлен: проверьте текст."
            say(request, words)
            return redirect("office:regulations:draft", made.pk)
    rows = [*executors, *({} for _ in range(draft_facts.EXECUTORS - len(executors)))]
    context = {
        "owner": owner, "template": template, "draft": draft, "people": people, "executors": rows, "chosen": chosen,
        "subject": SUBJECTS.get(template.subject), "subjects": subject_choices(request.scope, owner, template.subject),
        "bases": list(named_bases(request.scope)), **extra,
    }  # fmt: skip
    return form_page(request, "office/regulations/draft_facts.html", form, context)


def _facts(
    request: WorkplaceRequest, owner: Organization, code: str, form: draft_facts.FactsForm,
    executors: list[dict[str, str]], chosen: int,
) -> dict[str, Any]:  # fmt: skip
    values = form.facts | {"executors": executors}
    found = subject_facts(request.scope, owner, draft_templates()[code].subject, chosen)
    title = values.pop("subject_title", "") or found.get("subject_title", "")
    if not values.get("findings"):
        values["findings"] = found.pop("found", [])
    if not values.get("attended") and found.get("members"):
        values["attended"] = found.pop("members")
    if not values.get("acquainted"):
        who = [row["who"] for row in executors] + [values.get("controller", "")]
        values["acquainted"] = list(dict.fromkeys(name for one in who if (name := one.partition(";")[2].strip())))
    return values | found | {"subject_title": " ".join(title.split())}


@require_GET
@signed_in(Permission.EDIT_DOCUMENTS)
def draft_detail(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The text to edit, the paper as it will be printed, forms of words."""
    draft = get_object_or_404(drafts_visible(request.scope), pk=pk)
    document = draft.document
    own = changed_parts(draft.content, draft.generated)
    numbers = numbered(draft.content["points"])
    points = [
        {"place": (place + 1) * 10, "number": number, "is_own": point["key"] in own, **point}
        for place, (number, point) in enumerate(zip(numbers, draft.content["points"], strict=True))
    ]
    last = len(points) * 10
    context = {
        "draft": draft, "document": document, "template": draft_templates()[draft.template], "points": points,
        "new_points": [{"place": last + 10 * (place + 1)} for place in range(_NEW_POINTS)], "own": own,
        "count": len(points) + _NEW_POINTS, "paper": paper_of(draft),
        "lacks": blank_lacks(issuer_of(document.owner)), "words": _words(draft),
        "is_open": document.status in OPEN,
        "may_approve": request.scope.may(Permission.APPROVE_DOCUMENTS, document.owner),
        "registration": RegistrationForm(initial={"signed_on": timezone.localdate()}),
        "approval": approval_of(request.scope, draft) if document.status in OPEN else None,
    }  # fmt: skip
    return render(request, "office/regulations/draft.html", context)


def _words(draft: OfficialDraft) -> list[dict[str, Any]]:
    found = words_of(draft.facts)
    decline = declining(draft.document.owner, {words for words, _, is_name in found if is_name})
    return [
        {"word": words, "case": case, "title": CASE_TITLES[case], "form": decline(words, case),
         "is_kept": decline(words, case) != by_rules(words, case, is_name=is_name)}
        for words, case, is_name in found
    ]  # fmt: skip


@require_POST
@signed_in(Permission.EDIT_DOCUMENTS)
def draft_do(request: WorkplaceRequest, pk: int, what: str) -> HttpResponse:
    """Save the text, keep a form of a word, draw up anew, drop the changes, sign."""
    draft = get_object_or_404(drafts_visible(request.scope), pk=pk)
    do = _DEEDS.get(what)
    if do is None:
        raise Http404
    try:
        words = do(request, draft)
    except RefusedError as refusal:
        say_refusal(request, refusal)
        return redirect("office:regulations:draft", pk)
    say(request, words)
    if what == "sign":
        return redirect("office:regulations:document", draft.document_id)
    return redirect("office:regulations:draft", pk)


def _save(request: WorkplaceRequest, draft: OfficialDraft) -> str:
    save_text(act_of(request), draft=draft, content=posted_text(request.POST))
    return "Текст сохранён."


def _word(request: WorkplaceRequest, draft: OfficialDraft) -> str:
    posted = request.POST
    remember_form(
        act_of(request), owner=draft.document.owner, word=posted.get("word", ""), case=posted.get("case", ""),
        form=posted.get("form", ""),
    )  # fmt: skip
    redraw(act_of(request), draft=draft)
    return "Форма запомнена, текст составлен с ней."


def _reset(request: WorkplaceRequest, draft: OfficialDraft) -> str:
    drop_changes(act_of(request), draft=draft)
    return "Возвращён текст шаблона."


def _sign(request: WorkplaceRequest, draft: OfficialDraft) -> str:
    form = RegistrationForm(request.POST)
    if not form.is_valid():
        raise RefusedError("Номер и дата документа не указаны.", "Впишите реквизиты подписанного документа.")
    with_approval = request.POST.get("approve") == "1"
    document = sign_with_approval(
        act_of(request), draft=draft, with_approval=with_approval, reason=request.POST.get("reason", ""),
        **form.cleaned_data,
    )  # fmt: skip
    approved = f" Утверждено: {draft.facts['subject_title']}." if with_approval else ""
    return f"Документ зарегистрирован: № {document.number}. Файл Word с реквизитами приложен к карточке.{approved}"


_DEEDS = {"save": _save, "word": _word, "reset": _reset, "sign": _sign}


def posted_text(posted: Any) -> dict[str, Any]:
    """The text as the page sends it: points in the order of their places, without those marked for removal."""
    rows = []
    for index in range(whole_number(posted.get("count", "")) or 0):
        text = "\n".join(line.strip() for line in posted.get(f"text-{index}", "").splitlines()).strip()
        if not text or posted.get(f"remove-{index}"):
            continue
        place = whole_number(posted.get(f"place-{index}", "")) or 0
        key = posted.get(f"key-{index}", "")[:200] or f"own:{place}:{text[:40]}"
        level = 2 if posted.get(f"level-{index}") == "2" else 1
        rows.append((place, index, {"key": key, "text": text, "level": level}))
    fields = {name: posted.get(name, "").replace("\r\n", "\n") for name in ("heading", "preamble", "command")}
    return fields | {"points": [point for _, _, point in sorted(rows, key=lambda row: row[:2])]}


@require_GET
@signed_in(Permission.EDIT_DOCUMENTS)
def draft_download(request: WorkplaceRequest, pk: int, kind: str) -> HttpResponse:
    """The paper as Word or PDF."""
    draft = get_object_or_404(drafts_visible(request.scope), pk=pk)
    if kind not in {"docx", "pdf"}:
        raise Http404
    from msoko.foundation.documents.word.official_paper import paper_docx  # noqa: PLC0415 -- slow import

    paper = paper_of(draft)
    data = paper_docx(paper) if kind == "docx" else paper_pdf(paper)
    record(
        act_of(request), "regulations.draft.downloaded", kind="document", object_id=draft.document_id,
        label=draft.document.title[:200], organization=draft.document.owner, details={"as": kind},
    )  # fmt: skip
    return download(file_name(draft.document.title, f".{kind}"), data)
