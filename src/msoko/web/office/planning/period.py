"""A month or a quarter of a plan, or of all plans of an organization: plan of work, report, documents to prepare."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.cycle.planning.api import Plan, periods, plans_visible, years_of
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.plans import order_kinds, result_kinds
from msoko.foundation.documents.official_table import OfficialTable, official_docx, official_xlsx
from msoko.foundation.orgs.api import Organization
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import signed_in

P = periods.Place
#: what is shown: code in the address → title of the tab and of the file
VIEWS = {"plan": "План работы", "report": "Отчёт о выполнении", "orders": "Перечень приказов"}
_TONES = {
    "on_time": "good", "late": "warn", "partly": "warn", "not_done": "bad", "moved": "info", "cancelled": "wait",
    "ahead": "wait",
}  # fmt: skip
ALL_DOCUMENTS = "all"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the address asks for, read once for the page and the files."""

    heading: periods.Heading
    plan: Plan | None
    plans: Sequence[Plan]
    every: Sequence[periods.PeriodRow]
    rows: list[periods.PeriodRow]
    view: str
    is_by_date: bool
    kind: str

    @property
    def period(self) -> periods.Period:
        return self.heading.period

    @property
    def documents(self) -> list[periods.NeededDocument]:
        kinds = {"": order_kinds(), ALL_DOCUMENTS: ()}.get(self.kind, (self.kind,))
        return periods.needed_documents(self.rows, kinds)

    @property
    def orders_title(self) -> str:
        return "Перечень приказов к подготовке" if not self.kind else "Перечень документов к подготовке"

    def paper(self, view: str) -> OfficialTable:
        """The official table of a view."""
        if view == "plan":
            return periods.work_plan_paper(self.heading, self.rows, is_by_date=self.is_by_date)
        if view == "report":
            return periods.report_paper(self.heading, self.rows)
        return periods.orders_paper(self.heading, self.documents, self.orders_title)


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_period(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """A month or a quarter of one plan."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    shown = _shown(request, plan.owner, plan)
    years = years_of(plan)
    context = _context(request, shown) | {
        "plan": plan,
        "choices": list(periods.periods_between(years[0].start, years[-1].end)),
    }
    return render(request, "office/planning/period.html", context)


@require_GET
@signed_in(Permission.SEE_PLANS)
def all_period(request: WorkplaceRequest) -> HttpResponse:
    """A month or a quarter of all plans of an organization."""
    owners = list(periods.owners_of_plans(request.scope))
    owner = _owner(request, owners)
    if owner is None:
        return render(request, "office/planning/period.html", {"owners": [], "may_edit": False})
    shown = _shown(request, owner, None)
    period = shown.period
    context = _context(request, shown) | {
        "owners": owners,
        "owner": owner,
        "choices": list(periods.periods_between(period.first.replace(month=1, day=1), period.last.replace(month=12))),
        "may_edit": request.scope.may_anywhere(Permission.EDIT_PLANS),
    }
    return render(request, "office/planning/period.html", context)


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_period_download(request: WorkplaceRequest, pk: int, what: str, kind: str) -> HttpResponse:
    """A month or a quarter of one plan as Word or Excel."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    return _file(request, _shown(request, plan.owner, plan), what, kind)


@require_GET
@signed_in(Permission.SEE_PLANS)
def all_period_download(request: WorkplaceRequest, what: str, kind: str) -> HttpResponse:
    """A month or a quarter of all plans of an organization as Word or Excel."""
    owner = _owner(request, list(periods.owners_of_plans(request.scope)))
    if owner is None:
        raise Http404
    return _file(request, _shown(request, owner, None), what, kind)


def _owner(request: WorkplaceRequest, owners: Sequence[Organization]) -> Organization | None:
    """The organization of the address; else the first of the person's own, else the first with plans."""
    asked = whole_number(request.GET.get("owner", ""))
    own = set(request.scope.paths.get(Permission.SEE_PLANS, ()))
    usual = sorted(owners, key=lambda one: one.path not in own)
    return next((one for one in owners if one.pk == asked), next(iter(usual), None))


def _shown(request: WorkplaceRequest, owner: Organization, plan: Plan | None) -> Shown:
    query, today = request.GET, timezone.localdate()
    period = periods.period_of(query.get("period", ""), _usual_day(plan))
    plans = [plan] if plan else periods.plans_of_period(request.scope, owner, period)
    every = periods.period_rows(plans, period, today)
    words = query.get("q", "")[:200].casefold().split()
    rows = [
        row
        for row in every
        if query.get("section", "") in {"", row.section}
        and (not query.get("unit") or any(unit.raw == query["unit"] for unit in row.activity.units.all()))
        and query.get("result", "") in {"", row.result}
        and all(word in f"{row.number} {row.title} {row.units}".casefold() for word in words)
    ]
    view = query.get("view", "") if query.get("view", "") in VIEWS else "plan"
    heading = periods.Heading(owner, period, today, plan.title if plan else "")
    return Shown(heading, plan, plans, every, rows, view, query.get("group") == "date", query.get("kind", "")[:40])


def _usual_day(plan: Plan | None) -> dt.date:
    """Today; of a plan whose time is not now, its first day."""
    today = timezone.localdate()
    if plan is None:
        return today
    years = years_of(plan)
    return today if years[0].start <= today <= years[-1].end else years[0].start


def _context(request: WorkplaceRequest, shown: Shown) -> dict[str, object]:
    rows = shown.rows
    due = [row for row in rows if row.place == P.DUE]
    planned = [row for row in rows if row.place != P.RUNNING]
    documents = shown.documents if shown.view == "orders" else []
    found = periods.counts(planned)
    return {
        "period": shown.period, "view": shown.view, "views": VIEWS.items(), "is_by_date": shown.is_by_date,
        "found": len(rows), "total": len(shown.every),
        "groups": [("", periods.by_date(due))] if shown.is_by_date else periods.by_section(due),
        "running": [row for row in rows if row.place == P.RUNNING], "due": len(due),
        "report_groups": periods.by_section(planned), "planned": len(planned), "tones": _TONES,
        "counts": [(key, periods.RESULTS[key], count) for key, count in found.items()],
        "share": found["on_time"] / over if (over := _over(found)) else None,
        "documents": documents, "ready": sum(one.is_ready for one in documents), "orders_title": shown.orders_title,
        "kinds": result_kinds().items(), "all_documents": ALL_DOCUMENTS,
        "month": periods.month_with(shown.period.first),
        "quarter": periods.quarter_with(shown.period.first),
        "sections": list(dict.fromkeys(row.section for row in shown.every)),
        "units": sorted({unit.raw for row in shown.every for unit in row.activity.units.all()}),
        "results": list(periods.RESULTS.items()), "as_of": shown.heading.as_of, "plans": shown.plans,
        "may_draft": request.scope.may(Permission.EDIT_DOCUMENTS, shown.heading.owner),
        "order_kinds": order_kinds(),
        "is_draft": bool(shown.plan and shown.plan.status == "draft"),
    }  # fmt: skip


def _over(found: dict[str, int]) -> int:
    """Terms whose time is over: neither taken off, moved nor ahead."""
    return sum(found[key] for key in ("on_time", "late", "partly", "not_done"))


def _file(request: WorkplaceRequest, shown: Shown, what: str, kind: str) -> HttpResponse:
    if what not in VIEWS or kind not in {"docx", "xlsx"}:
        raise Http404
    paper = shown.paper(what)
    data = official_docx(paper) if kind == "docx" else official_xlsx(paper, VIEWS[what])
    title = paper.title.split("\n")[0]
    record(
        act_of(request), "planning.period.downloaded", kind="plan", object_id=shown.plan.pk if shown.plan else "",
        label=title, organization=shown.heading.owner, details={"as": kind, "rows": len(paper.rows)},
    )  # fmt: skip
    return download(f"{title}.{kind}", data)
