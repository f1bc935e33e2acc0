"""The pupils: cohorts of schools with classes, persons who stay the same from year to year."""

from __future__ import annotations

import numpy as np

from qualimetry.synthetic.entities import YEAR_STARTS, Pupils, SchoolPlan
from qualimetry.synthetic.randomness import Ints, between, flags, normal, stream

#: Standard deviations on the logit scale, in thousandths.
CLASS_DEVIATION, OWN_DEVIATION = 150, 760
_FIRST_ENTRY, _LAST_ENTRY = YEAR_STARTS[0] - 10, YEAR_STARTS[-1]
_SEN_ABILITY = -700
_GIRL, _BOY = 1, 2


def build_pupils(seed: int, schools: tuple[SchoolPlan, ...]) -> Pupils:
    """Cohorts of all schools that are at school in at least one of the three years."""
    parts = [
        _cohort(seed, index, plan, entry)
        for index, plan in enumerate(schools)
        for entry in range(_FIRST_ENTRY, _LAST_ENTRY + 1)
        if YEAR_STARTS[0] - entry + 1 <= plan.grades[1]
    ]
    return Pupils(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _cohort(seed: int, index: int, plan: SchoolPlan, entry: int) -> tuple[np.ndarray, ...]:
    generator = stream(seed, "cohort", plan.key, entry)
    size = max(2, plan.pupils_per_grade + between(generator, -2, 2))
    classes = np.arange(size, dtype=np.int64) % plan.class_count
    has_sen = flags(generator, size, 60 + max(0, plan.disadvantage) // 20)
    ability = (
        normal(generator, plan.class_count, CLASS_DEVIATION)[classes]
        + normal(generator, size, OWN_DEVIATION)
        + _SEN_ABILITY * has_sen
    )
    return (
        np.full(size, index, dtype=np.int64),
        np.full(size, entry, dtype=np.int64),
        1000 * (entry % 100) + np.arange(1, size + 1, dtype=np.int64),
        classes,
        np.where(flags(generator, size, 500), _GIRL, _BOY).astype(np.int8),
        has_sen,
        ability,
        _last_grades(generator, plan, ability),
        np.where(flags(generator, size, 40), between(generator, *YEAR_STARTS[1:]), 0).astype(np.int64),
    )


def _last_grades(generator: np.random.Generator, plan: SchoolPlan, ability: Ints) -> Ints:
    """After grade 9 about half stay, the abler more often."""
    last = plan.grades[1]
    if last <= 9:
        return np.full(len(ability), last, dtype=np.int64)
    stays = ability + normal(generator, len(ability), 900) > 0
    return np.where(stays, last, 9).astype(np.int64)
