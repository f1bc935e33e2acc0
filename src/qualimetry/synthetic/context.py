"""Context of a school by school year: shares that follow its circumstances, counts that follow its pupils."""

from __future__ import annotations

import numpy as np

from qualimetry.synthetic.entities import (
    YEAR_STARTS,
    OrganizationContext,
    PlaceKind,
    Pupils,
    SchoolPlan,
    school_year,
)
from qualimetry.synthetic.randomness import between, normal, stream

#: Logits (in thousandths) that one standard deviation of disadvantage takes from the ability of a school's pupils.
CONTEXT_SLOPE = -350


def build_contexts(seed: int, index: int, plan: SchoolPlan, pupils: Pupils) -> dict[str, OrganizationContext]:
    """Context of `plan` (the `index`-th school) for every school year of the demo."""
    return {school_year(start): _context(seed, index, plan, pupils, start) for start in YEAR_STARTS}


def _context(seed: int, index: int, plan: SchoolPlan, pupils: Pupils, start: int) -> OrganizationContext:
    generator = stream(seed, "context", plan.key, start)
    grade = start - pupils.entry + 1
    there = (pupils.school == index) & (grade >= 1) & (grade <= pupils.last_grade) & (pupils.since <= start)
    enrolment = int(there.sum())
    class_count = len(np.unique(pupils.entry[there] * 100 + pupils.class_index[there]))
    teachers = max(4, enrolment // 13)
    share = _Shares(generator, plan.disadvantage)
    return OrganizationContext(
        school_year=school_year(start),
        enrolment=enrolment,
        class_count=class_count,
        share_sen=int(pupils.has_sen[there].sum()) / enrolment,
        share_low_income=share.at(180, 80),
        share_single_parent=share.at(220, 50),
        share_large_families=share.at(160, 40),
        share_parents_higher_education=share.at(420, -130),
        share_non_native_speakers=share.at(60, 30),
        teacher_count=teachers,
        share_teachers_highest_category=share.at(330, -80),
        share_teachers_under_35=share.at(240, 10),
        vacancy_count=max(0, (plan.disadvantage + 600) // 700 + between(generator, -1, 1)),
        is_rural=plan.organization.place.kind is not PlaceKind.CITY,
        distance_km=_distance(plan),
    )


class _Shares:
    """Draws shares around `base + slope · disadvantage`, in thousandths, with a small error."""

    def __init__(self, generator: np.random.Generator, disadvantage: int) -> None:
        self._generator = generator
        self._disadvantage = disadvantage

    def at(self, base: int, slope: int) -> float:
        error = int(normal(self._generator, 1, 15)[0])
        return min(950, max(10, base + slope * self._disadvantage // 1000 + error)) / 1000


def _distance(plan: SchoolPlan) -> int:
    if plan.organization.place.kind is PlaceKind.CITY:
        return 0
    return 8 + 2 * sum(map(ord, plan.organization.place.name)) % 50
