"""Phrases of our own with the answers that the conventions give them (school year 2026/27)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from intake.terms import PlanYear
from tests.spec.terms.scoring import score

#: written before the grammar was tuned, met later, and written without a look at the grammar
TABLES = ("phrases.tsv", "more_phrases.tsv", "unseen_phrases.tsv")
CALENDAR_TABLES = ("calendar_phrases.tsv",)


def expectation(status: str, intervals: str, flags: str) -> dict[str, Any]:
    """One row of the table in the shape of the sample."""
    options = [flag.removeprefix("alt=") for flag in flags.split(" ") if flag.startswith("alt=")]
    return {
        "status": status,
        "intervals": _dates(intervals),
        "review": "review" in flags.split(" "),
        "in_horizon": "out" not in flags.split(" "),
        "alt": [_dates(option) for option in options],
    }


def _dates(text: str) -> list[list[str | None]]:
    return [[end or None for end in one.split("..")] for one in text.split(" ") if one]


def own_phrases(tables: Sequence[str] = TABLES) -> list[tuple[str, dict[str, Any]]]:
    folder = Path(__file__).parent
    lines = [line for name in tables for line in (folder / name).read_text(encoding="utf-8").splitlines()[1:]]
    return [(phrase, expectation(*rest)) for phrase, *rest in (line.split("\t") for line in lines)]


def fault(phrase: str, expected: dict[str, Any], year: PlanYear | None = None) -> str:
    """What is wrong with the answer, empty when nothing is."""
    found = score(phrase, expected, year)
    got = found.got
    faults = {
        "dates": not found.is_acceptable,
        "confident": found.is_confidently_wrong,
        "horizon": got["in_horizon"] != expected["in_horizon"],
        "not flagged": expected["review"] and not got["review"],
    }
    said = ", ".join(name for name, is_true in faults.items() if is_true)
    return f"{phrase!r}: {said}: {got['status']} {got['intervals']}" if said else ""


def test_phrases_are_understood() -> None:
    assert [said for said in (fault(*row) for row in own_phrases()) if said] == []


def test_phrases_of_a_calendar_year_are_understood() -> None:
    year = PlanYear(2026, "calendar")
    assert [said for said in (fault(*row, year) for row in own_phrases(CALENDAR_TABLES)) if said] == []


def test_most_are_exact() -> None:
    scores = [score(phrase, expected) for phrase, expected in own_phrases()]
    assert len(scores) > 1000
    assert sum(one.is_exact for one in scores) / len(scores) >= 0.97
