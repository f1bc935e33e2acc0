"""Signing a paper together with what it approves: a plan, a schedule, another document, in one transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from msoko.cycle.planning.api import PlanStatus, approve_changes, approve_plan, plans_visible
from msoko.cycle.procedures.api import ScheduleStatus, approve_schedule, checked, schedules_visible
from msoko.cycle.regulations.api import (
    OPEN,
    OfficialDraft,
    RegisteredDocument,
    documents_visible,
    drafts_visible,
    register_document,
    sign_draft,
)
from msoko.cycle.ring.subjects import subject_facts
from msoko.foundation.access.api import Scope, scope_for
from msoko.foundation.catalog.documents import kind_title
from msoko.foundation.catalog.drafts import draft_templates
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError


@dataclass(frozen=True, slots=True)
class Approval:
    """What the registration of a paper brings into force when the person agrees.

    `obstacle` says why it cannot; `undo` how it is taken back; `needs_reason`: clashes of a schedule are explained.
    """

    kind: str
    title: str
    words: str = ""
    undo: str = ""
    obstacle: str = ""
    needs_reason: bool = False


_ORDER_BACK = "в карточке приказа «Исправить: ещё не действует», «вернуть в проекты»."
_UNDO = {
    "plan": f"Отменить: в плане «Ещё» → «Отменить утверждение», {_ORDER_BACK}",
    "schedule": f"Отменить: в графике «Ещё» → «Отменить утверждение», {_ORDER_BACK}",
    "document": "Отменить: в карточках обоих документов «Исправить: ещё не действует», «вернуть в проекты».",
}
_STALE = "Таблица изменилась после составления приказа. Откройте «Изменить сведения» и составьте текст заново."


def approval_of(scope: Scope, draft: OfficialDraft) -> Approval | None:
    """What the paper approves, as things stand; None for papers that approve nothing."""
    kind = str(draft.facts.get("subject", ""))
    if not draft_templates()[draft.template].approves or not draft.facts.get("subject_pk"):
        return None
    found = {"plan": _plan, "schedule": _schedule, "document": _document}[kind](scope, draft)
    if found is None:
        title = str(draft.facts.get("subject_title", ""))
        return Approval(kind, title, obstacle="Того, что утверждает приказ, больше нет или оно вам не видно.")
    if not found.obstacle and kind != "document" and _is_stale(scope, draft):
        return Approval(kind, found.title, obstacle=_STALE)
    return found


@transaction.atomic
def sign_with_approval(
    act: Act, *, draft: OfficialDraft, number: str, signed_on: dt.date, in_force_from: dt.date | None = None,
    with_approval: bool = False, reason: str = "",
) -> RegisteredDocument:  # fmt: skip
    """Register a signed paper and, when asked, bring into force what it approves. Either both happen or neither.

    Raises:
        RefusedError: of the registration, of the approval, or because there is nothing to approve.
    """
    scope = scope_for(act)
    approval = approval_of(scope, draft) if with_approval else None
    if with_approval and (approval is None or approval.obstacle):
        words = approval.obstacle if approval else "Этот документ ничего не утверждает."
        raise RefusedError(f"Утвердить не получится. {words}", "Снимите отметку или исправьте и повторите.")
    made = sign_draft(act, draft=draft, number=number, signed_on=signed_on, in_force_from=in_force_from)
    if approval is not None:
        _approve(act, scope, draft, made, reason)
    return made


def _approve(act: Act, scope: Scope, draft: OfficialDraft, made: RegisteredDocument, reason: str) -> None:
    assert made.signed_on is not None
    kind, pk = draft.facts["subject"], draft.facts["subject_pk"]
    basis = f"{kind_title(made.kind)} от {made.signed_on:%d.%m.%Y} № {made.number}"
    if kind == "plan":
        plan = plans_visible(scope).get(pk=pk)
        approve = approve_plan if plan.status == PlanStatus.DRAFT else approve_changes
        approve(act, plan=plan, approved_on=made.signed_on, basis=basis, document=made)
    elif kind == "schedule":
        schedule = schedules_visible(scope).get(pk=pk)
        approve_schedule(act, schedule=schedule, approved_on=made.signed_on, basis=basis, reason=reason)
    else:
        _put_in_register(act, scope, pk, made)


def _put_in_register(act: Act, scope: Scope, pk: int, made: RegisteredDocument) -> None:
    """The approved document has the requisites of its order."""
    assert made.signed_on is not None
    own = drafts_visible(scope).filter(document=pk).first()
    if own is not None:
        sign_draft(act, draft=own, number=made.number, signed_on=made.signed_on, in_force_from=made.in_force_from)
        return
    register_document(
        act, document=documents_visible(scope).get(pk=pk), number=made.number, signed_on=made.signed_on,
        in_force_from=made.in_force_from,
    )  # fmt: skip


def _is_stale(scope: Scope, draft: OfficialDraft) -> bool:
    facts = subject_facts(scope, draft.document.owner, draft.facts["subject"], draft.facts["subject_pk"])
    now, then = facts.get("table") or {}, draft.facts.get("table") or {}
    return bool(now.get("rows") != then.get("rows"))


def _plan(scope: Scope, draft: OfficialDraft) -> Approval | None:
    plan = plans_visible(scope).filter(pk=draft.facts["subject_pk"]).first()
    if plan is None:
        return None
    if plan.status == PlanStatus.DRAFT:
        words = f"Утвердить этим приказом план «{plan.title}»: сроки станут базовыми, исполнители получат задачи"
        return Approval("plan", plan.title, words, _UNDO["plan"])
    if plan.status == PlanStatus.APPROVED:
        words = f"Утвердить этим приказом новую редакцию плана «{plan.title}» (№ {plan.edition + 1})"
        undo = "Номер редакции назад не возвращается; приказ можно отменить в его карточке."
        return Approval("plan", plan.title, words, undo)
    return Approval("plan", plan.title, obstacle="План закрыт: утвердить его нельзя.")


def _schedule(scope: Scope, draft: OfficialDraft) -> Approval | None:
    found = schedules_visible(scope).filter(pk=draft.facts["subject_pk"]).first()
    if found is None:
        return None
    title = str(draft.facts["subject_title"])
    if found.status != ScheduleStatus.DRAFT:
        return Approval("schedule", title, obstacle="График уже утверждён или заменён.")
    clashes = len(checked(found).clashes)
    words = "Утвердить этим документом график оценочных процедур: прежний будет заменён"
    return Approval("schedule", title, words, _UNDO["schedule"], needs_reason=bool(clashes))


def _document(scope: Scope, draft: OfficialDraft) -> Approval | None:
    found = documents_visible(scope).filter(pk=draft.facts["subject_pk"]).first()
    if found is None:
        return None
    if found.status not in OPEN:
        return Approval("document", found.title, obstacle="Документ уже зарегистрирован.")
    words = f"Зарегистрировать с теми же номером и датой «{found.title}»: он вступит в силу вместе с приказом"
    return Approval("document", found.title, words, _UNDO["document"])
