"""Signs of bias: quiet over honest schools, loud over planted ones, the same from any order of rows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from qualimetry.integrity.combined import cauchy_combination
from qualimetry.integrity.contracts import Sign, Why
from qualimetry.integrity.lifted import upper_tail, windows
from qualimetry.recipes.integrity import IntegrityResult, integrity_of, pooled_signs
from tests.factories import batches
from tests.generative.qualimetry.honest import SPECIFICATION, Schools, give_answers, honest, lift, rows

POLICY = batches.policy()


def check(found: Schools) -> IntegrityResult:
    with TemporaryDirectory() as folder:
        statistics = batches.statistics(rows(found), SPECIFICATION, Path(folder))
    return integrity_of(statistics, SPECIFICATION, POLICY)


@cache
def quiet() -> tuple[IntegrityResult, ...]:
    """Honest worlds; every third with heavier tails than the model has."""
    return tuple(check(honest(seed, tail=5 if seed % 3 == 0 else 0)) for seed in range(12))


@pytest.mark.parametrize("sign", list(Sign))
def test_honest_schools_show_a_sign_as_rarely_as_its_level_says(sign: Sign) -> None:
    p = np.array(
        [one.p for result in quiet() for school in result.schools for one in school.signs if one.sign == sign and one.p]
    )
    assert p.size > 200
    error = np.sqrt(0.05 * 0.95 / p.size)
    assert 0.02 - error < float(np.mean(p < 0.05)) < 0.055 + 2 * error
    assert float(np.mean(p < 0.001)) < 0.01


def test_few_honest_worlds_mark_anybody() -> None:
    assert sum(bool(result.marked) for result in quiet()) <= 2
    assert sum(any(one.is_marked for one in result.classes) for result in quiet()) <= 2


def test_lifted_schools_are_found_and_others_are_not() -> None:
    found, false = 0, 0
    for seed in range(6):
        world = honest(100 + seed)
        large = [int(one) for one in np.argsort(-np.bincount(world.school))[:2]]
        for school in large:
            lift(world, school, 0.5, seed)
        marked = {one.organization - 1 for one in check(world).marked}
        found += len(marked & set(large))
        false += len(marked - set(large))
    assert found >= 10
    assert false <= 1


def test_a_class_with_given_answers_is_found() -> None:
    found = 0
    for seed in range(4):
        world = honest(200 + seed)
        klass = int(np.argmax(np.bincount(world.klass)))
        hard = np.argsort(world.points.mean(axis=0) / np.array([1, 1, 2, 1, 3, 1, 2, 1, 1, 2, 1, 1, 2, 1]))[:5]
        give_answers(world, klass, [int(item) for item in hard], 0.6, seed)
        marked = [(one.organization - 1) * 10 + int(one.class_group) for one in check(world).classes if one.is_marked]
        found += klass in marked
    assert found == 4


def test_a_generous_journal_and_a_generous_work() -> None:
    world = honest(5)
    low, high = (int(one) for one in np.argsort(-np.bincount(world.school))[:2])
    world.journal[world.school == low] = np.minimum(world.journal[world.school == low] + 1, 5)
    world.journal[world.school == high] = 2
    by_school = {one.organization - 1: {sign.sign: sign for sign in one.signs} for one in check(world).schools}
    generous = by_school[low][Sign.JOURNAL_HIGH]
    assert generous.p is not None
    assert generous.p < 0.02
    kept = by_school[high][Sign.JOURNAL_KEPT]
    assert kept.p is not None
    assert kept.observed == 1
    assert kept.p < 0.05


def test_order_of_rows_changes_nothing() -> None:
    world = honest(7, schools=9)
    order = np.random.default_rng(1).permutation(world.school.size)
    mixed = Schools(world.school[order], world.klass[order], world.points[order], world.journal[order])
    assert check(mixed) == check(world)


def test_a_sign_that_comes_again_is_stronger_than_once() -> None:
    results = []
    for seed in range(4):
        world = honest(300 + seed)
        lift(world, 3, 0.35, seed)
        results.append(check(world))
    pooled = pooled_signs(results, POLICY.false_discovery)
    assert (pooled[0].organization, pooled[0].sign) == (4, Sign.LIFTED)
    assert pooled[0].campaigns == 4


def test_checks_that_do_not_apply_say_why() -> None:
    rng = np.random.default_rng(1)
    scores = rng.integers(0, 2, (30, 3))
    small = batches.answers(scores, organization=[1 + number // 15 for number in range(30)])
    specification = batches.blueprint((1, 1, 1))
    with TemporaryDirectory() as folder:
        result = integrity_of(batches.statistics(small, specification, Path(folder)), specification, POLICY)
    why = {one.sign: one.why for one in result.schools[0].signs}
    assert why[Sign.LIFTED] == Why.NO_CUTS
    assert why[Sign.JOURNAL_HIGH] == Why.NO_JOURNAL
    assert why[Sign.SPREAD] is None


def test_a_campaign_without_a_scale() -> None:
    everything = batches.answers(np.ones((40, 3), np.int64), organization=[1 + number // 20 for number in range(40)])
    specification = batches.blueprint((1, 1, 1))
    with TemporaryDirectory() as folder:
        result = integrity_of(batches.statistics(everything, specification, Path(folder)), specification, POLICY)
    assert {one.why for one in result.schools[0].signs if one.sign in {Sign.LIFTED, Sign.PATTERN, Sign.SPREAD}} == {
        Why.NO_SCALE
    }
    assert result.schools[0].p is None
    assert result.marked == ()


def test_the_tail_of_a_sum_of_binomials() -> None:
    """Against the enumeration of two small ones: P(X > 2) + ½ P(X = 2)."""
    assert upper_tail(2, [(2, 0.5), (1, 0.25)]) == pytest.approx((0.25 * 0.25) + 0.5 * (0.25 * 0.75 + 0.5 * 0.25))


def test_windows_of_near_boundaries_share_scores() -> None:
    assert windows((6, 11, 16), 21) == [([4, 5], [6, 7]), ([9, 10], [11, 12]), ([14, 15], [16, 17])]
    near = windows((3, 5), 10)
    taken = [score for below, above in near for score in (*below, *above)]
    assert len(taken) == len(set(taken))


def test_combination_of_signs() -> None:
    assert cauchy_combination([]) is None
    assert cauchy_combination([0.03]) == pytest.approx(0.03)
    assert cauchy_combination([0.001, 0.5, 0.9]) == pytest.approx(0.003, rel=0.1)
    assert (cauchy_combination([1e-12, 0.5]) or 1) == pytest.approx(2e-12, rel=0.01)
