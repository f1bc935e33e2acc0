"""Rows of participants gathered one by one → columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from intake.contracts import MISSING, NO_VALUE, Int8, OrganizationClaim, ParticipantColumns


@dataclass(slots=True)
class ParticipantRow:
    """One participant as read; defaults mean «the file is silent». `row` counts from 1."""

    row: int
    organization: OrganizationClaim
    participant: str = ""
    class_group: str = ""
    variant: int = 0
    sex: int = 0
    present: bool = True
    file_total: int = NO_VALUE
    mark: int = NO_VALUE
    journal_mark: int = NO_VALUE
    test_score: int = NO_VALUE
    passed: int = NO_VALUE
    level: str = ""


def participant_columns(rows: Sequence[ParticipantRow], items: Int8 | None = None) -> ParticipantColumns:
    """Columns of the rows with their items (n × K; no items when None)."""
    places: dict[OrganizationClaim, int] = {}
    for one in rows:
        places.setdefault(one.organization, len(places))
    return ParticipantColumns(
        organizations=list(places),
        organization=np.array([places[one.organization] for one in rows], dtype=np.int32),
        participant=[one.participant for one in rows],
        class_group=[one.class_group for one in rows],
        variant=np.array([one.variant for one in rows], dtype=np.int16),
        sex=np.array([one.sex for one in rows], dtype=np.int8),
        present=np.array([one.present for one in rows], dtype=np.bool_),
        items=np.full((len(rows), 0), MISSING, dtype=np.int8) if items is None else items,
        file_total=np.array([one.file_total for one in rows], dtype=np.int16),
        mark=np.array([one.mark for one in rows], dtype=np.int16),
        journal_mark=np.array([one.journal_mark for one in rows], dtype=np.int16),
        test_score=np.array([one.test_score for one in rows], dtype=np.int16),
        passed=np.array([one.passed for one in rows], dtype=np.int16),
        level=[one.level for one in rows],
        row=np.array([one.row for one in rows], dtype=np.int32),
    )
