"""Marks of the work against marks of the journal."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from msoko.cycle.analysis.api import figures_only
from msoko.foundation.access.api import Permission
from msoko.foundation.catalog.policies import analysis_policy
from msoko.web.office.analysis.books import workbook
from msoko.web.office.analysis.charting import drawn
from msoko.web.office.analysis.desk import Desk, desk_of, view_of_results
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import signed_in
from qualimetry.charts.journal import journal_chart
from qualimetry.narrative.blocks import Column, Table
from qualimetry.recipes.contracts import GroupResult, JournalConcordance

MARKS = (2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class JournalRow:
    """A group with its concordance. `is_shifted`: the shift from the journal is certain and large (policy)."""

    name: str
    journal: JournalConcordance
    url: str
    is_total: bool
    shift: str


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def journal(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """«Сравнение с журналом»."""
    desk = desk_of(request, pk)
    if desk.is_hidden:
        return render(request, "office/analysis/hidden.html", desk.context("journal"))
    if desk.rows:
        view_of_results(desk, "сравнение с журналом")
    groups = _groups(desk)
    context = desk.context(
        "journal",
        rows=journal_rows(desk),
        cross=cross_table(desk.group.journal) if desk.group.journal and desk.group.journal.table else None,
        marks=MARKS,
        chart=drawn(journal_chart("journal", groups)) if groups else None,
        threshold=analysis_policy().journal_shift,
    )
    return render(request, "office/analysis/journal.html", context)


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def journal_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The comparison as Excel."""
    desk = desk_of(request, pk)
    if desk.is_hidden:
        return render(request, "office/analysis/hidden.html", desk.context("journal"), status=403)
    return workbook(desk, "Сравнение с журналом", [("Журнал", _table(journal_rows(desk)))])


def journal_rows(desk: Desk) -> list[JournalRow]:
    """The chosen group, then organizations with a concordance."""
    title = desk.slice_title if desk.is_sliced else desk.owner_name
    rows = [_row(title, desk.group, "", is_total=True)]
    for row in [] if desk.is_sliced else desk.rows:
        url = reverse("office:analysis:organization", args=[desk.campaign.pk, row.organization_id])
        rows.append(_row(row.organization.short_name, figures_only(row), url))
    return [row for row in rows if row is not None]


def _row(name: str, group: GroupResult, url: str, *, is_total: bool = False) -> JournalRow | None:
    found = group.journal
    if found is None:
        return None
    least = analysis_policy().journal_shift
    enough = found.n >= analysis_policy().small_group
    shift = ""
    if enough and (found.lower.low or 0) > least:
        shift = "за работу отметки заметно ниже журнальных"
    elif enough and (found.higher.low or 0) > least:
        shift = "за работу отметки заметно выше журнальных"
    return JournalRow(name, found, url, is_total, shift)


def cross_table(found: JournalConcordance) -> list[tuple[int, list[tuple[int, int]], int]]:
    """Rows by the mark of the journal: (mark, [(mark of the work, participants)], together)."""
    rows = []
    for ours in MARKS:
        cells = [(mark, found.table.get(f"{ours}>{mark}", 0)) for mark in MARKS]
        rows.append((ours, cells, sum(n for _, n in cells)))
    return rows


def _groups(desk: Desk) -> list[tuple[str, GroupResult]]:
    own = [] if desk.is_sliced else [(row.organization.short_name, figures_only(row)) for row in desk.rows]
    title = desk.slice_title if desk.is_sliced else desk.owner_name
    groups = [(title, desk.group), *own, *((group.group.label, group) for group in desk.result.references)]
    return [(name, group) for name, group in groups if group.journal is not None]


def _table(rows: list[JournalRow]) -> Table:
    columns = (
        Column("Группа", width=4),
        Column("Сравнено отметок", "integer"),
        Column("Ниже журнальной", "percent"),
        Column("Совпала", "percent"),
        Column("Выше журнальной", "percent"),
        Column("Расхождение на 2 и более", "percent"),
        Column("Вывод", width=3),
    )
    values = tuple(
        (
            row.name, row.journal.n, row.journal.lower.value, row.journal.same.value, row.journal.higher.value,
            row.journal.differs_by_two.value, row.shift or None,
        )
        for row in rows
    )  # fmt: skip
    return Table("journal", "Отметки за работу и отметки по журналу", columns, values)
