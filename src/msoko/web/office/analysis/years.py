"""«Динамика»: the same work in other years, compared only where the specification allows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from msoko.cycle.analysis.api import Figure, estimate_of, figures_of
from msoko.foundation.access.api import Permission
from msoko.web.office.analysis.books import workbook
from msoko.web.office.analysis.charting import Drawn, drawn
from msoko.web.office.analysis.desk import Desk, desk_of
from msoko.web.office.analysis.tables import Cell, cell
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import signed_in
from qualimetry.charts.dynamics import YearPoint, dynamics_chart
from qualimetry.narrative import russian
from qualimetry.narrative.blocks import Column, Table
from qualimetry.recipes.contracts import Estimate, GroupResult, YearComparison

_DIFFERENCE_KEYS = {"share_two": "mark:2"}
_PANELS = 4


@dataclass(frozen=True, slots=True)
class Change:
    """A difference of this year and an earlier one in words."""

    title: str
    text: str
    interval: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year: its figures; against this year — what changed or why it is not compared."""

    year: int
    group: GroupResult
    cells: tuple[Cell, ...]
    comparison: YearComparison | None
    changes: tuple[Change, ...]


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def years(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The years side by side."""
    desk = desk_of(request, pk)
    if desk.is_hidden:
        return render(request, "office/analysis/hidden.html", desk.context("years"))
    rows = year_rows(desk)
    context = desk.context("years", rows=rows, figures=desk.figures, chart=_chart(desk, rows))
    return render(request, "office/analysis/years.html", context)


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def years_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The years as Excel."""
    desk = desk_of(request, pk)
    if desk.is_hidden:
        return render(request, "office/analysis/hidden.html", desk.context("years"), status=403)
    return workbook(desk, "Динамика", [("Динамика", _table(desk, year_rows(desk)))], desk.figures)


def year_rows(desk: Desk) -> list[YearRow]:
    """This year, then the earlier ones, newest first."""
    whole = desk.result.whole
    rows = [YearRow(desk.campaign.year, whole, tuple(cell(whole, figure) for figure in desk.figures), None, ())]
    for comparison in desk.comparisons:
        if comparison.previous is not None:
            cells = tuple(cell(comparison.previous, figure) for figure in desk.figures)
            rows.append(YearRow(comparison.year, comparison.previous, cells, comparison, _changes(desk, comparison)))
    return rows


def _changes(desk: Desk, comparison: YearComparison) -> tuple[Change, ...]:
    titles = {figure.key: figure for figure in figures_of(desk.result.blueprint, desk.result.whole)}
    found = []
    for name, difference in comparison.differences.items():
        figure = titles.get(_DIFFERENCE_KEYS.get(name, name))
        title = "Доля отметок «2»" if name == "share_two" else figure.title if figure else name
        is_share = figure.is_share if figure else True
        is_more_better = False if name == "share_two" else figure.is_more_better if figure else None
        found.append(_change(title, difference, is_share=is_share, is_more_better=is_more_better))
    return tuple(found)


def _change(title: str, difference: Estimate, *, is_share: bool, is_more_better: bool | None) -> Change:
    low, high = difference.low, difference.high
    if is_share:
        text = russian.percentage_points(difference.value)
        bounds = (russian.signed(bound * 100) for bound in (low, high) if bound is not None)
    else:
        text = russian.signed(difference.value, 2)
        bounds = (russian.signed(bound, 2) for bound in (low, high) if bound is not None)
    interval = " … ".join(bounds)
    is_up, is_down = low is not None and low > 0, high is not None and high < 0
    if not (is_up or is_down):
        return Change(title, text, interval, "изменение неразличимо", "wait")
    word = "выросло" if is_up else "снизилось"
    tone = "info" if is_more_better is None else "good" if is_up == is_more_better else "warn"
    return Change(title, text, interval, word, tone)


def _chart(desk: Desk, rows: list[YearRow]) -> Drawn | None:
    """Shares by year; years that must not be compared are not drawn beside this one."""
    shown = [row for row in rows if row.comparison is None or row.comparison.is_comparable]
    figures = [figure for figure in desk.figures if figure.is_share][:_PANELS]
    points = [
        YearPoint(row.year, figure.title, estimate)
        for row in sorted(shown, key=lambda row: row.year)
        for figure in figures
        if (estimate := estimate_of(row.group, figure.key)) is not None and _may_stand(figure, row)
    ]
    told = Counter(point.figure for point in points)
    drawable = [point for point in points if told[point.figure] > 1]
    return drawn(dynamics_chart("years", drawable)) if drawable else None


def _may_stand(figure: Figure, row: YearRow) -> bool:
    """Where boundaries of marks have changed only raw scores are compared."""
    return row.comparison is None or figure.key in row.comparison.differences


def _table(desk: Desk, rows: list[YearRow]) -> Table:
    columns = (
        Column("Год"),
        Column("Участников", "integer"),
        *(Column(f.title, "percent" if f.is_share else "decimal", places=None if f.is_share else f.places)
          for f in desk.figures),
        Column("Сравнение", width=4),
    )  # fmt: skip
    values = tuple(
        (
            str(row.year),
            row.group.participants,
            *(found.estimate.value if found.estimate else None for found in row.cells),
            _verdict(row),
        )
        for row in rows
    )
    return Table("years", "Результаты по годам", columns, values)


def _verdict(row: YearRow) -> str:
    if row.comparison is None:
        return "этот год"
    if not row.comparison.is_comparable:
        return f"не сравнивается: {row.comparison.reason}"
    return "; ".join(f"{change.title}: {change.text} ({change.word})" for change in row.changes)
