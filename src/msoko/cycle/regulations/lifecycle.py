"""A document on its way: to discussion, registered with number and date, in force, superseded, repealed, and back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from msoko.cycle.regulations.enums import DocumentStatus
from msoko.cycle.regulations.models import DocumentBasis, RegisteredDocument
from msoko.cycle.regulations.registering import locked, record_document
from msoko.cycle.regulations.rules import may_become, review_day
from msoko.cycle.regulations.searching import key_of
from msoko.foundation.access.api import Permission, require
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError

S = DocumentStatus


@transaction.atomic
def send_to_discussion(act: Act, *, document: RegisteredDocument) -> RegisteredDocument:
    """A draft is shown to those who discuss it."""
    require(act, Permission.EDIT_DOCUMENTS, document.owner)
    document = _moved(locked(document), S.DISCUSSION)
    document.save(update_fields=["status"])
    record_document(act, "regulations.document.discussion_opened", document)
    return document


@transaction.atomic
def return_to_draft(act: Act, *, document: RegisteredDocument, reason: str = "") -> RegisteredDocument:
    """Back to work: from discussion freely, from registration as the undoing of a mistake, with a reason."""
    is_registered = document.status == S.APPROVED
    require(act, Permission.APPROVE_DOCUMENTS if is_registered else Permission.EDIT_DOCUMENTS, document.owner)
    document = _moved(locked(document), S.DRAFT)
    if is_registered and not reason.strip():
        raise RefusedError("Причина не указана.", "Напишите, почему регистрация отменяется.")
    document.save(update_fields=["status"])
    record_document(act, "regulations.document.returned_to_draft", document, {"reason": reason.strip()[:300]})
    return document


@transaction.atomic
def register_document(
    act: Act,
    *,
    document: RegisteredDocument,
    number: str,
    signed_on: dt.date,
    in_force_from: dt.date | None = None,
) -> RegisteredDocument:
    """Sign a draft: it gets its number and date, and comes into force when its day has come (by default at once).

    Raises:
        RefusedError: without a number, with a date in the future, when the number is taken in this year.
    """
    require(act, Permission.APPROVE_DOCUMENTS, document.owner)
    document = locked(document)
    number = " ".join(number.split())[:60]
    _check_registration(act, document, number, signed_on, in_force_from)
    document.number, document.signed_on = number, signed_on
    since = in_force_from or signed_on
    document.in_force_from = since
    document.review_on = document.review_on or review_day(document.kind, signed_on)
    document = _moved(document, S.APPROVED)
    document.search_key = key_of(document)
    document.save()
    record_document(
        act, "regulations.document.registered", document, {"number": number, "signed_on": signed_on.isoformat()}
    )
    if since <= timezone.localdate(act.at):
        _enter_into_force(act, document)
    return document


@transaction.atomic
def put_in_force(act: Act, *, document: RegisteredDocument) -> RegisteredDocument:
    """A registered document whose day has come is in force; its previous edition is superseded."""
    require(act, Permission.APPROVE_DOCUMENTS, document.owner)
    document = locked(document)
    if document.in_force_from and document.in_force_from > timezone.localdate(act.at):
        raise RefusedError(
            f"Документ вступает в силу {document.in_force_from:%d.%m.%Y}.", "Отметьте вступление в силу в этот день."
        )
    if document.status != S.APPROVED:
        raise RefusedError("Вступает в силу только утверждённый документ.", "Сначала зарегистрируйте его.")
    _enter_into_force(act, document)
    return document


@transaction.atomic
def repeal_document(act: Act, *, document: RegisteredDocument, on: dt.date, ended_by: str) -> RegisteredDocument:
    """End a document by another act. It stays in the register; documents that rest on it warn."""
    require(act, Permission.APPROVE_DOCUMENTS, document.owner)
    document = locked(document)
    if not ended_by.strip():
        raise RefusedError("Не указано, чем отменён документ.", "Впишите приказ: «Приказ от 01.09.2026 № 12».")
    if document.in_force_from and on < document.in_force_from:
        raise RefusedError("Документ отменяется раньше, чем вступил в силу.", "Проверьте дату отмены.")
    document = _moved(document, S.REPEALED)
    document.in_force_until, document.ended_by = on, ended_by.strip()[:300]
    document.save(update_fields=["status", "in_force_until", "ended_by"])
    record_document(
        act, "regulations.document.repealed", document, {"on": on.isoformat(), "ended_by": document.ended_by}
    )
    return document


@transaction.atomic
def restore_document(act: Act, *, document: RegisteredDocument, reason: str) -> RegisteredDocument:
    """Undo a repeal, or the supersession by an edition that is itself taken back: the document is in force again."""
    require(act, Permission.APPROVE_DOCUMENTS, document.owner)
    document = locked(document)
    if not reason.strip():
        raise RefusedError("Причина не указана.", "Напишите, почему документ снова действует.")
    if document.next_editions.filter(status=S.IN_FORCE).exists():
        raise RefusedError("Действует новая редакция.", "Сначала отмените вступление в силу новой редакции.")
    document = _moved(document, S.IN_FORCE)
    document.in_force_until, document.ended_by = None, ""
    document.save(update_fields=["status", "in_force_until", "ended_by"])
    record_document(act, "regulations.document.restored", document, {"reason": reason.strip()[:300]})
    return document


@transaction.atomic
def take_back_force(act: Act, *, document: RegisteredDocument, reason: str) -> RegisteredDocument:
    """Undo an entry into force: the document is approved again, the edition that it closed is in force again."""
    require(act, Permission.APPROVE_DOCUMENTS, document.owner)
    document = locked(document)
    if not reason.strip():
        raise RefusedError("Причина не указана.", "Напишите, почему вступление в силу отменяется.")
    document = _moved(document, S.APPROVED)
    document.save(update_fields=["status"])
    record_document(act, "regulations.document.force_taken_back", document, {"reason": reason.strip()[:300]})
    if document.previous_id:
        previous = RegisteredDocument.objects.select_related("owner").get(pk=document.previous_id)
        if previous.status == S.SUPERSEDED:
            restore_document(act, document=previous, reason=reason)
    return document


@transaction.atomic
def start_edition(act: Act, *, document: RegisteredDocument) -> RegisteredDocument:
    """A draft of the next edition with the title, text and bases of this one; one draft at a time."""
    require(act, Permission.EDIT_DOCUMENTS, document.owner)
    document = locked(document)
    if document.status not in {S.IN_FORCE, S.APPROVED}:
        raise RefusedError("Новую редакцию готовят к действующему документу.", "Проект исправляют на месте.")
    waiting = document.next_editions.exclude(status__in=[S.REPEALED, S.SUPERSEDED]).first()
    if waiting is not None:
        raise RefusedError(f"Редакция № {waiting.edition} уже готовится.", "Откройте её в истории редакций.")
    draft = RegisteredDocument.objects.create(
        owner=document.owner, kind=document.kind, title=document.title, level=document.level, previous=document,
        edition=document.edition + 1, summary=document.summary, text=document.text, is_public=document.is_public,
        search_key=document.search_key, created_at=act.at, created_by=act.actor.actor_label,
    )  # fmt: skip
    rows = document.bases.all()
    DocumentBasis.objects.bulk_create(
        DocumentBasis(document=draft, base=row.base, norm=row.norm, words=row.words, position=row.position)
        for row in rows
    )
    record_document(act, "regulations.document.edition_started", draft, {"edition": draft.edition})
    return draft


def _check_registration(
    act: Act, document: RegisteredDocument, number: str, signed_on: dt.date, in_force_from: dt.date | None
) -> None:
    if not number:
        raise RefusedError("Номер документа не указан.", "Впишите номер; если документ без номера, впишите «б/н».")
    if signed_on > timezone.localdate(act.at):
        raise RefusedError("Дата документа ещё не наступила.", "Проверьте дату подписания.")
    if in_force_from and in_force_from < signed_on:
        raise RefusedError("Документ вступает в силу раньше даты подписания.", "Проверьте обе даты.")
    same = RegisteredDocument.objects.filter(
        owner=document.owner, kind=document.kind, number=number, signed_on__year=signed_on.year
    ).exclude(pk=document.pk)
    if number != "б/н" and (taken := same.exclude(status__in=[S.DRAFT, S.DISCUSSION]).first()):
        raise RefusedError(
            f"Номер {number} в {signed_on.year} году уже занят: «{taken.title[:120]}».",
            "Проверьте номер и вид документа.",
        )


def _moved(document: RegisteredDocument, then: DocumentStatus) -> RegisteredDocument:
    if not may_become(document.status, then):
        raise RefusedError(
            f"Документ в состоянии «{document.get_status_display()}»: перевести его в «{then.label}» нельзя.",
            "Обновите страницу: состояние могло измениться.",
        )
    document.status = then
    return document


def _enter_into_force(act: Act, document: RegisteredDocument) -> None:
    _moved(document, S.IN_FORCE)
    document.save(update_fields=["status"])
    record_document(act, "regulations.document.entered_into_force", document)
    previous = document.previous
    if previous is None or previous.status != S.IN_FORCE:
        return
    since = document.in_force_from or timezone.localdate(act.at)
    last = max(since - dt.timedelta(days=1), previous.in_force_from or since)
    previous.status, previous.in_force_until = S.SUPERSEDED, last
    previous.ended_by = f"Редакция № {document.edition}: {document.title}"[:300]
    previous.save(update_fields=["status", "in_force_until", "ended_by"])
    record_document(act, "regulations.document.superseded", previous, {"edition": document.edition})
