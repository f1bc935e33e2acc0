"""The board of gaps of a matrix: functions without people, required documents that are missing or not good enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from msoko.cycle.regulations.attention import warnings_of
from msoko.cycle.regulations.enums import DocumentStatus
from msoko.cycle.regulations.models import FunctionGroup, MatrixFunction, RegisteredDocument, RequiredDocument
from msoko.cycle.regulations.rules import PAST, Trouble
from msoko.foundation.roster.models import Appointment


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


@dataclass(frozen=True, slots=True)
class RequirementState:
    """A required document with the documents that are it. `gap` is None when one is in force without troubles."""

    required: RequiredDocument
    documents: tuple[RegisteredDocument, ...]
    gap: Gap | None

    @property
    def gap_title(self) -> str:
        return GAP_TITLES[self.gap] if self.gap else ""


@dataclass(frozen=True, slots=True)
class FunctionState:
    """A function with its people in office, requirements and gaps."""

    function: MatrixFunction
    people: tuple[Appointment, ...]
    requirements: tuple[RequirementState, ...]
    gaps: tuple[Gap, ...]

    @property
    def people_gap(self) -> str:
        found = next((one for one in self.gaps if one in {Gap.NO_PERSON, Gap.PERSON_LEFT}), None)
        return GAP_TITLES[found] if found else ""


@dataclass(frozen=True, slots=True)
class GroupState:
    """A group with its functions."""

    group: FunctionGroup
    requirements: tuple[RequirementState, ...]
    functions: tuple[FunctionState, ...]


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
    return RequirementState(required, documents, _gap(documents, today))


def _gap(documents: Sequence[RegisteredDocument], today: dt.date) -> Gap | None:
    if not documents:
        return Gap.NO_DOCUMENT
    current = [one for one in documents if one.status == DocumentStatus.IN_FORCE]
    if not current:
        return Gap.REPEALED if all(one.status in PAST for one in documents) else Gap.DRAFT_ONLY
    troubles = [[warning.trouble for warning in warnings_of(one, today)] for one in current]
    found = [next((_BY_TROUBLE[t] for t in of_one if t in _BY_TROUBLE), None) for of_one in troubles]
    return None if None in found else found[0]


def _function(function: MatrixFunction, today: dt.date) -> FunctionState:
    people = tuple(function.people.all())
    present = tuple(one for one in people if one.valid_until is None or one.valid_until >= today)
    requirements = tuple(requirement_state(one, today) for one in function.required.all())
    gaps: list[Gap] = []
    if not present:
        gaps.append(Gap.PERSON_LEFT if people else Gap.NO_PERSON)
    gaps += [one.gap for one in requirements if one.gap is not None]
    return FunctionState(function, present, requirements, tuple(gaps))


def gap_counts(board: Sequence[GroupState]) -> dict[Gap, int]:
    """How many functions lack people and how many required documents are not good; each document counts once."""
    counts: dict[Gap, int] = {}
    for state in (one for group in board for one in group.functions):
        for gap in {one for one in state.gaps if one in {Gap.NO_PERSON, Gap.PERSON_LEFT}}:
            counts[gap] = counts.get(gap, 0) + 1
    seen: dict[int, Gap] = {}
    for group in board:
        for one in (*group.requirements, *(r for f in group.functions for r in f.requirements)):
            if one.gap is not None:
                seen[one.required.pk] = one.gap
    for lacking in seen.values():
        counts[lacking] = counts.get(lacking, 0) + 1
    return {gap: counts[gap] for gap in Gap if gap in counts}
