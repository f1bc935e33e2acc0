"""What a report says that statistics do not know: names, acts, dates, the audience."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from qualimetry.narrative.russian import typographic_quotes


@dataclass(frozen=True, slots=True)
class OrganizationName:
    """Names of an organization as a report prints them; `full` falls back to `short`."""

    short: str
    full: str = ""


@dataclass(frozen=True, slots=True)
class ReportContext:
    """Everything outside the figures. Empty texts are said to be absent, never invented.

    `organizations` resolves the keys of `Group.organization`. `procedure_title`, `subject`, `grade_level` override the
    blueprint's. `period` is a phrase («с 20 апреля по 20 мая 2026 года»). `reference_names` renames the labels of
    reference groups. `is_internal` False makes a report without figures of single organizations. `is_counted`: the
    figures come from summary reports, no participants are known.
    """

    authority: str
    municipality: str
    procedure_title: str = ""
    subject: str = ""
    grade_level: int | None = None
    school_year: str = ""
    period: str = ""
    organizations: Mapping[int, OrganizationName] = field(default_factory=dict)
    basis: tuple[str, ...] = ()
    scale_source: str = ""
    is_scale_confirmed: bool = False
    reference_names: Mapping[str, str] = field(default_factory=dict)
    stamp: str = ""
    data_time: dt.datetime | None = None
    method_version: str = ""
    problems: tuple[str, ...] = ()
    is_internal: bool = True
    is_counted: bool = False
    #: the totals of the municipality would tell of one other organization and are left out
    has_closed_totals: bool = False
    place: str = ""
    year: int | None = None
    approved_by: str = ""
    prepared_by: str = ""

    @property
    def whole_name(self) -> str:
        """The municipality as a row of tables."""
        return self.municipality or "Муниципалитет в целом"

    def short_name(self, organization: int | None) -> str:
        """Short name, or a neutral label where the caller has none."""
        name = self.organizations.get(organization) if organization is not None else None
        return _printed(name.short) if name else f"Организация {organization}"

    def full_name(self, organization: int | None) -> str:
        name = self.organizations.get(organization) if organization is not None else None
        return _printed(name.full or name.short) if name else self.short_name(organization)


@cache
def _printed(name: str) -> str:
    """A name as files spell it with the quotes of a printed text."""
    return typographic_quotes(name)
