"""Steps of one task and changes of one term: each asks for what it needs and goes back to the card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from msoko.cycle.planning import api as planning
from msoko.cycle.planning.api import Assignment, Occurrence, may_answer, may_report, tasks_visible
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.web.office.planning.tasks.card import SEES, visible_term
from msoko.web.office.planning.tasks.forms import (
    DelayForm,
    DoneForm,
    PostponeForm,
    ProofForm,
    WordsForm,
    reason_words,
)
from msoko.web.office.planning.tasks.looks import TaskRow, term_words
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import form_page, refuse, say, say_refusal, signed_in


@dataclass(frozen=True, slots=True)
class Step:
    """`do` takes the act, the task and the words; `label` asks for words, without it a press is enough."""

    title: str
    done: str
    do: Callable[[Any, Assignment, str], object]
    label: str = ""
    help_text: str = ""
    by_answerer: bool = False
    by_reason: bool = False


STEPS: dict[str, Step] = {
    "start": Step("Взять в работу", "Задача в работе.", lambda act, row, _: planning.start_task(act, assignment=row)),
    "undo": Step(
        "Отменить отметку", "Отметка об исполнении отменена.",
        lambda act, row, _: planning.take_back_report(act, assignment=row),
    ),
    "delay": Step(
        "Причина задержки", "Причина задержки записана.",
        lambda act, row, words: planning.explain_delay(act, assignment=row, reason=words), by_reason=True,
    ),
    "confirm": Step(
        "Подтвердить исполнение", "Исполнение подтверждено.",
        lambda act, row, _: planning.confirm_task(act, assignment=row), by_answerer=True,
    ),
    "unconfirm": Step(
        "Отменить подтверждение", "Подтверждение отменено.",
        lambda act, row, _: planning.take_back_confirmation(act, assignment=row), by_answerer=True,
    ),
    "return": Step(
        "Вернуть на доработку", "Задача возвращена исполнителю.",
        lambda act, row, words: planning.return_task(act, assignment=row, remark=words),
        label="Что исправить", help_text="Исполнитель увидит это замечание.", by_answerer=True,
    ),
    "release": Step(
        "Снять с исполнителя", "Задача снята с исполнителя.",
        lambda act, row, words: planning.release_addressee(act, assignment=row, basis=words),
        label="Основание", help_text="Например: в организации нет 9-х классов.", by_answerer=True,
    ),
    "unrelease": Step(
        "Вернуть исполнителю", "Задача возвращена исполнителю.",
        lambda act, row, _: planning.restore_addressee(act, assignment=row), by_answerer=True,
    ),
}  # fmt: skip


def _task(request: WorkplaceRequest, pk: int) -> Assignment:
    row: Assignment = get_object_or_404(tasks_visible(request.scope), pk=pk)
    return row


def _require(request: WorkplaceRequest, row: Assignment, *, by_answerer: bool) -> None:
    """The form is not shown to those who could not send it."""
    plan = row.occurrence.activity.plan
    if not (may_answer(request.scope, plan) if by_answerer else may_report(request.scope, row)):
        raise ForbiddenError


def _back(row: Assignment) -> HttpResponse:
    return redirect("office:tasks:detail", row.occurrence_id)


@require_http_methods(["GET", "POST"])
@signed_in(*SEES)
def task_step(request: WorkplaceRequest, pk: int, action: str) -> HttpResponse:
    """A step of a task; those that need words ask for them on a page."""
    row = _task(request, pk)
    step = STEPS.get(action)
    if step is None:
        raise Http404
    _require(request, row, by_answerer=step.by_answerer)
    form = _words_form(step, request.POST if request.method == "POST" else None)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            step.do(act_of(request), row, _words_of(form))
        except ForbiddenError:
            raise
        except RefusedError as refusal:
            if form is None:
                say_refusal(request, refusal, "warn")
                return _back(row)
            refuse(form, refusal)
        else:
            say(request, step.done)
            return _back(row)
    context = {"task": TaskRow(row, timezone.localdate()), "title": step.title, "term": row.occurrence}
    return form_page(request, "office/tasks/step.html", form or forms.Form(), context)


def _words_form(step: Step, data: Any) -> forms.Form | None:
    if step.by_reason:
        return DelayForm(data)
    return WordsForm(data, label=step.label, help_text=step.help_text) if step.label else None


def _words_of(form: forms.Form | None) -> str:
    if form is None:
        return ""
    given = form.cleaned_data
    return given["words"] if "words" in given else reason_words(given["delay"], given["delay_words"])


@require_http_methods(["GET", "POST"])
@signed_in(*SEES)
def task_done(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The page of a report: when it was done, by what it is proved, why it is late."""
    row = _task(request, pk)
    _require(request, row, by_answerer=False)
    form = DoneForm(request.POST or None, request.FILES or None, task=row, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        entry = form.entry
        try:
            planning.report_done(
                act_of(request), assignment=row, done_on=form.cleaned_data["done_on"],
                entries=[] if entry.is_empty else [entry], delay_reason=form.delay_reason,
            )  # fmt: skip
        except ForbiddenError:
            raise
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Исполнение отмечено. Оно считается завершённым после подтверждения.")
            return _back(row)
    context = {
        "task": TaskRow(row, timezone.localdate()), "title": "Отметить исполнение", "term": row.occurrence,
        "is_report": True,
        "proofs": row.evidence.filter(withdrawn_at__isnull=True), "is_required": planning.is_required(row),
    }  # fmt: skip
    return form_page(request, "office/tasks/step.html", form, context)


@require_http_methods(["GET", "POST"])
@signed_in(*SEES)
def proof_add(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """One more proof of a task."""
    row = _task(request, pk)
    _require(request, row, by_answerer=False)
    form = ProofForm(request.POST or None, request.FILES or None, task=row, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        try:
            planning.attach_evidence(act_of(request), assignment=row, entry=form.entry)
        except ForbiddenError:
            raise
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Подтверждение приложено.")
            return _back(row)
    context = {
        "task": TaskRow(row, timezone.localdate()),
        "title": "Приложить подтверждение",
        "term": row.occurrence,
        "is_report": True,
    }
    return form_page(request, "office/tasks/step.html", form, context)


@require_POST
@signed_in(*SEES)
def task_comment(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """A word within one addressee's row."""
    row = _task(request, pk)
    words = request.POST.get("words", "")
    planning.add_comment(act_of(request), occurrence=row.occurrence, text=words, assignment=row)
    return _back(row)


@require_http_methods(["GET", "POST"])
@signed_in(*SEES)
def term_change(request: WorkplaceRequest, pk: int, action: str) -> HttpResponse:
    """Postpone, take off, restore a term, or say a word to all of its addressees."""
    term = visible_term(request, pk)
    if action not in _CHANGES:
        raise Http404
    if action != "comment" and not may_answer(request.scope, term.activity.plan):
        raise ForbiddenError
    form = _CHANGES[action][0](request.POST if request.method == "POST" else None)
    if request.method == "GET" or (form is not None and not form.is_valid()):
        return form_page(request, "office/tasks/change.html", form or forms.Form(), _change_context(term, action))
    try:
        _CHANGES[action][1](act_of(request), term, form)
    except ForbiddenError:
        raise
    except RefusedError as refusal:
        if form is None:
            raise
        refuse(form, refusal)
        return form_page(request, "office/tasks/change.html", form, _change_context(term, action))
    say(request, _CHANGES[action][2])
    return redirect("office:tasks:detail", pk)


def _change_context(term: Occurrence, action: str) -> dict[str, Any]:
    return {"term": term, "words": term_words(term), "action": action, "title": _CHANGES[action][3]}


def _postpone(act: Any, term: Occurrence, form: Any) -> None:
    planning.postpone_occurrence(act, occurrence=term, **form.cleaned_data)


def _cancel(act: Any, term: Occurrence, form: Any) -> None:
    planning.cancel_occurrence(act, occurrence=term, basis=form.cleaned_data["words"])


def _restore(act: Any, term: Occurrence, form: Any) -> None:
    planning.restore_occurrence(act, occurrence=term)


def _comment(act: Any, term: Occurrence, form: Any) -> None:
    planning.add_comment(act, occurrence=term, text=form.cleaned_data["words"])


#: key → (form of what is asked, the act, what is said then, title)
_CHANGES: dict[str, tuple[Callable[[Any], Any], Callable[[Any, Occurrence, Any], None], str, str]] = {
    "postpone": (lambda data: PostponeForm(data, prefix="postpone"), _postpone, "Срок перенесён.", "Перенести срок"),
    "cancel": (
        lambda data: WordsForm(data, label="Основание снятия", prefix="cancel"), _cancel, "Мероприятие снято.",
        "Снять мероприятие",
    ),
    "restore": (lambda data: None, _restore, "Мероприятие возвращено в план.", "Вернуть в план"),
    "comment": (lambda data: WordsForm(data, label="Комментарий"), _comment, "Комментарий добавлен.", "Комментарий"),
}  # fmt: skip
