"""The registry of organizations: the list, its export, the passport."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.foundation.access.api import Permission, visible_organizations
from msoko.foundation.audit.api import record
from msoko.foundation.orgs.api import OrganizationContext, OrganizationKind, PlaceKind, SchoolType, school_years
from msoko.foundation.roster.api import remembered_names, visible_appointments, visible_bodies
from msoko.web.office.analysis.passport import passport_results
from msoko.web.office.organizations.export import registry_workbook
from msoko.web.office.organizations.filters import filtered
from msoko.web.office.organizations.lacks import TITLES as LACK_TITLES
from msoko.web.office.organizations.passport import context_table, grades_of
from msoko.web.office.organizations.passport_tables import passport_tables
from msoko.web.ui.context import chosen_school_year
from msoko.web.ui.downloads import download
from msoko.web.ui.exports import export_tables
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.views import page_of, signed_in


@require_GET
@signed_in(Permission.SEE_REGISTRY)
def organization_list(request: WorkplaceRequest) -> HttpResponse:
    """Organizations in scope, with filters, order and pages in the address."""
    year = chosen_school_year(request, school_years())
    contexts = OrganizationContext.objects.filter(school_year=year)
    rows = filtered(visible_organizations(request.scope), request.GET, year)
    rows = rows.prefetch_related(Prefetch("contexts", queryset=contexts, to_attr="context_of_year"))
    context = {
        "page": page_of(request, rows),
        "year": year,
        "kinds": OrganizationKind.choices,
        "school_types": SchoolType.choices,
        "place_kinds": PlaceKind.choices,
        "lacks": [(lack.value, title) for lack, title in LACK_TITLES.items()],
        "default_sort": "name",
        "may_edit": request.scope.may_anywhere(Permission.EDIT_REGISTRY),
    }
    return render(request, "office/organizations/list.html", context)


@require_GET
@signed_in(Permission.SEE_REGISTRY)
def organization_export(request: WorkplaceRequest) -> HttpResponse:
    """The whole filter as an Excel workbook."""
    year = chosen_school_year(request, school_years())
    rows = filtered(visible_organizations(request.scope), request.GET, year)
    act = act_of(request)
    record(act, "orgs.organizations.downloaded", kind="table", label="Организации", details=dict(request.GET.items()))
    return download("Организации.xlsx", registry_workbook(rows, year, timezone.localdate(act.at)))


@require_GET
@signed_in(Permission.SEE_REGISTRY)
def passport_export(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """What the passport shows, as Excel: context, classes, results over years, people."""
    organization = get_object_or_404(visible_organizations(request.scope), pk=pk)
    year = chosen_school_year(request, school_years())
    people = visible_appointments(request.scope, timezone.localdate()).filter(organization=organization)
    tables = passport_tables(
        context_table(organization), grades_of(organization, year), passport_results(request, organization), people
    )
    return export_tables(request, f"Паспорт. {organization.short_name}", tables, source=organization.full_name)


@require_GET
@signed_in(Permission.SEE_REGISTRY)
def organization_detail(request: WorkplaceRequest, pk: int) -> HttpResponse:
    """The passport of an organization."""
    organization = get_object_or_404(visible_organizations(request.scope).select_related("parent"), pk=pk)
    today = timezone.localdate()
    may_edit = request.scope.may(Permission.EDIT_REGISTRY, organization)
    context = {
        "organization": organization,
        "context": context_table(organization),
        "grades": grades_of(organization, chosen_school_year(request, school_years())),
        "departments": organization.departments.all(),
        "appointments": visible_appointments(request.scope, today).filter(organization=organization),
        "bodies": visible_bodies(request.scope, today).filter(organization=organization),
        "names": remembered_names(organization) if may_edit else [],
        "results": passport_results(request, organization),
        "may_edit": may_edit,
        "may_edit_classes": organization.kind == OrganizationKind.SCHOOL
        and request.scope.may(Permission.EDIT_CLASSES, organization),
    }
    return render(request, "office/organizations/detail.html", context)
