"""Campaigns: the list, the page of one, the version of the specification it is computed by."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from msoko.cycle.collection.api import change_blueprint, control_summaries, deliveries, delivery_by_organization
from msoko.cycle.procedures.api import (
    BlueprintVersion,
    Campaign,
    blueprints_visible,
    campaign_title,
    campaigns_visible,
)
from msoko.foundation.access.api import Permission
from msoko.foundation.catalog.procedures import procedure
from msoko.foundation.orgs.api import school_years
from msoko.web.office.collection.titles import SUMMARY_TITLES
from msoko.web.office.procedures.catalogue import described
from msoko.web.office.procedures.listing import ALL_YEARS, STATES, CampaignRow, campaign_rows, filter_options
from msoko.web.office.procedures.owners import editable_owners
from msoko.web.ui.context import chosen_school_year
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import PAGE_SIZE, say, signed_in


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def campaign_list(request: WorkplaceRequest) -> HttpResponse:
    """Campaigns in scope with filters, order and pages in the address."""
    years = school_years()
    year = chosen_school_year(request, years)
    rows = campaign_rows(request.scope, request.GET, year)
    context = filter_options(request.scope) | {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "states": STATES,
        "years": years,
        "all_years": ALL_YEARS,
        "chosen_year": request.GET.get("year") or (str(year.start_year) if year else ALL_YEARS),
        "default_sort": "",
        "may_add": bool(editable_owners(request.scope)),
        "may_import": request.scope.may_anywhere(Permission.IMPORT_RESULTS),
        "may_edit_blueprints": request.scope.may_anywhere(Permission.EDIT_BLUEPRINTS),
    }
    return render(request, "office/procedures/list.html", context)


@require_GET
@signed_in(Permission.SEE_TOTALS, Permission.SEE_ORGANIZATIONS)
def campaign_detail(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """What the campaign is, who has delivered, what it is computed by."""
    campaign = get_object_or_404(campaigns_visible(request.scope), pk=pk)
    definition = procedure(campaign.procedure)
    may_edit = request.scope.may(Permission.EDIT_CAMPAIGNS, campaign.owner)
    context = {
        "campaign": campaign,
        "title": campaign_title(campaign),
        "passport": described(definition) if definition else None,
        "row": CampaignRow(campaign, "", deliveries([campaign])[campaign.pk]),
        "organizations": delivery_by_organization(request.scope, campaign),
        "summaries": [(one, SUMMARY_TITLES.get(one.kind, one.kind)) for one in control_summaries(campaign)],
        "may_withdraw": request.scope.may(Permission.WITHDRAW_RESULTS, campaign.owner),
        "item_count": campaign.blueprint.items.count() if campaign.blueprint else 0,
        "versions": versions_for(request, campaign) if may_edit else [],
        "may_edit": may_edit,
        "may_import": request.scope.may_anywhere(Permission.IMPORT_RESULTS),
        "may_see_individual": request.scope.may_anywhere(Permission.SEE_INDIVIDUAL),
    }
    return render(request, "office/procedures/campaign.html", context)


@require_POST
@signed_in(Permission.EDIT_CAMPAIGNS)
def choose_version(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Compute the campaign by another version."""
    campaign = get_object_or_404(campaigns_visible(request.scope), pk=pk)
    version = get_object_or_404(versions_for(request, campaign), pk=whole_number(request.POST.get("version", "")))
    job = change_blueprint(act_of(request), campaign=campaign, version=version)
    say(request, "Спецификация выбрана" + (", результаты пересчитываются." if job else "."))
    return redirect("office:procedures:campaign", pk)


def versions_for(request: WorkplaceRequest, campaign: Campaign) -> QuerySet[BlueprintVersion]:
    """Specifications of the same work, newest first."""
    found = blueprints_visible(request.scope).filter(
        owner=campaign.owner, procedure=campaign.procedure, subject=campaign.subject, grade_level=campaign.grade_level
    )
    return found.order_by("-year", "-version")
