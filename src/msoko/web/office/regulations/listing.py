"""The register as a list: filters and order from the address, rows with warnings and pieces of text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from msoko.cycle.regulations.api import (
    DocumentStatus,
    DocumentWarning,
    RegisteredDocument,
    Trouble,
    snippet,
    troubled,
    troubled_any,
    warnings_of,
    words_filter,
)
from msoko.foundation.catalog.documents import kind_title
from msoko.web.ui.numbers import whole_number
from qualimetry.narrative.blocks import Column, Table

SORTS = {
    "title": ("title", "pk"), "-title": ("-title", "pk"), "date": ("signed_on", "pk"), "-date": ("-signed_on", "-pk"),
    "owner": ("owner__sort_key", "title"), "-owner": ("-owner__sort_key", "title"),
    "review": ("review_on", "title"), "-review": ("-review_on", "title"),
}  # fmt: skip
_BY_FIELD = ("kind", "level", "status")
_SAFE_YEAR = 4


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document with what the list says of it."""

    document: RegisteredDocument
    kind: str
    warnings: tuple[DocumentWarning, ...]
    piece: tuple[tuple[str, bool], ...] = ()


def filtered(documents: QuerySet[RegisteredDocument], query: QueryDict, today: dt.date) -> QuerySet[RegisteredDocument]:
    """Documents that the filters let through, in the order of the address."""
    for name in _BY_FIELD:
        if query.get(name):
            documents = documents.filter(**{name: query[name][:40]})
    owner = whole_number(query.get("owner", ""))
    if owner:
        documents = documents.filter(owner=owner)
    year = query.get("year", "")
    if year.isdecimal() and len(year) == _SAFE_YEAR:
        documents = documents.filter(signed_on__year=int(year))
    trouble = query.get("trouble", "")
    if trouble == "any":
        documents = documents.filter(troubled_any(today))
    elif trouble in {one.value for one in Trouble}:
        documents = documents.filter(troubled(trouble, today))
    if query.get("scan") == "none":
        documents = documents.filter(scan_key="", status=DocumentStatus.IN_FORCE)
    if query.get("public"):
        documents = documents.filter(is_public=True)
    documents = documents.filter(words_filter(query.get("q", "")))
    return documents.order_by(*SORTS.get(query.get("sort", ""), ("-signed_on", "-pk")))


def rows_of(documents: Iterable[RegisteredDocument], today: dt.date, asked: str = "") -> list[DocumentRow]:
    """Rows of a page; `asked` shows where the words stand in the text (its text must not be deferred)."""
    return [
        DocumentRow(
            document=one,
            kind=kind_title(one.kind),
            warnings=tuple(warnings_of(one, today)),
            piece=tuple(snippet(one.text, asked) or snippet(one.summary, asked)) if asked else (),
        )
        for one in documents
    ]


def register_table(rows: Iterable[DocumentRow]) -> Table:
    """The register for Excel and Word."""
    titles = (
        "Вид", "Номер", "Дата", "Заголовок", "Редакция", "Состояние", "Действует с", "Действует по",
        "Пересмотреть до", "Организация", "Предупреждения",
    )  # fmt: skip
    return Table("documents", "Реестр документов", tuple(Column(title) for title in titles), tuple(map(_cells, rows)))


def _cells(row: DocumentRow) -> tuple[str | int, ...]:
    one = row.document
    return (
        row.kind, one.number, _day(one.signed_on), one.title, one.edition, one.get_status_display(),
        _day(one.in_force_from), _day(one.in_force_until), _day(one.review_on), one.owner.short_name,
        "; ".join(warning.text for warning in row.warnings),
    )  # fmt: skip


def _day(day: dt.date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
