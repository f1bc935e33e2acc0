"""What reading a plan of activities yields. These shapes are the public face of `intake.plans`.

Nothing is stored or decided here: numbers are as printed, a unit is as named by the document, and whatever was joined,
guessed or left open is said in `remarks`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from intake.contracts import Problem, Severity

#: JSON object of a term (`Term.to_json()` of the engine of terms)
Json = dict[str, Any]


class ClaimSource(StrEnum):
    """Whence the direction or the part of the cycle is known; «proposed» must be confirmed by a person."""

    LABEL = "label"
    SECTION = "section"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where an activity stands. Rows of a sheet or table (lines of a text) count from 1; `page` only in PDF."""

    first_row: int
    last_row: int
    table: int = 1
    sheet: str = ""
    page: int | None = None

    def __str__(self) -> str:
        rows = f"строка {self.first_row}"
        if self.last_row != self.first_row:
            rows = f"строки {self.first_row}–{self.last_row}"
        where = f"лист «{self.sheet}»" if self.sheet else f"таблица {self.table}"
        return ", ".join(part for part in (f"стр. {self.page}" if self.page else "", where, rows) if part)


@dataclass(frozen=True, slots=True)
class Remark:
    """A warning for the preview. `message` and `hint` are Russian: what, where, how to mend."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.WARNING
    place: RowPlace | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A full-width row or a heading. `level` from 1; `path` is the way from the top, the section itself last.

    `term`: the heading is a period or regularity («Сентябрь», «Ежемесячно») and gives the term to its rows.
    """

    number: str
    title: str
    level: int
    path: tuple[tuple[str, str], ...]
    place: RowPlace | None = None
    term: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Responsible:
    """A unit, post or group as named. `resolved` is the full name, None when an abbreviation is unknown.

    `abbreviations`: those found in `raw`. `source`: «document», «municipality», «general» or the name of another
    dictionary that gave the meaning, "" when there was nothing to resolve. `is_lead`: first named.
    """

    raw: str
    resolved: str | None
    abbreviations: tuple[str, ...] = ()
    source: str = ""
    qualifier: str = ""
    is_lead: bool = False
    is_executor: bool = False


@dataclass(frozen=True, slots=True)
class Deliverable:
    """A result as written, its kind (`definitions/plans/results.toml`, "" unknown), where the document goes."""

    text: str
    kind: str = ""
    destination: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """An abbreviation that a person must explain: unknown, or with several meanings. `rows`: indices of activities."""

    abbreviation: str
    candidates: tuple[str, ...]
    rows: tuple[int, ...]
    reason: str  # «unknown», «ambiguous» or «collision»


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity of the plan. `number` is the raw number cell without its label; `label` is the label in that cell.

    `index` counts activities of the file from 0. `terms_raw` is the term as written (composed for columns of periods
    and pairs of dates). `terms_source`: «cell», «merged», «heading», «columns», «previous» or "". `extra`: further
    columns by header. `group`: text of a column that groups rows («Этап», «Направление»), also among `extra`.
    """

    index: int
    section_path: tuple[tuple[str, str], ...]
    number: str
    title: str
    terms_raw: str
    terms: Json
    place: RowPlace
    label: str = ""
    terms_source: str = ""
    responsible: tuple[Responsible, ...] = ()
    responsible_raw: str = ""
    deliverables: tuple[Deliverable, ...] = ()
    deliverables_raw: str = ""
    direction: str = ""
    direction_source: ClaimSource | None = None
    cycle_part: str = ""
    cycle_part_source: ClaimSource | None = None
    extra: tuple[tuple[str, str], ...] = ()
    group: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column of a table: header as printed and what it was taken for ("" when it was only kept)."""

    header: str
    role: str
    table: int = 1


@dataclass(slots=True)
class PlanReading:
    """Everything that one file says about a plan. `problems` concern the file as a whole and hinder reading;
    `remarks` concern the plan. `edition`: which list of directions its sections follow ("" when none)."""

    file: str
    sha256: str = ""
    title: str = ""
    period: str = ""
    edition: str = ""
    abbreviations: dict[str, str] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    columns: list[PlanColumn] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
