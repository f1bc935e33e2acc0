"""What processing hands on: a campaign assembled from many files."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from intake.contracts import Problem
from qualimetry.frames.blueprint import Blueprint


@dataclass(frozen=True, slots=True)
class CampaignKey:
    """Procedure, subject, grade level and year of the work; "" and None where no file says it."""

    procedure: str = ""
    subject: str = ""
    grade_level: int | None = None
    year: int | None = None

    @property
    def text(self) -> str:
        """Stable form for hashes and names of folders."""
        return f"{self.procedure}|{self.subject}|{self.grade_level or ''}|{self.year or ''}"


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization of a batch: `key` stands in the table, name and code are shown."""

    key: int
    name: str
    code: str = ""
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Control figures of an assembly. rows = rows of participants in the files;
    rows = kept + duplicates + unplaced (organization unknown)."""

    files: int = 0
    rows: int = 0
    kept: int = 0
    present: int = 0
    absent: int = 0
    duplicates: int = 0
    unplaced: int = 0
    superseded_attempts: int = 0
    excluded_cells: int = 0


@dataclass(slots=True)
class Assembled:
    """Rows of one campaign under one blueprint. `table` has `qualimetry.frames.batch_schema`, sorted by organization.

    `part` counts from 1 when works of different composition share one campaign.
    """

    key: CampaignKey
    blueprint: Blueprint
    table: pa.Table
    organizations: tuple[Organization, ...]
    problems: list[Problem] = field(default_factory=list)
    counts: Counts = Counts()
    part: int = 1
    #: greatest raw score as printed or as the scale says; matters where the files have no items
    declared_max_score: int | None = None
    #: whether the files gave marks, levels; otherwise these follow from raw scores by the specification
    gives_marks: bool = False
    gives_levels: bool = False
    #: organization → rows with a participant code printed in the files; the others cannot be named by a code
    coded: dict[int, int] = field(default_factory=dict)

    @property
    def organization_names(self) -> dict[int, str]:
        return {organization.key: organization.name for organization in self.organizations}
