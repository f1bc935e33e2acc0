"""The list of campaigns with results: filters, order, pages, cards of the latest, Excel."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.cycle.analysis.api import Run, campaigns_with_results, closings, headlines
from msoko.cycle.procedures.api import Campaign, campaign_title, procedure_short
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.foundation.kernel.text import search_key, sort_key
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import signed_in
from qualimetry.narrative import russian
from qualimetry.narrative.blocks import Column, Table
from qualimetry.recipes.contracts import Estimate
from qualimetry.recipes.serial import from_dict

PAGE_SIZE = 25
CARDS = 3


@dataclass(frozen=True, slots=True)
class MainFigure:
    """A figure of a campaign in the list."""

    title: str
    text: str
    estimate: Estimate
    is_share: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A campaign with what its run says in short."""

    campaign: Campaign
    run: Run
    title: str
    figures: tuple[MainFigure, ...]
    gap_count: int
    is_closed: bool = False


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def campaign_list(request: WorkplaceRequest) -> HttpResponse:
    """Campaigns with results that the person sees."""
    everything = _campaigns(request)
    chosen = filtered(everything, request.GET)
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    is_plain = not any(request.GET.get(key) for key in ("q", "school_year", "procedure", "page", "sort"))
    cards = sorted(everything, key=lambda one: one.run.computed_at, reverse=True)[:CARDS] if is_plain else []
    campaigns = [row.campaign for row in everything]
    context = {
        "page": page,
        "cards": cards,
        "total": len(everything),
        "school_years": _unique([(c.school_year.start_year, c.school_year.label) for c in campaigns]),
        "procedures": _unique([(c.procedure, procedure_short(c.procedure)) for c in campaigns]),
        "default_sort": "-year",
        # others come to the medals by the tabs of «Данные», which this role does not have
        "may_medals": request.scope.may_anywhere(Permission.SEE_ORGANIZATIONS)
        and not request.scope.may_anywhere(Permission.SEE_INDIVIDUAL),
    }
    return render(request, "office/analysis/list.html", context)


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def campaign_export(request: WorkplaceRequest) -> HttpResponse:
    """The whole filter as Excel."""
    rows = filtered(_campaigns(request), request.GET)
    act = act_of(request)
    record(
        act, "analysis.table.downloaded", kind="table", label="Результаты процедур", details=dict(request.GET.items())
    )
    sheet = SheetSpec("Процедуры", _table(rows), as_of=timezone.localdate(act.at))
    return download("Результаты процедур.xlsx", tables_bytes([sheet], title="Результаты оценочных процедур"))


def filtered(rows: list[Listed], query: QueryDict) -> list[Listed]:
    """Rows that the address asks for, in its order."""
    words = search_key(query.get("q", "")).split()
    found = [
        row
        for row in rows
        if all(word in search_key(f"{row.title} {row.campaign.owner.short_name}") for word in words)
        and query.get("school_year", "") in ("", str(row.campaign.school_year.start_year))
        and query.get("procedure", "") in ("", row.campaign.procedure)
    ]
    asked = query.get("sort", "-year")
    key = _ORDERS.get(asked.lstrip("-"), _ORDERS["year"])
    by_title = sorted(found, key=_ORDERS["title"])
    return sorted(by_title, key=key, reverse=asked.startswith("-"))


_ORDERS: dict[str, Callable[[Listed], Any]] = {
    "title": lambda row: sort_key(
        f"{procedure_short(row.campaign.procedure)} {row.campaign.subject} {row.campaign.grade_level or ''}"
    ),
    "year": lambda row: row.campaign.year,
    "size": lambda row: row.run.participant_count,
    "computed": lambda row: row.run.computed_at,
}


def _campaigns(request: WorkplaceRequest) -> list[Listed]:
    campaigns = list(campaigns_with_results(request.scope))
    runs = headlines(campaign.run_id for campaign in campaigns)  # type: ignore[attr-defined]  # annotated
    closed = closings(request.scope, {campaign.run_id: campaign for campaign in campaigns})  # type: ignore[attr-defined]
    return [_listed(campaign, runs[campaign.run_id], closed) for campaign in campaigns]  # type: ignore[attr-defined]


def _listed(campaign: Campaign, run: Run, closed: Container[int]) -> Listed:
    """Closed totals stand in the list without figures."""
    is_closed = run.pk in closed
    figures = () if is_closed else tuple(_figure(stored) for stored in run.headline.get("figures", ()))
    gap_count = 0 if is_closed else run.headline.get("gap_count", 0)
    return Listed(campaign, run, campaign_title(campaign), figures, gap_count, is_closed)


def _figure(stored: dict[str, Any]) -> MainFigure:
    estimate = from_dict(Estimate, stored["estimate"])
    text = (
        russian.percent(estimate.value, estimate.n) if stored["is_share"] else russian.decimal(estimate.value, places=2)
    )
    return MainFigure(stored["title"], text, estimate, stored["is_share"])


def _unique(pairs: list[tuple[Any, str]]) -> list[tuple[Any, str]]:
    return sorted(set(pairs), key=lambda pair: str(pair[0]), reverse=True)


def _table(rows: list[Listed]) -> Table:
    """Every campaign with its main figures, whatever they are."""
    titles = list(dict.fromkeys(figure.title for row in rows for figure in row.figures))
    shares = {figure.title for row in rows for figure in row.figures if figure.is_share}
    columns = (
        Column("Процедура", width=4),
        Column("Учебный год"),
        Column("Организаций", "integer"),
        Column("Участников", "integer"),
        *(Column(title, "percent" if title in shares else "mark") for title in titles),
        Column("Рассчитано"),
        Column("Методика"),
    )
    return Table("campaigns", "Процедуры с результатами", columns, tuple(_values(row, titles) for row in rows))


def _values(row: Listed, titles: list[str]) -> tuple[object, ...]:
    figures = {figure.title: figure.estimate.value for figure in row.figures}
    return (
        row.title,
        row.campaign.school_year.label,
        row.run.organization_count,
        row.run.participant_count,
        *(figures.get(title) for title in titles),
        timezone.localdate(row.run.computed_at),
        row.run.method_version,
    )
