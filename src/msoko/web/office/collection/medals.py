"""Candidates for the medal: the school sees its own by number or key; the authority sees counts only."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from msoko.cycle.collection.api import (
    Candidate,
    MedalCount,
    candidate_lines,
    candidates_of,
    forget_candidates,
    graduation_years,
    mark_candidates,
    medal_counts,
    pupil_key,
)
from msoko.cycle.procedures.api import campaigns_visible
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.medals import medal_rules
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization, OrganizationKind
from msoko.web.office.collection.individual import delivered_campaigns
from msoko.web.office.collection.keys import home_school, own_school
from msoko.web.office.collection.medal_tables import (
    below_words,
    candidate_tables,
    count_table,
    examination_words,
    result_line,
)
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import say, signed_in


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """`name`: the school's number where the person has just sent it, else the short key."""

    name: str
    is_number: bool
    candidate: Candidate
    verdict: tuple[str, str]
    marks: list[tuple[int, int]]
    below: str
    lines: list[str]


@require_http_methods(["GET", "POST"])
@signed_in(Permission.SEE_INDIVIDUAL, Permission.SEE_ORGANIZATIONS)
def medals(request: WorkplaceRequest) -> HttpResponse:
    """The school's own candidates; for everybody else counts by schools. Numbers travel in the body only."""
    school = home_school(request)
    if school is None:
        return _counts_page(request)
    refusal: RefusedError | None = None
    years = _years_of(school)
    year = _year(request, years)
    numbers = request.POST.get("numbers", "") if request.method == "POST" else ""
    try:
        if request.POST.get("action") == "mark":
            _mark(request, school, year, numbers)
            years = list(dict.fromkeys([*years, year]))
        rows = _rows(request, school, year, numbers)
    except RefusedError as error:
        refusal, rows = error, _rows(request, school, year, "")
    if refusal is None and request.POST.get("action") == "export":
        return _export(request, school, year, rows)
    _journal(request, school, year, rows)
    context = {
        "school": school, "years": years, "year": year, "rows": rows, "numbers": numbers, "refusal": refusal,
        "rules": medal_rules(), "may_mark": request.scope.may(Permission.LOAD_CODE_LIST, school),
        "unlinked": sum(not row.candidate.results for row in rows),
        "confirmed": sum(row.candidate.examination.is_confirmed is True for row in rows),
        "short": sum(row.candidate.examination.is_confirmed is False for row in rows),
    }  # fmt: skip
    return render(request, "office/collection/medals.html", context, status=400 if refusal else 200)


@require_POST
@signed_in(Permission.LOAD_CODE_LIST)
def medals_forget(request: WorkplaceRequest) -> HttpResponse:
    """Remove the list of a graduation year."""
    school = own_school(request)
    year = _year(request, _years_of(school))
    forget_candidates(act_of(request), organization=school, graduation_year=year)
    say(request, f"Список претендентов выпуска {year} года удалён.")
    return redirect("office:collection:medals")


@require_GET
@signed_in(Permission.SEE_ORGANIZATIONS)
def medals_export(request: WorkplaceRequest) -> HttpResponse:
    """Counts by schools as a workbook."""
    year, _, counts = _counts(request)
    act = act_of(request)
    record(act, "collection.medal_counts.downloaded", kind="table", label=f"Выпуск {year} года",
           details={"rows": len(counts)})  # fmt: skip
    sheet = SheetSpec("Претенденты", count_table(counts, year), as_of=timezone.localdate(act.at))
    return download(f"Претенденты на медаль {year}.xlsx", tables_bytes([sheet], title="Претенденты на медаль"))


def _mark(request: WorkplaceRequest, school: Organization, year: int, numbers: str) -> None:
    lines = candidate_lines(numbers, whole_number(request.POST.get("degree", "")) or 1)
    count = mark_candidates(act_of(request), organization=school, graduation_year=year, lines=lines)
    say(request, f"Отмечено номеров: {count}. Хранятся только ключи: номера видны, пока открыта эта страница.")


def _rows(request: WorkplaceRequest, school: Organization, year: int, numbers: str) -> list[CandidateRow]:
    known = {pupil_key(school, one.number): one.number for one in candidate_lines(numbers, 0)}
    campaigns = delivered_campaigns(request, school)
    return [
        CandidateRow(
            known.get(one.pupil, one.short_code), one.pupil in known, one, examination_words(one.examination),
            sorted(one.marks.items(), reverse=True), below_words(one), [result_line(result) for result in one.results],
        )
        for one in candidates_of(school, campaigns, year)
    ]  # fmt: skip


def _export(request: WorkplaceRequest, school: Organization, year: int, rows: list[CandidateRow]) -> HttpResponse:
    act = act_of(request)
    record(act, "collection.medal_candidates.downloaded", kind="medal_candidates", object_id=year,
           label=f"Выпуск {year} года", organization=school, details={"rows": len(rows)})  # fmt: skip
    tables = candidate_tables([(row.name, row.candidate) for row in rows], year)
    rules = medal_rules()
    meanings = (("Условия", rules.source), ("Код", "Короткий код номера: сам номер система не хранит."))
    sheets = [
        SheetSpec(name, table, meanings=meanings, source=school.short_name, as_of=timezone.localdate(act.at))
        for name, table in tables
    ]
    return download(f"Претенденты на медаль {year}.xlsx", tables_bytes(sheets, title="Претенденты на медаль"))


def _journal(request: WorkplaceRequest, school: Organization, year: int, rows: list[CandidateRow]) -> None:
    if rows:
        record(act_of(request), "collection.medal_candidates.viewed", kind="medal_candidates", object_id=year,
               label=f"Выпуск {year} года", organization=school, details={"rows": len(rows)})  # fmt: skip


def _counts_page(request: WorkplaceRequest) -> HttpResponse:
    year, years, counts = _counts(request)
    names = ("listed", "linked", "confirmed", "not_confirmed")
    context = {
        "year": year, "years": years, "counts": counts, "rules": medal_rules(),
        "totals": {name: sum(getattr(one, name) for one in counts) for name in names},
    }  # fmt: skip
    return render(request, "office/collection/medal_counts.html", context)


def _counts(request: WorkplaceRequest) -> tuple[int, list[int], list[MedalCount]]:
    schools = Organization.objects.filter(
        request.scope.filter(Permission.SEE_ORGANIZATIONS), kind=OrganizationKind.SCHOOL
    )
    years = graduation_years(schools) or [_current_graduation()]
    year = _year(request, years)
    campaigns = list(campaigns_visible(request.scope).prefetch_related("blueprint__items"))
    return year, years, medal_counts(request.scope, year, campaigns)


def _years_of(school: Organization) -> list[int]:
    """Years with candidates, newest first, then the graduation of this school year: the first is the one to show."""
    return list(dict.fromkeys([*graduation_years([school]), _current_graduation()]))


def _year(request: WorkplaceRequest, years: list[int]) -> int:
    asked = whole_number(request.POST.get("year") or request.GET.get("year", ""))
    return asked if 2000 <= asked <= 2100 else years[0]


def _current_graduation() -> int:
    today = timezone.localdate()
    return today.year + (today.month >= 9)
