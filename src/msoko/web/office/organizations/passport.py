"""Tables of the passport: context by years, classes of the chosen year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from msoko.foundation.orgs.api import ClassGroup, Organization, OrganizationContext, SchoolYear
from msoko.foundation.roster.api import CONTEXT_FIELDS

_YEARS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class ContextRow:
    title: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ContextTable:
    """Columns are school years, oldest first; rows are what is known at least once."""

    years: tuple[str, ...]
    rows: tuple[ContextRow, ...]
    sources: tuple[str, ...]


def context_table(organization: Organization) -> ContextTable:
    """Context of the last years side by side."""
    newest = organization.contexts.select_related("school_year")[:_YEARS_SHOWN]
    contexts: Sequence[OrganizationContext] = list(newest)[::-1]
    rows = (ContextRow(_title(name), tuple(getattr(one, name) for one in contexts)) for name in CONTEXT_FIELDS)
    return ContextTable(
        years=tuple(one.school_year.label for one in contexts),
        rows=tuple(row for row in rows if any(value is not None for value in row.values)),
        sources=tuple(dict.fromkeys(one.source for one in contexts if one.source)),
    )


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade level with its classes: «5 — А (25), Б (24)»."""

    level: int
    classes: tuple[ClassGroup, ...]

    @property
    def enrolment(self) -> int | None:
        known = [one.enrolment for one in self.classes if one.enrolment is not None]
        return sum(known) if known else None


def grades_of(organization: Organization, year: SchoolYear | None) -> list[Grade]:
    """Grades of the year with their classes."""
    if year is None:
        return []
    classes = organization.class_groups.filter(school_year=year).order_by("grade_level", "letter")
    return [Grade(level, tuple(found)) for level, found in groupby(classes, key=lambda one: one.grade_level)]


def _title(name: str) -> str:
    return str(OrganizationContext._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
