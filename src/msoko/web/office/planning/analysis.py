"""The yearly analysis of a plan: composed, edited block by block, signed, downloaded."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.planning.api import (
    Plan,
    PlanAnalysis,
    PlanStatus,
    analyses_visible,
    analysis_file,
    compose_soon,
    composing_of,
    current_analysis,
    edit_analysis,
    plans_visible,
    sign_analysis,
    years_of,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.audit.api import record
from msoko.foundation.catalog.plan_analysis import analysis_rules
from msoko.foundation.documents.charts import to_png
from msoko.foundation.documents.files import file_name
from msoko.foundation.kernel.errors import RefusedError
from msoko.web.office.analysis.paper import Paper, chart_of, paper_of
from msoko.web.office.planning.forms import SignForm
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import say, say_refusal, signed_in
from qualimetry.narrative.blocks import BulletList, Grounds, Paragraph, ReportDocument
from qualimetry.narrative.russian import integer


@require_GET
@signed_in(Permission.SEE_PLANS)
def plan_analysis(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The analysis of a year of the plan, or the offer to compose it."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    years = years_of(plan)
    year = _year(request.GET.get("year", ""), plan)
    analysis = analyses_visible(request.scope).filter(plan=plan, year=year).first()
    may_edit = request.scope.may(Permission.EDIT_PLANS, plan.owner)
    context: dict[str, object] = {
        "plan": plan,
        "years": years,
        "year": next(one for one in years if one.start_year == year),
        "analysis": analysis,
        "may_compose": may_edit and plan.status != PlanStatus.DRAFT and not (analysis and analysis.is_signed),
        "may_sign": request.scope.may(Permission.APPROVE_PLANS, plan.owner),
        "signing": SignForm(),
        "composing": composing_of(plan, year) if may_edit else None,
    }
    if analysis is not None:
        document, conflicts = current_analysis(analysis)
        edits = {one.block_key: one for one in analysis.edits.all()}
        paper = paper_of(None, document, edits)
        context |= {
            "paper": paper,
            "document": document,
            "conflicts": conflicts,
            "blocks": _blocks(paper, document, may_edit and not analysis.is_signed),
            "removed": [one for one in edits.values() if not one.text and not analysis.is_signed],
        }
    return render(request, "office/planning/analysis.html", context)


def _year(asked: str, plan: Plan) -> int:
    """The year of the address; else the last that has begun."""
    starts = [one.start_year for one in years_of(plan)]
    if whole_number(asked) in starts:
        return whole_number(asked)
    today = timezone.localdate()
    begun = [one.start_year for one in years_of(plan) if one.start <= today]
    return begun[-1] if begun else starts[0]


def _blocks(paper: Paper, document: ReportDocument, may_edit: bool) -> list[dict[str, object]]:
    grounds = {
        one.key: _grounds(one.grounds)
        for one in (*document.blocks, *document.annexes)
        if isinstance(one, Paragraph | BulletList)
    }
    return [
        {
            "block": one,
            "grounds": grounds.get(one.key, []),
            "may_edit": may_edit and one.kind in {"paragraph", "list", "heading"},
            "lines": min(16, 2 + len(one.text) // 90 + one.text.count("\n")),
        }
        for one in paper.blocks
    ]


def _grounds(grounds: tuple[Grounds, ...]) -> list[dict[str, str]]:
    """Rules behind the sentences of a block with their N."""
    source = analysis_rules().source
    return [
        {"rule": one.rule, "source": source, "n": integer(one.n) if one.n is not None else ""} for one in grounds
    ]  # fmt: skip


@require_GET
@signed_in(Permission.SEE_PLANS)
def analysis_chart(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """A chart of the analysis as a picture."""
    analysis = get_object_or_404(analyses_visible(request.scope), pk=pk)
    chart = chart_of(current_analysis(analysis)[0], request.GET.get("key", ""))
    if chart is None:
        raise Http404
    return HttpResponse(to_png(chart.specification), content_type="image/png")


@require_GET
@signed_in(Permission.SEE_PLANS)
def analysis_download(request: WorkplaceRequest, pk: int, kind: str) -> HttpResponse:
    """Word, PDF or Excel of the text as it stands; of a signed analysis its frozen files."""
    analysis = get_object_or_404(analyses_visible(request.scope), pk=pk)
    if kind not in {"docx", "pdf", "xlsx"}:
        raise Http404
    plan = analysis.plan
    record(
        act_of(request), "planning.analysis.downloaded", kind="plan", object_id=plan.pk, label=plan.title,
        organization=plan.owner, details={"as": kind, "year": analysis.year},
    )  # fmt: skip
    return download(file_name(f"Анализ выполнения — {plan.title[:70]}", f".{kind}"), analysis_file(analysis, kind))


def _changed(
    request: WorkplaceRequest, plan: Plan, year: int, change: Callable[[], str], place: str = ""
) -> HttpResponse:
    try:
        say(request, change())
    except RefusedError as refusal:
        say_refusal(request, refusal)
    response = redirect("office:planning:analysis", plan.pk)
    response["Location"] += f"?{urlencode({'year': year})}{place}"
    return response


@require_POST
@signed_in(Permission.EDIT_PLANS)
def analysis_compose(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Compose, or compose again."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    year = _year(request.POST.get("year", ""), plan)

    def change() -> str:
        if compose_soon(act_of(request), plan=plan, year=year):
            return "Анализ составляется: задач за год много, это займёт минуту."
        return "Анализ составлен. Правки, сделанные раньше, сохранены."

    return _changed(request, plan, year, change)


@require_POST
@signed_in(Permission.EDIT_PLANS)
def analysis_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Another text of a block."""
    analysis = get_object_or_404(analyses_visible(request.scope), pk=pk)

    def change() -> str:
        text = request.POST.get("text", "")
        edit_analysis(act_of(request), analysis=analysis, key=request.POST.get("key", ""), text=text)
        return "Текст сохранён."

    return _changed(request, analysis.plan, analysis.year, change, _place(request.POST.get("anchor", "")))


def _place(anchor: str) -> str:
    return f"#{anchor}" if anchor.replace("-", "").isalnum() else ""


@require_POST
@signed_in(Permission.APPROVE_PLANS)
def analysis_sign(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Sign and freeze."""
    analysis: PlanAnalysis = get_object_or_404(analyses_visible(request.scope), pk=pk)

    def change() -> str:
        form = SignForm(request.POST)
        if not form.is_valid():
            raise RefusedError("Дата подписания не указана.", "Впишите дату.")
        sign_analysis(act_of(request), analysis=analysis, **form.cleaned_data)
        return "Анализ подписан: текст и файлы больше не меняются."

    return _changed(request, analysis.plan, analysis.year, change)
