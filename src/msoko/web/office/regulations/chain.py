"""The chain of the legal basis of a document as rows of a list, and its editions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from msoko.cycle.regulations.api import PAST, DocumentBasis, RegisteredDocument
from msoko.foundation.catalog.norms import IN_FORCE, Norm, norms, successors

_DEPTH = 6


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A base of a base … of a document. `level` 1 is the nearest; `document` only when the person may open it."""

    level: int
    title: str
    status: str
    is_over: bool
    note: str = ""
    document: RegisteredDocument | None = None
    norm: Norm | None = None
    basis: DocumentBasis | None = None


def chain_of(document: RegisteredDocument, visible: QuerySet[RegisteredDocument], today: dt.date) -> list[ChainRow]:
    """Everything that a document rests on, depth first; three queries a level at most."""
    bases = _all_bases(document)
    pks = {row.base_id for rows in bases.values() for row in rows if row.base_id}
    seen = set(visible.filter(pk__in=pks).values_list("pk", flat=True))
    found: list[ChainRow] = []

    def walk(pk: int, level: int, path: frozenset[int]) -> None:
        for row in bases.get(pk, []):
            found.append(_row(row, level, seen, today))
            if row.base_id and row.base_id not in path:
                walk(row.base_id, level + 1, path | {row.base_id})

    walk(document.pk, 1, frozenset({document.pk}))
    return found


def _all_bases(document: RegisteredDocument) -> dict[int, list[DocumentBasis]]:
    found: dict[int, list[DocumentBasis]] = {}
    level = {document.pk}
    for _ in range(_DEPTH):
        rows = DocumentBasis.objects.filter(document__in=level).select_related("base__owner")
        for row in rows:
            found.setdefault(row.document_id, []).append(row)
        level = {row.base_id for row in rows if row.base_id} - set(found)
        if not level:
            break
    return found


def _row(basis: DocumentBasis, level: int, seen: set[int], today: dt.date) -> ChainRow:
    own = basis if level == 1 else None
    if basis.base is not None:
        one = basis.base
        number = f" от {one.signed_on:%d.%m.%Y} № {one.number}" if one.signed_on and one.number else ""
        shown = one if one.pk in seen else None
        return ChainRow(
            level, f"{one.title}{number}", one.get_status_display(), one.status in PAST, one.get_level_display(),
            document=shown, basis=own,
        )  # fmt: skip
    norm = norms().get(basis.norm)
    if norm is None:
        return ChainRow(level, basis.words or basis.norm, "Указан словами", False, basis=own)
    status = norm.status_on(today)
    instead = "; ".join(one.name for one in successors(norm))
    return ChainRow(
        level, f"{norm.name} «{norm.title}»", norm.status_title, status not in {IN_FORCE, "changed"},
        f"взамен: {instead}" if instead else "", norm=norm, basis=own,
    )  # fmt: skip


def editions_of(document: RegisteredDocument, visible: QuerySet[RegisteredDocument]) -> list[RegisteredDocument]:
    """All editions of the document that the person may see, the latest first; empty when there is only one."""
    pks = [document.pk]
    earlier = document.previous_id
    while earlier is not None and earlier not in pks:
        pks.append(earlier)
        earlier = RegisteredDocument.objects.values_list("previous", flat=True).get(pk=earlier)
    later = list(RegisteredDocument.objects.filter(previous__in=pks).values_list("pk", flat=True))
    while set(later) - set(pks):
        pks += [pk for pk in later if pk not in pks]
        later = list(RegisteredDocument.objects.filter(previous__in=pks).values_list("pk", flat=True))
    rows = list(visible.filter(pk__in=pks).defer("text", "search_key").order_by("-edition"))
    return rows if len(rows) > 1 else []
