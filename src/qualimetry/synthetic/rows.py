"""Columns of results that do not depend on the procedure: who, where, which class, code and variant."""

from __future__ import annotations

import numpy as np

from qualimetry.frames.blueprint import Blueprint
from qualimetry.synthetic.entities import Municipality
from qualimetry.synthetic.randomness import Ints
from qualimetry.synthetic.responses import Int8
from qualimetry.synthetic.results import NO_VALUE, Int16, ResultColumns, Texts
from qualimetry.synthetic.schedule import Conduct
from qualimetry.synthetic.scoring import levels_of, marks_of, test_scores_of, totals_of

CLASS_LETTERS = np.array(["А", "Б", "В", "Г", "Д"])


def make_columns(
    municipality: Municipality,
    conduct: Conduct,
    blueprint: Blueprint,
    pupils: Ints,
    items: Int8,
    generator: np.random.Generator,
) -> ResultColumns:
    """Rows of first attempts of `pupils`, present, sorted by organization (as pupils are)."""
    people = municipality.pupils
    schools = people.school[pupils]
    count = len(pupils)
    total = totals_of(items)
    return ResultColumns(
        organization=schools + 1,
        pupil=pupils,
        code=_codes(generator, conduct.work.grade_level, schools),
        class_group=CLASS_LETTERS[people.class_index[pupils]],
        variant=generator.integers(1, 3, size=count, dtype=np.int64).astype(np.int16),
        sex=people.sex[pupils].copy(),
        has_sen=people.has_sen[pupils].copy(),
        present=np.ones(count, dtype=np.bool_),
        sitting=np.zeros(count, dtype=np.int64),
        attempt=np.ones(count, dtype=np.int16),
        is_valid_attempt=np.ones(count, dtype=np.bool_),
        items=items,
        total=total,
        mark=marks_of(total, items, blueprint),
        journal_mark=no_values(count),
        test_score=test_scores_of(total, blueprint.max_score, conduct.work.minimum),
        level=levels_of(total, blueprint),
    )


def no_values(count: int) -> Int16:
    """A column without values."""
    return np.full(count, NO_VALUE, dtype=np.int16)


def _codes(generator: np.random.Generator, grade_level: int, schools: Ints) -> Texts:
    """Codes that begin with the grade («40001»), unique inside school × work, in random order: no person keys."""
    codes = np.zeros(len(schools), dtype=np.int64)
    for school in np.unique(schools):
        there = np.flatnonzero(schools == school)
        codes[there] = generator.permutation(len(there)) + 1
    return np.array([f"{grade_level}{code:04d}" for code in codes])
