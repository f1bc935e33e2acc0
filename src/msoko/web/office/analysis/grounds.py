"""«Откуда цифра?»: run, method, formula in words, counts that entered the figure, files behind it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from msoko.cycle.analysis.api import Figure, estimate_of, known_figure
from msoko.foundation.access.api import Permission
from msoko.web.office.analysis.desk import Desk, desk_of
from msoko.web.office.analysis.sources import reports_of, sources_of
from msoko.web.office.analysis.tables import cell
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import signed_in
from qualimetry.narrative import russian
from qualimetry.recipes.contracts import GroupResult


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def grounds(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The panel of a figure; a whole page without scripts."""
    desk = desk_of(request, pk)
    figure = known_figure(desk.result.blueprint, desk.group, request.GET.get("figure", ""))
    if desk.is_hidden or figure is None or desk.refusal is not None:
        raise Http404
    context = desk.context(
        "overview",
        figure=figure,
        cell=cell(desk.group, figure),
        counts=counts_of(desk, figure),
        sources=sources_of(desk),
        reports=reports_of(desk),
        where=desk.slice_title if desk.is_sliced else desk.owner_name,
    )
    is_fragment = request.headers.get("HX-Request") == "true"
    return render(request, f"office/analysis/{'parts/grounds' if is_fragment else 'grounds'}.html", context)


def counts_of(desk: Desk, figure: Figure) -> list[tuple[str, str]]:
    """Whole numbers from which a reader can count the figure again."""
    group = desk.group
    counts = [("Писали работу", russian.integer(group.participants)), ("Отсутствовали", russian.integer(group.absent))]
    if figure.key in {"pass_rate", "quality_rate", "mean_mark", "sou_index"} or figure.key.startswith("mark:"):
        counts += [(f"Отметка «{mark}»", russian.integer(n)) for mark, n in group.marks.items()]
        counts.append(("Всего с отметкой", russian.integer(sum(group.marks.values()))))
    elif figure.key in {"mean_percent", "mean_raw_score"}:
        counts += _raw_counts(group)
    else:
        estimate = estimate_of(group, figure.key)
        if estimate and estimate.value is not None:
            counts.append(("Вошло в знаменатель", russian.integer(estimate.n)))
            if figure.is_share:
                counts.append(("Вошло в числитель", russian.integer(round(estimate.value * estimate.n))))
    return counts


def _raw_counts(group: GroupResult) -> list[tuple[str, str]]:
    total = sum(score * n for score, n in enumerate(group.raw_score_distribution))
    return [
        ("Первичный балл известен", russian.integer(sum(group.raw_score_distribution))),
        ("Сумма первичных баллов", russian.integer(total)),
        ("Максимальный балл работы", russian.integer(group.max_raw_score)),
    ]
