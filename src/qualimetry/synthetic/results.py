"""Results of one campaign as columns, and the campaign itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from qualimetry.frames.blueprint import Blueprint
from qualimetry.synthetic.randomness import Flags, Ints
from qualimetry.synthetic.responses import Int8

#: Values of cells, as in stored batches and at reading.
NOT_ATTEMPTED, MISSING, NO_VALUE = -1, -128, -32768

Int16 = npt.NDArray[np.int16]
Texts = npt.NDArray[np.str_]


class SittingKind(StrEnum):
    MAIN = "main"
    RESERVE = "reserve"
    RESIT = "resit"
    APPEAL = "appeal"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A day of a campaign. VPR and diagnostics have one, examinations several."""

    kind: SittingKind
    held_on: dt.date


@dataclass(slots=True)
class ResultColumns:
    """One element an attempt, sorted by organization; `items` is n × K: 0…max, −1 not attempted, −128 missing.

    organization: key. pupil: index into `Municipality.pupils` (the truth that files do not hold). code: printed
    participant code. class_group: letter («А»), also where the class is the only one. sitting: index into
    `SyntheticCampaign.sittings`. attempt: 1, 2… of the same pupil; is_valid_attempt: the latest. mark, journal_mark,
    test_score, level (index of the level), total: NO_VALUE where there is none.
    """

    organization: Ints
    pupil: Ints
    code: Texts
    class_group: Texts
    variant: Int16
    sex: Int8
    has_sen: Flags
    present: Flags
    sitting: Ints
    attempt: Int16
    is_valid_attempt: Flags
    items: Int8
    total: Int16
    mark: Int16
    journal_mark: Int16
    test_score: Int16
    level: Int16

    def __len__(self) -> int:
        return len(self.organization)

    def take(self, chosen: Ints | Flags) -> ResultColumns:
        """The rows `chosen`, by index or by flag."""
        return ResultColumns(**{column.name: getattr(self, column.name)[chosen] for column in fields(self)})


def join_columns(parts: list[ResultColumns]) -> ResultColumns:
    """Rows of all parts, sorted by organization; inside one the order of the parts stays."""
    joined = ResultColumns(
        **{column.name: np.concatenate([getattr(part, column.name) for part in parts]) for column in fields(parts[0])}
    )
    return joined.take(np.argsort(joined.organization, kind="stable"))


@dataclass(frozen=True, slots=True)
class ReferenceGroup:
    """Fictional figures of the region or the country. `mark_shares` by mark 2…5 and `facilities` by item are
    fractions 0–1; `mark_shares` is empty where the work has no marks."""

    name: str
    organization_count: int
    participants: int
    mark_shares: dict[int, float]
    facilities: tuple[float, ...]
    mean_raw_score: float


@dataclass(frozen=True, slots=True)
class SyntheticCampaign:
    """A campaign of the demo. `key` is stable («VPR-RU4-2026»); `school_year` is the one it was held in."""

    key: str
    work_key: str
    blueprint: Blueprint
    school_year: str
    sittings: tuple[Sitting, ...]
    columns: ResultColumns
    country: ReferenceGroup
    region: ReferenceGroup

    @property
    def held_on(self) -> dt.date:
        return self.sittings[0].held_on

    @property
    def organization_keys(self) -> tuple[int, ...]:
        return tuple(int(key) for key in np.unique(self.columns.organization))

    @property
    def participants(self) -> int:
        """Those who wrote: present, one attempt a pupil."""
        return int((self.columns.present & self.columns.is_valid_attempt).sum())
