"""Discussions: the list, a new one, remarks by clause, answers, expert opinions, minutes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.cycle.regulations.api import (
    OPEN,
    Discussion,
    DiscussionEntry,
    DiscussionResult,
    DiscussionSubject,
    RegisteredDocument,
    RemarkDecision,
    add_remark,
    answer_remark,
    clauses_with_remarks,
    discussions_visible,
    documents_visible,
    is_open,
    move_end,
    open_discussion,
    places_of,
    remarks_of,
    subject_words,
    sum_up,
    with_remark_counts,
)
from msoko.cycle.ring.api import Discussed, discussed_of
from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.web.office.procedures.owners import members_of, owners_with
from msoko.web.office.regulations import discussion_opinions as opinions
from msoko.web.office.regulations import discussion_portal as portal
from msoko.web.office.regulations.discussion_papers import paper_of_discussion
from msoko.web.office.regulations.forms import day_field
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import form_page, page_of, refuse, say, say_refusal, signed_in

_DAYS = 14


class DiscussionForm(forms.Form):
    """What is discussed and when."""

    subject = forms.ChoiceField(label="Что обсуждается", choices=DiscussionSubject.choices)
    title = forms.CharField(label="Название", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    text = forms.CharField(
        label="Текст", required=False, max_length=400000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Каждый абзац станет пунктом обсуждения: с номером из текста или по порядку.",
    )  # fmt: skip
    link = forms.CharField(label="Где посмотреть", required=False, max_length=500,
                           help_text="Адрес или место, если весь текст сюда не помещается.")  # fmt: skip
    opens_on = day_field("Начало", required=True)
    closes_on = day_field("Окончание", required=True)


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def discussion_list(request: WorkplaceRequest) -> HttpResponse:
    """Discussions, those that go on first."""
    today = timezone.localdate()
    found = discussions_visible(request.scope)
    state = request.GET.get("state", "")
    if state == "open":
        found = found.filter(result="", opens_on__lte=today, closes_on__gte=today)
    elif state == "closed":
        found = found.exclude(result="")
    page = page_of(request, with_remark_counts(found), 30)
    rows = [(one, is_open(one, today), request.scope.may(Permission.SEE_DOCUMENTS, one.owner))
            for one in page.object_list]  # fmt: skip
    context = {"page": page, "rows": rows, "may_edit": bool(owners_with(request.scope, Permission.EDIT_DOCUMENTS))}
    return render(request, "office/regulations/discussions.html", context)


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_DOCUMENTS)
def discussion_new(request: WorkplaceRequest) -> HttpResponse:
    """Put a draft of the register or another text to discussion."""
    owners = owners_with(request.scope, Permission.EDIT_DOCUMENTS)
    document = _draft(request)
    if document is None and not owners and _about(request) is None:
        raise RefusedError("Обсуждения ведут муниципалитет и организации.", "Обратитесь к администратору.")
    asked = whole_number(request.POST.get("owner", ""))
    about = None if document else _about(request)
    owner = document.owner if document else about.owner if about else None
    owner = owner or next((one for one in owners if one.pk == asked), owners[0])
    today = timezone.localdate()
    initial = {"opens_on": today, "closes_on": today + dt.timedelta(days=_DAYS), "subject": "document"}
    if document:
        initial |= {"title": document.title, "text": _text_of(document)}
    elif about:
        initial |= {"title": about.title, "text": about.text, "subject": about.subject.value}
    form = DiscussionForm(request.POST or None, initial=initial)
    members = list(members_of(owner).order_by("sort_key"))
    if request.method == "POST" and form.is_valid():
        chosen = {whole_number(one) for one in request.POST.getlist("participants")}
        try:
            made = open_discussion(
                act_of(request), owner=owner, entry=DiscussionEntry(**form.cleaned_data), document=document,
                participants=[one for one in members if one.pk in chosen],
            )  # fmt: skip
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Обсуждение открыто: участники увидят его в своих задачах.")
            return redirect("office:regulations:discussion", made.pk)
    drafts = documents_visible(request.scope).filter(status__in=OPEN, owner__in=owners).defer("text", "search_key")
    context = {"owner": owner, "owners": owners, "members": members, "document": document,
               "about": about, "drafts": list(drafts[:100]),
               "chosen": {whole_number(one) for one in request.POST.getlist("participants")}}  # fmt: skip
    return form_page(request, "office/regulations/discussion_form.html", form, context)


def _draft(request: WorkplaceRequest) -> RegisteredDocument | None:
    asked = whole_number(request.POST.get("document") or request.GET.get("document") or "")
    rows = documents_visible(request.scope).filter(request.scope.filter(Permission.EDIT_DOCUMENTS, "owner__"))
    return get_object_or_404(rows, pk=asked) if asked else None


def _about(request: WorkplaceRequest) -> Discussed | None:
    """The plan, procedure or specification that the address names."""
    for kind in ("plan", "campaign", "blueprint"):
        if found := discussed_of(request.scope, kind, whole_number(request.GET.get(kind, ""))):
            return found
    return None


def _text_of(document: RegisteredDocument) -> str:
    paper = getattr(document, "paper", None)
    if paper is None:
        return document.text
    return "\n".join(point["text"] for point in paper.content.get("points", []))


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def discussion_detail(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The text by clauses with remarks, the form of a remark, answers, opinions, the summing up."""
    discussion = get_object_or_404(discussions_visible(request.scope), pk=pk)
    is_host = request.scope.may(Permission.SEE_DOCUMENTS, discussion.owner)
    places = places_of(request.scope, discussion)
    context = {
        "discussion": discussion, "subject": subject_words(discussion), "places": places,
        "clauses": list(clauses_with_remarks(request.scope, discussion)),
        "general": list(remarks_of(request.scope, discussion).filter(clause=None)),
        "is_open": is_open(discussion, timezone.localdate()) and bool(places),
        "may_answer": request.scope.may(Permission.EDIT_DOCUMENTS, discussion.owner) and not discussion.result,
        "may_draft": request.scope.may(Permission.EDIT_DOCUMENTS, discussion.owner),
        "is_host": is_host, "decisions": RemarkDecision.choices, "results": DiscussionResult.choices,
        "participants": list(discussion.participants.order_by("sort_key")),
        **opinions.shown(request, discussion, is_host=is_host), **portal.shown(request, discussion, is_host=is_host),
    }  # fmt: skip
    return render(request, "office/regulations/discussion.html", context)


@require_POST
@signed_in(Permission.SEE_DOCUMENTS)
def discussion_do(request: WorkplaceRequest, pk: int, what: str) -> HttpResponse:
    """A remark, an answer, an opinion, the summing up."""
    discussion = get_object_or_404(discussions_visible(request.scope), pk=pk)
    do = _DEEDS.get(what)
    if do is None:
        raise Http404
    try:
        words = do(request, discussion)
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        say_refusal(request, refusal)
    else:
        say(request, words)
    return redirect("office:regulations:discussion", pk)


def _remark(request: WorkplaceRequest, discussion: Discussion) -> str:
    asked = whole_number(request.POST.get("clause", ""))
    clause = get_object_or_404(discussion.clauses, pk=asked) if asked else None
    add_remark(
        act_of(request), discussion=discussion, organization=opinions.place_of(request, discussion), clause=clause,
        text=request.POST.get("text", ""), proposal=request.POST.get("proposal", ""),
    )  # fmt: skip
    return "Замечание принято."


def _answer(request: WorkplaceRequest, discussion: Discussion) -> str:
    remark = get_object_or_404(
        discussion.remarks.select_related("discussion__owner"), pk=whole_number(request.POST.get("remark", ""))
    )
    answer_remark(act_of(request), remark=remark, decision=request.POST.get("decision", ""),
                  answer=request.POST.get("answer", ""))  # fmt: skip
    return "Ответ на замечание сохранён."


def _sum_up(request: WorkplaceRequest, discussion: Discussion) -> str:
    sum_up(act_of(request), discussion=discussion, result=request.POST.get("result", ""),
           conclusion=request.POST.get("conclusion", ""))  # fmt: skip
    return "Итог подведён. Протокол обсуждения можно скачать в Word."


def _move_end(request: WorkplaceRequest, discussion: Discussion) -> str:
    try:
        day = dt.date.fromisoformat(request.POST.get("closes_on", ""))
    except ValueError:
        raise RefusedError("Такой даты нет.", "Выберите день в календаре.") from None
    move_end(act_of(request), discussion=discussion, closes_on=day, reason=request.POST.get("reason", ""))
    return f"Замечания принимаются по {day:%d.%m.%Y}."


_DEEDS: dict[str, Any] = {
    "remark": _remark, "answer": _answer, "sum-up": _sum_up, "move-end": _move_end, **opinions.DEEDS, **portal.DEEDS,
}  # fmt: skip


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def discussion_download(request: WorkplaceRequest, pk: int, kind: str) -> HttpResponse:
    """Minutes with the table of remarks, the opinions as Word, the remarks as Excel."""
    discussion = get_object_or_404(discussions_visible(request.scope), pk=pk)
    if not discussion.result and not request.scope.may(Permission.SEE_DOCUMENTS, discussion.owner):
        raise ForbiddenError("Протокол доступен после подведения итога.")
    return paper_of_discussion(request, discussion, kind)
