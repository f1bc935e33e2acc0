"""How results of one day of a work come about: ability, responses, blanks, lifted scores, journal marks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from qualimetry.frames.blueprint import Blueprint
from qualimetry.synthetic import truths
from qualimetry.synthetic.context import CONTEXT_SLOPE
from qualimetry.synthetic.entities import Municipality
from qualimetry.synthetic.randomness import Flags, Ints, flags, normal, stream
from qualimetry.synthetic.responses import Int8, calibrated_shift, draw_scores, expected_scores
from qualimetry.synthetic.results import NO_VALUE, NOT_ATTEMPTED, Int16
from qualimetry.synthetic.schedule import Conduct
from qualimetry.synthetic.scoring import marks_of, totals_of
from qualimetry.synthetic.works import WORKS, Work

#: Standard deviations of a person's subject and day, of an average population (all in thousandths of a logit).
SUBJECT_DEVIATION, DAY_DEVIATION, POPULATION_DEVIATION = 400, 200, 930
_REFERENCE_SIZE, _ITEM_DEVIATION = 1500, 250
_LEVEL_DIFFICULTY = {"Б": -650, "П": 650, "В": 1400}
#: of a thousand zero scores, how many are «not attempted»
_BLANKS = {"Б": 80, "П": 220, "В": 350}
_GIRLS_IN_RUSSIAN = 200
_JOURNAL_NOISE = 300


@dataclass(frozen=True, slots=True)
class Difficulties:
    """Milli-logits by item, for the region and for the municipality with its planted gap."""

    region: Ints
    municipality: Ints
    gap_school: Ints


@cache
def difficulties_of(seed: int, work_key: str) -> Difficulties:
    """Difficulties of a work, shifted so that an average pupil gets the target share of its maximum."""
    work = WORKS[work_key]
    items = work.blueprint(0).items
    generator = stream(seed, "difficulties", work_key)
    levels = np.array([_LEVEL_DIFFICULTY[item.level or "Б"] for item in items], dtype=np.int64)
    bare = levels + normal(generator, len(items), _ITEM_DEVIATION)
    maxima = [item.max_score for item in items]
    population = normal(stream(seed, "population"), _REFERENCE_SIZE, POPULATION_DEVIATION)
    region = bare + calibrated_shift(population, bare, maxima, work.target * sum(maxima))
    elements = [item.content_elements[0] for item in items]
    municipal = region + np.array([truths.difficulty_shift(work_key, element) for element in elements])
    school = municipal + np.array([truths.school_difficulty_shift(work_key, element) for element in elements])
    return Difficulties(region, municipal, school)


def abilities(municipality: Municipality, conduct: Conduct, pupils: Ints) -> Ints:
    """Ability of `pupils` (indices) in the subject and on the days of the work, milli-logits."""
    people = municipality.pupils
    subject = conduct.work.subject.split()[0]
    generator = stream(municipality.seed, "subject", subject)
    own_subject = normal(generator, len(people), SUBJECT_DEVIATION)[pupils]
    schools = [plan.effect + CONTEXT_SLOPE * plan.disadvantage // 1000 for plan in municipality.schools]
    ability = people.ability[pupils] + np.array(schools, dtype=np.int64)[people.school[pupils]] + own_subject
    if subject == "Русский":
        ability = ability + np.where(people.sex[pupils] == 1, _GIRLS_IN_RUSSIAN // 2, -_GIRLS_IN_RUSSIAN // 2)
    return np.asarray(ability)


def draw_items(
    generator: np.random.Generator, municipality: Municipality, work: Work, pupils: Ints, ability: Ints
) -> Int8:
    """Item scores, n × K, of pupils with `ability` on this day."""
    found = difficulties_of(municipality.seed, work.key)
    today = ability + normal(generator, len(pupils), DAY_DEVIATION)
    in_gap_school = municipality.pupils.school[pupils] == truths.GAP_SCHOOL - 1
    columns = []
    for position, item in enumerate(work.blueprint(0).items):
        difficulty = np.where(in_gap_school, found.gap_school[position], found.municipality[position])
        columns.append(draw_scores(generator, today - difficulty, item.max_score))
    return np.stack(columns, axis=1)


def leave_blanks(generator: np.random.Generator, items: Int8, blueprint: Blueprint) -> Int8:
    """Turns part of the zeros into «not attempted», more of them in harder items."""
    blank = np.stack([flags(generator, len(items), _BLANKS[item.level or "Б"]) for item in blueprint.items], axis=1)
    return np.where((items == 0) & blank, np.int8(NOT_ATTEMPTED), items)


def lift_scores(generator: np.random.Generator, items: Int8, blueprint: Blueprint, eligible: Flags) -> Int8:
    """Gives most of the `eligible` who lack one or two points to a mark the missing points on random items."""
    cuts = blueprint.cut_scores
    if cuts is None:
        return items
    total = totals_of(items).astype(np.int64)
    bounds = np.array([cuts.lowest_three, cuts.lowest_four, cuts.lowest_five])
    lacking = (bounds[None, :] - total[:, None]).astype(np.int64)
    lack = np.where((lacking >= 1) & (lacking <= 2), lacking, 0).max(axis=1)
    chosen = np.flatnonzero(eligible & (lack > 0) & flags(generator, len(items), 100 * truths.LIFTED_OF_TEN))
    maxima = np.array([item.max_score for item in blueprint.items])
    lifted = items.copy()
    for row in chosen:
        _add_points(generator, lifted[row], maxima, int(lack[row]))
    return lifted


def _add_points(generator: np.random.Generator, row: Int8, maxima: Ints, points: int) -> None:
    for _ in range(points):
        room = np.flatnonzero(np.maximum(row, 0) < maxima)
        place = room[int(generator.integers(len(room)))]
        row[place] = max(row[place], 0) + 1


def draw_journal_marks(
    generator: np.random.Generator, municipality: Municipality, work: Work, pupils: Ints, ability: Ints
) -> Int16:
    """Marks of the journal: what the ability, seen with leniency and error, is worth; «2» is mostly spared."""
    blueprint = work.blueprint(0)
    lenient = municipality.pupils.school[pupils] == truths.JOURNAL_SCHOOL - 1
    leniency = np.where(lenient, truths.JOURNAL_LENIENCY, truths.USUAL_LENIENCY)
    seen = ability + leniency + normal(generator, len(pupils), _JOURNAL_NOISE)
    found = difficulties_of(municipality.seed, work.key)
    expected = expected_scores(seen, found.municipality, [item.max_score for item in blueprint.items])
    marks = marks_of(np.floor(expected + 0.5).astype(np.int16), np.zeros((len(pupils), 0), np.int8), blueprint)
    marks = np.where((marks == 2) & flags(generator, len(pupils), 500), 3, marks)
    return np.asarray(np.where(flags(generator, len(pupils), 10), NO_VALUE, marks), dtype=np.int16)
