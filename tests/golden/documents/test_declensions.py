"""Cases of posts and names as a person has read and accepted them, line by line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from msoko.foundation.documents.language import decline_name, decline_post

_TABLE = Path(__file__).with_name("declensions.tsv")
_CASES = {"dative": "datv", "accusative": "accs", "instrumental": "ablt"}


def _rows() -> list[dict[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_table_is_long_enough() -> None:
    kinds = [row["kind"] for row in _rows()]
    assert kinds.count("post") >= 60
    assert kinds.count("name") >= 45


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["nominative"])
def test_forms(row: dict[str, str]) -> None:
    decline = decline_post if row["kind"] == "post" else decline_name
    assert {name: decline(row["nominative"], case) for name, case in _CASES.items()} == {
        name: row[name] for name in _CASES
    }
