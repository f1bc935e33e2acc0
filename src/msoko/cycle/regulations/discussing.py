"""Discussions: opened, remarked on, answered, summed up. What is summed up is only read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from msoko.cycle.regulations.discussion_rules import record_discussion, require_going, require_voice
from msoko.cycle.regulations.enums import (
    DiscussionResult,
    DiscussionSubject,
    DocumentStatus,
    RemarkDecision,
    RemarkModeration,
)
from msoko.cycle.regulations.lifecycle import return_to_draft, send_to_discussion
from msoko.cycle.regulations.models import Discussion, DiscussionClause, RegisteredDocument, Remark
from msoko.cycle.regulations.portal_remarks import UNANSWERED, forget_visitors
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.documents import kind_title
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.models import Organization

_LONGEST, _MOST_CLAUSES = 5000, 400
_NUMBERED = re.compile(r"^\s*(\d{1,3}(?:\.\d{1,3})*)[.)]?\s+(?=\D)(.+)$")


@dataclass(frozen=True, slots=True)
class DiscussionEntry:
    """What a person says of a discussion; `text` is cut into clauses by its paragraphs."""

    title: str
    subject: str
    opens_on: dt.date
    closes_on: dt.date
    text: str = ""
    link: str = ""


@transaction.atomic
def open_discussion(
    act: Act, *, owner: Organization, entry: DiscussionEntry, participants: Iterable[Organization],
    document: RegisteredDocument | None = None,
) -> Discussion:  # fmt: skip
    """Put a draft or another text to discussion; the draft moves on in its life cycle.

    Raises:
        RefusedError: without a title or a text, with days out of order, of a document that is no draft.
    """
    require(act, Permission.EDIT_DOCUMENTS, owner)
    title = " ".join(entry.title.split())[:500]
    if not title or entry.subject not in DiscussionSubject.values:
        raise RefusedError("Не указано, что обсуждается.", "Впишите название и выберите вид.")
    if entry.closes_on < entry.opens_on:
        raise RefusedError("Обсуждение заканчивается раньше, чем начинается.", "Проверьте обе даты.")
    clauses = clauses_of(entry.text)
    if not clauses and not entry.link.strip():
        raise RefusedError("Обсуждать нечего: нет ни текста, ни ссылки.", "Вставьте текст или укажите, где его взять.")
    if document is not None:
        if document.owner_id != owner.pk:
            raise ForbiddenError
        if document.status == DocumentStatus.DRAFT:
            send_to_discussion(act, document=document)
        elif document.status != DocumentStatus.DISCUSSION:
            raise RefusedError("Обсуждают проект, а этот документ зарегистрирован.", "Создайте новую редакцию.")
    made = Discussion.objects.create(
        owner=owner, document=document, subject=entry.subject, title=title, link=entry.link.strip()[:500],
        opens_on=entry.opens_on, closes_on=entry.closes_on, created_at=act.at, created_by=act.actor.actor_label,
    )  # fmt: skip
    inside = [one for one in participants if one.path.startswith(owner.path)]
    made.participants.set(inside)
    DiscussionClause.objects.bulk_create(
        DiscussionClause(discussion=made, position=place, number=number, text=text)
        for place, (number, text) in enumerate(clauses)
    )
    record_discussion(act, "regulations.discussion.opened", made)
    return made


def clauses_of(text: str) -> list[tuple[str, str]]:
    """Paragraphs as numbered clauses: with the number of the text where it has one, else with their place."""
    found: list[tuple[str, str]] = []
    for line in (" ".join(line.split()) for line in text.splitlines()):
        if not line:
            continue
        match = _NUMBERED.match(line)
        number, words = match.groups() if match else (f"абз. {len(found) + 1}", line)
        found.append((number[:40], words[:_LONGEST]))
    if len(found) > _MOST_CLAUSES:
        raise RefusedError(f"В тексте больше {_MOST_CLAUSES} абзацев.", "Вынесите приложения в отдельные обсуждения.")
    return found


@transaction.atomic
def move_end(act: Act, *, discussion: Discussion, closes_on: dt.date, reason: str) -> Discussion:
    """Another last day for remarks, with a reason: later, or earlier but not in the past."""
    require(act, Permission.EDIT_DOCUMENTS, discussion.owner)
    discussion = Discussion.objects.select_for_update(of=("self",)).select_related("owner").get(pk=discussion.pk)
    require_going(discussion)
    if closes_on < max(discussion.opens_on, timezone.localdate(act.at)):
        raise RefusedError("Последний день приёма уже прошёл.", "Выберите сегодняшний день или позже.")
    if not reason.strip():
        raise RefusedError("Причина не указана.", "Напишите, почему срок меняется.")
    before, discussion.closes_on = discussion.closes_on, closes_on
    discussion.save(update_fields=["closes_on"])
    record(
        act, "regulations.discussion.end_moved", kind="discussion", object_id=discussion.pk,
        label=discussion.title[:200], organization=discussion.owner,
        details={"from": before.isoformat(), "to": closes_on.isoformat(), "reason": reason.strip()[:300]},
    )  # fmt: skip
    return discussion


@transaction.atomic
def add_remark(
    act: Act, *, discussion: Discussion, organization: Organization, text: str, proposal: str = "",
    clause: DiscussionClause | None = None,
) -> Remark:  # fmt: skip
    """A remark to a clause or to the whole text.

    Raises:
        RefusedError: out of the period, empty, to a clause of another text.
    """
    require_voice(act, discussion, organization)
    text, proposal = text.strip(), proposal.strip()
    if not text:
        raise RefusedError("Замечание пустое.", "Напишите, что и почему следует изменить.")
    if len(text) > _LONGEST or len(proposal) > _LONGEST:
        raise RefusedError(f"Замечание длиннее {_LONGEST} знаков.", "Разделите его на несколько.")
    if clause is not None and clause.discussion_id != discussion.pk:
        raise ForbiddenError
    made = Remark.objects.create(
        discussion=discussion, clause=clause, organization=organization, author=act.actor.actor_label,
        author_id=str(act.actor.actor_id or ""), text=text, proposal=proposal, made_at=act.at,
    )  # fmt: skip
    record_discussion(act, "regulations.remark.added", discussion, organization)
    return made


@transaction.atomic
def answer_remark(act: Act, *, remark: Remark, decision: str, answer: str) -> Remark:
    """Accept a remark, in part or not at all; a refusal gives its reason."""
    discussion = remark.discussion
    require(act, Permission.EDIT_DOCUMENTS, discussion.owner)
    require_going(discussion)
    if decision not in RemarkDecision.values:
        raise RefusedError("Решение не выбрано.", "Выберите: учтено, учтено частично, отклонено.")
    if decision != RemarkDecision.ACCEPTED and not answer.strip():
        raise RefusedError("Причина не указана.", "Объясните, почему замечание отклонено или учтено не полностью.")
    if remark.moderation in {RemarkModeration.WAITING, RemarkModeration.HIDDEN}:
        raise RefusedError("Замечание с портала ещё не показано.", "Сначала проверьте его: покажите на портале.")
    remark.decision, remark.answer = decision, answer.strip()[:_LONGEST]
    remark.answered_at, remark.answered_by = act.at, act.actor.actor_label
    remark.save(update_fields=["decision", "answer", "answered_at", "answered_by"])
    record_discussion(act, "regulations.remark.answered", discussion)
    return remark


@transaction.atomic
def sum_up(act: Act, *, discussion: Discussion, result: str, conclusion: str) -> Discussion:
    """End a discussion: all remarks are answered, the draft goes on to approval or back to work."""
    require(act, Permission.EDIT_DOCUMENTS, discussion.owner)
    discussion = Discussion.objects.select_for_update(of=("self",)).select_related("owner").get(pk=discussion.pk)
    require_going(discussion)
    if result not in DiscussionResult.values:
        raise RefusedError("Итог не выбран.", "Выберите: принять, доработать, отклонить.")
    if waiting := discussion.remarks.filter(UNANSWERED).count():
        raise RefusedError(f"Без ответа остались замечания: {waiting}.", "Ответьте на каждое замечание.")
    discussion.result, discussion.conclusion, discussion.closed_at = result, conclusion.strip()[:_LONGEST], act.at
    discussion.save(update_fields=["result", "conclusion", "closed_at"])
    forget_visitors(discussion)
    document = discussion.document
    if document is not None and result != DiscussionResult.ACCEPT and document.status == DocumentStatus.DISCUSSION:
        return_to_draft(act, document=document)
    record_discussion(act, "regulations.discussion.summed_up", discussion)
    return discussion


def subject_words(discussion: Discussion) -> str:
    """«Положение», «критерии»: what is discussed."""
    if discussion.document is not None:
        return kind_title(discussion.document.kind)
    return discussion.get_subject_display()
