"""The board of gaps of a matrix: functions without people, required documents that are missing or not good enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]  # ships no types

from msoko.cycle.regulations.attention import warnings_of
from msoko.cycle.regulations.enums import DocumentStatus
from msoko.cycle.regulations.models import FunctionGroup, MatrixFunction, RegisteredDocument, RequiredDocument
from msoko.cycle.regulations.rules import PAST, Trouble
from msoko.foundation.catalog.documents import review_source
from msoko.foundation.roster.models import Appointment
from qualimetry.narrative.russian import counted


class Gap(StrEnum):
    """What is missing."""

    NO_PERSON = "no_person"
    PERSON_LEFT = "person_left"
    NO_DOCUMENT = "no_document"
    DRAFT_ONLY = "draft_only"
    REPEALED = "repealed"
    REVIEW_OVERDUE = "review_overdue"
    BASE_REPEALED = "base_repealed"


GAP_TITLES = {
    Gap.NO_PERSON: "Нет ответственного",
    Gap.PERSON_LEFT: "Назначение ответственного закончилось",
    Gap.NO_DOCUMENT: "Документа нет",
    Gap.DRAFT_ONLY: "Документ только в проекте",
    Gap.REPEALED: "Документ отменён",
    Gap.REVIEW_OVERDUE: "Документ старше срока",
    Gap.BASE_REPEALED: "Основание документа отменено",
}
_BY_TROUBLE = {Trouble.REVIEW_OVERDUE: Gap.REVIEW_OVERDUE, Trouble.BASE_REPEALED: Gap.BASE_REPEALED}


#: gaps of people; the others are of documents
OF_PEOPLE = frozenset({Gap.NO_PERSON, Gap.PERSON_LEFT})


@dataclass(frozen=True, slots=True)
class RequirementState:
    """A required document with the documents that are it. `gap` is None when one is in force without troubles; `note`
    says what is wrong with which document."""

    required: RequiredDocument
    documents: tuple[RegisteredDocument, ...]
    gap: Gap | None
    note: str = ""

    @property
    def gap_title(self) -> str:
        return GAP_TITLES[self.gap] if self.gap else ""


@dataclass(frozen=True, slots=True)
class FunctionState:
    """A function with its people in office, those who left, requirements and gaps."""

    function: MatrixFunction
    people: tuple[Appointment, ...]
    left: tuple[Appointment, ...]
    requirements: tuple[RequirementState, ...]
    gaps: tuple[Gap, ...]

    @property
    def people_gap(self) -> str:
        found = next((one for one in self.gaps if one in OF_PEOPLE), None)
        return GAP_TITLES[found] if found else ""

    @property
    def document_gaps(self) -> int:
        return sum(one not in OF_PEOPLE for one in self.gaps)


@dataclass(frozen=True, slots=True)
class GroupState:
    """A group with its functions."""

    group: FunctionGroup
    requirements: tuple[RequirementState, ...]
    functions: tuple[FunctionState, ...]

    @property
    def document_gaps(self) -> int:
        """Documents of the group row itself that are missing or not good enough."""
        return sum(one.gap is not None for one in self.requirements)


def board_of_functions(groups: Sequence[FunctionGroup], today: dt.date) -> list[GroupState]:
    """States of all groups (loaded by `groups_of`); no queries."""
    return [
        GroupState(
            group=group,
            requirements=tuple(requirement_state(one, today) for one in group.required.all()),
            functions=tuple(_function(one, today) for one in group.functions.all()),
        )
        for group in groups
    ]


def requirement_state(required: RequiredDocument, today: dt.date) -> RequirementState:
    """Whether a required document is there, in force and up to date."""
    documents = tuple(required.documents.all())
    gap, note = _gap(required, documents, today)
    return RequirementState(required, documents, gap, note)


def _gap(
    required: RequiredDocument, documents: Sequence[RegisteredDocument], today: dt.date
) -> tuple[Gap | None, str]:  # fmt: skip
    if not documents:
        return Gap.NO_DOCUMENT, ""
    current = [one for one in documents if one.status == DocumentStatus.IN_FORCE]
    if not current:
        over = [one for one in documents if one.status in PAST]
        if len(over) == len(documents):
            return Gap.REPEALED, "; ".join(map(_ended, over))
        return Gap.DRAFT_ONLY, "; ".join(f"«{one.title}» – {one.get_status_display().lower()}" for one in documents)
    found = [_trouble(required, one, today) for one in current]
    return next((one for one in found if one[0] is None), found[0])


def _trouble(required: RequiredDocument, document: RegisteredDocument, today: dt.date) -> tuple[Gap | None, str]:
    """What is wrong with a document in force; a term of the matrix goes before the term of the kind."""
    until = term_day(required, document)
    if required.term_years and until and until < today:
        words = f"от {document.signed_on:%d.%m.%Y}, срок {counted(required.term_years, 'год')} истёк {until:%d.%m.%Y}"
        return Gap.REVIEW_OVERDUE, f"{words} (основание срока: {required.term_source})"
    for one in warnings_of(document, today):
        if one.trouble not in _BY_TROUBLE or (one.trouble == Trouble.REVIEW_OVERDUE and required.term_years):
            continue
        source = f" (срок: {review_source()})" if one.trouble == Trouble.REVIEW_OVERDUE else ""
        return _BY_TROUBLE[one.trouble], f"{one.text}{source}"
    return None, ""


def term_day(required: RequiredDocument, document: RegisteredDocument) -> dt.date | None:
    """The day after which a document is too old for the functions; None when the matrix sets no term."""
    if not required.term_years or document.signed_on is None:
        return None
    day: dt.date = document.signed_on + relativedelta(years=required.term_years)
    return day


def _ended(document: RegisteredDocument) -> str:
    since = f" с {document.in_force_until:%d.%m.%Y}" if document.in_force_until else ""
    return f"«{document.title}» – {document.get_status_display().lower()}{since}"


def _function(function: MatrixFunction, today: dt.date) -> FunctionState:
    people = tuple(function.people.all())
    present = tuple(one for one in people if one.valid_until is None or one.valid_until >= today)
    left = tuple(one for one in people if one not in present)
    requirements = tuple(requirement_state(one, today) for one in function.required.all())
    gaps: list[Gap] = []
    if not present:
        gaps.append(Gap.PERSON_LEFT if people else Gap.NO_PERSON)
    gaps += [one.gap for one in requirements if one.gap is not None]
    return FunctionState(function, present, left, requirements, tuple(gaps))


@dataclass(frozen=True, slots=True)
class GapRow:
    """One gap: of a function without people, or of a required document with all functions that need it."""

    gap: Gap
    groups: tuple[FunctionGroup, ...]
    functions: tuple[MatrixFunction, ...]
    requirement: RequirementState | None = None
    left: tuple[Appointment, ...] = ()

    @property
    def title(self) -> str:
        return GAP_TITLES[self.gap]

    @property
    def note(self) -> str:
        if self.requirement is not None:
            return self.requirement.note
        return "; ".join(f"{one.person.full_name}: до {one.valid_until:%d.%m.%Y}" for one in self.left)


def gap_rows(board: Sequence[GroupState]) -> list[GapRow]:
    """Every gap once, in the order of the matrix: people of functions, then documents."""
    people = [
        GapRow(gap, (group.group,), (state.function,), left=state.left)
        for group in board for state in group.functions for gap in state.gaps if gap in OF_PEOPLE
    ]  # fmt: skip
    found: dict[int, RequirementState] = {}
    groups: dict[int, dict[int, FunctionGroup]] = {}
    functions: dict[int, list[MatrixFunction]] = {}
    for group in board:
        places: list[tuple[RequirementState, MatrixFunction | None]] = [(one, None) for one in group.requirements]
        places += [(one, state.function) for state in group.functions for one in state.requirements]
        for one, function in places:
            if one.gap is None:
                continue
            key = one.required.pk
            found.setdefault(key, one)
            groups.setdefault(key, {})[group.group.pk] = group.group
            functions.setdefault(key, []).extend([function] if function else [])
    documents = [
        GapRow(one.gap, tuple(groups[key].values()), tuple(functions[key]), one)
        for key, one in found.items() if one.gap is not None
    ]  # fmt: skip
    return people + documents


def gap_counts(board: Sequence[GroupState]) -> dict[Gap, int]:
    """How many functions lack people and how many required documents are not good; each document counts once."""
    counts: dict[Gap, int] = {}
    for state in (one for group in board for one in group.functions):
        for gap in {one for one in state.gaps if one in OF_PEOPLE}:
            counts[gap] = counts.get(gap, 0) + 1
    seen: dict[int, Gap] = {}
    for group in board:
        for one in (*group.requirements, *(r for f in group.functions for r in f.requirements)):
            if one.gap is not None:
                seen[one.required.pk] = one.gap
    for lacking in seen.values():
        counts[lacking] = counts.get(lacking, 0) + 1
    return {gap: counts[gap] for gap in Gap if gap in counts}
