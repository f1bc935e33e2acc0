"""Hand-made works: readable rows in, a `Work` as a reader gives it out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from intake.contracts import (
    MISSING,
    NO_VALUE,
    CampaignClaim,
    ItemClaim,
    OrganizationClaim,
    ParticipantColumns,
    Procedure,
    Work,
)

SCHOOL = OrganizationClaim(code="edu220001", name="МБОУ «СОШ № 1»")
OTHER_SCHOOL = OrganizationClaim(code="edu220002", name="МБОУ «СОШ № 2»")
N = MISSING
X = -1


@dataclass(frozen=True)
class Row:
    """One participant; scores by item in order."""

    code: str
    scores: Sequence[int] = ()
    organization: OrganizationClaim = SCHOOL
    class_group: str = "А"
    present: bool = True
    total: int | None = None
    mark: int | None = None
    journal: int | None = None
    test_score: int | None = None
    passed: int | None = None
    level: str = ""


def make_work(
    rows: Sequence[Row],
    maxima: Sequence[int | None],
    *,
    labels: Sequence[str] | None = None,
    file: str = "файл.xlsx",
    procedure: Procedure | None = Procedure.VPR,
    subject: str | None = "Математика",
    grade_level: int | None = 4,
    year: int | None = 2021,
    held_on: dt.date | None = None,
    is_appeal: bool = False,
    declared_max_score: int | None = None,
) -> Work:
    """A work with item columns E, F, G…; rows start at row 2 of «Лист1»."""
    names = labels or [str(place) for place in range(1, len(maxima) + 1)]
    organizations = list(dict.fromkeys(row.organization for row in rows))
    items = [
        ItemClaim(label, maximum, None, chr(ord("E") + place))
        for place, (label, maximum) in enumerate(zip(names, maxima, strict=True))
    ]
    scores = np.array([list(row.scores) or [MISSING] * len(maxima) for row in rows], dtype=np.int8).reshape(
        len(rows), len(maxima)
    )
    return Work(
        file=file, sheet="Лист1", layout="test",
        campaign=CampaignClaim(procedure, subject, grade_level, year, held_on),
        items=items,
        participants=ParticipantColumns(
            organizations=organizations,
            organization=np.array([organizations.index(row.organization) for row in rows], dtype=np.int32),
            participant=[row.code for row in rows],
            class_group=[row.class_group for row in rows],
            variant=np.zeros(len(rows), np.int16),
            sex=np.zeros(len(rows), np.int8),
            present=np.array([row.present for row in rows], dtype=bool),
            items=scores,
            file_total=_column([row.total for row in rows]),
            mark=_column([row.mark for row in rows]),
            journal_mark=_column([row.journal for row in rows]),
            test_score=_column([row.test_score for row in rows]),
            passed=_column([row.passed for row in rows]),
            level=[row.level for row in rows],
            row=np.arange(2, len(rows) + 2, dtype=np.int32),
        ),
        declared_max_score=declared_max_score,
        is_appeal=is_appeal,
    )  # fmt: skip


def _column(values: Sequence[int | None]) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    return np.array([NO_VALUE if value is None else value for value in values], dtype=np.int16)
