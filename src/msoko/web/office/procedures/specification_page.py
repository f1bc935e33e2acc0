"""Boundaries and levels of a specification as rows of a table."""

from __future__ import annotations

from itertools import pairwise

from qualimetry.frames.blueprint import Blueprint


def boundaries(value: Blueprint) -> list[tuple[int, int, int]]:
    """(mark, lowest raw score, highest raw score) of marks 2–5; empty without a scale."""
    cuts = value.cut_scores
    if cuts is None:
        return []
    bounds = (0, cuts.lowest_three, cuts.lowest_four, cuts.lowest_five, value.max_score + 1)
    return [(mark, low, above - 1) for mark, (low, above) in enumerate(pairwise(bounds), start=2)]


def levels_table(value: Blueprint) -> list[tuple[str, int | None, int | None]]:
    """(level, lowest raw score, highest raw score) from the lowest up; None where only the words are known."""
    levels = value.levels
    if levels is None:
        return []
    if not levels.lowest:
        return [(name, None, None) for name in levels.names]
    bounds = (0, *levels.lowest, value.max_score + 1)
    return [(name, low, above - 1) for name, (low, above) in zip(levels.names, pairwise(bounds), strict=True)]
