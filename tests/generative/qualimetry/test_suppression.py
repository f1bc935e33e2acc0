"""Hidden counts of tables against an attacker who solves linear programmes, and the published counterexample."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from qualimetry.disclosure.tables import TableError, bounds, recoverable, suppress

TABLE = np.array([[30, 47, 64, 89], [90, 124, 5, 31], [92, 100, 59, 85], [800, 991, 651, 685]])
tables = arrays.arrays(np.int64, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.integers(0, 40))


def _mask(*cells: tuple[int, int]) -> np.ndarray:
    mask = np.zeros(TABLE.shape, bool)
    for cell in cells:
        mask[cell] = True
    return mask


def test_two_hidden_in_every_line_is_not_enough() -> None:
    """The test table of sdcTable: w,b follows, and one more hidden cell gives 0…78."""
    lines = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 1), (2, 3), (3, 1), (3, 3))
    mask = _mask(*lines)
    assert recoverable(TABLE, mask) == [(0, 1)]
    assert bounds(TABLE, mask, [(0, 1)]) == [(47, 47)]
    wider = _mask(*lines, (1, 3))
    assert recoverable(TABLE, wider) == []
    assert bounds(TABLE, wider, [(0, 1)]) == [(0, 78)]


@settings(max_examples=80, deadline=None)
@given(tables, st.integers(1, 12))
def test_the_attacker_finds_what_the_audit_names_and_nothing_else(counts: np.ndarray, threshold: int) -> None:
    found = suppress(counts, threshold)
    assert found.primary[(counts > 0) & (counts < threshold)].all()
    hidden = [(int(row), int(column)) for row, column in np.argwhere(found.mask)]
    attacked = bounds(counts, found.mask, hidden) if hidden else []
    known = {cell for cell, (low, high) in zip(hidden, attacked, strict=True) if low == high}
    assert known == set(found.recoverable)


@settings(max_examples=50, deadline=None)
@given(arrays.arrays(np.int64, st.tuples(st.integers(2, 6), st.integers(2, 6)), elements=st.integers(1, 60)))
def test_a_table_without_zeros_is_always_protected(counts: np.ndarray) -> None:
    assert suppress(counts, 10).recoverable == ()


@settings(max_examples=25, deadline=None)
@given(tables, st.integers(0, 10**6))
def test_order_of_lines_does_not_change_safety(counts: np.ndarray, seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(counts.shape[0]), rng.permutation(counts.shape[1])
    moved = suppress(counts[rows][:, columns], 10)
    assert len(moved.recoverable) == len(suppress(counts, 10).recoverable)


def test_what_totals_give_away_is_named() -> None:
    assert suppress(np.array([[3, 40, 50]]), 10).recoverable == ((0, 0),)
    assert suppress(np.array([[5, 0], [0, 0]]), 10).recoverable == ((0, 0),)


def test_zeros_are_hidden_only_when_nothing_else_helps() -> None:
    found = suppress(np.array([[0, 41], [21, 2]]), 10)
    assert found.recoverable == ()
    assert found.mask[0, 0]
    plenty = suppress(np.array([[0, 41, 30], [21, 2, 30], [25, 30, 40]]), 10)
    assert plenty.recoverable == ()
    assert not plenty.mask[0, 0]


def test_a_large_table_is_closed() -> None:
    rng = np.random.default_rng(1)
    counts = rng.poisson(rng.gamma(2.0, 14, size=(600, 20)))
    found = suppress(counts, 10)
    assert recoverable(counts, found.mask) == []
    assert found.secondary.sum() < found.primary.sum() / 10


@pytest.mark.parametrize(
    ("counts", "threshold", "code"),
    [(np.zeros((0, 2), np.int64), 10, "empty"), (np.array([[-1]]), 10, "negative"), (np.array([[1]]), 0, "threshold")],
)
def test_no_table_of_counts(counts: np.ndarray, threshold: int, code: str) -> None:
    with pytest.raises(TableError) as caught:
        suppress(counts, threshold)
    assert caught.value.code == code
