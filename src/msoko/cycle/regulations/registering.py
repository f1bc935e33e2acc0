"""Entries of the register: added as drafts, changed, given files and legal bases, thrown away while drafts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from msoko.cycle.regulations.enums import DocumentLevel
from msoko.cycle.regulations.files import PREFIX, checked_suffix, safe_name
from msoko.cycle.regulations.models import DocumentBasis, RegisteredDocument
from msoko.cycle.regulations.queries import default_level, documents_visible
from msoko.cycle.regulations.rules import OPEN, review_day
from msoko.cycle.regulations.searching import key_of
from msoko.foundation.access.api import Permission, require, scope_for
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.documents import document_kinds, file_rules
from msoko.foundation.catalog.norms import norms
from msoko.foundation.jobs.api import enqueue
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.kernel.storage import default_storage
from msoko.foundation.orgs.models import Organization

#: fields of an entry that a person may change, and those that stay open in every state
FIELDS = frozenset({"kind", "title", "level", "number", "signed_on", "in_force_from", "summary", "review_on", "text"})
ALWAYS = frozenset({"summary", "review_on"})


@dataclass(frozen=True, slots=True)
class BasisEntry:
    """One of the three: a document of the register, a code of `definitions/norms`, an act in words."""

    base: RegisteredDocument | None = None
    norm: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """What a person says of a document."""

    kind: str
    title: str
    level: str = ""
    number: str = ""
    signed_on: dt.date | None = None
    in_force_from: dt.date | None = None
    review_on: dt.date | None = None
    summary: str = ""
    text: str = ""
    is_public: bool = False
    bases: Sequence[BasisEntry] = field(default_factory=tuple)


def label_of(document: RegisteredDocument) -> str:
    """A document in the journal."""
    return document.title[:200]


def record_document(act: Act, event: str, document: RegisteredDocument, details: dict[str, Any] | None = None) -> None:
    """Write an event of a document to the journal."""
    record(
        act, event, kind="document", object_id=document.pk, label=label_of(document), organization=document.owner,
        details=details or {},
    )  # fmt: skip


@transaction.atomic
def add_document(act: Act, *, owner: Organization, entry: DocumentEntry) -> RegisteredDocument:
    """A draft of the register. Number and date may be given already; they bind on registration.

    Raises:
        RefusedError: without a title, of an unknown kind.
    """
    require(act, Permission.EDIT_DOCUMENTS, owner)
    document = RegisteredDocument(
        owner=owner, kind=entry.kind, title=_title(entry.title), number=entry.number.strip()[:60],
        level=entry.level or default_level(owner.kind), signed_on=entry.signed_on, in_force_from=entry.in_force_from,
        review_on=entry.review_on, summary=entry.summary.strip(), text=entry.text[: file_rules().max_text],
        is_public=entry.is_public, created_at=act.at, created_by=act.actor.actor_label,
    )  # fmt: skip
    _check(document)
    document.search_key = key_of(document)
    document.save()
    _set_bases(act, document, entry.bases)
    record_document(act, "regulations.document.added", document)
    return document


@transaction.atomic
def change_document(act: Act, *, document: RegisteredDocument, values: dict[str, Any]) -> RegisteredDocument:
    """Change an entry. A registered document keeps its words: only what stands in `ALWAYS` may change."""
    require(act, Permission.EDIT_DOCUMENTS, document.owner)
    document = locked(document)
    if not set(values) <= FIELDS:
        raise ValueError(f"not changeable: {sorted(set(values) - FIELDS)}")
    changed = {name: value for name, value in values.items() if getattr(document, name) != value}
    if document.status not in OPEN and set(changed) - ALWAYS:
        raise RefusedError(
            "Документ зарегистрирован: его реквизиты не меняются.",
            "Верните его в проекты (если это ошибка) или создайте новую редакцию.",
        )
    for name, value in changed.items():
        setattr(document, name, value)
    document.title = _title(document.title)
    _check(document)
    document.search_key = key_of(document)
    document.save()
    if changed:
        record_document(act, "regulations.document.changed", document, {"fields": sorted(changed)})
    return document


@transaction.atomic
def set_bases(act: Act, *, document: RegisteredDocument, bases: Sequence[BasisEntry]) -> None:
    """Say anew what the document rests on. A chain never comes back to the document itself."""
    require(act, Permission.EDIT_DOCUMENTS, document.owner)
    document = locked(document)
    document.bases.all().delete()
    _set_bases(act, document, bases)
    record_document(act, "regulations.document.bases_changed", document, {"count": len(bases)})


@transaction.atomic
def mark_public(act: Act, *, document: RegisteredDocument, is_public: bool) -> None:
    """Say whether the document is meant for the site."""
    require(act, Permission.EDIT_DOCUMENTS, document.owner)
    document = locked(document)
    document.is_public = is_public
    document.save(update_fields=["is_public"])
    record_document(act, "regulations.document.marked_public", document, {"is_public": is_public})


@transaction.atomic
def attach_file(act: Act, *, document: RegisteredDocument, name: str, data: bytes) -> RegisteredDocument:
    """Keep the file of a document; its text is read for the search by a job."""
    require(act, Permission.EDIT_DOCUMENTS, document.owner)
    document = locked(document)
    if document.status not in OPEN and document.file_key:
        raise RefusedError("Файл зарегистрированного документа не заменяется.", "Создайте новую редакцию.")
    suffix = checked_suffix(name, data)
    document.file_key = default_storage().write(PREFIX, data, f".{suffix}")
    document.file_name = safe_name(name)
    document.save(update_fields=["file_key", "file_name"])
    record_document(act, "regulations.document.file_attached", document, {"file": document.file_name})
    enqueue(
        act, "regulations.read_text", title=f"Чтение текста: {document.file_name}"[:200], organization=document.owner,
        payload={"document": document.pk, "file": document.file_key},
    )  # fmt: skip
    return document


@transaction.atomic
def attach_scan(act: Act, *, document: RegisteredDocument, name: str, data: bytes) -> RegisteredDocument:
    """Keep the scan of the signed paper; a wrong one is replaced."""
    require(act, Permission.EDIT_DOCUMENTS, document.owner)
    document = locked(document)
    suffix = checked_suffix(name, data, is_scan=True)
    document.scan_key = default_storage().write(PREFIX, data, f".{suffix}")
    document.scan_name = safe_name(name)
    document.save(update_fields=["scan_key", "scan_name"])
    record_document(act, "regulations.document.scan_attached", document, {"file": document.scan_name})
    return document


@transaction.atomic
def remove_draft(act: Act, *, document: RegisteredDocument) -> None:
    """Throw away a draft that nothing rests on."""
    require(act, Permission.EDIT_DOCUMENTS, document.owner)
    document = locked(document)
    if document.status not in OPEN:
        raise RefusedError(
            "Удалить можно только проект.", "Зарегистрированный документ отменяют, он остаётся в реестре."
        )
    if document.derived.exists():
        raise RefusedError("На этот проект ссылаются другие документы.", "Сначала уберите его из их оснований.")
    record_document(act, "regulations.document.removed", document)
    document.delete()


def locked(document: RegisteredDocument) -> RegisteredDocument:
    """The row as it is now, held until the end of the transaction."""
    rows = RegisteredDocument.objects.select_for_update(of=("self",)).select_related("owner", "previous")
    return rows.get(pk=document.pk)


def _title(text: str) -> str:
    return " ".join(text.split())[:500]


def _check(document: RegisteredDocument) -> None:
    if not document.title:
        raise RefusedError("Не указан заголовок документа.", "Например: «Об утверждении Положения о МСОКО».")
    if document.kind not in document_kinds():
        raise RefusedError("Вид документа не выбран.", "Выберите вид из списка.")
    if document.level not in DocumentLevel.values:
        raise RefusedError("Уровень документа не выбран.", "Выберите уровень из списка.")
    if document.in_force_from and document.signed_on and document.in_force_from < document.signed_on:
        raise RefusedError("Документ вступает в силу раньше даты подписания.", "Проверьте обе даты.")
    if document.review_on is None:
        document.review_on = review_day(document.kind, document.signed_on)


def _set_bases(act: Act, document: RegisteredDocument, bases: Sequence[BasisEntry]) -> None:
    seen: set[tuple[int | None, str, str]] = set()
    for position, one in enumerate(bases):
        key = (one.base.pk if one.base else None, one.norm, " ".join(one.words.split())[:300])
        if key in seen or key == (None, "", ""):
            continue
        seen.add(key)
        if one.base is not None:
            _check_base(act, document, one.base)
        elif one.norm and one.norm not in norms():
            raise RefusedError("Такого федерального акта в справочнике нет.", "Впишите его словами.")
        DocumentBasis.objects.create(document=document, base=one.base, norm=key[1], words=key[2], position=position)


def _check_base(act: Act, document: RegisteredDocument, base: RegisteredDocument) -> None:
    if not documents_visible(scope_for(act)).filter(pk=base.pk).exists():
        raise ForbiddenError
    if base.pk == document.pk or document.pk in _grounds(base.pk):
        raise RefusedError(
            f"«{base.title}» сам основан на этом документе: получился бы круг.", "Уберите это основание."
        )


def _grounds(pk: int) -> set[int]:
    """Everything that a document rests on, down to the last base."""
    found: set[int] = set()
    level = {pk}
    while level:
        rows = DocumentBasis.objects.filter(document__in=level, base__isnull=False).values_list("base", flat=True)
        level = set(rows) - found
        found |= level
    return found
