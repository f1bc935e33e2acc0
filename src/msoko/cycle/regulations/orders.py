"""Orders as assignments: read from a file, accepted by a person, reported on by organizations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from intake.grids.reading import read_document
from msoko.cycle.regulations.enums import PointState
from msoko.cycle.regulations.files import PREFIX, checked_suffix, safe_name
from msoko.cycle.regulations.lifecycle import register_document
from msoko.cycle.regulations.models import OrderImport, OrderPoint, PointTask, RegisteredDocument
from msoko.cycle.regulations.order_reading import CHOSEN, reading_of
from msoko.cycle.regulations.registering import DocumentEntry, add_document
from msoko.cycle.regulations.tasks import text_of
from msoko.foundation.access.api import Permission, require, scope_for
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.documents import file_rules
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.models import Organization

PASTED_NAME = "Вставленный текст"
#: who may be given a point, by words for the form
CIRCLES = {
    "ask": "— выберите, кто исполняет —", "none": "не отслеживать", "owner": "исполняет сама организация",
    CHOSEN: "выбранные организации (ниже)", "all": "все подведомственные организации",
    "school": "общеобразовательные организации", "preschool": "детские сады",
    "supplementary": "организации дополнительного образования", "school+preschool": "школы и детские сады",
    "school+supplementary": "школы и дополнительное образование",
    "preschool+supplementary": "детские сады и дополнительное образование",
}  # fmt: skip
_PUPIL_KINDS = ("school", "preschool", "supplementary")


@dataclass(frozen=True, slots=True)
class PointEntry:
    """A point as a person accepts it: `days` by which it is done (none, one, several), `chosen` organizations."""

    number: str
    text: str
    addressee: str = ""
    term: str = ""
    days: tuple[dt.date, ...] = ()
    circle: str = "none"
    chosen: tuple[int, ...] = ()


@transaction.atomic
def open_order(act: Act, *, owner: Organization, name: str = "", data: bytes = b"", pasted: str = "") -> OrderImport:
    """Read an order from a file or from pasted text.

    Raises:
        RefusedError: nothing given, a file that may not be kept, a file without text.
    """
    require(act, Permission.EDIT_DOCUMENTS, owner)
    key = ""
    if data:
        if name.lower().endswith(".txt"):
            text = _decoded(name, data)
        else:
            suffix = checked_suffix(name, data)
            reading = read_document(name, data)
            text = text_of(reading)
            if not text.strip() and reading.problems:
                raise RefusedError(reading.problems[0].message, "Вставьте текст приказа в поле ниже.")
            key = default_storage().write(PREFIX, data, f".{suffix}")
    else:
        name, text = PASTED_NAME, pasted
    text = text.replace("\x00", "")[: file_rules().max_text]
    if not text.strip():
        raise RefusedError("В файле нет текста.", "Если это скан, вставьте распознанный текст приказа в поле ниже.")
    made = OrderImport.objects.create(
        owner=owner, file_name=safe_name(name), file_key=key, text=text, reading=reading_of(text, act.at.date(), owner),
        created_at=act.at, created_by=act.actor.actor_label,
    )  # fmt: skip
    record(act, "regulations.order.read", kind="order_import", object_id=made.pk, label=made.file_name,
           organization=owner)  # fmt: skip
    return made


@transaction.atomic
def accept_order(
    act: Act, *, order: OrderImport, title: str, number: str, signed_on: dt.date, controller: str,
    points: Sequence[PointEntry],
) -> RegisteredDocument:  # fmt: skip
    """Register the order and give its points to organizations."""
    require(act, Permission.APPROVE_DOCUMENTS, order.owner)
    order = OrderImport.objects.select_for_update(of=("self",)).select_related("owner").get(pk=order.pk)
    if order.document_id:
        raise RefusedError("Этот приказ уже принят.", "Откройте его в реестре.")
    if not any(point.text.strip() for point in points):
        raise RefusedError("В приказе нет пунктов.", "Впишите хотя бы один пункт.")
    if asked := [point.number or point.text[:30] for point in points if point.circle == "ask"]:
        raise RefusedError(f"Не выбрано, кто исполняет: {', '.join(asked)}.", "Выберите исполнителя каждого пункта.")
    entry = DocumentEntry("order", title, text=order.text)
    document = add_document(act, owner=order.owner, entry=entry)
    if order.file_key:
        document.file_key, document.file_name = order.file_key, order.file_name
        document.save(update_fields=["file_key", "file_name"])
    document = register_document(act, document=document, number=number, signed_on=signed_on)
    order.document, order.controller = document, " ".join(controller.split())[:300]
    order.save(update_fields=["document", "controller"])
    count = _give_out(document, points)
    record(act, "regulations.order.accepted", kind="document", object_id=document.pk, label=document.title[:200],
           organization=order.owner, details={"points": len(points), "assignments": count})  # fmt: skip
    return document


def _give_out(document: RegisteredDocument, points: Sequence[PointEntry]) -> int:
    """An assignment for every organization and every day."""
    tasks = []
    for position, one in enumerate(point for point in points if point.text.strip()):
        days: list[dt.date | None] = [*sorted(set(one.days))] or [None]
        point = OrderPoint.objects.create(
            document=document, position=position, number=one.number[:40], text=one.text.strip()[:5000],
            addressee=one.addressee[:300], term=one.term[:300], due_on=days[0],
        )  # fmt: skip
        members = members_of_circle(document.owner, one.circle, one.chosen)
        if one.circle == CHOSEN and not members:
            raise RefusedError(f"Пункт {one.number}: организации не выбраны.", "Отметьте их под пунктом.")
        tasks += [PointTask(point=point, organization=member, due_on=day) for member in members for day in days]
    PointTask.objects.bulk_create(tasks)
    return len(tasks)


def members_of_circle(owner: Organization, circle: str, chosen: Sequence[int] = ()) -> list[Organization]:
    """Open organizations that a point is given to; `chosen` counts only below the owner."""
    if circle not in CIRCLES or circle in {"none", "ask"}:
        return []
    if circle == "owner":
        return [owner]
    rows = Organization.objects.filter(path__startswith=owner.path, closed_on__isnull=True).exclude(pk=owner.pk)
    if circle == CHOSEN:
        return list(rows.filter(pk__in=chosen, kind__in=_PUPIL_KINDS))
    return list(rows.filter(kind__in=_PUPIL_KINDS if circle == "all" else circle.split("+")))


@transaction.atomic
def discard_order(act: Act, *, order: OrderImport) -> None:
    """Throw away an order that was read and not accepted."""
    require(act, Permission.EDIT_DOCUMENTS, order.owner)
    if order.document_id:
        raise RefusedError("Приказ уже принят.", "Отмените его в реестре документов.")
    record(act, "regulations.order.discarded", kind="order_import", object_id=order.pk, label=order.file_name,
           organization=order.owner)  # fmt: skip
    order.delete()


@transaction.atomic
def add_days(act: Act, *, point: OrderPoint, days: Sequence[dt.date]) -> int:
    """Further days of a recurring point for the organizations that have it; how many assignments were added.

    Raises:
        RefusedError: no days, days before the order, nobody has the point.
    """
    document = point.document
    require(act, Permission.APPROVE_DOCUMENTS, document.owner)
    if not days:
        raise RefusedError("Дни не указаны.", "Впишите их так: 05.10.2027, 05.01.2028.")
    if document.signed_on and min(days) < document.signed_on:
        raise RefusedError("День раньше даты приказа.", "Проверьте дни.")
    have = set(PointTask.objects.filter(point=point).values_list("organization", "due_on"))
    members = {organization for organization, _ in have}
    if not members:
        raise RefusedError("Этот пункт никому не поручен.", "Загрузите приказ заново и выберите исполнителей.")
    fresh = [
        PointTask(point=point, organization_id=member, due_on=day)
        for member in sorted(members) for day in sorted(set(days)) if (member, day) not in have
    ]  # fmt: skip
    PointTask.objects.bulk_create(fresh)
    record(act, "regulations.order.days_added", kind="document", object_id=document.pk,
           label=f"Пункт {point.number}"[:200], organization=document.owner,
           details={"days": [day.isoformat() for day in sorted(set(days))], "assignments": len(fresh)})  # fmt: skip
    return len(fresh)


@transaction.atomic
def report_point(
    act: Act, *, task: PointTask, state: str, done_on: dt.date | None = None, proof: str = ""
) -> PointTask:
    """Say how far an organization has come with a point.

    Raises:
        RefusedError: done without a document or with a day in the future.
    """
    rows = PointTask.objects.select_for_update(of=("self",)).select_related("organization", "point__document__owner")
    task = rows.get(pk=task.pk)
    scope = scope_for(act)
    if not (
        scope.may(Permission.EXECUTE_TASKS, task.organization)
        or scope.may(Permission.EDIT_DOCUMENTS, task.point.document.owner)
    ):
        raise ForbiddenError
    if state not in PointState.values:
        raise RefusedError("Состояние не выбрано.", "Выберите «не начато», «исполняется» или «исполнено».")
    proof = " ".join(proof.split())[:300]
    if state == PointState.DONE:
        done_on = done_on or timezone.localdate(act.at)
        if done_on > timezone.localdate(act.at):
            raise RefusedError("Дата исполнения ещё не наступила.", "Проверьте дату.")
        if not proof:
            raise RefusedError("Не указано, чем подтверждено.", "Впишите документ: «Приказ школы от 30.08.2026 № 12».")
    task.state = state
    task.done_on = done_on if state == PointState.DONE else None
    task.proof, task.changed_at, task.changed_by = proof, act.at, act.actor.actor_label
    task.save()
    record(act, "regulations.point.reported", kind="document", object_id=task.point.document_id,
           label=f"Пункт {task.point.number}"[:200], organization=task.organization,
           details={"state": state})  # fmt: skip
    return task


def _decoded(name: str, data: bytes) -> str:
    if len(data) > file_rules().max_bytes:
        raise RefusedError(f"Файл «{safe_name(name)}» слишком велик.", "Вставьте в поле только текст приказа.")
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedError("Кодировка текста не распознана.", "Сохраните файл в UTF-8 или вставьте текст.")
