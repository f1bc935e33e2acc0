from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.contracts import NOT_ATTEMPTED
from intake.fields.masks import (
    parse_long_mask,
    parse_mixed_mask,
    parse_short_mask,
    write_long_mask,
    write_short_mask,
)

SHORT = st.lists(st.integers(1, 9).flatmap(lambda m: st.tuples(st.integers(-1, m), st.just(m))), max_size=40)
LONG = st.lists(st.integers(1, 99).flatmap(lambda m: st.tuples(st.integers(-1, m), st.just(m))), max_size=20)


def split(pairs: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [points for points, _ in pairs], [maximum for _, maximum in pairs]


@given(SHORT)
def test_short_masks_come_back(pairs: list[tuple[int, int]]) -> None:
    points, maxima = split(pairs)
    assert list(parse_short_mask(write_short_mask(points, maxima)).points) == points


@given(LONG)
def test_long_masks_come_back(pairs: list[tuple[int, int]]) -> None:
    points, maxima = split(pairs)
    mask = parse_long_mask(write_long_mask(points, maxima))
    assert list(mask.points) == points
    assert [item.max_score for item in mask.items] == maxima


ONE_POINT = st.lists(st.tuples(st.sampled_from([0, 1]), st.just(1)), max_size=30)


@given(ONE_POINT, LONG)
def test_mixed_masks_are_the_short_part_then_the_long(
    short: list[tuple[int, int]], long: list[tuple[int, int]]
) -> None:
    text = write_short_mask(*split(short)) + write_long_mask(*split(long))
    assert list(parse_mixed_mask(text).points) == split(short)[0] + split(long)[0]


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    for parse in (parse_short_mask, parse_long_mask, parse_mixed_mask):
        mask = parse(text)
        assert all(NOT_ATTEMPTED <= item.points <= 127 or item.mark == "?" for item in mask.items)
        assert all(1 <= fault.position <= len(mask) for fault in mask.faults)
