"""Laws of scales: order of items and persons, parts and whole, extreme persons, blank by design, planted truths."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualimetry.rasch.conditional import fit_conditional
from qualimetry.rasch.errors import RaschError
from qualimetry.rasch.marginal import fit_marginal
from qualimetry.rasch.responses import NOT_GIVEN, from_margins, from_matrix
from qualimetry.rasch.scale import Method, Oddity, calibrate

quick = settings(max_examples=8, deadline=None)
Int64 = npt.NDArray[np.int64]
THRESHOLDS = ((-1.0,), (0.3,), (-0.4, 0.9), (0.6,), (-0.8, 0.1, 1.0), (1.2,))


def responses(seed: int, persons: int = 600, sd: float = 1.0) -> Int64:
    """Answers by the model to six items of 1, 1, 2, 1, 3 and 1 points."""
    rng = np.random.default_rng(seed)
    theta = rng.normal(0, sd, persons)
    columns = []
    for steps in THRESHOLDS:
        logs = np.cumsum([np.zeros(persons), *(theta - step for step in steps)], axis=0)
        odds = np.exp(logs - logs.max(axis=0))
        edges = np.cumsum(odds / odds.sum(axis=0), axis=0)
        columns.append((rng.random(persons) > edges).sum(axis=0))
    return np.column_stack(columns).astype(np.int64)


def names(count: int) -> list[str]:
    return [str(number) for number in range(1, count + 1)]


def steps_of(matrix: Int64, method: Method = Method.CONDITIONAL) -> list[tuple[float | None, ...]]:
    return [item.thresholds for item in calibrate(from_matrix(matrix, names(matrix.shape[1])), method).items]


def flat(steps: list[tuple[float | None, ...]]) -> list[float]:
    return [value for row in steps for value in row if value is not None]


@quick
@given(st.integers(0, 10**6), st.sampled_from(list(Method)))
def test_order_of_items_and_persons_changes_nothing(seed: int, method: Method) -> None:
    matrix = responses(seed)
    rng = np.random.default_rng(seed)
    items, people = rng.permutation(matrix.shape[1]), rng.permutation(len(matrix))
    moved = steps_of(matrix[people][:, items], method)
    back = [moved[int(np.flatnonzero(items == k)[0])] for k in range(matrix.shape[1])]
    assert flat(back) == pytest.approx(flat(steps_of(matrix, method)), abs=1e-8)


@quick
@given(st.integers(0, 10**6))
def test_persons_with_nothing_or_everything_change_no_threshold(seed: int) -> None:
    matrix = responses(seed)
    more = np.vstack([matrix, np.zeros((40, 6), np.int64), np.tile(matrix.max(axis=0), (30, 1))])
    assert flat(steps_of(more)) == pytest.approx(flat(steps_of(matrix)), abs=1e-9)


@quick
@given(st.integers(0, 10**6))
def test_an_item_that_everybody_solved_moves_only_the_score(seed: int) -> None:
    matrix = responses(seed)
    plain = calibrate(from_matrix(matrix, names(6)))
    with_gift = calibrate(from_matrix(np.column_stack([matrix, np.ones(len(matrix), np.int64)]), names(7)))
    assert with_gift.items[6].oddities == (Oddity.ONE_CATEGORY,)
    assert flat([item.thresholds for item in with_gift.items]) == pytest.approx(
        flat([item.thresholds for item in plain.items]), abs=1e-9
    )
    assert with_gift.tables[0].abilities.wle[1:] == pytest.approx(plain.tables[0].abilities.wle, abs=1e-9)


@quick
@given(st.integers(0, 10**6))
def test_margins_give_what_rows_give(seed: int) -> None:
    matrix = responses(seed)
    counts = [np.bincount(column).tolist() for column in matrix.T]
    by_margins = from_margins(counts, np.bincount(matrix.sum(axis=1)).tolist())
    for fit in (fit_conditional, lambda known: fit_marginal(known).items):
        rows, margins = fit(from_matrix(matrix, names(6))), fit(by_margins)
        assert margins.eta == pytest.approx(rows.eta, abs=1e-9)
        assert margins.loglik == pytest.approx(rows.loglik, abs=1e-8)


@quick
@given(st.integers(0, 10**6))
def test_two_booklets_share_one_scale(seed: int) -> None:
    """Thresholds of two booklets with three common items lie within the errors of those of the whole test."""
    matrix = responses(seed, persons=3000)
    blank = matrix.copy()
    blank[:1500, 4:] = NOT_GIVEN
    blank[1500:, 0] = NOT_GIVEN
    whole = calibrate(from_matrix(matrix, names(6)))
    linked = calibrate(from_matrix(blank, names(6)))
    for one, other in zip(whole.items, linked.items, strict=True):
        for a, b, error in zip(one.thresholds, other.thresholds, other.errors, strict=True):
            assert a is not None
            assert b is not None
            assert error is not None
            assert abs(a - b) < 5 * error
    assert len(linked.tables) == 2


def test_truths_are_found() -> None:
    """Errors of both methods in units of their standard errors: about one, as they should be."""
    truth = np.array([step for row in THRESHOLDS for step in row])
    ratios = []
    for seed in range(30):
        scale = calibrate(from_matrix(responses(seed, persons=2000), names(6)))
        found = np.array(flat([item.thresholds for item in scale.items]))
        errors = np.array(flat([item.errors for item in scale.items]))
        ratios.append((found - (truth - truth.mean())) / errors)
    assert 0.85 < float(np.sqrt(np.mean(np.square(ratios)))) < 1.15
    marginal = fit_marginal(from_matrix(responses(1, persons=20000, sd=1.3), names(6)))
    assert marginal.populations[0].sd == pytest.approx(1.3, abs=4 * marginal.sd_se[0])


def test_groups_have_means_of_their_own() -> None:
    low, high = responses(1, persons=4000), responses(2, persons=4000)
    rng = np.random.default_rng(3)
    strong = responses(4, persons=9000, sd=1.6)
    strong = strong[np.argsort(strong.sum(axis=1) + rng.random(9000))][4500:]
    matrix = np.vstack([low, strong, high])
    groups = ["а"] * 4000 + ["б"] * 4500 + ["а"] * 4000
    fit = fit_marginal(from_matrix(matrix, names(6), groups))
    assert fit.populations[0].mean == 0
    assert fit.populations[1].mean > 0.8


@pytest.mark.parametrize(
    ("matrix", "code"),
    [
        (np.ones((5, 3), np.int64), "few_items"),
        (np.array([[0, 1], [1, 0]], np.int64)[:, :1], "few_items"),
        (np.array([[0, 1, -1, -1], [1, 0, -1, -1], [-1, -1, 1, 0], [-1, -1, 0, 1]], np.int64), "disconnected"),
        (np.array([[1, 0, 0], [1, 1, 0], [0, 0, 0], [1, 1, 1]], np.int64), "no_estimate"),
        (np.array([[-2, 0]], np.int64), "negative"),
        (np.zeros((0, 3), np.int64), "no_data"),
    ],
)
def test_what_has_no_scale_says_why(matrix: Int64, code: str) -> None:
    with pytest.raises(RaschError) as caught:
        fit_conditional(from_matrix(matrix, names(matrix.shape[1])))
    assert caught.value.code == code


def test_an_unused_category_is_said_and_the_rest_is_scaled() -> None:
    matrix = responses(5)
    matrix[:, 4] = np.where(matrix[:, 4] == 1, 0, matrix[:, 4])
    item = calibrate(from_matrix(matrix, names(6))).items[4]
    assert item.oddities[0] == Oddity.UNUSED_CATEGORY
    assert item.thresholds[:2] == (None, None)
    assert item.thresholds[2] is not None


@pytest.mark.parametrize(
    ("counts", "scores"),
    [
        ([[1, 2], [2, 1]], [0, 3, 1]),
        ([[1, 2], [2, 1]], [1, 1, 0]),
        ([[1, -2], [2, 1]], [0, 3, 0]),
        ([], [1]),
        ([[1, 2], [2, 1]], [0, 3, 0, 1]),
    ],
)
def test_margins_of_different_persons_are_refused(counts: list[list[int]], scores: list[int]) -> None:
    with pytest.raises(RaschError):
        from_margins(counts, scores)
