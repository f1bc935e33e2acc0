"""What the plan above offers to the plan of an organization: taken in from a list, followed, declined."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from msoko.cycle.planning.api import Activity, Plan, links, plans_visible, years_of
from msoko.cycle.procedures.api import campaign_title, campaigns_visible
from msoko.foundation.access.api import Permission
from msoko.foundation.kernel.errors import ForbiddenError, RefusedError
from msoko.foundation.orgs.api import OrganizationKind
from msoko.web.office.planning.rows import activity_row, shown_dates
from msoko.web.office.procedures.owners import PUPIL_KINDS
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import say, say_refusal, signed_in

CHANGE_TITLES = {"title": "мероприятие", "terms": "срок", "results": "результат", "why": "итог"}
_SHOWN = 3


def takes_in(plan: Plan) -> bool:
    """Whether the plan is of an organization that has plans above it."""
    return plan.owner.kind in PUPIL_KINDS and plan.status != "closed"


def procedures_for(request: WorkplaceRequest, plan: Plan) -> list[links.Procedure]:
    """Procedures above the organization that it takes part in, in the years of the plan."""
    years = years_of(plan)
    above = [key for key in plan.owner.line if key != plan.owner_id]
    rows = campaigns_visible(request.scope).filter(
        owner__in=above, starts_on__gte=years[0].start, starts_on__lte=years[-1].end
    )
    is_school = plan.owner.kind == OrganizationKind.SCHOOL
    found = []
    for one in rows.prefetch_related("organizations").order_by("starts_on", "pk"):
        members = {member.pk for member in one.organizations.all()}
        if plan.owner_id in members or (is_school and not members):
            found.append(links.Procedure(one.pk, campaign_title(one), one.starts_on, one.ends_on or one.starts_on))
    return found


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_PLANS)
def plan_linked(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Offers to the plan; sent, the marked ones are taken in, accepted or declined."""
    plan = get_object_or_404(plans_visible(request.scope), pk=pk)
    if not request.scope.may(Permission.EDIT_PLANS, plan.owner):
        raise ForbiddenError
    procedures = procedures_for(request, plan)
    row = plan.activities.filter(pk=whole_number(request.GET.get("row", "")), dropped_at=None).first()
    if request.method == "POST":
        if row is not None and _link(request, plan, row):
            return redirect("office:planning:activity", row.pk)
        if row is None:
            _decide(request, plan, procedures)
        return redirect("office:planning:linked", pk)
    offered = links.offers_of(plan, procedures)
    words = request.GET.get("q", "")[:200].casefold().split()
    offers = [one for one in offered.new if one.activity is not None] if row else offered.new
    new = [one for one in offers if all(word in one.title.casefold() for word in words)]
    context = {
        "plan": plan,
        "offered": offered,
        "new": [_shown(one) for one in new],
        "updates": [_shown(one) for one in offered.updates],
        "declined": [_shown(one) for one in offered.of(links.OfferKind.DECLINED)],
        "elsewhere": [_shown(one) for one in offered.of(links.OfferKind.ELSEWHERE)],
        "sections": plan.sections.all(),
        "own_section": links.SECTION,
        "row": row,
    }
    return render(request, "office/planning/linked.html", context)


def _link(request: WorkplaceRequest, plan: Plan, row: Activity) -> bool:
    """An own row becomes the chosen activity of the plan above."""
    try:
        links.link_row(act_of(request), plan=plan, row=row, key=request.POST.get("key", ""))
    except RefusedError as refusal:
        say_refusal(request, refusal)
        return False
    say(request, "Строка связана: срок, название и результат ведёт вышестоящий план.")
    return True


def _decide(request: WorkplaceRequest, plan: Plan, procedures: Sequence[links.Procedure]) -> None:
    act, keys = act_of(request), request.POST.getlist("key")
    section = plan.sections.filter(pk=whole_number(request.POST.get("section", ""))).first()
    responsible = request.POST.get("responsible", "")[:1000]
    steps: dict[str, tuple[Callable[[], int], str]] = {
        "take": (
            lambda: links.take_in(
                act, plan=plan, keys=keys, procedures=procedures, section=section, responsible=responsible
            ),
            "Взято в план",
        ),
        "accept": (
            lambda: links.accept_updates(act, plan=plan, keys=keys, procedures=procedures),
            "Принято изменений",
        ),
        "decline": (
            lambda: links.decline(act, plan=plan, keys=keys, procedures=procedures),
            "Отмечено как не относящееся",
        ),
    }
    step, words = steps.get(request.POST.get("do", ""), steps["take"])
    try:
        say(request, f"{words}: {step()}.")
    except RefusedError as refusal:
        say_refusal(request, refusal)


def _shown(one: links.Offer) -> dict[str, object]:
    """An offer as the page shows it: the plan above in its own words, dates of the year beside."""
    shown: dict[str, object] = {"offer": one, "is_continued": one.kind == links.OfferKind.CONTINUED}
    if one.activity is not None:
        row = activity_row(one.activity)
        dates = row.dates[:_SHOWN] + ((f"и ещё {len(row.dates) - _SHOWN}",) if len(row.dates) > _SHOWN else ())
        shown |= {
            "terms": one.activity.terms_text, "dates": ", ".join(dates) or row.status, "of": one.activity.plan,
            "units": ", ".join(unit.raw for unit in one.activity.units.all()),
            "results": "; ".join(result.text for result in one.activity.deliverables.all()),
        }  # fmt: skip
    elif one.procedure is not None:
        shown |= {"terms": "", "dates": shown_dates(one.procedure.starts_on, one.procedure.ends_on)}
    return shown | {"changes": [(CHANGE_TITLES.get(change.name, change.name), change) for change in one.changes]}
