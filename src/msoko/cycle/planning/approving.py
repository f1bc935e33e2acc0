"""A plan comes into force by an order, and is closed at the end of its time."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from msoko.cycle.planning.dealing import deal_out_soon
from msoko.cycle.planning.enums import PlanStatus
from msoko.cycle.planning.models import Occurrence, Plan
from msoko.cycle.regulations.api import RegisteredDocument
from msoko.foundation.access.api import Permission, require
from msoko.foundation.audit.api import record
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError


@transaction.atomic
def approve_plan(
    act: Act, *, plan: Plan, approved_on: dt.date, basis: str, document: RegisteredDocument | None = None
) -> Plan:
    """Bring a plan into force: the terms of this moment become its baseline, its addressees get their tasks.

    Raises:
        RefusedError: without a basis, without activities, when the plan is not a draft, or when a responsible
            organization was closed.
    """
    require(act, Permission.APPROVE_PLANS, plan.owner)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    if plan.status != PlanStatus.DRAFT:
        raise RefusedError("Утвердить можно только проект плана.", "Обновите страницу: план уже утверждён или закрыт.")
    if not basis.strip() and document is None:
        raise RefusedError("Основание не указано.", "Впишите приказ: «Приказ от 28.08.2026 № 412».")
    if not plan.activities.filter(dropped_at__isnull=True).exists():
        raise RefusedError("В плане нет мероприятий.", "Загрузите план из файла или добавьте мероприятия.")
    plan.status, plan.approved_on, plan.basis, plan.basis_document = (
        PlanStatus.APPROVED, approved_on, basis.strip()[:500], document,
    )  # fmt: skip
    plan.save(update_fields=["status", "approved_on", "basis", "basis_document"])
    Occurrence.objects.filter(activity__plan=plan).update(
        planned_starts_on=F("starts_on"), planned_ends_on=F("ends_on")
    )
    _record(act, "planning.plan.approved", plan)
    deal_out_soon(act, plan)
    return plan


@transaction.atomic
def approve_changes(
    act: Act, *, plan: Plan, approved_on: dt.date, basis: str, document: RegisteredDocument | None = None
) -> Plan:
    """A new edition of a plan in force: what was added since gets its baseline, the order is named beside the first.

    Terms that were moved keep the baseline of their approval: what was promised is not rewritten.
    """
    require(act, Permission.APPROVE_PLANS, plan.owner)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    if plan.status != PlanStatus.APPROVED:
        raise RefusedError("Новую редакцию имеет только утверждённый план.", "Сначала утвердите план.")
    if not basis.strip() and document is None:
        raise RefusedError("Основание не указано.", "Впишите приказ: «Приказ от 15.01.2027 № 12».")
    words = basis.strip() or (f"№ {document.number}" if document else "")
    plan.edition += 1
    plan.basis = f"{plan.basis} (в редакции от {approved_on:%d.%m.%Y}: {words})"[:500]
    plan.save(update_fields=["edition", "basis"])
    fresh = Occurrence.objects.filter(
        activity__plan=plan, planned_starts_on__isnull=True, planned_ends_on__isnull=True, postponements__isnull=True
    )
    fresh.update(planned_starts_on=F("starts_on"), planned_ends_on=F("ends_on"))
    record(
        act, "planning.plan.edition_approved", kind="plan", object_id=plan.pk, label=plan.title,
        organization=plan.owner, details={"edition": plan.edition, "basis": basis.strip()[:500]},
    )  # fmt: skip
    deal_out_soon(act, plan)
    return plan


@transaction.atomic
def withdraw_approval(act: Act, *, plan: Plan, reason: str) -> Plan:
    """A plan becomes a draft again, its baseline is forgotten; tasks and their facts stay."""
    require(act, Permission.APPROVE_PLANS, plan.owner)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    if plan.status != PlanStatus.APPROVED:
        raise RefusedError("План не утверждён.", "Обновите страницу.")
    if not reason.strip():
        raise RefusedError("Причина не указана.", "Впишите, почему утверждение отменяется.")
    plan.status, plan.approved_on = PlanStatus.DRAFT, None
    plan.save(update_fields=["status", "approved_on"])
    Occurrence.objects.filter(activity__plan=plan).update(planned_starts_on=None, planned_ends_on=None)
    _record(act, "planning.plan.approval_withdrawn", plan, reason.strip())
    return plan


@transaction.atomic
def close_plan(act: Act, *, plan: Plan, closed_on: dt.date) -> Plan:
    """The time of the plan is over: nothing of it changes any more."""
    require(act, Permission.APPROVE_PLANS, plan.owner)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    if plan.status != PlanStatus.APPROVED:
        raise RefusedError("Закрыть можно только утверждённый план.", "Сначала утвердите план.")
    plan.status, plan.closed_on = PlanStatus.CLOSED, closed_on
    plan.save(update_fields=["status", "closed_on"])
    _record(act, "planning.plan.closed", plan)
    return plan


def _record(act: Act, event: str, plan: Plan, reason: str = "") -> None:
    record(
        act, event, kind="plan", object_id=plan.pk, label=plan.title, organization=plan.owner,
        details={"reason": reason} if reason else None,
    )  # fmt: skip
