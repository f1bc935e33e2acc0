"""The register as Excel and Word, the list for the site, the reference of federal acts."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.cycle.regulations.api import (
    RegisteredDocument,
    documents_visible,
    list_rows,
    public_documents,
    warnings_of,
    with_bases,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.documents import document_kinds, kind_title
from msoko.foundation.catalog.norms import norms, norms_checked_on
from msoko.foundation.documents.official_table import FullRow, OfficialTable, official_docx
from msoko.web.office.procedures.owners import owners_with
from msoko.web.office.regulations.listing import filtered, register_table, rows_of
from msoko.web.ui.downloads import download
from msoko.web.ui.exports import export_tables
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import signed_in

_WORD = (("№", 0.05), ("Вид", 0.12), ("Дата, номер", 0.15), ("Заголовок", 0.43), ("Состояние", 0.25))
_SITE = (("№", 0.06), ("Документ", 0.70), ("Дата, номер", 0.24))


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def register_download(request: WorkplaceRequest, kind: str) -> HttpResponse:
    """The whole filter as Excel or Word."""
    today = timezone.localdate()
    rows = rows_of(list_rows(filtered(documents_visible(request.scope), request.GET, today)), today)
    if kind == "xlsx":
        return export_tables(request, "Реестр документов", [("Документы", register_table(rows))])
    if kind != "docx":
        raise Http404
    lines = tuple(
        (str(number), row.kind, requisites(row.document), row.document.title,
         "; ".join([row.document.get_status_display(), *(one.text for one in row.warnings)]))
        for number, row in enumerate(rows, 1)
    )  # fmt: skip
    paper = OfficialTable(f"Реестр документов на {today:%d.%m.%Y}", _WORD, lines)
    _note(request, "Реестр документов", len(rows), kind)
    return download("Реестр документов.docx", official_docx(paper))


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def site_list(request: WorkplaceRequest) -> HttpResponse:
    """Documents in force that are meant for the site, by kinds."""
    owners, owner = _owner(request)
    groups = _groups(request, owner)
    found = [one for _, rows in groups for one in rows]
    today = timezone.localdate()
    for one in found:
        one.site_warnings = warnings_of(one, today)  # type: ignore[attr-defined]  # shown beside the document
    troubled = any(one.site_warnings or not (one.file_key or one.scan_key) for one in found)  # type: ignore[attr-defined]
    context = {"groups": groups, "owners": owners, "owner": owner, "troubled": troubled}
    return render(request, "office/regulations/site.html", context)


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def site_download(request: WorkplaceRequest, kind: str) -> HttpResponse:
    """The list for the site as Word or as a piece of HTML to paste."""
    _, owner = _owner(request)
    groups = _groups(request, owner)
    count = sum(len(rows) for _, rows in groups)
    _note(request, "Перечень документов для сайта", count, kind)
    if kind == "html":
        page = render(request, "office/regulations/site_piece.html", {"groups": groups, "today": timezone.localdate()})
        return download("Документы для сайта.html", page.content)
    if kind != "docx":
        raise Http404
    lines: list[FullRow | tuple[str, ...]] = []
    for title, rows in groups:
        lines.append(FullRow(title))
        lines += [(str(number), one.title, requisites(one)) for number, one in enumerate(rows, 1)]
    paper = OfficialTable(f"Перечень документов, размещаемых на сайте, на {_today()}", _SITE, tuple(lines))
    return download("Документы для сайта.docx", official_docx(paper))


@require_GET
@signed_in(Permission.SEE_DOCUMENTS)
def norm_list(request: WorkplaceRequest) -> HttpResponse:
    """Federal acts with their status, source and what replaced them."""
    asked = request.GET.get("q", "").casefold().split()
    found = [
        one for one in norms().values()
        if all(word in f"{one.name} {one.title} {one.governs}".casefold() for word in asked)
    ]  # fmt: skip
    context = {"norms": [(one, [norms()[code] for code in one.replaced_by]) for one in found],
               "checked_on": norms_checked_on()}  # fmt: skip
    return render(request, "office/regulations/norms.html", context)


def requisites(document: RegisteredDocument) -> str:
    """«от 01.09.2026 № 12»; empty for a draft."""
    parts = (_day(document.signed_on), f"№ {document.number}" if document.number else "")
    return " ".join(part for part in parts if part)


def _day(day: dt.date | None) -> str:
    return f"от {day:%d.%m.%Y}" if day else ""


def _today() -> str:
    return f"{timezone.localdate():%d.%m.%Y}"


def _owner(request: WorkplaceRequest) -> tuple[list[object], int]:
    owners = owners_with(request.scope, Permission.SEE_DOCUMENTS)
    asked = whole_number(request.GET.get("owner", ""))
    known = {one.pk for one in owners}
    return list(owners), asked if asked in known else next(iter(known), 0)


def _groups(request: WorkplaceRequest, owner: int) -> list[tuple[str, list[RegisteredDocument]]]:
    rows = (
        with_bases(public_documents(request.scope))
        .filter(owner=owner)
        .defer("text", "search_key")
        .order_by("-signed_on")
    )
    by_kind: dict[str, list[RegisteredDocument]] = {}
    for one in rows:
        by_kind.setdefault(one.kind, []).append(one)
    kinds = document_kinds()
    return [(kinds[code].plural if code in kinds else kind_title(code), found) for code, found in by_kind.items()]


def _note(request: WorkplaceRequest, label: str, count: int, kind: str) -> None:
    record(
        act_of(request), "regulations.documents.downloaded", kind="table", label=label,
        details={"rows": count, "as": kind},
    )  # fmt: skip
