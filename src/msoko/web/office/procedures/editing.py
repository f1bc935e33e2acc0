"""Creating and changing a campaign."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from msoko.cycle.procedures.api import (
    Campaign,
    campaign_title,
    campaigns_visible,
    change_campaign,
    create_campaign,
)
from msoko.foundation.access.api import Permission, require
from msoko.foundation.kernel.errors import RefusedError
from msoko.foundation.orgs.api import Organization
from msoko.web.office.procedures.forms import CampaignForm, WindowForm
from msoko.web.office.procedures.owners import editable_owners
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import form_page, refuse, say, signed_in


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_CAMPAIGNS)
def campaign_add(request: WorkplaceRequest) -> HttpResponse:
    """A new campaign of the municipality or of a school."""
    owners = editable_owners(request.scope)
    if not owners:
        raise RefusedError("Процедуры ведут муниципалитет и организации.", "Обратитесь к администратору.")
    owner = next((one for one in owners if str(one.pk) == request.GET.get("owner")), owners[0])
    initial = {name: request.GET[name] for name in ("procedure", "subject", "grade_level") if request.GET.get(name)}
    form = CampaignForm(request.POST or None, owner=owner, initial=initial)
    if request.method == "POST" and form.is_valid():
        campaign = _created(request, owner, form)
        if campaign is not None:
            say(request, f"Создана процедура: {campaign_title(campaign)}.")
            return redirect("office:procedures:campaign", campaign.pk)
    context = {"owner": owner, "owners": owners, "campaign": None}
    return form_page(request, "office/procedures/campaign_form.html", form, context)


def _created(request: WorkplaceRequest, owner: Organization, form: CampaignForm) -> Campaign | None:
    try:
        return create_campaign(act_of(request), owner=owner, **form.cleaned_data)
    except RefusedError as refusal:
        refuse(form, refusal)
        return None


@require_http_methods(["GET", "POST"])
@signed_in(Permission.EDIT_CAMPAIGNS)
def campaign_edit(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """Window, basis, organizations; what the campaign is of does not change."""
    campaign = get_object_or_404(campaigns_visible(request.scope), pk=pk)
    require(act_of(request), Permission.EDIT_CAMPAIGNS, campaign.owner)
    form = WindowForm(request.POST or None, owner=campaign.owner, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        try:
            change_campaign(act_of(request), campaign=campaign, **form.cleaned_data)
        except RefusedError as refusal:
            refuse(form, refusal)
        else:
            say(request, "Сведения о процедуре сохранены.")
            return redirect("office:procedures:campaign", pk)
    context = {"owner": campaign.owner, "campaign": campaign, "title": campaign_title(campaign)}
    return form_page(request, "office/procedures/campaign_form.html", form, context)
