"""The list of organizations as a workbook: the whole filter, with context of the year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from msoko.foundation.documents.excel import SheetSpec, tables_bytes
from msoko.foundation.orgs.api import ClassGroup, Organization, OrganizationContext, SchoolYear
from msoko.foundation.roster.api import CONTEXT_FIELDS
from qualimetry.narrative.blocks import Column, Table

_TEXT = (
    ("short_name", 2.0), ("full_name", 4.0), ("kind", 2.0), ("school_type", 1.5), ("place_name", 1.5),
    ("place_kind", 1.5), ("code", 1.5), ("exam_code", 1.0), ("inn", 1.2), ("ogrn", 1.4), ("address", 3.0),
    ("phone", 1.4), ("email", 1.8), ("website", 1.8),
)  # fmt: skip


def registry_workbook(rows: QuerySet[Organization], year: SchoolYear | None, as_of: dt.date) -> bytes:
    """Sheets «Организации» and «Контекст» of the school year."""
    contexts = OrganizationContext.objects.filter(school_year=year)
    found = list(rows.prefetch_related(Prefetch("contexts", queryset=contexts, to_attr="context_of_year")))
    sheets = [SheetSpec("Организации", _entries(found), as_of=as_of, source="Реестр организаций МСОКО")]
    if year is not None:
        caption = f"Контекстные данные за {year.label} учебный год"
        meanings = (("Пусто", "Организация не сообщила число; это не ноль."),)
        sheets.append(SheetSpec("Контекст", _contexts(found, caption), meanings, as_of=as_of))
        sheets.append(SheetSpec("Классы", _classes(found, year), as_of=as_of))
    return tables_bytes(sheets, title="Реестр организаций")


def _entries(found: Iterable[Organization]) -> Table:
    columns = tuple(Column(_title(Organization, name), width=width) for name, width in _TEXT)
    cells = tuple(tuple(_shown(row, name) for name, _ in _TEXT) for row in found)
    return Table("organizations", "Организации", columns, cells)


def _contexts(found: Iterable[Organization], caption: str) -> Table:
    columns = (
        Column("Организация", width=2.0),
        *(Column(_title(OrganizationContext, x), "integer") for x in CONTEXT_FIELDS),
    )
    cells = []
    for row in found:
        context = next(iter(row.context_of_year), None)  # type: ignore[attr-defined]
        if context is not None:
            cells.append((row.short_name, *(getattr(context, name) for name in CONTEXT_FIELDS)))
    return Table("contexts", caption, columns, tuple(cells))


def _classes(found: Iterable[Organization], year: SchoolYear) -> Table:
    groups = ClassGroup.objects.filter(school_year=year, organization__in=[row.pk for row in found])
    rows = groups.select_related("organization").order_by("organization__sort_key", "grade_level", "letter")
    columns = (
        Column("Организация", width=2.0), Column("Параллель", "integer"), Column("Литера"),
        Column("Обучающихся", "integer"),
    )  # fmt: skip
    cells = tuple((one.organization.short_name, one.grade_level, one.letter, one.enrolment) for one in rows)
    return Table("classes", f"Классы за {year.label} учебный год", columns, cells)


def _shown(row: Organization, name: str) -> str:
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else getattr(row, name))


def _title(model: type[Organization | OrganizationContext], name: str) -> str:
    title = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return title[:1].upper() + title[1:]
