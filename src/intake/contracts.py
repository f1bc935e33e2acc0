"""What reading a file yields. These shapes are the public face of `intake`; every layout produces them.

A reader recognises structure, never meaning: it does not decide which organization a name belongs to, what the
maximum of an item should be, or which of two attempts counts. Names of pupils and identity documents are dropped
here and are never part of any of these objects.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

#: Item cell: the pupil did not start the task («X»); scores 0 but is counted apart.
NOT_ATTEMPTED = -1
#: Item cell: topic not taught («не пройд.») or item not in the pupil's variant; NULL in stored batches.
MISSING = -128
#: Absent value in the int16 columns (`file_total`, `mark`, …).
NO_VALUE = -32768

Int8 = npt.NDArray[np.int8]
Int16 = npt.NDArray[np.int16]
Int32 = npt.NDArray[np.int32]
Bool = npt.NDArray[np.bool_]


class Severity(StrEnum):
    """ERROR: the cell, row or file is not used; WARNING: used, look at it; INFO: good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark about a file, with the place a person can go to. `message` and `hint` are Russian.

    `row` counts from 1 as in Excel; `column` is letters («C»).
    """

    severity: Severity
    code: str
    message: str
    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    hint: str = ""


class Procedure(StrEnum):
    """Assessment procedures that a layout can name. Values are the ids of `definitions/procedures`."""

    VPR = "VPR"
    OGE = "OGE"
    EGE = "EGE"
    GVE = "GVE"
    NIKO = "NIKO"
    REGIONAL_DIAGNOSTIC = "REGIONAL_DIAGNOSTIC"
    MUNICIPAL_DIAGNOSTIC = "MUNICIPAL_DIAGNOSTIC"
    SCHOOL_DIAGNOSTIC = "SCHOOL_DIAGNOSTIC"
    BASELINE = "BASELINE"
    CROSS_CURRICULAR = "CROSS_CURRICULAR"
    MOCK_EXAM = "MOCK_EXAM"
    VSOSH = "VSOSH"


@dataclass(frozen=True, slots=True)
class CampaignClaim:
    """What the file says (or its name lets conclude) about the campaign; None is a question to a person.

    `grade_level` and `year` are those of the work (autumn 2020 works of grade 4 were written by grade 5: 4).
    `subject` is canonical (`definitions/subjects.toml`), `raw_subject` as printed.
    """

    procedure: Procedure | None = None
    subject: str | None = None
    grade_level: int | None = None
    year: int | None = None
    held_on: dt.date | None = None
    raw_subject: str = ""


@dataclass(frozen=True, slots=True)
class OrganizationClaim:
    """The organization as the file names it. At least one of `code`, `name` is non-empty, or both are empty
    when the file does not name an organization at all (a school's own collection form)."""

    code: str = ""
    name: str = ""
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class ItemClaim:
    """An item column. `label` is normalised («6.1», «9К2», Cyrillic К); `max_score` None when the file is silent."""

    label: str
    max_score: int | None = None
    level: str | None = None
    column: str | None = None


@dataclass(slots=True)
class ParticipantColumns:
    """One element a row of participants, in file order. Arrays have the same length n; `items` is n × K.

    organization: index into `organizations`. participant: code as printed, "" when there is none.
    class_group: normalised letter («А», «Б2», "" = the only class or unknown). variant: 0 = unknown.
    sex: 0 unknown, 1 female, 2 male. present: False = absent («отсутствовал»).
    mark / journal_mark: 2…5. test_score: 0…100. level: words of a levels-without-marks work.
    passed: 1 pass, 0 fail, NO_VALUE unknown. row: row of the sheet, from 1.
    """

    organizations: list[OrganizationClaim]
    organization: Int32
    participant: list[str]
    class_group: list[str]
    variant: Int16
    sex: Int8
    present: Bool
    items: Int8
    file_total: Int16
    mark: Int16
    journal_mark: Int16
    test_score: Int16
    passed: Int16
    level: list[str]
    row: Int32

    def __len__(self) -> int:
        return len(self.participant)


@dataclass(slots=True)
class Work:
    """The rows of one campaign in one place of one file (a file may hold several works)."""

    file: str
    sheet: str
    layout: str
    campaign: CampaignClaim
    items: list[ItemClaim]
    participants: ParticipantColumns
    declared_max_score: int | None = None
    #: header words of personal columns that were dropped at reading («Фамилия», «Серия»…)
    dropped_columns: list[str] = field(default_factory=list)
    #: «Минимальная граница», «Средние», «Кол-во участников» and the like, as printed: control values
    declared: dict[str, float] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    #: True when the exam day is an appeal or re-check: its rows replace the earlier result
    is_appeal: bool = False
    #: rows of an appeal that was rejected: the earlier result stands, with its items
    unchanged_rows: tuple[int, ...] = ()


class SummaryKind(StrEnum):
    MARKS = "marks"  # 1.7: shares of marks, percent
    JOURNAL = "journal"  # 1.8: lower / same / higher, percent and count
    SCORES = "scores"  # 1.9: shares of raw scores, percent
    ITEMS = "items"  # 1.9: percent of the maximum by item
    ITEMS_BY_MARK = "items_by_mark"  # 1.9
    OUTCOMES = "outcomes"  # 1.9: planned results
    GENERIC = "generic"  # one row an organization, any figures


class GroupLevel(StrEnum):
    COUNTRY = "country"
    REGION = "region"
    MUNICIPALITY = "municipality"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One group of a summary report. `values` keys: «2»…«5», «0»…«max», item labels, or
    «lower/same/higher(_percent)» by kind; numbers as printed (percents stay percents)."""

    level: GroupLevel
    name: str
    code: str = ""
    organization_count: int | None = None
    participants: int | None = None
    values: dict[str, float] = field(default_factory=dict)
    row: int | None = None
    subgroup: str = ""
    municipality: str = ""


@dataclass(slots=True)
class Summary:
    """A summary report: control totals where participants' data exist, the only data where they do not."""

    file: str
    sheet: str
    layout: str
    kind: SummaryKind
    campaign: CampaignClaim
    rows: list[SummaryRow]
    declared_max_score: int | None = None
    is_verified_layout: bool = True
    problems: list[Problem] = field(default_factory=list)
    #: items of ITEMS, ITEMS_BY_MARK and OUTCOMES reports
    items: list[ItemClaim] = field(default_factory=list)
    #: OUTCOMES: item label → wording of the planned result
    outcomes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SpecificationItem:
    """A row of a test specification, merged over repeated rows of the same item."""

    label: str
    position: int
    max_score: int
    level: str | None = None
    content_elements: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class SpecificationCondition:
    """Marks from `from_mark` up need at least `min_points` over the items `labels`."""

    labels: tuple[str, ...]
    min_points: int
    from_mark: int


@dataclass(slots=True)
class Specification:
    """A test specification read from Excel (formats.md 1.11 or the product's own template)."""

    file: str
    campaign: CampaignClaim
    items: list[SpecificationItem]
    #: lowest raw score of marks 3, 4, 5; empty when the file does not give them
    cut_scores: tuple[int, ...] = ()
    cut_scores_source: str = ""
    element_names: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    #: levels of a work without marks, from the lowest up, and the lowest raw score of each but the first
    level_names: tuple[str, ...] = ()
    level_lowest: tuple[int, ...] = ()
    conditions: tuple[SpecificationCondition, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column of an unrecognised table: header text, examples of cells (never of personal columns), a guess."""

    column: str
    header: str
    examples: tuple[str, ...] = ()
    guess: str = ""


@dataclass(slots=True)
class UnknownTable:
    """A table that looks like data but fits no layout; a person maps its columns once."""

    file: str
    sheet: str
    header_row: int
    columns: list[ColumnGuess]
    row_count: int = 0
    #: stable key of the header words, under which a mapping is remembered
    fingerprint: str = ""


@dataclass(slots=True)
class FileReading:
    """All that one file (or one member of a ZIP) yields. `sha256` is of the original bytes."""

    file: str
    sha256: str
    works: list[Work] = field(default_factory=list)
    summaries: list[Summary] = field(default_factory=list)
    specifications: list[Specification] = field(default_factory=list)
    unknown_tables: list[UnknownTable] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


#: Role a person may give to a column of an unknown table; `item` columns carry the label in the header.
MAPPING_ROLES = (
    "organization_code", "organization_name", "municipality", "participant", "class_group", "variant", "sex",
    "presence", "item", "total", "mark", "journal_mark", "test_score", "passed", "level", "ignore",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A remembered decision for tables with this `fingerprint`: column letters → role."""

    fingerprint: str
    roles: dict[str, str]
