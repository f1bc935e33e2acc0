"""Results of state examinations: who takes them, reserve days, re-sits in September, appeals."""

from __future__ import annotations

import numpy as np

from qualimetry.frames.blueprint import Blueprint
from qualimetry.synthetic.entities import Municipality
from qualimetry.synthetic.generation import abilities, draw_items
from qualimetry.synthetic.randomness import Flags, Ints, flags, normal, stream
from qualimetry.synthetic.results import MISSING, ResultColumns, SittingKind, join_columns
from qualimetry.synthetic.rows import make_columns
from qualimetry.synthetic.schedule import Conduct
from qualimetry.synthetic.scoring import marks_of

#: of a thousand pupils, how many choose the subject
_CHOICE = {"OGE-OB": 480, "OGE-GG": 450, "EGE-OB": 450}
_RESERVE_PER_THOUSAND, _LEARNT_BY_SEPTEMBER = 40, 700
#: points added by an appeal (0 = declined), one pupil each
_APPEAL_POINTS = (2, 1, 0)


def exam_columns(municipality: Municipality, conduct: Conduct, blueprint: Blueprint) -> ResultColumns:
    """All attempts of an examination; absent pupils are not in score sheets."""
    generator = stream(municipality.seed, "results", conduct.key)
    pupils = _participants(municipality, conduct)
    ability = abilities(municipality, conduct, pupils)
    items = draw_items(generator, municipality, conduct.work, pupils, ability)
    first = make_columns(municipality, conduct, blueprint, pupils, items, generator)
    parts = [first]
    kinds = {sitting.kind: index for index, sitting in enumerate(conduct.sittings)}
    if SittingKind.RESERVE in kinds:
        late = flags(generator, len(pupils), _RESERVE_PER_THOUSAND)
        first.sitting[late] = kinds[SittingKind.RESERVE]
    if SittingKind.RESIT in kinds:
        failed = first.mark == 2
        again = draw_items(
            generator, municipality, conduct.work, pupils[failed], ability[failed] + _LEARNT_BY_SEPTEMBER
        )
        resit = make_columns(municipality, conduct, blueprint, pupils[failed], again, generator)
        parts.append(_again(first, failed, resit, kinds[SittingKind.RESIT]))
    if SittingKind.APPEAL in kinds:
        parts.append(_appeals(first, blueprint, kinds[SittingKind.APPEAL]))
    return join_columns(parts)


def _participants(municipality: Municipality, conduct: Conduct) -> Ints:
    """Profile and basic mathematics divide the graduates by ability, subjects of choice are drawn."""
    pupils = municipality.pupils.at_grade(conduct.work.grade_level, conduct.year_start)
    key = conduct.work.key
    if key in _CHOICE:
        chosen = flags(stream(municipality.seed, "choice", conduct.key), len(pupils), _CHOICE[key])
        return pupils[chosen]
    if key in ("EGE-MP", "EGE-MB"):
        wish = municipality.pupils.ability[pupils] + normal(
            stream(municipality.seed, "profile", conduct.year_start), len(pupils), 600
        )
        is_profile: Flags = wish > 250
        return pupils[is_profile if key == "EGE-MP" else ~is_profile]
    return pupils


def _again(first: ResultColumns, chosen: Flags, second: ResultColumns, sitting: int) -> ResultColumns:
    """Marks `second` as the valid attempt of the `chosen` rows of `first`, under the same codes."""
    first.is_valid_attempt[chosen] = False
    second.code = first.code[chosen]
    second.sitting[:] = sitting
    second.attempt[:] = 2
    return second


def _appeals(first: ResultColumns, blueprint: Blueprint, sitting: int) -> ResultColumns:
    """Appeals of pupils of the first schools: a changed total without item scores, as protocols give it."""
    eligible = first.is_valid_attempt & (first.mark >= 3) & (first.total + 2 <= blueprint.max_score)
    rows = np.flatnonzero(eligible)[:: max(1, int(eligible.sum()) // len(_APPEAL_POINTS))][: len(_APPEAL_POINTS)]
    chosen = np.zeros(len(first), dtype=np.bool_)
    chosen[rows] = True
    second = first.take(chosen)
    second.total += np.array(_APPEAL_POINTS, dtype=np.int16)
    second.mark = np.maximum(second.mark, marks_of(second.total, second.items, blueprint))
    second.items = np.full_like(second.items, MISSING)
    return _again(first, chosen, second, sitting)
