"""Excel of result pages: the tables of the page with their meanings, source and date."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils import timezone

from msoko.cycle.analysis.api import Figure
from msoko.foundation.catalog.policies import analysis_policy
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.web.office.analysis.desk import Desk, download_of_table
from msoko.web.ui.downloads import download
from qualimetry.narrative.blocks import Table
from qualimetry.narrative.thresholds import share_text

COUNTED_NOTE = "Данных участников нет, показано по сводным отчётам."
SMALL_NOTE = (
    f"Группы менее {analysis_policy().small_group} участников: проценты неустойчивы, выводы по ним не делаются."
)


def workbook(
    desk: Desk, label: str, tables: Sequence[tuple[str, Table]], figures: Sequence[Figure] = ()
) -> HttpResponse:
    """The tables as a workbook under the name of the campaign and the page; written to the journal."""
    download_of_table(desk, label)
    meanings = (
        *((figure.title, figure.formula) for figure in figures),
        ("Интервал", f"Границы доверительного интервала ({share_text(analysis_policy().confidence)}): «от» и «до»."),
        ("Методика", f"Версия {desk.run.method_version}"),
        ("Отбор", desk.slice_title if desk.is_sliced else "Все участники"),
        *((("Источник", COUNTED_NOTE),) if desk.run.is_counted else ()),
    )
    sheets = [
        SheetSpec(
            name, table, meanings=meanings, n=desk.run.participant_count, source=desk.title,
            as_of=timezone.localdate(desk.run.computed_at),
        )
        for name, table in tables
    ]  # fmt: skip
    owner = desk.campaign.owner.full_name
    return download(
        f"{desk.title} — {label}.xlsx", tables_bytes(sheets, title=f"{desk.title}. {label}", authority=owner)
    )
