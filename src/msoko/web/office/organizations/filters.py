"""Filters and order of the list of organizations, read from the address."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import QueryDict

from msoko.foundation.kernel.searching import search_filter
from msoko.foundation.orgs.api import Organization, OrganizationKind, PlaceKind, SchoolType, SchoolYear
from msoko.web.office.organizations.lacks import Lack, lacking

#: key of `?sort=` → fields; a leading minus turns the order round
ORDERS = {
    "name": ("sort_key", "id"),
    "kind": ("kind", "sort_key", "id"),
    "place": ("place_name", "sort_key", "id"),
    "code": ("code", "sort_key", "id"),
}


def filtered(rows: QuerySet[Organization], query: QueryDict, year: SchoolYear | None) -> QuerySet[Organization]:
    """Rows that the address asks for."""
    rows = rows.filter(search_filter(query.get("q", "")))
    for field, allowed in (
        ("kind", OrganizationKind.values), ("school_type", SchoolType.values), ("place_kind", PlaceKind.values),
    ):  # fmt: skip
        if query.get(field) in allowed:
            rows = rows.filter(**{field: query[field]})
    if query.get("lack") in list(Lack):
        rows = rows.filter(lacking(Lack(str(query["lack"])), year))
    if query.get("closed") != "1":
        rows = rows.filter(closed_on__isnull=True)
    return rows.order_by(*ordering(query.get("sort", "name")))


def ordering(asked: str) -> tuple[str, ...]:
    """Fields of an order; an unknown one is the order by name."""
    sign = "-" if asked.startswith("-") else ""
    first, *rest = ORDERS.get(asked.lstrip("-"), ORDERS["name"])
    return (f"{sign}{first}", *rest)
