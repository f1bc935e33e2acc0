"""What the page of an import shows: state, questions, campaigns, files, remarks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from msoko.cycle.collection.api import ControlSummary, ImportFile, ImportSession, summaries_of_session
from msoko.foundation.orgs.api import Organization, OrganizationKind
from msoko.web.office.collection.titles import LAYOUT_TITLES, ROLE_TITLES, SUMMARY_TITLES

SEVERITIES = [("error", "Ошибки"), ("warning", "Предупреждения"), ("info", "Сведения")]
SEVERITY_LOOKS = {"error": ("ошибка", "bad"), "warning": ("внимание", "warn"), "info": ("к сведению", "info")}
_PUPIL_KINDS = (OrganizationKind.SCHOOL, OrganizationKind.PRESCHOOL, OrganizationKind.SUPPLEMENTARY)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file with its state in a word."""

    file: ImportFile
    state: str
    tone: str
    layout: str
    errors: int
    warnings: int

    @property
    def is_acceptable(self) -> bool:
        return self.tone == "good"


@dataclass(frozen=True, slots=True)
class Remark:
    file: ImportFile
    severity: str
    severity_title: str
    tone: str
    message: str
    hint: str
    sheet: str
    row: int | None
    column: str


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """A question with what its fields need. `number` names the fields."""

    number: int
    kind: str
    key: str
    title: str
    hint: str
    files: list[str]
    details: dict[str, Any]
    suggestions: list[tuple[int, str, str]] = field(default_factory=list)
    columns: list[dict[str, Any]] = field(default_factory=list)
    examples: list[list[str]] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)


def registry_of(session: ImportSession) -> dict[int, Organization]:
    """Organizations that rows of the import may belong to, in one query."""
    rows = Organization.objects.filter(path__startswith=session.organization.path, kind__in=_PUPIL_KINDS)
    return {row.pk: row for row in rows}


def organization_label(organization: Organization) -> str:
    """What is typed and found in the field of an organization: unique in the registry."""
    return f"{organization.short_name} — {organization.code or organization.exam_code or f'№ {organization.pk}'}"


def questions_of(session: ImportSession, registry: dict[int, Organization]) -> list[QuestionForm]:
    """Questions of the import ready for the form."""
    return [
        _question(number, question, registry) for number, question in enumerate(session.preview.get("questions", []))
    ]  # fmt: skip


def _question(number: int, question: dict[str, Any], registry: dict[int, Organization]) -> QuestionForm:
    details = question["details"]
    suggestions = [
        (one["organization"], registry[one["organization"]].short_name, one["reason"])
        for one in details.get("suggestions", [])
        if one["organization"] in registry
    ]
    columns = details.get("columns", [])
    depth = max((len(column["examples"]) for column in columns), default=0)
    examples = [[_at(column["examples"], place) for column in columns] for place in range(depth)]
    return QuestionForm(
        number, question["kind"], question["key"], question["title"], question["hint"], question["files"], details,
        suggestions, columns, examples,
    )  # fmt: skip


def _at(values: list[str], place: int) -> str:
    return values[place] if place < len(values) else ""


def file_rows(session: ImportSession, files: Iterable[ImportFile]) -> list[FileRow]:
    """Files with their states."""
    asked = {name for question in session.preview.get("questions", []) for name in question["files"]}
    return [_file_row(file, asked) for file in files]


def _file_row(file: ImportFile, asked: set[str]) -> FileRow:
    errors = sum(problem["severity"] == "error" for problem in file.problems)
    warnings = sum(problem["severity"] == "warning" for problem in file.problems)
    understood = file.understood
    has_content = bool(understood.get("participants") or understood.get("absent") or understood.get("summaries")
                       or file.layout)  # fmt: skip
    if file.is_excluded:
        state, tone = "исключён", "wait"
    elif file.name in asked:
        state, tone = "есть вопросы", "warn"
    elif not has_content:
        state, tone = "не принято", "bad"
    else:
        state, tone = "понятно", "good"
    return FileRow(file, state, tone, LAYOUT_TITLES.get(file.layout, "не узнан"), errors, warnings)


def remarks_of(files: Iterable[ImportFile]) -> list[Remark]:
    """Remarks to all files, errors first."""
    found = [_remark(file, problem) for file in files for problem in file.problems]
    order = [key for key, _ in SEVERITIES]
    return sorted(found, key=lambda remark: order.index(remark.severity))


def _remark(file: ImportFile, problem: dict[str, Any]) -> Remark:
    title, tone = SEVERITY_LOOKS[problem["severity"]]
    return Remark(
        file, problem["severity"], title, tone, problem["message"], problem["hint"], problem["sheet"] or "",
        problem["row"], problem["column"] or "",
    )  # fmt: skip


def campaigns_of(session: ImportSession, registry: dict[int, Organization]) -> list[dict[str, Any]]:
    """What was understood by campaign, with names of organizations."""
    rows = []
    for one in session.preview.get("campaigns", []):
        organizations = [entry | {"organization": registry.get(entry["id"])} for entry in one["organizations"]]
        replaced = [entry for entry in organizations if entry["replaces"]]
        rows.append(one | {"organizations": organizations, "replaced": replaced})
    return rows


def summaries_of(session: ImportSession) -> list[dict[str, Any]]:
    return [
        one | {"kind_title": SUMMARY_TITLES.get(one["kind"], one["kind"])}
        for one in session.preview.get("summaries", [])
    ]


def accepted_summaries(session: ImportSession) -> list[tuple[str, ControlSummary]]:
    """Accepted summary reports with what they are called."""
    return [(SUMMARY_TITLES.get(one.kind, one.kind), one) for one in summaries_of_session(session)]


def dropped_columns(files: Iterable[ImportFile]) -> list[str]:
    """Headers of personal columns that were not read, over all files."""
    return sorted({column for file in files for column in file.understood.get("dropped_columns", [])})


def role_choices() -> list[tuple[str, str]]:
    return list(ROLE_TITLES.items())
