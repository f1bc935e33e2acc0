"""The registry of organizations."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from msoko.foundation.access.api import Permission, visible_organizations
from msoko.foundation.orgs.api import OrganizationKind, PlaceKind, SchoolType
from msoko.web.office.organizations.filters import filtered
from msoko.web.ui.middleware import WorkplaceRequest
from msoko.web.ui.views import page_of, signed_in


@require_GET
@signed_in(Permission.SEE_REGISTRY)
def organization_list(request: WorkplaceRequest) -> HttpResponse:
    """Organizations in scope, with filters, order and pages in the address."""
    context = {
        "page": page_of(request, filtered(visible_organizations(request.scope), request.GET)),
        "kinds": OrganizationKind.choices,
        "school_types": SchoolType.choices,
        "place_kinds": PlaceKind.choices,
        "default_sort": "name",
        "may_edit": request.scope.may_anywhere(Permission.EDIT_REGISTRY),
    }
    return render(request, "office/organizations/list.html", context)


@require_GET
@signed_in(Permission.SEE_REGISTRY)
def organization_detail(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The passport of an organization."""
    organization = get_object_or_404(visible_organizations(request.scope).select_related("parent"), pk=pk)
    return render(request, "office/organizations/detail.html", {"organization": organization})
