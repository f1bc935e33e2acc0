"""Staff, coordinators, observers and experts within the scope."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from msoko.foundation.access.api import Permission, visible_organizations
from msoko.foundation.audit.api import record
from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.foundation.kernel.searching import search_filter
from msoko.foundation.roster.api import Appointment, AppointmentKind, visible_appointments
from msoko.web.ui.downloads import download
from msoko.web.ui.middleware import WorkplaceRequest, act_of
from msoko.web.ui.numbers import whole_number
from msoko.web.ui.views import page_of, signed_in
from qualimetry.narrative.blocks import Column, Table

ORDERS = {
    "name": ("person__search_key", "id"),
    "organization": ("organization__sort_key", "person__search_key", "id"),
    "kind": ("kind", "person__search_key", "id"),
    "post": ("post", "person__search_key", "id"),
}


@require_GET
@signed_in(Permission.SEE_REGISTRY)
def people_list(request: WorkplaceRequest) -> HttpResponse:
    """People with their posts and duties."""
    context = {
        "page": page_of(request, _filtered(request)),
        "kinds": AppointmentKind.choices,
        "organizations": visible_organizations(request.scope).filter(closed_on__isnull=True),
        "default_sort": "name",
        "may_edit": request.scope.may_anywhere(Permission.EDIT_REGISTRY),
    }
    return render(request, "office/people/list.html", context)


@require_GET
@signed_in(Permission.SEE_REGISTRY)
def people_export(request: WorkplaceRequest) -> HttpResponse:
    """The whole filter as a workbook."""
    rows = tuple(
        (row.person.full_name, row.post, row.get_kind_display(), row.subject, row.organization.short_name,
         row.person.phone, row.person.email)
        for row in _filtered(request)
    )  # fmt: skip
    titles = ("ФИО", "Должность", "Участие", "Предмет", "Организация", "Телефон", "Электронная почта")
    table = Table("people", "Сотрудники", tuple(Column(title) for title in titles), rows)
    act = act_of(request)
    record(act, "roster.people.downloaded", kind="table", label="Сотрудники", details={"rows": len(rows)})
    sheets = [SheetSpec("Сотрудники", table, as_of=timezone.localdate(act.at))]
    return download("Сотрудники.xlsx", tables_bytes(sheets, title="Сотрудники"))


def _filtered(request: WorkplaceRequest) -> QuerySet[Appointment]:
    asked = request.GET
    rows = visible_appointments(request.scope, timezone.localdate())
    rows = rows.filter(search_filter(asked.get("q", ""), "person__search_key"))
    if asked.get("kind") in AppointmentKind.values:
        rows = rows.filter(kind=asked["kind"])
    if asked.get("organization", "").isdecimal():
        rows = rows.filter(organization=whole_number(str(asked["organization"])))
    order = asked.get("sort", "name")
    first, *rest = ORDERS.get(order.lstrip("-"), ORDERS["name"])
    return rows.order_by(f"-{first}" if order.startswith("-") else first, *rest)
