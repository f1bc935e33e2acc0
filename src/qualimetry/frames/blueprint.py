"""Test specification and mark boundaries as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ResultKind(StrEnum):
    """What the result of a work is; statistics, pages and reports follow it."""

    MARKS = "marks"  # 2–5: VPR, OGE
    TEST_SCORE = "test_score"  # 0–100 with a minimum and bands: EGE
    PASS_FAIL = "pass_fail"  # GVE, credit
    LEVELS = "levels"  # readiness, cross-curricular diagnostics, NIKO
    POINTS = "points"  # raw score only


@dataclass(frozen=True, slots=True)
class Item:
    """An item or sub-item. `level`: «Б», «П», «В» or None. Scores are integers 0…max_score."""

    label: str
    max_score: int
    level: str | None = None
    content_elements: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class MarkCondition:
    """Marks from `from_mark` up need at least `min_points` over the items `labels`, else the mark is capped.

    OGE mathematics: at least 2 points in geometry for any positive mark (from_mark=3, capped at 2);
    OGE Russian: at least 6 for literacy for «4», 9 for «5» (cap 3 and 4).
    """

    labels: tuple[str, ...]
    min_points: int
    from_mark: int


@dataclass(frozen=True, slots=True)
class CutScores:
    """Lowest raw score of marks 3, 4, 5 with its source; `conditions` cap the mark."""

    lowest_three: int
    lowest_four: int
    lowest_five: int
    source: str = ""
    conditions: tuple[MarkCondition, ...] = ()

    def mark(self, total: int) -> int:
        """Mark by raw score alone, without conditions."""
        return 2 + (total >= self.lowest_three) + (total >= self.lowest_four) + (total >= self.lowest_five)


@dataclass(frozen=True, slots=True)
class LevelCuts:
    """Names of levels from the lowest up and the lowest raw score of each but the first."""

    names: tuple[str, ...]
    lowest: tuple[int, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A version of the specification of one work: everything the statistics need to know about it.

    `test_score_minimum` is the lowest passing test score (EGE). `is_inferred` says that item maxima were inferred
    from the data because no specification was given. `declared_max_score` stands for the maximum of the whole work
    where the items are unknown.
    """

    procedure: str
    subject: str
    grade_level: int | None
    year: int | None
    items: tuple[Item, ...]
    result_kind: ResultKind = ResultKind.MARKS
    cut_scores: CutScores | None = None
    levels: LevelCuts | None = None
    test_score_minimum: int | None = None
    element_names: dict[str, str] = field(default_factory=dict)
    is_inferred: bool = False
    declared_max_score: int | None = None

    @property
    def max_score(self) -> int:
        return sum(item.max_score for item in self.items) or (self.declared_max_score or 0)
