"""Scoring of terms by the conventions: exact, acceptable, confidently wrong."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from intake.terms import PlanYear, SchoolCalendar, calendar_of_text, parse_term

UNDATED = {"on_request", "external_schedule", "as_needed", "relative", "unspecified", "invalid"}
REFERENCE = """
quarters:
  1: [2026-09-01, 2026-10-23]
  2: [2026-11-02, 2026-12-30]
  3: [2027-01-11, 2027-03-26]
  4: [2027-04-05, 2027-05-26]
breaks:
  autumn: [2026-10-24, 2026-11-01]
  winter: [2026-12-31, 2027-01-10]
  spring: [2027-03-27, 2027-04-04]
  summer: [2027-05-27, 2027-08-31]
  first_grade: [2027-02-13, 2027-02-21]
"""


@dataclass(frozen=True)
class Score:
    """How one phrase was understood."""

    phrase: str
    is_exact: bool
    is_acceptable: bool
    is_confidently_wrong: bool
    got: dict[str, Any]


def reference_calendar() -> SchoolCalendar:
    return calendar_of_text(REFERENCE)


def rows_of(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Phrases with what is expected of them."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row["phrase"], json.loads(row["expected_json"])) for row in rows]


def score(phrase: str, expected: dict[str, Any], year: PlanYear | None = None) -> Score:
    """Exact = status and intervals; acceptable = an alternative, or flagged where review is expected."""
    got = parse_term(phrase, year or PlanYear(2026), reference_calendar()).to_json()
    dates = _sorted(got["intervals"])
    is_exact = got["status"] == expected["status"] and dates == _sorted(expected.get("intervals", []))
    is_alternative = any(dates == _sorted(option) for option in expected.get("alt", []))
    is_flagged = bool(expected.get("review")) and got["review"]
    is_wrong = expected["status"] in UNDATED and bool(dates) and not got["review"]
    return Score(phrase, is_exact, is_exact or is_alternative or is_flagged, is_wrong, got)


def _sorted(intervals: list[list[str | None]]) -> list[tuple[str, str]]:
    return sorted((start or "", end or "") for start, end in intervals)
