"""The municipal table of assessment works: grades by months, schools by classes, a list; its files."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from msoko.cycle.procedures.api import (
    SchoolWork,
    WorkLevel,
    by_grade,
    grades_paper,
    legend,
    month_title,
    months_of_works,
    municipal_list_paper,
    municipal_works,
    schools_paper,
    shown_works,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.documents.official_table import official_docx, official_xlsx
from msoko.foundation.orgs.api import SchoolYear, school_years
from msoko.web.office.procedures.schedules import STATES, year_of
from msoko.web.ui.context import Frame
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import signed_in

VIEWS = [("", "Параллели по месяцам"), ("list", "Список работ")]
FORMS = {"grades": grades_paper, "schools": schools_paper, "list": municipal_list_paper}
FILTERS = ("school", "grade", "subject", "month", "level", "kind", "state")
_ON_PAGE = 100


def _shown(request: WorkplaceRequest, works: list[SchoolWork]) -> list[SchoolWork]:
    return shown_works(works, **{name: request.GET.get(name, "")[:200] for name in FILTERS})


@require_GET
@signed_in(Permission.SEE_PLANS)
def schedule_table(request: WorkplaceRequest) -> HttpResponse:
    """Class × subject × date over all schools in scope."""
    year = year_of(request)
    works = municipal_works(request.scope, year) if year else []
    shown = _shown(request, works)
    view = request.GET.get("view", "")
    context: dict[str, Any] = {
        "year": year, "years": school_years(), "view": view, "views": VIEWS, "total": len(works), "count": len(shown),
        "schools_shown": len({one.school.pk for one in shown}), "legend": list(legend()), "states": STATES,
        "filtered": any(request.GET.get(name) for name in FILTERS),
    }  # fmt: skip
    if year:
        context |= _options(works, year) | _table(request, shown, year, view)
    return render(request, "office/procedures/schedule_table.html", context)


def _options(works: list[SchoolWork], year: SchoolYear) -> dict[str, Any]:
    found = [one.entry.work for one in works]
    classes = {(work.grade_level, "") for work in found} | {(work.grade_level, work.letter) for work in found}
    return {
        "schools": list({one.school.pk: one.school for one in works}.values()),
        "classes": [f"{grade}{letter}" for grade, letter in sorted(classes)],
        "subjects": sorted({work.subject for work in found}), "levels": WorkLevel.choices,
        "kinds": sorted({one.kind for one in works if one.kind}),
        "months": [(str(month), month_title((start, month))) for start, month in months_of_works(works, year)],
    }  # fmt: skip


def _table(request: WorkplaceRequest, shown: list[SchoolWork], year: SchoolYear, view: str) -> dict[str, Any]:
    if view == "list":
        return {"page": Paginator(shown, _ON_PAGE).get_page(request.GET.get("page"))}
    months = months_of_works(shown, year)
    return {"rows": by_grade(shown, months), "columns": [month_title(month) for month in months]}


@require_GET
@signed_in(Permission.SEE_PLANS)
def table_download(request: WorkplaceRequest, form: str, kind: str) -> HttpResponse:
    """The works that the filters let through in one of the forms, in Word or Excel."""
    year = year_of(request)
    if form not in FORMS or kind not in {"docx", "xlsx"} or year is None:
        raise Http404
    shown = _shown(request, municipal_works(request.scope, year))
    place = Frame(request).place
    paper = FORMS[form](shown, year, (place.full_name or place.short_name) if place else "")
    data = official_docx(paper) if kind == "docx" else official_xlsx(paper, "График")
    record(
        act_of(request), "procedures.schedule_table.downloaded", kind="table", label=paper.title, organization=place,
        details={"as": kind, "form": form, "works": len(shown)},
    )  # fmt: skip
    return download(f"График оценочных процедур {year.label}.{kind}".replace("/", "-"), data)
