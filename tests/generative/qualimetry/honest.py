"""Schools of honest pupils, and what may be planted in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualimetry.frames.blueprint import Blueprint, CutScores, Item

Int64 = npt.NDArray[np.int64]
TOPS = (1, 1, 2, 1, 3, 1, 2, 1, 1, 2, 1, 1, 2, 1)
CUTS = (6, 11, 16)
SPECIFICATION = Blueprint(
    "VPR", "Математика", 5, 2026, tuple(Item(str(number), top) for number, top in enumerate(TOPS, 1)),
    cut_scores=CutScores(*CUTS),
)  # fmt: skip


@dataclass
class Schools:
    """Rows of pupils: school, class within it, points by item, mark of the journal."""

    school: Int64
    klass: Int64
    points: Int64
    journal: Int64


def honest(seed: int, schools: int = 24, *, tail: float = 0.0) -> Schools:
    """Abilities normal within schools (`tail` > 0: Student's with so many degrees of freedom), schools differ."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(20, 160, schools)
    school = np.repeat(np.arange(schools), sizes)
    away = rng.standard_t(tail, school.size) * 0.75 if tail else rng.normal(0, 0.9, school.size)
    theta = rng.normal(0, 0.4, schools)[school] + away
    columns = []
    for top in TOPS:
        steps = np.sort(rng.normal(rng.normal(0, 0.8), 0.6, top))
        logs = np.cumsum([np.zeros(theta.size), *(theta - step for step in steps)], axis=0)
        odds = np.exp(logs - logs.max(axis=0))
        columns.append((rng.random(theta.size) > np.cumsum(odds / odds.sum(axis=0), axis=0)).sum(axis=0))
    points = np.column_stack(columns).astype(np.int64)
    leniency = rng.normal(0.3, 0.2, schools)[school]
    journal = np.clip(np.round(3.4 + 0.8 * theta + leniency + rng.normal(0, 0.5, theta.size)), 2, 5).astype(np.int64)
    return Schools(school, school * 10 + rng.integers(0, 1 + sizes[school] // 30), points, journal)


def lift(found: Schools, school: int, share: float, seed: int = 0) -> None:
    """So many of those one or two points below a boundary are given the points that they lack."""
    rng = np.random.default_rng(seed)
    totals = found.points.sum(axis=1)
    for cut in CUTS:
        near = (found.school == school) & (totals >= cut - 2) & (totals < cut) & (rng.random(totals.size) < share)
        for pupil in np.flatnonzero(near):
            while found.points[pupil].sum() < cut:
                free = np.flatnonzero(found.points[pupil] < TOPS)
                found.points[pupil, rng.choice(free)] += 1


def give_answers(found: Schools, klass: int, items: list[int], share: float, seed: int = 0) -> None:
    """So many of a class are given full points for some items."""
    rng = np.random.default_rng(seed)
    pupils = np.flatnonzero(found.klass == klass)
    chosen = pupils[rng.random(pupils.size) < share]
    found.points[np.ix_(chosen, items)] = np.array(TOPS)[items]


def marks(found: Schools) -> Int64:
    totals = found.points.sum(axis=1)
    return (2 + sum((totals >= cut).astype(int) for cut in CUTS)).astype(np.int64)


def rows(found: Schools) -> list[dict[str, object]]:
    """Rows of a batch."""
    return [
        {
            "organization": int(school) + 1,
            "class_group": f"{klass % 10}",
            "items": points.tolist(),
            "mark": int(mark),
            "journal_mark": int(journal),
        }
        for school, klass, points, mark, journal in zip(
            found.school, found.klass, found.points, marks(found), found.journal, strict=True
        )
    ]
