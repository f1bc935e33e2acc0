"""Strategies of raw rows of a work, and what plain Python makes of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from qualimetry.frames.blueprint import Blueprint, CutScores, Item

MAXIMA = (1, 1, 2, 3)
CUTS = CutScores(2, 4, 6, "")
SPECIFICATION = Blueprint(
    "VPR", "Математика", 4, 2026,
    (
        Item("1", 1, "Б", ("1.1",), ("У1",)),
        Item("2", 1, "Б", ("1.1",), ("У2",)),
        Item("3", 2, "П", ("2.1",), ("У2",)),
        Item("4К1", 3, None, ("2.1", "3"), ("У1",)),
    ),
    cut_scores=CUTS,
)  # fmt: skip


def _scores() -> st.SearchStrategy[list[int | None]]:
    cells = [st.one_of(st.none(), st.integers(-1, top)) for top in MAXIMA]
    return st.tuples(*cells).map(list)


def _row() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "organization": st.integers(1, 3),
            "class_group": st.sampled_from(["", "А", "Б"]),
            "variant": st.integers(0, 2),
            "sex": st.integers(0, 2),
            "has_sen": st.sampled_from([None, True, False]),
            "present": st.sampled_from([True, True, True, False]),
            "is_valid_attempt": st.sampled_from([True, True, True, True, False]),
            "items": _scores(),
            "journal_mark": st.sampled_from([None, 2, 3, 4, 5]),
            "test_score": st.one_of(st.none(), st.integers(0, 100)),
            "passed": st.sampled_from([None, True, False]),
            "has_mark": st.booleans(),
        }
    ).map(_with_mark)


def _with_mark(row: dict[str, Any]) -> dict[str, Any]:
    total = sum(max(score, 0) for score in row["items"] if score is not None)
    return {name: value for name, value in row.items() if name != "has_mark"} | {
        "mark": CUTS.mark(total) if row["has_mark"] else None,
        "total": total,
    }


def rows(largest: int = 40) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(_row(), min_size=0, max_size=largest)
