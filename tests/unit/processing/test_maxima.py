"""Inference of item maxima from data."""

from __future__ import annotations

import numpy as np
import pytest

from msoko.foundation.processing.maxima import InferredMaximum, infer_maxima, infer_maximum


@pytest.mark.parametrize(
    ("counts", "maximum"),
    [
        ([72, 929], 1),  # real item
        ([115, 76, 805], 2),
        ([560, 39, 51], 2),  # hard item: full marks are rare but not isolated
        ([636, 32, 102], 2),
        ([152, 41, 217, 327, 188], 4),
        ([10], 1),  # nobody scored
        ([5, 20], 1),
        ([30, 0, 20], 2),  # an item of «0 or 2»
        ([20, 4, 1], 2),  # a class of 25: too few to doubt
        ([0, 0, 1], 2),
    ],
)
def test_believed(counts: list[int], maximum: int):
    assert infer_maximum(counts) == InferredMaximum(maximum)


@pytest.mark.parametrize(
    ("counts", "maximum", "doubtful"),
    [
        ([188, 808, 2], 1, ((2, 2),)),  # real item of 2021 with two wrong entries
        ([20, 39, 0, 0, 1], 1, ((4, 1),)),
        ([20, 39, 1, 0, 0, 0, 0, 1], 1, ((2, 1), (7, 1))),
        ([3000, 4000, 0, 9], 1, ((3, 9),)),
    ],
)
def test_doubted(counts: list[int], maximum: int, doubtful: tuple[tuple[int, int], ...]):
    assert infer_maximum(counts) == InferredMaximum(maximum, doubtful)


def test_known_maximum_of_the_work_settles_a_doubt():
    items = np.zeros((100, 2), np.int8)
    items[:60] = 1
    items[0] = [2, 0]
    assert infer_maxima(items, None, is_keyed=False) == [1, 1]
    assert infer_maxima(items, 3, is_keyed=False) == [2, 1]
    assert infer_maxima(items, 20, is_keyed=False) == [1, 1]


def test_scores_given_by_a_machine_are_not_doubted():
    items = np.ones((100, 1), np.int8)
    items[0] = 3
    assert infer_maxima(items, None, is_keyed=True) == [3]
