"""Load of responsible units by month: a table with colours and numbers, clashes of days, a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.cycle.planning.api import Activity, Clash, Load, Plan, UnitLoad, load_of, plans_visible, years_of
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.workdays import load_rules
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.web.office.planning.filters import chosen, filter_options
from msoko.web.office.planning.saved import saved_options
from msoko.web.office.planning.timeline import month_title, short_month_title
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import signed_in
from qualimetry.narrative.blocks import Column, Table

_LEVELS = 4
#: clashes on a page, activities of each that are named there
CLASHES, NAMED = 25, 8


@dataclass(frozen=True, slots=True)
class Cell:
    """Terms of a month; `level` 0 (none) to 4 (as many as the busiest month of any unit has)."""

    month: str
    count: int
    level: int


@dataclass(frozen=True, slots=True)
class ShownClash:
    """A clash with the first of its activities; the rest stand in the calendar of that day's month."""

    clash: Clash
    activities: tuple[Activity, ...]

    @property
    def more(self) -> int:
        return len(self.clash.activities) - len(self.activities)


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_load(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Units by months of one year of the plan."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    year, load = _load(request, plan)
    page = Paginator(load.clashes, CLASHES).get_page(request.GET.get("page"))
    context = filter_options(plan) | saved_options(request, plan) | {
        "plan": plan, "year": year, "years": range(plan.start_year, plan.start_year + plan.years),
        "months": [short_month_title(one) for one in load.months],
        "rows": [(unit, _cells(unit, load)) for unit in load.units],
        "terms": load.terms, "total": sum(load.terms), "requests": load.requests, "asked": sum(load.requests),
        "page": page, "clashes": _shown_clashes(list(page.object_list)),
        "most_on_a_day": load_rules().most_on_a_day, "long_days": load_rules().long.days,
    }  # fmt: skip
    return render(request, "office/planning/load.html", context)


def _shown_clashes(clashes: Sequence[Clash]) -> list[ShownClash]:
    wanted = [pk for one in clashes for pk in one.activities[:NAMED]]
    known = Activity.objects.only("number", "title").in_bulk(wanted)
    return [
        ShownClash(one, tuple(known[pk] for pk in one.activities[:NAMED] if pk in known)) for one in clashes
    ]  # fmt: skip


def _load(request: WorkplaceRequest, plan: Plan) -> tuple[int, Load]:
    """The load of the rows that the filters let through, in the year of the address."""
    wanted = whole_number(request.GET.get("year", ""))
    year = wanted if plan.start_year <= wanted < plan.start_year + plan.years else plan.start_year
    span = years_of(plan)[year - plan.start_year]
    return year, load_of(chosen(request.scope, plan, request.GET), span.start, span.end)


def _cells(unit: UnitLoad, load: Load) -> list[Cell]:
    return [
        Cell(f"{month:%Y-%m}", count, -(-count * _LEVELS // load.most) if count else 0)
        for month, count in zip(load.months, unit.counts, strict=True)
    ]


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_load_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The same as a workbook, clashes on a sheet of their own."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    year, load = _load(request, plan)
    act = act_of(request)
    today = timezone.localdate(act.at)
    sheets = [SheetSpec("Нагрузка", _units_table(load), as_of=today)]
    if load.clashes:
        sheets.append(SheetSpec("Сроки одного дня", _clashes_table(load), as_of=today))
    record(
        act, "planning.table.downloaded", kind="plan", object_id=plan.pk, label=plan.title,
        organization=plan.owner, details={"rows": len(load.units)},
    )  # fmt: skip
    name = f"Нагрузка {year} — {plan.title[:60]}.xlsx"
    return download(name, tables_bytes(sheets, title="Нагрузка подразделений по месяцам"))


def _units_table(load: Load) -> Table:
    titles = [month_title(one) for one in load.months]
    ends = ("Всего сроков", "Из них ответственный", "Длительных", "Без даты", "Запросов")
    columns = (Column("Ответственный", width=3.0), *(Column(title) for title in (*titles, *ends)))
    rows = tuple(
        (one.name, *one.counts, one.total, one.as_lead, one.long, one.undated, one.requests) for one in load.units
    )
    return Table("load", "Нагрузка подразделений по месяцам", columns, rows)


def _clashes_table(load: Load) -> Table:
    keys = {pk for one in load.clashes for pk in one.activities}
    rows_ = Activity.objects.filter(pk__in=keys).values_list("pk", "number", "title")
    named = {pk: f"{number} {title}".strip() for pk, number, title in rows_}
    columns = (Column("День"), Column("Ответственный", width=2.0), Column("Сроков"), Column("Мероприятия", width=5.0))
    rows = tuple(
        (one.on, one.name, len(one.activities), "; ".join(named[pk] for pk in one.activities)) for one in load.clashes
    )
    return Table("clashes", "Много сроков в один день", columns, rows)
