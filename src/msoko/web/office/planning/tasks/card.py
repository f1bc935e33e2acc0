"""The page of a term: what has to be done and by when, who has done it, what proves it, what was said and done."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.cycle.planning.api import (
    AssignmentState,
    Occurrence,
    board_of,
    comments_of,
    history_of,
    is_own,
    links,
    mark_seen,
    may_answer,
    may_report,
    occurrences_visible,
    open_inputs,
    sees_whole,
    summaries,
)
from msoko.foundation.access.api import Permission, Scope
from msoko.foundation.audit.api import event_title
from msoko.web.office.planning.tasks.forms import PostponeForm, WordsForm
from msoko.web.office.planning.tasks.looks import LOOKS, TaskRow, summary_words, term_words
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import signed_in

S = AssignmentState
SEES = (Permission.SEE_PLANS, Permission.EXECUTE_TASKS)


def visible_term(request: WorkplaceRequest, pk: int) -> Occurrence:
    """The term, or «not found» for those who do not see it."""
    rows: QuerySet[Occurrence] = occurrences_visible(request.scope)
    return get_object_or_404(rows.prefetch_related("activity__deliverables", "postponements"), pk=pk)


@require_GET
@signed_in(*SEES)
def term_card(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Addressees with their states and proofs; comments and history as far as the person sees the addressees."""
    term = visible_term(request, pk)
    if term.source_id is not None:  # what is shown from a plan above is worked on there
        return redirect("office:tasks:detail", term.source_id)
    mark_seen(request.user, timezone.now(), occurrence=term.pk)
    today = timezone.localdate()
    board = board_of(request.scope, term)
    summary = summaries([term.pk], today).get(term.pk)
    rows = [BoardRow(request.scope, TaskRow(row, today)) for row in board]
    answers = may_answer(request.scope, term.activity.plan) and term.activity.plan.closed_on is None
    context = {
        "term": term,
        "words": term_words(term),
        "summary": summary,
        "counted": summary_words(summary),
        "rows": _chosen(rows, request.GET.get("state", "")),
        "states": _present_states(rows),
        "inputs": open_inputs(term),
        "comments": comments_of(term, board),
        "history": [(event, event_title(event.event), event.details) for event in history_of(term, board)],
        "may_answer": answers,
        "may_comment": sees_whole(request.scope, term),
        "own_row": next((row for row in rows if row.is_own), None),
        "to_confirm": sum(row.task.state == S.DONE for row in rows),
        **(_owner_forms(term) if answers else {}),
        "comment_form": WordsForm(label="Комментарий"),
    }
    own = context["own_row"]
    if own is not None and own.row.organization is not None:
        context["linked_rows"] = links.rows_following(term.activity, own.row.organization)
    return render(request, "office/tasks/card.html", context)


class BoardRow:
    """An addressee on the card, with what this person may do about it now."""

    def __init__(self, scope: Scope, task: TaskRow) -> None:
        self.task, self.row = task, task.row
        self.is_own = is_own(scope, task.row)
        self.proofs = [proof for proof in task.row.evidence.all() if proof.withdrawn_at is None]
        plan = task.row.occurrence.activity.plan
        is_alive = plan.status == "approved" and task.row.occurrence.cancelled_at is None
        self._reports = is_alive and may_report(scope, task.row)
        self._answers = is_alive and may_answer(scope, plan)

    @property
    def steps(self) -> list[tuple[str, str, str]]:
        """(address of the step, words, icon) in the order of their use; «done» is a page of its own."""
        state, found = self.task.state, []
        is_open = self.row.released_at is None and self.row.done_on is None
        if self._reports and is_open:
            found.append(("done", "Отметить исполнение", "check"))
            if self.row.started_at is None:
                found.append(("start", "Взять в работу", "player-play"))
            if state == S.OVERDUE:
                found.append(("delay", "Указать причину задержки", "clock"))
        if state == S.DONE and self._answers:
            found += [("confirm", "Подтвердить", "circle-check"), ("return", "Вернуть с замечанием", "refresh")]
        if state == S.DONE and self._reports:
            found.append(("undo", "Отменить отметку", "restore"))
        if self._answers and self.row.confirmed_at is not None:
            found.append(("unconfirm", "Отменить подтверждение", "restore"))
        if self._answers and self.row.confirmed_at is None:
            is_released = self.row.released_at is not None
            found.append(("unrelease", "Вернуть исполнителю", "restore") if is_released else _RELEASE)
        return found


_RELEASE = ("release", "Снять с исполнителя", "minus")


def _chosen(rows: list[BoardRow], state: str) -> list[BoardRow]:
    return [row for row in rows if row.task.state == state] if state in S.values else rows


def _present_states(rows: list[BoardRow]) -> list[dict[str, Any]]:
    """Filters of the board: states that are there with their counts."""
    counts = Counter(row.task.state for row in rows)
    return [
        {"value": state.value, "title": state.label, "count": counts[state], "tone": LOOKS[state][0].value}
        for state in S
        if counts[state]
    ]


def _owner_forms(term: Occurrence) -> dict[str, Any]:
    return {
        "postpone_form": PostponeForm(initial={"now_on": _proposed(term)}, prefix="postpone"),
        "cancel_form": WordsForm(
            label="Основание снятия", help_text="Приказ, письмо, решение совещания: номер и дата", prefix="cancel"
        ),
    }


def _proposed(term: Occurrence) -> dt.date | None:
    return term.ends_on + dt.timedelta(days=14) if term.ends_on else None
