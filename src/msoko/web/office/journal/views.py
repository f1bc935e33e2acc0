"""The journal of actions within the scope."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.foundation.access.api import Permission, visible_events, visible_organizations
from msoko.foundation.audit.api import event_title, record
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.office.journal.filters import EVENT_GROUPS, actors_of, filtered
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import page_of, signed_in
from qualimetry.narrative.blocks import Column, Table

#: more rows than that do not fit a sheet that somebody reads
EXPORT_LIMIT = 50_000


@require_GET
@signed_in(Permission.SEE_JOURNAL)
def journal(request: WorkplaceRequest) -> HttpResponse:
    """Who did what and when."""
    events = visible_events(request.scope)
    context = {
        "page": page_of(request, filtered(events, request.GET), 100),
        "groups": EVENT_GROUPS,
        "actors": actors_of(events),
        "organizations": visible_organizations(request.scope),
    }
    return render(request, "office/journal/list.html", context)


@require_GET
@signed_in(Permission.SEE_JOURNAL)
def journal_export(request: WorkplaceRequest) -> HttpResponse:
    """The whole filter as a workbook; the export itself is an event."""
    events = filtered(visible_events(request.scope), request.GET)
    if events.count() > EXPORT_LIMIT:
        raise RefusedError(f"В отборе больше {EXPORT_LIMIT} записей.", "Сузьте период и выгрузите частями.")
    rows = tuple(
        (f"{timezone.localtime(one.at):%d.%m.%Y %H:%M:%S}", one.actor_label, event_title(one.event), one.object_label,
         one.organization_label, one.address)
        for one in events
    )  # fmt: skip
    titles = ("Когда", "Кто", "Что сделано", "Объект", "Организация", "Адрес")
    table = Table("journal", "Журнал действий", tuple(Column(title) for title in titles), rows)
    act = act_of(request)
    record(act, "audit.journal.downloaded", kind="table", label="Журнал", details={"rows": len(rows)})
    sheet = SheetSpec("Журнал", table, as_of=timezone.localdate(act.at))
    return download("Журнал действий.xlsx", tables_bytes([sheet], title="Журнал действий"))
