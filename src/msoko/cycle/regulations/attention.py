"""What a document asks attention for: a base that is over or changed, a review that is due, an entry into force."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from msoko.cycle.regulations.enums import DocumentStatus
from msoko.cycle.regulations.models import DocumentBasis, RegisteredDocument
from msoko.cycle.regulations.rules import PAST, DocumentWarning, Trouble
from msoko.foundation.catalog.norms import CHANGED, NOT_APPLIED, REPEALED, Norm, norms, successors

_WATCHED = (DocumentStatus.APPROVED, DocumentStatus.IN_FORCE)


def warnings_of(document: RegisteredDocument, today: dt.date) -> list[DocumentWarning]:
    """Warnings of a document whose bases are loaded (`with_bases`); none for documents that are over."""
    if document.status in PAST:
        return []
    found = [one for basis in document.bases.all() for one in _of_basis(basis, document, today)]
    if document.status == DocumentStatus.IN_FORCE and document.review_on and document.review_on < today:
        found.append(
            DocumentWarning(
                Trouble.REVIEW_OVERDUE,
                f"Документ следовало пересмотреть до {document.review_on:%d.%m.%Y}.",
                "Примите новую редакцию или назначьте новый срок пересмотра.",
            )
        )
    if document.status == DocumentStatus.APPROVED and document.in_force_from and document.in_force_from <= today:
        found.append(
            DocumentWarning(
                Trouble.NOT_IN_FORCE_YET,
                f"Документ утверждён и вступает в силу {document.in_force_from:%d.%m.%Y}.",
                "Отметьте вступление в силу: прежняя редакция будет закрыта.",
            )
        )
    return found


def _of_basis(basis: DocumentBasis, document: RegisteredDocument, today: dt.date) -> list[DocumentWarning]:
    if basis.base is not None:
        return _of_base(basis.base)
    norm = norms().get(basis.norm)
    return _of_norm(norm, document, today) if norm is not None else []


def _of_base(base: RegisteredDocument) -> list[DocumentWarning]:
    if base.status not in PAST:
        return []
    what = "заменён новой редакцией" if base.status == DocumentStatus.SUPERSEDED else "отменён"
    since = f" с {base.in_force_until:%d.%m.%Y}" if base.in_force_until else ""
    kind = Trouble.BASE_CHANGED if base.status == DocumentStatus.SUPERSEDED else Trouble.BASE_REPEALED
    hint = "Проверьте содержание, замените основание и примите новую редакцию."
    return [DocumentWarning(kind, f"Основание «{base.title}» {what}{since}.", hint)]


def _of_norm(norm: Norm, document: RegisteredDocument, today: dt.date) -> list[DocumentWarning]:
    status = norm.status_on(today)
    if status in {REPEALED, NOT_APPLIED}:
        since = f" с {norm.replaced_on:%d.%m.%Y}" if norm.replaced_on else ""
        what = "отменён" if status == REPEALED else "не применяется"
        instead = "; ".join(one.name for one in successors(norm))
        hint = f"Сейчас: {instead}. Замените ссылку." if instead else "Найдите действующий акт и замените ссылку."
        return [DocumentWarning(Trouble.BASE_REPEALED, f"{norm.name} {what}{since}.", hint)]
    signed = document.signed_on or today
    if status == CHANGED and norm.changed_on and signed < norm.changed_on <= today:
        hint = "Сверьте документ с действующей редакцией."
        text = f"{norm.name} изменён с {norm.changed_on:%d.%m.%Y}, позже даты документа."
        return [DocumentWarning(Trouble.BASE_CHANGED, text, hint)]
    return []


def troubled(trouble: str, today: dt.date) -> Q:
    """Documents with a trouble, as a filter that agrees with `warnings_of`."""
    watched = Q(status__in=[DocumentStatus.DRAFT, DocumentStatus.DISCUSSION, *_WATCHED])
    if trouble == Trouble.REVIEW_OVERDUE:
        return Q(status=DocumentStatus.IN_FORCE, review_on__lt=today)
    if trouble == Trouble.NOT_IN_FORCE_YET:
        return Q(status=DocumentStatus.APPROVED, in_force_from__lte=today)
    if trouble == Trouble.BASE_REPEALED:
        over = [norm.id for norm in norms().values() if norm.status_on(today) in {REPEALED, NOT_APPLIED}]
        rows = DocumentBasis.objects.filter(Q(base__status=DocumentStatus.REPEALED) | Q(norm__in=over))
        return watched & Q(pk__in=rows.values("document"))
    changed = Q(base__status=DocumentStatus.SUPERSEDED)
    for norm in norms().values():
        if norm.status_on(today) == CHANGED and norm.changed_on and norm.changed_on <= today:
            changed |= Q(norm=norm.id, document__signed_on__lt=norm.changed_on)
    return watched & Q(pk__in=DocumentBasis.objects.filter(changed).values("document"))


def troubled_any(today: dt.date) -> Q:
    """Documents with any trouble."""
    found = Q(pk__in=[])
    for trouble in Trouble:
        found |= troubled(trouble, today)
    return found


def trouble_counts(documents: QuerySet[RegisteredDocument], today: dt.date) -> dict[Trouble, int]:
    """How many documents have each trouble, without zeros."""
    counts = {trouble: documents.filter(troubled(trouble, today)).count() for trouble in Trouble}
    return {trouble: count for trouble, count in counts.items() if count}
