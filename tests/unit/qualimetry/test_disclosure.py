"""A total is closed to a reader who could find the result of one organization by subtraction."""

from __future__ import annotations

import pytest

from qualimetry.disclosure.totals import tells_of_one


@pytest.mark.parametrize(
    ("sizes", "own", "is_closed"),
    [
        ((40, 30), {0}, True),  # the total less the own is the other school
        ((40, 30, 20), {0}, False),
        ((40, 30, 6), {0}, True),  # six pupils do not hide thirty
        ((40, 30, 6), {2}, False),  # thirty hide forty from the smallest
        ((40, 8, 8, 8), {0}, False),  # three small schools hide one another
        ((40, 8, 8), {0}, True),
        ((40,), {0}, False),  # one's own result is the total
        ((40, 0), {0}, False),  # nobody else took part
        ((40, 30), set(), True),  # fewer than three for those who see totals only
        ((40, 30, 6), set(), False),
        ((40, 3, 3), set(), True),
        ((), set(), True),
    ],
)
def test_totals_of_fewer_than_three_or_of_one_that_dominates(
    sizes: tuple[int, ...], own: set[int], *, is_closed: bool
) -> None:
    assert tells_of_one(dict(enumerate(sizes)), own, fewest=3, small_group=10) is is_closed
