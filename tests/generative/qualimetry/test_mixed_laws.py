"""Mixed models from sums of groups against the whole covariance matrix of rows, and laws that hold for any data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualimetry.mixed.design import Design, design
from qualimetry.mixed.errors import MixedError
from qualimetry.mixed.fit import MixedResult, fit_mixed

quick = settings(max_examples=12, deadline=None)
Float = npt.NDArray[np.float64]


@dataclass
class World:
    """Pupils in classes of schools; one covariate of pupils."""

    y: Float
    x: Float
    classes: list[str]
    schools: list[str]


def world(seed: int, schools: int = 9) -> World:
    rng = np.random.default_rng(seed)
    y, x, classes, places = [], [], [], []
    for school in range(schools):
        lift = rng.normal(0, 0.8)
        for number in range(rng.integers(1, 4)):
            own = rng.normal(0, 0.6)
            for _ in range(rng.integers(2, 9)):
                prior = rng.normal()
                y.append(3 + 0.5 * prior + lift + own + rng.normal())
                x.append(prior)
                classes.append(f"{number}")
                places.append(f"школа {school}")
    return World(np.array(y), np.array(x), classes, places)


def dense_criterion(made: Design, spread: Float, *, is_restricted: bool) -> float:
    """The criterion from the whole covariance matrix of rows divided by the residual variance."""
    x, y = made.rows[:, :-1], made.rows[:, -1]
    inverse = np.linalg.inv(spread)
    gram = x.T @ inverse @ x
    rest = y - x @ np.linalg.solve(gram, x.T @ inverse @ y)
    rss = float(rest @ inverse @ rest)
    freedom = made.size - (x.shape[1] if is_restricted else 0)
    value = freedom * (np.log(2 * np.pi * rss / freedom) + 1) + np.linalg.slogdet(spread)[1]
    return float(value + (np.linalg.slogdet(gram)[1] if is_restricted else 0))


def spread_of(made: Design, found: MixedResult) -> Float:
    total = np.eye(made.size)
    for level, result in zip(made.levels, found.levels, strict=True):
        z = np.column_stack([np.ones(made.size), made.slopes])
        share = result.variance / found.residual
        total += np.where(level.of_row[:, None] == level.of_row[None, :], z @ share @ z.T, 0.0)
    return total


@quick
@given(st.integers(0, 10**6), st.booleans(), st.sampled_from(["one", "two", "slope"]))
def test_sums_give_what_the_whole_matrix_gives(seed: int, is_restricted: bool, kind: str) -> None:
    w = world(seed)
    groups = {"класс": w.classes, "школа": w.schools} if kind == "two" else {"школа": w.schools}
    made = design(w.y, {"x": w.x}, groups, ["x"] if kind == "slope" else [])
    found = fit_mixed(made, is_restricted=is_restricted)
    spread = spread_of(made, found)
    assert dense_criterion(made, spread, is_restricted=is_restricted) == pytest.approx(found.criterion, abs=1e-8)
    inverse = np.linalg.inv(spread)
    rest = w.y - np.column_stack([np.ones(w.y.size), w.x]) @ [one.estimate for one in found.coefficients]
    for level, result in zip(made.levels, found.levels, strict=True):
        z = np.column_stack([np.ones(made.size), made.slopes])
        for group in range(len(level.labels)):
            mine = np.where((level.of_row == group)[:, None], z, 0.0)
            expected = result.variance / found.residual @ mine.T @ inverse @ rest
            assert result.effects[group] == pytest.approx(expected, abs=1e-8)


@quick
@given(st.integers(0, 10**6), st.booleans())
def test_no_other_variances_are_better(seed: int, is_restricted: bool) -> None:
    w = world(seed)
    made = design(w.y, {"x": w.x}, {"класс": w.classes, "школа": w.schools})
    found = fit_mixed(made, is_restricted=is_restricted)
    best = [float(level.variance[0, 0] / found.residual) for level in found.levels]
    rng = np.random.default_rng(seed)
    for _ in range(10):
        ratios = np.maximum(np.array(best) * np.exp(rng.normal(0, 0.2, 2)) + rng.choice([0, 0.01], 2), 0)
        spread = np.eye(made.size)
        for level, ratio in zip(made.levels, ratios, strict=True):
            spread += ratio * (level.of_row[:, None] == level.of_row[None, :])
        assert dense_criterion(made, spread, is_restricted=is_restricted) >= found.criterion - 1e-9


@quick
@given(st.integers(0, 10**6), st.floats(-1e4, 1e4), st.floats(0.01, 100))
def test_moving_and_stretching_the_outcome(seed: int, shift: float, scale: float) -> None:
    w = world(seed)
    plain = fit_mixed(design(w.y, {"x": w.x}, {"школа": w.schools}))
    moved = fit_mixed(design(scale * w.y + shift, {"x": w.x}, {"школа": w.schools}))
    assert moved.coefficients[1].estimate == pytest.approx(scale * plain.coefficients[1].estimate, rel=1e-6)
    assert moved.coefficients[0].estimate == pytest.approx(
        scale * plain.coefficients[0].estimate + shift, rel=1e-7, abs=1e-6
    )
    assert moved.residual == pytest.approx(scale**2 * plain.residual, rel=1e-6)


def test_order_of_rows_changes_nothing() -> None:
    w = world(7)
    order = np.random.default_rng(1).permutation(w.y.size)
    mixed = fit_mixed(design(w.y[order], {"x": w.x[order]}, {"школа": [w.schools[k] for k in order]}))
    plain = fit_mixed(design(w.y, {"x": w.x}, {"школа": w.schools}))
    assert mixed.criterion == pytest.approx(plain.criterion, abs=1e-9)
    by_name = dict(zip(mixed.levels[0].labels, mixed.levels[0].effects[:, 0], strict=True))
    for label, effect in zip(plain.levels[0].labels, plain.levels[0].effects[:, 0], strict=True):
        assert by_name[label] == pytest.approx(effect, abs=1e-9)


def test_classes_of_equal_names_in_two_schools_are_two_classes() -> None:
    w = world(3)
    made = design(w.y, {}, {"класс": w.classes, "школа": w.schools})
    assert len(made.levels[0].labels) == len(set(zip(w.classes, w.schools, strict=True)))
    assert all(" / школа " in label for label in made.levels[0].labels if label.startswith("0"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"x": np.ones(20)}, "collinear"),
        ({"x": np.arange(20.0), "z": 2 * np.arange(20.0) + 5}, "collinear"),
        ({"x": np.array([np.nan] * 20)}, "no_data"),
    ],
)
def test_columns_that_say_nothing_are_named(change: dict[str, Float], code: str) -> None:
    y = np.random.default_rng(1).normal(size=20)
    with pytest.raises(MixedError) as caught:
        design(y, change, {"школа": ["а", "б"] * 10})
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("groups", "code"), [(["а"] * 20, "one_group"), ([str(number) for number in range(20)], "single_members")]
)
def test_groups_that_cannot_be_compared(groups: list[str], code: str) -> None:
    with pytest.raises(MixedError) as caught:
        design(np.random.default_rng(1).normal(size=20), {}, {"школа": groups})
    assert caught.value.code == code


def test_an_outcome_that_the_groups_explain_fully() -> None:
    with pytest.raises(MixedError) as caught:
        fit_mixed(design(np.repeat([1.0, 2.0, 4.0], 5), {}, {"школа": ["а"] * 5 + ["б"] * 5 + ["в"] * 5}))
    assert caught.value.code == "no_spread"


def test_a_covariate_of_schools_is_estimated() -> None:
    """A column that is constant within schools is no trouble: the school effect lies around it."""
    w = world(11, schools=30)
    place = {name: float(k % 3) for k, name in enumerate(dict.fromkeys(w.schools))}
    column = np.array([place[name] for name in w.schools])
    found = fit_mixed(design(w.y, {"x": w.x, "место": column}, {"школа": w.schools}))
    assert found.coefficients[2].error > found.coefficients[1].error
