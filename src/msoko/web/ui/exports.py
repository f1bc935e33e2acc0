"""A page's tables as an Excel workbook: the whole filter, written to the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.http import HttpResponse
from django.utils import timezone

from msoko.foundation.audit.api import record
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.foundation.documents.files import file_name
from msoko.web.ui.context import Frame
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from qualimetry.narrative.blocks import Table


def export_tables(
    request: WorkplaceRequest,
    label: str,
    tables: Sequence[tuple[str, Table]],
    *,
    meanings: Sequence[tuple[str, str]] = (),
    source: str = "",
) -> HttpResponse:
    """`tables` = (name of the sheet, table). `label` names the file and the entry of the journal."""
    act = act_of(request)
    record(
        act, "audit.table.downloaded", kind="table", label=label, organization=Frame(request).place,
        details={"rows": sum(len(table.rows) for _, table in tables), "filter": dict(request.GET.items())},
    )  # fmt: skip
    sheets = [
        SheetSpec(name, table, meanings=tuple(meanings), source=source, as_of=timezone.localdate(act.at))
        for name, table in tables
    ]
    return download(file_name(label, ".xlsx"), tables_bytes(sheets, title=label))


def moment_text(moment: dt.datetime | None) -> str:
    """«01.09.2026 12:30» in the time of the place; empty for none."""
    return f"{timezone.localtime(moment):%d.%m.%Y %H:%M}" if moment else ""
